import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as reactors from '../../src/reactors/index.ts'

test('the reactors entry has the base class, the standard reactors and the channel ids CometBFT knows', () => {
  const { BaseReactor, MempoolReactor, BlocksyncReactor, FollowerReactor, Mempool } = reactors
  for (const reactor of [MempoolReactor, BlocksyncReactor, FollowerReactor])
    assert.ok(reactor.prototype instanceof BaseReactor, reactor.name)
  assert.equal(typeof Mempool, 'function')
  const { STATE_CHANNEL, DATA_CHANNEL, VOTE_CHANNEL, VOTE_SET_BITS_CHANNEL, MEMPOOL_CHANNEL, BLOCKSYNC_CHANNEL } =
    reactors
  assert.deepEqual(
    [STATE_CHANNEL, DATA_CHANNEL, VOTE_CHANNEL, VOTE_SET_BITS_CHANNEL, MEMPOOL_CHANNEL, BLOCKSYNC_CHANNEL],
    [0x20, 0x21, 0x22, 0x23, 0x30, 0x40]
  )
  assert.equal(reactors.PEER_STATE_KEY, 'ConsensusReactor.peerState')
})

test("a pool's limits are Go's defaults of v0.40", () => {
  const { maxTxs, maxTxsBytes, maxTxBytes, cacheSize, recheck, recheckTimeoutMs, keepInvalidTxsInCache } =
    reactors.mempoolDefaults
  assert.deepEqual(
    { maxTxs, maxTxsBytes, maxTxBytes, cacheSize, recheck, recheckTimeoutMs, keepInvalidTxsInCache },
    {
      maxTxs: 5_000,
      maxTxsBytes: 1_073_741_824,
      maxTxBytes: 4_194_304,
      cacheSize: 10_000,
      recheck: true,
      recheckTimeoutMs: 1_000,
      keepInvalidTxsInCache: false
    }
  )
})
