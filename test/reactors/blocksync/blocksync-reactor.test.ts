/** Block sync over the recorded Go chains, reactor against reactor: what honest nodes get, and what becomes of the others. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toHex } from '../../../src/chain/bytes.ts'
import { nativeEd25519Verifier } from '../../../src/node/ed25519.ts'
import { BlocksyncReactor } from '../../../src/reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import type { BlocksyncOptions } from '../../../src/reactors/blocksync/options.ts'
import { openRecordedChain } from '../../chain/recorded-chain.ts'
import { LoopNode } from './loop-network.ts'
import { recordedStore, recordedValidators } from './recorded-store.ts'

const verifier = nativeEd25519Verifier()
const chain = openRecordedChain('chain')
const serving = await recordedStore('chain', chain)

function server(id: string, store = serving): LoopNode {
  return new LoopNode(id, new BlocksyncReactor({ store }))
}

/** A node that syncs, and a promise of its having caught up. */
function client(options: Partial<BlocksyncOptions> = {}): {
  node: LoopNode
  reactor: BlocksyncReactor
  store: MemoryBlockStore
  caughtUp: Promise<void>
} {
  const store = (options.store as MemoryBlockStore) ?? new MemoryBlockStore()
  let done: () => void
  const caughtUp = new Promise<void>((resolve) => {
    done = resolve
  })
  const reactor = new BlocksyncReactor({
    store,
    genesis: chain.genesis,
    validatorSource: recordedValidators(chain),
    verifier,
    onCaughtUp: () => done(),
    ...options
  })
  return { node: new LoopNode('client', reactor), reactor, store, caughtUp }
}

test('a recorded Go chain is synced from one peer, in order, over every change of the validator set', async () => {
  const seen: bigint[] = []
  const { node, reactor, store, caughtUp } = client({ onBlock: ({ height }) => void seen.push(height) })
  const peer = server('a')
  await peer.reactor.start()
  await reactor.start()
  const started = performance.now()
  await node.connect(peer)
  await caughtUp
  const seconds = (performance.now() - started) / 1000
  const last = BigInt(chain.last - 1)
  assert.equal(store.height(), last)
  assert.equal(store.base(), 1n)
  assert.deepEqual(
    seen,
    Array.from({ length: chain.last - 1 }, (_, i) => BigInt(i + 1))
  )
  assert.equal(toHex(store.head()!.blockId.hash), chain.blockHashes[chain.last - 2])
  const status = reactor.status()
  assert.deepEqual(
    [status.state, status.height, status.target, status.blocks],
    ['following', last, last, chain.last - 1]
  )
  assert.deepEqual(node.stops, [])
  console.log(`# ${Math.round((chain.last - 1) / seconds)} verified blocks/s`)
  await reactor.stop()
  await peer.reactor.stop()
})
