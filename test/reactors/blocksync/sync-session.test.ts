/** What the session does by itself; how it syncs is in blocksync-reactor.test.ts and misbehaviour.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { zip215Verifier } from '../../../src/chain/ed25519.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import { SyncSession } from '../../../src/reactors/blocksync/sync-session.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { macrotask } from '../../../src/util/macrotask.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const turn = () => new Promise<void>(macrotask)

test('a flood of statuses and NoBlockResponses costs one look at the window a turn, not one a message', async () => {
  let requests = 0
  const session = new SyncSession({
    root: { chainId: 'x', initialHeight: 1n, voteExtensionsEnableHeight: 0n },
    store: new MemoryBlockStore(),
    verifier: zip215Verifier,
    callbacks: {},
    clock: new FakeClock(),
    logger: nullLogger,
    // its queue is full: each look asks for all 20 again
    request: () => {
      requests++
      return false
    },
    stopPeer: () => assert.fail('nobody is stopped')
  })
  for (let i = 0n; i < 500n; i++) {
    session.peerStatus('a', 1n, 1_000n + i)
    session.noBlock('a', 7n)
  }
  await turn()
  assert.equal(requests, 20)
  session.peerStatus('a', 1n, 2_000n)
  await turn()
  assert.equal(requests, 40)
  await session.stop()
})
