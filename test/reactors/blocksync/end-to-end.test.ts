/** Block sync with the whole library around it, over the memory network: real switches, links and outboxes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../../../src/interface/clock.ts'
import type { Switch } from '../../../src/interface/switch.ts'
import { nativeEd25519Verifier } from '../../../src/node/ed25519.ts'
import { BlocksyncReactor } from '../../../src/reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import { FollowerReactor } from '../../../src/reactors/consensus/follower-reactor.ts'
import { assertReactorGrammar, createMemoryNetwork, recordCalls } from '../../../src/testing/index.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'
import { growTo, recordedValidators } from './recorded-store.ts'
import { ScriptedReactor } from './scripted-reactor.ts'
import { chain, serving } from './sync-cast.ts'

const network = chain.genesis.chainId
const LAST = BigInt(chain.last - 1)

/** A node that wants the chain; `at(height)` settles when its store holds that height. */
function syncing(sw: Switch, clock?: Clock) {
  const store = new MemoryBlockStore()
  const waiting = new Map<bigint, () => void>()
  const caughtUp = deferred()
  const reactor = new BlocksyncReactor({
    store,
    genesis: chain.genesis,
    validatorSource: recordedValidators(chain),
    verifier: nativeEd25519Verifier(),
    ...(clock === undefined ? {} : { clock }),
    onHeight: (height) => waiting.get(height)?.(),
    onCaughtUp: () => caughtUp.resolve()
  })
  const calls = recordCalls(reactor)
  sw.addReactor('BLOCKSYNC', reactor)
  const at = (height: bigint) => new Promise<void>((resolve) => waiting.set(height, resolve))
  return { sw, store, reactor, calls, at, caughtUp: caughtUp.promise }
}

test('one node has the chain, three verify it all while connections are cut and nodes isolated', async () => {
  const net = createMemoryNetwork({ seed: 7, latencyMs: 1 })
  const origin = net.createSwitch({ network, moniker: 'origin' })
  origin.addReactor('BLOCKSYNC', new BlocksyncReactor({ store: serving }))
  const nodes = ['a', 'b', 'c'].map((moniker) => syncing(net.createSwitch({ network, moniker })))
  const all = [origin, ...nodes.map(({ sw }) => sw)]
  const [first, second] = nodes
  const cutAt = first!.at(60n)
  const isolateAt = second!.at(120n)
  // who is cut off from the origin may have caught up with all the others long before that
  const synced = nodes.map(({ at }) => at(LAST))
  for (const sw of all) await sw.start()
  // persistent, so that they come back after a cut
  for (const { sw } of nodes) {
    sw.addPersistentPeers([String(origin.nodeInfo().netAddress())])
    await sw.dialPeerWithAddress(origin.nodeInfo().netAddress())
  }
  await first!.sw.dialPeerWithAddress(second!.sw.nodeInfo().netAddress())
  await cutAt
  net.cut(first!.sw, origin)
  await isolateAt
  net.isolate(second!.sw)
  net.heal()
  await second!.sw.dialPeerWithAddress(origin.nodeInfo().netAddress())
  await Promise.all([...synced, ...nodes.map(({ caughtUp }) => caughtUp)])
  await settle()
  for (const { store, reactor } of nodes) {
    assert.equal(store.height(), LAST)
    assert.equal(reactor.status().state, 'following')
  }
  await Promise.all(all.map((sw) => sw.stop()))
  for (const { calls } of nodes) assertReactorGrammar(calls)
})

test('a peer that bends blocks is stopped by the switch with misbehaviour, and the sync goes on with the others', async () => {
  const net = createMemoryNetwork({ seed: 8 })
  const origin = net.createSwitch({ network, moniker: 'origin' })
  origin.addReactor('BLOCKSYNC', new BlocksyncReactor({ store: serving }))
  const evil = net.createSwitch({ network, moniker: 'evil' })
  const bend = new ScriptedReactor(chain, {
    answer: (height, honest) =>
      honest?.block === undefined || height < 10n
        ? honest
        : { ...honest, block: { ...honest.block, header: { ...honest.block.header, appHash: new Uint8Array(4) } } }
  })
  evil.addReactor('BLOCKSYNC', bend)
  const node = syncing(net.createSwitch({ network, moniker: 'node' }))
  for (const sw of [origin, evil, node.sw]) await sw.start()
  const evilPeer = await node.sw.dialPeerWithAddress(evil.nodeInfo().netAddress())
  await new Promise<void>((resolve) => evilPeer.quit().addEventListener('abort', () => resolve()))
  await node.sw.dialPeerWithAddress(origin.nodeInfo().netAddress())
  await node.caughtUp
  assert.equal(node.store.height(), LAST)
  await Promise.all([origin, evil, node.sw].map((sw) => sw.stop()))
  assertReactorGrammar(node.calls)
  const removed = node.calls.filter(({ call }) => call === 'removePeer')
  const reasons = removed.map(({ reason }) => (reason as { kind?: string } | undefined)?.kind)
  assert.ok(reasons.includes('misbehaviour'), JSON.stringify(reasons))
})

test("a block is synced as soon as the peer's consensus announces the next, however far off the next status poll is", async () => {
  const net = createMemoryNetwork({ seed: 9 })
  const growing = new MemoryBlockStore()
  await growTo(growing, 5)
  const theirs = new FollowerReactor({ height: 5n, announceIntervalMs: 0 })
  const origin = net.createSwitch({ network, moniker: 'origin' })
  origin.addReactor('BLOCKSYNC', new BlocksyncReactor({ store: growing }))
  origin.addReactor('CONSENSUS', theirs)
  // time stands still for block sync, so nothing is polled
  const node = syncing(net.createSwitch({ network, moniker: 'node' }), new FakeClock())
  node.sw.addReactor('CONSENSUS', new FollowerReactor())
  for (const sw of [origin, node.sw]) await sw.start()
  const first = node.at(4n)
  await node.sw.dialPeerWithAddress(origin.nodeInfo().netAddress())
  await first
  for (let height = 6; height <= 20; height++) {
    const synced = node.at(BigInt(height) - 1n)
    await growTo(growing, height)
    theirs.setHeight(BigInt(height))
    await synced
  }
  await Promise.all([origin, node.sw].map((sw) => sw.stop()))
  assertReactorGrammar(node.calls)
})
