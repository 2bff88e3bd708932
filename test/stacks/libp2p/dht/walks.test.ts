/** What of a DHT server's answer is taken, and which kad-dht it takes. Walks themselves are in network-dht.test.ts, hostile.test.ts and silent.test.ts. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { PeerId } from '@libp2p/interface'
import type { PeerResponseEvent } from '@libp2p/kad-dht'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { MAX_TOLD_PROVIDERS } from '../../../../src/stacks/libp2p/dht/dht-records.ts'
import { CLOSEST } from '../../../../src/stacks/libp2p/dht/lookup.ts'
import { cutAnswers, type WalkingKad, walkable } from '../../../../src/stacks/libp2p/dht/walks.ts'

const newPeerId = (): PeerId => generateNodeKey().peerId

test('of an answer no more is taken than an honest one has, and who asks hears of it before the walk goes on', async () => {
  const [from, named] = [newPeerId(), newPeerId()]
  const many = Array.from({ length: 3_000 }, () => ({ id: named, multiaddrs: [] }))
  const network = {
    async *sendRequest() {
      yield { name: 'SEND_QUERY' }
      yield { name: 'PEER_RESPONSE', from, closer: many, providers: many }
    }
  }
  const heard: PeerResponseEvent[] = []
  cutAnswers({ network } as unknown as WalkingKad, (answer) => heard.push(answer))
  const seen: string[] = []
  for await (const event of (network.sendRequest as () => AsyncIterable<PeerResponseEvent>)()) {
    seen.push(event.name)
    if (event.name !== 'PEER_RESPONSE') continue
    assert.deepEqual([event.closer.length, event.providers.length], [CLOSEST, MAX_TOLD_PROVIDERS])
    assert.equal(heard[0], event)
  }
  assert.deepEqual(seen, ['SEND_QUERY', 'PEER_RESPONSE'])
})

test('a kad-dht without the insides that walks use is an error at once, which names what is missing and the version', () => {
  const method = () => {}
  const whole = {
    providers: { getProviders: method, addProvider: method },
    network: { sendRequest: method, sendMessage: method },
    routingTable: Object.assign(new EventTarget(), { closestPeers: method, queueRoutingTableUpdate: method }),
    onPeerConnect: method
  }
  assert.equal(walkable(whole as unknown as WalkingKad), whole)
  for (const [part, without, missing] of [
    ['onPeerConnect', undefined, 'onPeerConnect'],
    ['routingTable', new EventTarget(), 'routingTable.closestPeers'],
    ['network', { sendRequest: method }, 'network.sendMessage']
  ] as const)
    assert.throws(() => walkable({ ...whole, [part]: without } as unknown as WalkingKad), {
      message: `cometDht() needs @libp2p/kad-dht 16.4.5: the one that is installed has no ${missing}`
    })
})

test('that version is the one that package.json names, and no range', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'))
  assert.equal(dependencies['@libp2p/kad-dht'], '16.4.5')
})
