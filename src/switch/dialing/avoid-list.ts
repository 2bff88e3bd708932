import type { Clock } from '../../interface/clock.ts'
import type { Standing } from '../../interface/switch.ts'

/** Ours: past this many the oldest entry is forgotten. */
const MAX_ENTRIES = 1_000

interface Avoided {
  /** ms, of the clock that only grows. */
  readonly until: number
  readonly why: string
}

/** Nodes that our own dialling leaves alone for a while, by `addressKey`. */
export class AvoidList {
  readonly #clock: Clock
  readonly #avoided = new Map<string, Avoided>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `forMs` Infinity: until it is removed. `why` is for people. */
  add(key: string, forMs: number, why: string): void {
    this.#avoided.delete(key)
    this.#avoided.set(key, { until: this.#clock.now() + forMs, why })
    if (this.#avoided.size <= MAX_ENTRIES) return
    const oldest = this.#avoided.keys().next().value
    if (oldest !== undefined) this.#avoided.delete(oldest)
  }

  remove(key: string): void {
    this.#avoided.delete(key)
  }

  has(key: string): boolean {
    return this.#inForce(key) !== undefined
  }

  /** Undefined: it is not avoided. */
  standing(key: string): Standing | undefined {
    const found = this.#inForce(key)
    if (found === undefined) return undefined
    const { until, why } = found
    return until === Number.POSITIVE_INFINITY
      ? { why }
      : { why, until: this.#clock.wall() + (until - this.#clock.now()) }
  }

  #inForce(key: string): Avoided | undefined {
    const found = this.#avoided.get(key)
    return found !== undefined && found.until > this.#clock.now() ? found : undefined
  }
}
