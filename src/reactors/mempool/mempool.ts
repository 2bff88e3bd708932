/**
 * The pool of transactions that wait for a block (mempool/clist_mempool.go): an ordered list with a cache of keys seen before and limits in
 * number and bytes. It knows nothing of the network but who sent what; `MempoolReactor` gossips its content, a consensus reactor reaps it.
 *
 * Where it differs from Go, on purpose: a sender is remembered also while the check still runs and when the pool is full, so that nothing is
 * echoed; checks of different sources do not wait for each other; a verdict older than the last commit is asked for again instead of holding a
 * lock over everything; rechecking may be overtaken by the next commit.
 */
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { systemClock } from '../../util/clock.ts'
import { nullLogger } from '../../util/logger.ts'
import type { LaneHost } from './check-lane.ts'
import { CheckLanes } from './check-lanes.ts'
import { ConcurrentList, type ListCursor, type ListElement } from './concurrent-list.ts'
import {
  type MempoolOptions,
  type RejectReason,
  type ResolvedMempoolOptions,
  resolveMempoolOptions,
  type TxResult
} from './mempool-options.ts'
import { Entry, type MempoolTx, type ReapLimits } from './mempool-tx.ts'
import { Rechecker } from './rechecker.ts'
import { TxCache } from './tx-cache.ts'
import { TxChecker, type Verdict } from './tx-checker.ts'
import { TxFeed, type TxItem, type TxIterationOptions, type TxListener } from './tx-feed.ts'
import { type TxKey, txKey } from './tx-key.ts'
import { encodedTxBytes } from './txs-size.ts'

export class Mempool {
  readonly #options: ResolvedMempoolOptions
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #checker: TxChecker
  readonly #cache: TxCache
  readonly #feed: TxFeed
  readonly #txs = new ConcurrentList<Entry>()
  readonly #byKey = new Map<TxKey, ListElement<Entry>>()
  /** Being checked: bounded by the lanes. */
  readonly #pending = new Map<TxKey, Entry>()
  readonly #lanes: CheckLanes<Entry>
  readonly #rechecker: Rechecker
  readonly #counters = { accepted: 0, rejected: {} as Partial<Record<RejectReason, number>> }
  // what changes
  #bytes = 0
  #height = 0n
  #closed = false

  constructor(options: MempoolOptions = {}) {
    this.#options = resolveMempoolOptions(options)
    this.#clock = options.clock ?? systemClock
    this.#logger = options.logger ?? nullLogger
    this.#checker = new TxChecker(options.checkTx, this.#clock)
    this.#cache = new TxCache(this.#options.cacheSize)
    this.#feed = new TxFeed(this.#logger)
    this.#lanes = new CheckLanes(this.#laneHost(), this.#options.checkConcurrency)
    this.#rechecker = new Rechecker({
      clock: this.#clock,
      txs: this.#txs,
      check: (entry, timeoutMs) => this.#check(entry, true, timeoutMs),
      invalid: (entry) => {
        if (this.remove(entry.key) && !this.#options.keepInvalidTxsInCache) this.#cache.remove(entry.key)
      },
      unfinished: () => this.#logger.warn('not all transactions were rechecked in time'),
      done: () => this.#lanes.advance()
    })
  }

  // ---- what is in it ----

  /** How many transactions are in the pool; those being checked are not. */
  size(): number {
    return this.#txs.size
  }

  /** Their bytes. */
  bytes(): number {
    return this.#bytes
  }

  /** The last height given to `update`. */
  height(): bigint {
    return this.#height
  }

  get maxTxBytes(): number {
    return this.#options.maxTxBytes
  }

  has(key: TxKey): boolean {
    return this.#byKey.has(key)
  }

  get(key: TxKey): MempoolTx | undefined {
    return this.#byKey.get(key)?.value
  }

  /** A reader that walks the pool, oldest first, and can wait for more. */
  cursor(): ListCursor<MempoolTx> {
    return this.#txs.cursor()
  }

  /** How many transactions were accepted, and rejected by reason, since the pool was made. */
  counters(): { accepted: number; rejected: Partial<Record<RejectReason, number>> } {
    return { accepted: this.#counters.accepted, rejected: { ...this.#counters.rejected } }
  }

  /** The oldest transactions that fit all limits, up to the first that does not. They stay in the pool until `update`. */
  reap({ maxBytes, maxTxs, maxGas }: ReapLimits = {}): Uint8Array[] {
    const reaped: Uint8Array[] = []
    let bytes = 0
    let gas = 0n
    for (const { tx, gasWanted } of this.#txs) {
      bytes += encodedTxBytes(tx.length)
      gas += gasWanted
      if (maxTxs !== undefined && reaped.length >= maxTxs) break
      if (maxBytes !== undefined && bytes > maxBytes) break
      if (maxGas !== undefined && gas > maxGas) break
      reaped.push(tx)
    }
    return reaped
  }

  // ---- what comes in ----

  /**
   * Offers a transaction; the bytes are copied. `from` is the connected node that brought it, undefined for one of our own. Never throws for what
   * is wrong with the transaction, and the promise never rejects. The answer is there at once unless the check takes time.
   */
  add(tx: Uint8Array, from?: NodeId): TxResult | Promise<TxResult> {
    const key = txKey(tx)
    if (this.#closed) return this.#rejected(key, 'dropped', 'the pool is closed')
    if (tx.length === 0) return this.#rejected(key, 'empty', 'a transaction has at least one byte')
    const { maxTxBytes } = this.#options
    if (tx.length > maxTxBytes)
      return this.#rejected(key, 'too-large', `${tx.length} bytes, at most ${maxTxBytes} allowed`)
    const known = this.#byKey.get(key)?.value ?? this.#pending.get(key)
    if (known !== undefined && from !== undefined) known.addSender(from)
    // an entry whose outcome is set leaves soon; until then its key is taken
    if (known !== undefined || this.#cache.has(key)) {
      this.#cache.push(key)
      return this.#rejected(key, 'cache', 'seen before')
    }
    const full = this.#fullFor(tx.length)
    if (full !== undefined) return this.#rejected(key, 'full', full)
    const lane = this.#lanes.get(from)
    if (!lane.hasRoom) return this.#rejected(key, 'full', 'too many transactions of this source wait for their check')
    this.#cache.push(key)
    // a copy: the caller may reuse its bytes, and a view would keep the whole message it came in alive
    const entry = new Entry(new Uint8Array(tx), key, from)
    this.#pending.set(key, entry)
    return lane.push(entry)
  }

  /** False while `add` for this source would be refused because too many of its transactions wait for their check. */
  hasRoom(from?: NodeId): boolean {
    return this.#lanes.find(from)?.hasRoom !== false
  }

  /** Settles true once `hasRoom`, false when `signal` aborts first. One wait per source at a time. */
  async room(signal: AbortSignal, from?: NodeId): Promise<boolean> {
    return (await this.#lanes.find(from)?.room(signal)) !== false
  }

  /**
   * The node is no longer connected: it is the sender of nothing any more (it may come back empty), and what it sent is still checked, within a
   * bound.
   */
  forgetPeer(id: NodeId): void {
    for (const entry of this.#txs) entry.removeSender(id)
    for (const entry of this.#pending.values()) entry.removeSender(id)
    this.#lanes.orphan(id)
  }

  // ---- what goes out ----

  /**
   * A block was committed: its transactions leave at once and stay known, so that they do not come back; those numbered in `failed` (the
   * application refused to execute them) may be sent again. Settles when the rest was rechecked, also when a later `update` took that over.
   */
  async update(
    height: bigint,
    txs: readonly Uint8Array[],
    { failed }: { failed?: ReadonlySet<number> } = {}
  ): Promise<void> {
    this.#height = height
    for (const [index, tx] of txs.entries()) {
      const key = txKey(tx)
      if (failed?.has(index) !== true) this.#cache.push(key)
      else if (!this.#options.keepInvalidTxsInCache) this.#cache.remove(key)
      this.remove(key)
      const pending = this.#pending.get(key)
      if (pending !== undefined)
        pending.outcome = { ok: false, reason: 'committed', message: `committed at height ${height}` }
    }
    if (this.#options.recheck && this.#checker.checks) await this.#rechecker.run(this.#options.recheckTimeoutMs)
  }

  /** Takes one out; its key stays in the cache. False if it was not in the pool. */
  remove(key: TxKey): boolean {
    const element = this.#byKey.get(key)
    if (element === undefined) return false
    this.#byKey.delete(key)
    this.#txs.remove(element)
    this.#bytes -= element.value.tx.length
    return true
  }

  /** Forgets everything: pool, cache, and what is being checked. */
  flush(): void {
    this.#txs.clear()
    this.#byKey.clear()
    this.#bytes = 0
    this.#dropPending('the pool was flushed')
    this.#cache.clear()
  }

  /** Ends checks, iterations and listeners; what is in the pool can still be read. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#rechecker.close()
    this.#dropPending('the pool was closed')
    this.#checker.close()
    this.#feed.close()
  }

  // ---- watching ----

  /** Calls `listener` for each transaction as it enters the pool; returns what ends that. */
  onTx(listener: TxListener): () => void {
    return this.#feed.listen(listener)
  }

  /** Transactions as they enter the pool, from this call on. */
  transactions(options?: TxIterationOptions): AsyncIterableIterator<TxItem> {
    return this.#feed.iterate(options)
  }

  // ---- inside ----

  #laneHost(): LaneHost<Entry> {
    return {
      check: (entry, recheck) => entry.outcome ?? this.#check(entry, recheck),
      admit: (entry, verdict) => this.#admit(entry, entry.outcome ?? verdict),
      epoch: () => this.#rechecker.epoch,
      paused: () => this.#rechecker.running
    }
  }

  #check(entry: Entry, recheck: boolean, timeoutMs = this.#options.checkTxTimeoutMs): Verdict | Promise<Verdict> {
    return this.#checker.run(entry.tx, recheck, this.#height, timeoutMs)
  }

  #admit(entry: Entry, verdict: Verdict): TxResult {
    const { key, tx } = entry
    // flush and close take pending entries out by themselves, and the same transaction may have come anew since
    const current = this.#pending.get(key) === entry
    if (current) this.#pending.delete(key)
    if (!verdict.ok) {
      const keep =
        verdict.reason === 'committed' || (verdict.reason === 'check-failed' && this.#options.keepInvalidTxsInCache)
      if (current && !keep) this.#cache.remove(key)
      return this.#rejected(key, verdict.reason, verdict.message, 'cause' in verdict ? verdict.cause : undefined)
    }
    const full = this.#fullFor(tx.length)
    if (full !== undefined) {
      this.#cache.remove(key)
      return this.#rejected(key, 'full', full)
    }
    entry.height = this.#height
    entry.gasWanted = verdict.gasWanted
    this.#byKey.set(key, this.#txs.push(entry))
    this.#bytes += tx.length
    this.#counters.accepted++
    this.#feed.emit(entry.from === undefined ? { tx, key } : { tx, key, from: entry.from })
    return { accepted: true, key }
  }

  #rejected(key: TxKey, reason: RejectReason, message: string, cause?: unknown): TxResult {
    this.#counters.rejected[reason] = (this.#counters.rejected[reason] ?? 0) + 1
    return { accepted: false, key, reason, message, ...(cause === undefined ? {} : { cause }) }
  }

  #fullFor(txBytes: number): string | undefined {
    const { maxTxs, maxTxsBytes } = this.#options
    if (this.#txs.size >= maxTxs) return `${maxTxs} transactions in the pool`
    if (this.#bytes + txBytes > maxTxsBytes) return `${this.#bytes} of ${maxTxsBytes} bytes taken`
    return undefined
  }

  #dropPending(message: string): void {
    for (const entry of this.#pending.values()) entry.outcome = { ok: false, reason: 'dropped', message }
    this.#pending.clear()
    this.#lanes.drop('dropped', message)
  }
}
