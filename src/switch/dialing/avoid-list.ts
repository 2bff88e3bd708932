import type { Clock } from '../../interface/clock.ts'
import type { Standing } from '../../interface/switch.ts'
import { type Term, Terms } from '../../util/terms.ts'

/** Ours: past this many the entry that ends first is forgotten, those of persistent peers last. */
const MAX_ENTRIES = 1_000

/** Times of the clock that only grows. */
interface Avoided extends Term {
  readonly why: string
  readonly persistent: boolean
}

/** Nodes that our own dialling leaves alone for a while, by `addressKey`. */
export class AvoidList {
  readonly #clock: Clock
  readonly #avoided = new Terms<string, Avoided>(MAX_ENTRIES, ({ persistent }) => persistent)

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** `forMs` Infinity: until it is removed. `why` is for people. `persistent`: strangers do not push it out. */
  add(key: string, forMs: number, why: string, persistent = false): void {
    const now = this.#clock.now()
    this.#avoided.set(key, { since: now, until: now + forMs, why, persistent }, now)
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
      : { why, until: Math.round(this.#clock.wall() + (until - this.#clock.now())) }
  }

  #inForce(key: string): Avoided | undefined {
    const now = this.#clock.now()
    const found = this.#avoided.get(key, now)
    return found !== undefined && found.until > now ? found : undefined
  }
}
