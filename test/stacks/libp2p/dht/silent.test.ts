/**
 * A server of a network's DHT that names nodes at addresses which accept and never say a word: whoever joins beside it has its peers all the same.
 * Real libp2p nodes over loopback TCP. How long that takes is printed, and bounded only where it was many times as long; what it is made of, lookup.test.ts holds on a clock of its own.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import type { NetworkDht } from '../../../../src/stacks/libp2p/dht/network-dht.ts'
import { met } from '../../../helpers/met.ts'
import { type DhtNode, startDhtNode } from '../dht-nodes.ts'
import { livingAt, madeUp, startHostile, startSilent } from './hostile-server.ts'

const options = { timeout: 60_000, skip: process.platform !== 'linux' }
const policy = { maxNumOutboundPeers: 10 }

async function startHostileOfSilent(t: TestContext): Promise<DhtNode> {
  const names = madeUp(700, await startSilent(t))
  return await startHostile(t, { closer: names.slice(0, 200), providers: names })
}

/** Each in a network of its own. */
async function startAt(t: TestContext, n: number, mode: 'server' | 'client', bootstrap: string[]): Promise<DhtNode> {
  // by which the addresses are joined in their order
  const dht = { mode, bootstrap, random: () => 0.99 }
  const node = await startDhtNode({ policy, dht, libp2p: livingAt(`127.${100 + n}.0.1`) })
  t.after(() => node.stop())
  return node
}

/** How long it takes, ms, until a server and four that know it and the others of `bootstrap` have one another. */
async function joining(t: TestContext, mode: 'server' | 'client', bootstrap: string[]): Promise<number> {
  const first = await startAt(t, 0, 'server', [])
  const began = performance.now()
  const others = await Promise.all([1, 2, 3, 4].map((n) => startAt(t, n, mode, [...bootstrap, ...first.bootstrap])))
  const nodes = [first, ...others]
  await met(t, 'each has all four others', () => nodes.every(({ sw }) => sw.peers().size === 4))
  const took = performance.now() - began
  await Promise.all(nodes.map((node) => node.stop()))
  return took
}

for (const mode of ['server', 'client'] as const)
  test(`R-78: each ${mode} has its peers also beside a server that names silent nodes`, options, async (t) => {
    const without = await joining(t, mode, [])
    const hostile = await startHostileOfSilent(t)
    const beside = await joining(t, mode, hostile.bootstrap)
    t.diagnostic(`${(without / 1000).toFixed(1)} s without, ${(beside / 1000).toFixed(1)} s beside it`)
  })

test(
  'R-78: a look is over when all have answered that are not silent, and all of those are known',
  options,
  async (t) => {
    const hostile = await startHostileOfSilent(t)
    const first = await startAt(t, 0, 'server', [])
    const others = await Promise.all([1, 2, 3, 4, 5].map((n) => startAt(t, n, 'server', first.bootstrap)))
    await met(t, 'all servers know one another', () => [first, ...others].every(({ dht }) => dht.size() === 5))
    const joiner = await startAt(t, 6, 'client', [...hostile.bootstrap, ...first.bootstrap])
    const began = performance.now()
    await (joiner.dht as NetworkDht).look(t.signal)
    const looked = performance.now() - began
    await met(t, 'all servers are known', () => joiner.dht.size() === 7)
    const known = performance.now() - began
    t.diagnostic(`the look took ${looked.toFixed(0)} ms, and all servers were known after ${known.toFixed(0)} ms`)
    // 35 s where each silent one held a place of the routing table
    assert.ok(known < 20_000)
  }
)

test('R-78: a bootstrap address that is silent keeps nobody from the next one', options, async (t) => {
  const first = await startAt(t, 0, 'server', [])
  const port = await startSilent(t)
  const gone = Array.from({ length: 3 }, (_, i) => `/ip4/127.${i + 1}.0.9/tcp/${port}/p2p/${generateNodeKey().peerId}`)
  const began = performance.now()
  const joiner = await startAt(t, 1, 'client', [...gone, ...first.bootstrap])
  await met(t, 'it has joined', () => joiner.dht.size() === 1)
  const joined = performance.now() - began
  t.diagnostic(`${joined.toFixed(0)} ms`)
  // 15 s where each is waited for; a busy machine takes its time for the rest
  assert.ok(joined < 12_000)
})
