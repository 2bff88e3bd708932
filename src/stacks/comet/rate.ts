/**
 * A limit in bytes a second (p2p.send_rate, p2p.recv_rate): a bucket that may go into debt and pays it before anything else passes, so that the mean is exact
 * whatever the size of the pieces. Rejected: Go's own rule (spec mconnection section 6), which forgets at the end of a sample what went beyond its share,
 * as its pieces are 10 KB and ours up to 64 KB. Pure.
 */

/** What may pass at once after a rest: Go's sample period. */
const BURST_MS = 100

export class RateLimit {
  readonly #bytesPerMs: number
  readonly #most: number
  #left: number
  #at: number

  /** `bytesPerSecond`: 0 for no limit. */
  constructor(bytesPerSecond: number, now: number) {
    this.#bytesPerMs = bytesPerSecond / 1_000
    this.#most = this.#bytesPerMs * BURST_MS
    this.#left = this.#most
    this.#at = now
  }

  get limited(): boolean {
    return this.#bytesPerMs > 0
  }

  /** So many bytes passed. */
  spend(bytes: number, now: number): void {
    if (!this.limited) return
    this.#refill(now)
    this.#left -= bytes
  }

  /** How long nothing may pass, ms; 0: something may now. */
  waitMs(now: number): number {
    if (!this.limited) return 0
    this.#refill(now)
    // a timer counts whole milliseconds
    return this.#left > 0 ? 0 : Math.floor(-this.#left / this.#bytesPerMs) + 1
  }

  #refill(now: number): void {
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * this.#bytesPerMs)
    this.#at = now
  }
}
