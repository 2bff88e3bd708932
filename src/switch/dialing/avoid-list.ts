import type { Clock } from '../../interface/clock.ts'

/** Ours: past this many the oldest entry is forgotten. */
const MAX_ENTRIES = 1_000

/** Nodes that our own dialling leaves alone for a while, by `addressKey`. */
export class AvoidList {
  readonly #clock: Clock
  readonly #until = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(key: string, forMs: number): void {
    this.#until.delete(key)
    this.#until.set(key, this.#clock.now() + forMs)
    if (this.#until.size <= MAX_ENTRIES) return
    const oldest = this.#until.keys().next().value
    if (oldest !== undefined) this.#until.delete(oldest)
  }

  remove(key: string): void {
    this.#until.delete(key)
  }

  has(key: string): boolean {
    return (this.#until.get(key) ?? 0) > this.#clock.now()
  }
}
