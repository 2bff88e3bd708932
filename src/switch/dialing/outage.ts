/** Tells a lost line of our own from lost peers (D-21): nobody was there for a while, and then somebody is again. */

/** Ours: all peers lost for less than this is an ordinary restart of the one peer there was. */
export const OUTAGE_MS = 60_000

export class Outage {
  readonly #over: () => void
  /** Since when nobody is there, ms of the clock. */
  #since: number | undefined

  /** `over` is called when the first peer is back. */
  constructor(over: () => void) {
    this.#over = over
  }

  /** The last peer is gone. */
  alone(now: number): void {
    this.#since ??= now
  }

  /** A node was reached, or has reached us. */
  reached(now: number): void {
    const since = this.#since
    this.#since = undefined
    if (since !== undefined && now - since >= OUTAGE_MS) this.#over()
  }
}
