/**
 * Checks everything in the pool again after a commit, oldest first, one at a time (mempool/clist_mempool.go recheckTxs). A later commit overtakes
 * a pass still under way: the pass ends where it is, and the next one begins at the front.
 */
import type { Clock } from '../../interface/clock.ts'
import { macrotask } from '../../util/macrotask.ts'
import type { Entry } from './mempool-tx.ts'
import type { Verdict } from './tx-checker.ts'

export interface RecheckerComponents {
  readonly clock: Clock
  readonly txs: Iterable<Entry>
  check(entry: Entry, timeoutMs: number): Verdict | Promise<Verdict>
  /** It is valid no more. */
  invalid(entry: Entry): void
  /** The pass ran out of time: what it did not reach stays. */
  unfinished(): void
  /** No pass is under way any more. */
  done(): void
}

/** A pass lets others run after this long. */
const YIELD_AFTER_MS = 10

export class Rechecker {
  readonly #components: RecheckerComponents
  #epoch = 0
  #pass: Promise<void> | undefined

  constructor(components: RecheckerComponents) {
    this.#components = components
  }

  /** How many passes have begun: a verdict given in an earlier epoch is out of date. */
  get epoch(): number {
    return this.#epoch
  }

  get running(): boolean {
    return this.#pass !== undefined
  }

  /** Settles when a pass is through, this one or the one that overtook it. Rejects never. */
  async run(timeoutMs: number): Promise<void> {
    this.#epoch++
    this.#pass = this.#whole(this.#epoch, timeoutMs)
    await this.#pass
  }

  close(): void {
    this.#epoch++
    this.#pass = undefined
  }

  async #whole(epoch: number, timeoutMs: number): Promise<void> {
    // never in the caller's own turn: `running` must hold before the first check
    await Promise.resolve()
    await this.#through(epoch, timeoutMs)
    if (epoch !== this.#epoch) return this.#pass
    this.#pass = undefined
    this.#components.done()
  }

  async #through(epoch: number, timeoutMs: number): Promise<void> {
    const { clock, txs, check, invalid, unfinished } = this.#components
    const deadline = clock.now() + timeoutMs
    let yieldAt = clock.now() + YIELD_AFTER_MS
    for (const entry of txs) {
      if (clock.now() >= yieldAt) {
        await new Promise<void>(macrotask)
        yieldAt = clock.now() + YIELD_AFTER_MS
      }
      if (epoch !== this.#epoch) return
      const left = deadline - clock.now()
      if (left <= 0) return unfinished()
      const answer = check(entry, left)
      const verdict = answer instanceof Promise ? await answer : answer
      if (epoch !== this.#epoch) return
      if (verdict.ok) continue
      if (verdict.reason === 'check-timeout') return unfinished()
      invalid(entry)
    }
  }
}
