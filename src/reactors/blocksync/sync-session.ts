/**
 * Downloading and proving, from a root or from where the store ends, for as long as the reactor runs: the pool says what to ask of whom, the verifier
 * judges, the store keeps, the user's callbacks hear of it. One block at a time and in order: the next is not touched before the callback for the
 * one before has settled, which is all the backpressure there is, because the pool's window is bounded.
 */
import type { Ed25519Verifier } from '../../chain/ed25519.ts'
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { withSignal } from '../../util/deadline.ts'
import { type Deferred, deferred } from '../../util/deferred.ts'
import { macrotask } from '../../util/macrotask.ts'
import type { Block, BlockID, ExtendedCommit } from '../../wire/codec.ts'
import type { BlockRecord, BlockStore } from './block-store.ts'
import {
  type Candidate,
  ChainVerifier,
  LOOK_AHEAD_BLOCKS,
  type SyncRoot,
  type ValidatorsNeeded,
  type Verdict
} from './chain-verifier.ts'
import { BlockPool, type Delivered } from './pool.ts'
import type { PoolLimits } from './pool-peer.ts'
import { ProgressMeter } from './progress.ts'
import { askValidatorSource, type ValidatorSource } from './validator-source.ts'

/** A block that is proven. Its bytes are views into messages: copy what is kept for long. */
export interface VerifiedBlock {
  readonly height: bigint
  readonly blockId: BlockID
  readonly block: Block
  readonly extCommit?: ExtendedCommit
  /** Who sent it. */
  readonly from: NodeId
}

export type SyncState =
  /** Nobody has blocks that we lack. */
  | 'waiting'
  | 'syncing'
  /** All that can be proven is; new blocks are fetched as they appear. */
  | 'following'
  /** The next validator set is unknown and no source names it; asked again every few seconds. */
  | 'needs-validators'
  /** A callback, the store or an unsupported key ended it; see `error`. */
  | 'failed'
  | 'stopped'

export interface SyncStatus {
  state: SyncState
  /** The last proven height, 0 before the first. */
  height: bigint
  /** The last height that can be proven now: one below the highest that any peer has, because it takes the next block's commit. */
  target: bigint
  peers: number
  blocksPerSecond: number
  /** Until `target`, ms; undefined while nothing moves. */
  etaMs: number | undefined
  /** Blocks proven since the start. */
  blocks: number
  error?: Error
}

export interface SyncCallbacks {
  /**
   * Each proven block, in order. A promise holds the next one back. It is stored only afterwards, so after a crash the same block may come again, but
   * none is ever left out. A throw or rejection ends the sync (`failed`).
   */
  onBlock?(block: VerifiedBlock, options: { signal: AbortSignal }): void | Promise<void>
  /** The store holds this height now. */
  onHeight?(height: bigint): void
  /** Twice a second while blocks come, and when the state changes. */
  onProgress?(status: SyncStatus): void
  /** All that can be proven is, for the first time. */
  onCaughtUp?(status: SyncStatus): void
}

export interface SyncSessionInit {
  root: SyncRoot
  store: BlockStore
  verifier: Ed25519Verifier
  validatorSource?: ValidatorSource
  limits?: Partial<PoolLimits>
  callbacks: SyncCallbacks
  clock: Clock
  logger: Logger
  /** Sends a BlockRequest; false if it was not queued. */
  request(peerId: NodeId, height: bigint): boolean
  /** Ends a peer. */
  stopPeer(peerId: NodeId, reason: StopReason): void
}

/** How soon a validator source is asked again, ms. Ours. */
const SOURCE_RETRY_MS = 5_000
/** blocksync/pool.go peerConnWait: who has no block to offer in the first moments may only be the first to connect. */
const FIRST_PEERS_MS = 3_000
/** As Go's noBlockTimeout: how long peers that claim blocks which nobody can connect to ours keep us from having caught up. */
const GAP_PATIENCE_MS = 30_000
/** Ours. */
const PROGRESS_INTERVAL_MS = 500
/** Behind by more than this after having caught up, it is called syncing again. Ours. */
const FOLLOWING_LAG = 50n

export class SyncSession {
  readonly #init: SyncSessionInit
  readonly #pool: BlockPool<Candidate>
  readonly #chain: ChainVerifier
  readonly #meter = new ProgressMeter()
  readonly #abort = new AbortController()
  #state: SyncState = 'waiting'
  #error: Error | undefined
  #caughtUp = false
  /** Or of the start. */
  #lastBlockAt: number
  #lastProgressAt = Number.NEGATIVE_INFINITY
  #planning = false
  #news: Deferred<void> = deferred()
  #done: Promise<void> = Promise.resolve()

  constructor(init: SyncSessionInit) {
    this.#init = init
    this.#lastBlockAt = init.clock.now()
    this.#chain = new ChainVerifier(init.root, init.verifier, init.store.head())
    this.#pool = new BlockPool(this.#chain.next, init.limits)
  }

  /** Begins. Call once. */
  start(): void {
    this.#lastBlockAt = this.#init.clock.now()
    this.#done = this.#run(this.#abort.signal)
  }

  /** Ends; settles when the last callback has. */
  async stop(): Promise<void> {
    this.#abort.abort()
    this.#wake()
    await this.#done
    this.#setState('stopped')
  }

  get chain(): ChainVerifier {
    return this.#chain
  }

  status(): SyncStatus {
    const now = this.#init.clock.now()
    const height = this.#chain.head?.height ?? 0n
    const target = this.#pool.size === 0 ? height : this.#target(now)
    return {
      state: this.#state,
      height,
      target,
      peers: this.#pool.size,
      blocksPerSecond: this.#meter.blocksPerSecond(now),
      etaMs: this.#meter.etaMs(Number(target - (this.#chain.next - 1n)), now),
      blocks: this.#meter.blocks,
      ...(this.#error === undefined ? {} : { error: this.#error })
    }
  }

  /** Is any block expected of this peer? */
  expects(peerId: NodeId): boolean {
    return this.#pool.expects(peerId)
  }

  peerStatus(peerId: NodeId, base: bigint, height: bigint): void {
    this.#pool.setStatus(peerId, base, height, this.#init.clock.now())
    this.#planSoon()
    this.#wake()
  }

  noBlock(peerId: NodeId, height: bigint): void {
    this.#pool.noBlock(peerId, height, this.#init.clock.now())
    this.#planSoon()
    this.#wake()
  }

  /** A block, valid in itself. False if it was never asked of this peer. */
  block(peerId: NodeId, candidate: Candidate, bytes: number, heldBytes: number): boolean {
    const { height } = candidate.block.header
    const outcome = this.#pool.addBlock(peerId, height, candidate, bytes, this.#init.clock.now(), heldBytes)
    this.#plan()
    this.#wake()
    return outcome !== 'unsolicited'
  }

  removePeer(peerId: NodeId): void {
    this.#pool.removePeer(peerId)
    this.#plan()
  }

  /** The peer was found out by somebody else: all it gave us goes. */
  banPeer(peerId: NodeId): void {
    this.#pool.ban(peerId, this.#init.clock.now())
    this.#plan()
  }

  noteWireBytes(peerId: NodeId, receivedBytes: number): void {
    this.#pool.noteWireBytes(peerId, receivedBytes)
  }

  /** Once a second. */
  tick(): void {
    this.#plan()
    this.#judgeState()
    this.#progress(false)
  }

  /** For messages that cost their sender a few bytes: a plan looks at every height of the window, so many of them share one. */
  #planSoon(): void {
    if (this.#planning) return
    this.#planning = true
    macrotask(() => {
      this.#planning = false
      this.#plan()
    })
  }

  #plan(): void {
    if (this.#abort.signal.aborted || this.#state === 'failed') return
    for (const command of this.#pool.plan(this.#init.clock.now())) {
      if (command.type === 'stop')
        this.#init.stopPeer(command.peerId, { kind: 'communication', message: `block sync: peer ${command.why}` })
      else if (!this.#init.request(command.peerId, command.height)) this.#pool.notSent(command.peerId, command.height)
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        // taken before looking, so that what comes meanwhile is not missed
        const news = this.#news.promise
        this.#judgeState()
        if (!(await this.#step(signal))) await news
      }
    } catch (err) {
      if (signal.aborted) return
      this.#error = err instanceof Error ? err : new Error(String(err))
      this.#init.logger.error('block sync failed', { height: this.#chain.next, err })
      this.#setState('failed')
    }
  }

  /** One look at the next block; false if nothing can be done before there is news. */
  async #step(signal: AbortSignal): Promise<boolean> {
    const { first, second } = this.#pool.peek()
    if (first === undefined) return false
    const early = this.#chain.precheck(first.block)
    if (early !== undefined) return this.#settle(early, first, first)
    if (second === undefined) return false
    const needed = this.#chain.needs(first.block)
    if (needed !== undefined && !(await this.#obtain(needed, signal))) return true
    this.#lookAhead(second.block.block, signal)
    const verdict = await this.#chain.verify(first.block, second.block, signal)
    if (!verdict.ok) return this.#settle(verdict, first, second)
    await this.#keep(verdict.record, verdict.blockId, first, signal)
    return true
  }

  #lookAhead(second: Block, signal: AbortSignal): void {
    let block = second
    for (let height = this.#chain.next + 1n; height <= this.#chain.next + LOOK_AHEAD_BLOCKS; height++) {
      const following = this.#pool.at(height + 1n)?.block.block
      if (following === undefined) return
      this.#chain.lookAhead(height, block, following, signal)
      block = following
    }
  }

  async #keep(record: BlockRecord, blockId: BlockID, first: Delivered<Candidate>, signal: AbortSignal): Promise<void> {
    const { store, callbacks, clock } = this.#init
    const { height } = record.head
    await callbacks.onBlock?.({ height, blockId, from: first.from, ...first.block }, { signal })
    signal.throwIfAborted()
    await store.append(record)
    this.#chain.accept(record)
    this.#pool.pop()
    this.#lastBlockAt = clock.now()
    this.#meter.count(this.#lastBlockAt)
    this.#call(() => callbacks.onHeight?.(height))
    this.#plan()
    this.#progress(false)
  }

  /** Acts on a verdict against somebody. */
  #settle(verdict: Verdict, first: Delivered<Candidate>, second: Delivered<Candidate>): true {
    if (verdict.ok) return true
    const { blame, kind, cause } = verdict
    const height = this.#chain.next
    const guilty = new Set<NodeId>()
    if (blame !== 'second') guilty.add(first.from)
    if (blame !== 'first') guilty.add(second.from)
    for (const peerId of guilty) {
      const which = peerId === first.from && blame !== 'second' ? height : height + 1n
      const message = `block sync: block ${which} from this peer is refused: ${cause.message}`
      this.#init.logger.warn('bad block', { peer: peerId, height: which, err: cause })
      this.#pool.ban(peerId, this.#init.clock.now())
      this.#init.stopPeer(peerId, { kind, message, cause })
    }
    this.#plan()
    return true
  }

  /** Asks for a validator set; if nobody names it, waits a while. True once the verifier has it. */
  async #obtain(needed: ValidatorsNeeded, signal: AbortSignal): Promise<boolean> {
    const { validatorSource, clock, logger, root } = this.#init
    const { height } = needed
    if (validatorSource !== undefined) {
      try {
        const set = await askValidatorSource(validatorSource, { chainId: root.chainId, ...needed, signal }, clock)
        if (set !== undefined && this.#chain.supply(set, needed)) return true
        logger.warn('the validator source does not know the set', { height, given: set !== undefined })
      } catch (err) {
        signal.throwIfAborted()
        logger.warn('the validator source failed', { height, err })
      }
    }
    this.#setState('needs-validators')
    await this.#pause(SOURCE_RETRY_MS, signal)
    return false
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    let timer: TimerHandle
    const over = new Promise<void>((resolve) => {
      timer = this.#init.clock.setTimeout(resolve, ms)
    })
    try {
      await withSignal(over, signal)
    } finally {
      this.#init.clock.clearTimeout(timer)
    }
  }

  #target(now: number): bigint {
    const done = this.#chain.next - 1n
    const provable = this.#pool.target(now) - 1n
    return provable > done ? provable : done
  }

  #judgeState(): void {
    if (this.#state === 'failed' || this.#state === 'stopped') return
    if (this.#state === 'needs-validators' && this.#chain.validators === undefined) return
    const now = this.#init.clock.now()
    const behind = this.#target(now) - (this.#chain.next - 1n)
    if (this.#pool.size === 0) this.#setState('waiting')
    else if (behind <= 0n) this.#considerCaughtUp(now)
    else if (!this.#caughtUp || behind > FOLLOWING_LAG) this.#setState('syncing')
    else this.#setState('following')
  }

  /** All is proven that the peers can give; but are these the peers? Better ones may still connect, or the blocks in between turn up. */
  #considerCaughtUp(now: number): void {
    const patience = this.#pool.hasGap(now) ? GAP_PATIENCE_MS : this.#meter.blocks === 0 ? FIRST_PEERS_MS : 0
    if (!this.#caughtUp && now - this.#lastBlockAt < patience) {
      this.#setState('waiting')
      return
    }
    this.#setState('following')
    if (this.#caughtUp) return
    this.#caughtUp = true
    this.#call(() => this.#init.callbacks.onCaughtUp?.(this.status()))
  }

  #setState(state: SyncState): void {
    if (this.#state === state) return
    this.#state = state
    this.#progress(true)
  }

  #progress(now: boolean): void {
    const { clock, callbacks } = this.#init
    if (callbacks.onProgress === undefined) return
    if (!now && clock.now() - this.#lastProgressAt < PROGRESS_INTERVAL_MS) return
    this.#lastProgressAt = clock.now()
    this.#call(() => callbacks.onProgress?.(this.status()))
  }

  /** A callback that only listens must not end the sync. */
  #call(fn: () => void): void {
    try {
      fn()
    } catch (err) {
      this.#init.logger.error('a block sync callback threw', { err })
    }
  }

  #wake(): void {
    const news = this.#news
    this.#news = deferred()
    news.resolve()
  }
}
