/**
 * The `comet-libp2p/reactors` entry point: the base class for reactors of one's own, and the standard reactors with the channel ids under which
 * every CometBFT node knows them.
 *
 * Each works alone. Together, under Go's names, they find one another: BLOCKSYNC calls `MEMPOOL.enableInOutTxs()` and
 * `CONSENSUS.switchToConsensus()` when it has caught up, CONSENSUS calls `BLOCKSYNC.onPeerHeight()` when a peer has a new block, and MEMPOOL reads a
 * peer's height where CONSENSUS left it (`PEER_STATE_KEY`). What remains for whoever puts them together is to tell of each synced block:
 * `follower.setHeight(height)` and `mempoolReactor.mempool.update(height, txs)`.
 */
export { BaseReactor } from './base-reactor.ts'
export * from './blocksync/index.ts'
export {
  DATA_CHANNEL,
  STATE_CHANNEL,
  VOTE_CHANNEL,
  VOTE_SET_BITS_CHANNEL
} from './consensus/channels.ts'
export { FollowerReactor, type FollowerReactorOptions, followerDefaults } from './consensus/follower-reactor.ts'
export { PEER_STATE_KEY, type PeerHeight, PeerState, type RoundStep } from './consensus/peer-state.ts'
export { MEMPOOL_CHANNEL } from './mempool/channels.ts'
export { Mempool } from './mempool/mempool.ts'
export { type MempoolOptions, mempoolDefaults, type RejectReason, type TxResult } from './mempool/mempool-options.ts'
export { MempoolReactor, type MempoolReactorOptions, mempoolReactorDefaults } from './mempool/mempool-reactor.ts'
export type { MempoolTx, ReapLimits } from './mempool/mempool-tx.ts'
export type { CheckTx, CheckTxAnswer, CheckTxContext } from './mempool/tx-checker.ts'
export type { TxEvent, TxItem, TxIterationOptions, TxListener } from './mempool/tx-feed.ts'
export { type TxKey, txKey } from './mempool/tx-key.ts'
export { PEX_CHANNEL } from './pex/channels.ts'
export { type PexOptions, pexDefaults } from './pex/pex-options.ts'
export { PexReactor } from './pex/pex-reactor.ts'
