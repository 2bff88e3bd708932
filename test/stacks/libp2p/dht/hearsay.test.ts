/** What a hostile server says of others is no honest server's word: it is not in his answers, nor counted as what a node has told us of itself. Real libp2p nodes over loopback TCP. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { peerIdFromMultihash } from '@libp2p/peer-id'
import { multiaddr } from '@multiformats/multiaddr'
import { networkKey } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import type { NetworkDht } from '../../../../src/stacks/libp2p/dht/network-dht.ts'
import { met } from '../../../helpers/met.ts'
import { type DhtNode, startDhtNode } from '../dht-nodes.ts'
import { asStranger, exchange, FIND_NODE, field, GET_PROVIDERS, named, startHostile } from './hostile-server.ts'

const timeout = 30_000
const LIE = '/ip4/66.6.6.6/tcp/666'
const KEY = networkKey('chain').multihash

/** What that server answers to anybody who asks for the network's key. */
async function answerOf(server: DhtNode, type: number): Promise<Buffer> {
  let answer = Buffer.alloc(0)
  await asStranger('127.0.0.1', server, async (_, stream) => {
    answer = Buffer.from(await exchange(stream, [0x08, type, ...field(2, KEY.bytes)]))
  })
  return answer
}
const bytesOf = (address: string) => Buffer.from(multiaddr(address).bytes)

test('an honest server tells of a node where that has said it is, and not what a hostile one has said of it', {
  timeout
}, async (t) => {
  const lies: number[][] = []
  const hostile = await startHostile(t, { closer: lies, providers: lies })
  // asks the hostile one whenever it tells that it is there
  const policy = { maxNumOutboundPeers: 0 }
  const honest = await startDhtNode({ policy, dht: { bootstrap: hostile.bootstrap } })
  t.after(() => honest.stop())
  // one that is a provider and no server, and one that is both
  const others = await Promise.all(
    (['client', 'server'] as const).map((mode) => startDhtNode({ policy, dht: { mode, bootstrap: honest.bootstrap } }))
  )
  t.after(() => Promise.all(others.map((node) => node.stop())))
  // such an id is the closest of all to the key; a key's own multihash is no node's
  const nobody = peerIdFromMultihash(KEY)
  lies.push(...[...others.map(({ libp2p }) => libp2p.peerId), nobody].map((id) => named(id, LIE)))
  const before = hostile.askedBy(honest.libp2p.peerId)
  await met(t, 'it has heard the lies', () => hostile.askedBy(honest.libp2p.peerId) >= before + 2)
  for (const type of [GET_PROVIDERS, FIND_NODE])
    for (let left = true; left; ) {
      const answer = await answerOf(honest, type)
      assert.ok(!answer.includes(bytesOf(LIE)))
      const told = type === GET_PROVIDERS ? others : others.slice(1)
      // until all of them have told it that they are there
      left = !told.every(({ libp2p }) =>
        answer.includes(bytesOf(String(libp2p.getMultiaddrs()[0]).replace(/\/p2p\/.*/, '')))
      )
      if (left) t.signal.throwIfAborted()
    }
})

test('of those who have told us that they are there we hear ourselves what they said, and not what others say of them', {
  timeout
}, async (t) => {
  const lies: number[][] = []
  const hostile = await startHostile(t, { closer: [], providers: lies })
  const policy = { maxNumOutboundPeers: 0 }
  const node = await startDhtNode({ policy, dht: { bootstrap: hostile.bootstrap } })
  t.after(() => node.stop())
  const other = await startDhtNode({ policy, dht: { mode: 'client', bootstrap: node.bootstrap } })
  t.after(() => other.stop())
  lies.push(named(other.libp2p.peerId, LIE))
  const dht = node.dht as NetworkDht
  const heard = new Map<string, string[]>()
  dht.serve({
    found: (addresses, teller) => void (addresses[0]?.id === other.id && heard.set(teller, addresses.map(String))),
    isPrivate: () => false
  })
  const own = String(node.libp2p.peerId)
  do await dht.look(t.signal)
  while (!(heard.has(own) && heard.has(String(hostile.libp2p.peerId))) && !t.signal.aborted)
  await dht.look(t.signal)
  assert.deepEqual(heard.get(String(hostile.libp2p.peerId)), [`${LIE}/p2p/${other.libp2p.peerId}`])
  assert.deepEqual(heard.get(own), other.bootstrap)
})
