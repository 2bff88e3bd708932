/**
 * The transactions of one source on their way through the check: checked in the order of arrival, a bounded number at once, and handed on in
 * the order of arrival. Every source has a lane of its own, so that one whose checks hang holds up nobody else.
 *
 * Rejected: one queue for all (a hanging check would stall every peer until its timeout), and handing on as checks end (accounts with
 * sequence numbers would see 8 before 7).
 */
import { ConcurrentList, type ListElement } from './concurrent-list.ts'
import type { RejectReason, TxResult } from './mempool-options.ts'
import type { Verdict } from './tx-checker.ts'

/** What waits for its check. */
export interface Checkable {
  readonly tx: Uint8Array
}

/** The pool, as a lane sees it. Nothing here throws. */
export interface LaneHost<C extends Checkable> {
  check(item: C, recheck: boolean): Verdict | Promise<Verdict>
  /** The item's turn has come: into the pool with it, or not. */
  admit(item: C, verdict: Verdict): TxResult
  /** Grows with each commit: a verdict from before it is out of date. */
  epoch(): number
  /** True while checks must wait: the pool rechecks what it holds. */
  paused(): boolean
}

/** The most that waits in one lane, beside the one item that is always let in. Ours. */
export const LANE_MAX_TXS = 5_000
export const LANE_MAX_BYTES = 4 * 1024 * 1024

interface Job<C> {
  readonly item: C
  started: boolean
  epoch: number
  verdict: Verdict | undefined
  result: TxResult | undefined
  resolve: ((result: TxResult) => void) | undefined
}

export class CheckLane<C extends Checkable> {
  readonly #host: LaneHost<C>
  readonly #concurrency: number
  /** From the front: checked but not yet their turn or being checked (`#active` of them), then waiting. */
  readonly #jobs = new ConcurrentList<Job<C>>()
  readonly #toStart = this.#jobs.cursor()
  #active = 0
  #bytes = 0
  #roomWanted: (() => void) | undefined

  constructor(host: LaneHost<C>, concurrency: number) {
    this.#host = host
    this.#concurrency = concurrency
  }

  /** Bytes of all transactions in the lane. */
  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#jobs.size
  }

  /** May another one be pushed? */
  get hasRoom(): boolean {
    return this.#jobs.size === 0 || (this.#jobs.size < LANE_MAX_TXS && this.#bytes < LANE_MAX_BYTES)
  }

  /** Settles true once there is room, false when `signal` aborts first. One wait at a time: the source itself waits. */
  async room(signal: AbortSignal): Promise<boolean> {
    while (!this.hasRoom && !signal.aborted)
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#roomWanted = undefined
          signal.removeEventListener('abort', done)
          resolve()
        }
        this.#roomWanted = done
        signal.addEventListener('abort', done, { once: true })
      })
    return this.hasRoom
  }

  /** The result at once if it is the item's turn and the check answers at once. */
  push(item: C): TxResult | Promise<TxResult> {
    const job: Job<C> = { item, started: false, epoch: 0, verdict: undefined, result: undefined, resolve: undefined }
    this.#jobs.push(job)
    this.#bytes += item.tx.length
    this.advance()
    if (job.result !== undefined) return job.result
    return new Promise((resolve) => {
      job.resolve = resolve
    })
  }

  /** Goes on as far as possible; the pool calls it when it is no longer paused. */
  advance(): void {
    for (;;) {
      this.#handOn()
      if (this.#host.paused() || this.#active >= this.#concurrency) return
      const next = this.#toStart.next()
      if (next === undefined) return
      this.#active++
      this.#begin(next.value, false)
    }
  }

  /** Rejects all whose check has not begun. */
  drop(reason: RejectReason, message: string): void {
    for (const job of this.#jobs) if (!job.started) job.verdict = { ok: false, reason, message }
    // those in front of them may still be running; the dropped ones leave when it is their turn
    for (let next = this.#toStart.next(); next !== undefined; next = this.#toStart.next()) this.#active++
    this.#handOn()
  }

  #handOn(): void {
    for (let first = this.#jobs.first(); first !== undefined; first = this.#jobs.first()) {
      const job = first.value
      if (job.verdict === undefined) return
      if (job.verdict.ok) {
        if (this.#host.paused()) return
        if (job.epoch !== this.#host.epoch()) {
          this.#begin(job, true)
          continue
        }
      }
      this.#settle(first, job.verdict)
    }
  }

  #settle(element: ListElement<Job<C>>, verdict: Verdict): void {
    const job = element.value
    this.#jobs.remove(element)
    this.#active--
    this.#bytes -= job.item.tx.length
    job.result = this.#host.admit(job.item, verdict)
    job.resolve?.(job.result)
    if (this.hasRoom) this.#roomWanted?.()
  }

  #begin(job: Job<C>, recheck: boolean): void {
    job.started = true
    job.verdict = undefined
    job.epoch = this.#host.epoch()
    const verdict = this.#host.check(job.item, recheck)
    if (verdict instanceof Promise)
      void verdict.then((late) => {
        job.verdict = late
        this.advance()
      })
    else job.verdict = verdict
  }
}
