/** What of a DHT server's answer is taken, and who is told that we provide. Walks themselves are in network-dht.test.ts and hostile.test.ts. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { PeerId } from '@libp2p/interface'
import type { PeerResponseEvent } from '@libp2p/kad-dht'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { MAX_TOLD_PROVIDERS } from '../../../../src/stacks/libp2p/dht/dht-records.ts'
import { CLOSEST, Closest, cutAnswers, type WalkingKad, walkable } from '../../../../src/stacks/libp2p/dht/walks.ts'

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

test('the twenty closest of those who answered are told, whichever comes first', () => {
  const ids = Array.from({ length: 60 }, newPeerId)
  const key = Uint8Array.of(1, 2, 3)
  const forward = new Closest(key)
  const told = ids.filter((id) => forward.add(id))
  assert.ok(ids.slice(0, CLOSEST).every((id) => told.includes(id)))
  const closest = ids.filter((id) => {
    const last = new Closest(key)
    for (const other of ids) if (other !== id) last.add(other)
    return last.add(id)
  })
  assert.equal(closest.length, CLOSEST)
  assert.ok(closest.every((id) => told.includes(id)))
})

test('a kad-dht without the insides that walks use is an error at once, which names what is missing and the version', () => {
  const method = () => {}
  const whole = {
    providers: { getProviders: method, addProvider: method },
    network: { sendRequest: method, sendMessage: method },
    queryManager: { run: method },
    routingTable: new EventTarget()
  }
  assert.equal(walkable(whole as unknown as WalkingKad), whole)
  for (const [part, without, missing] of [
    ['queryManager', undefined, 'queryManager.run'],
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
