/**
 * A bounded map of what ends by itself. Times are of the clock that the caller reads. A wall clock may be set back: what is left of a term is then never more than the
 * term was. Past `max` whatever ends first makes room, but nothing that `lasts` while there is anything else: what strangers cause may push out other such things, and not
 * what somebody in charge has said. Rejected: the oldest goes first, by which a day that has begun gives way to any minute.
 */

/** Times in ms. Infinity: until it is taken out. */
export interface Term {
  readonly since: number
  readonly until: number
}

export class Terms<K, T extends Term> {
  readonly #max: number
  readonly #lasts: (term: T) => boolean
  readonly #terms = new Map<K, T>()

  /** `max` counts all, those that are over too. `lasts`: makes room only where nothing else is left. */
  constructor(max: number, lasts: (term: T) => boolean) {
    this.#max = max
    this.#lasts = lasts
  }

  get size(): number {
    return this.#terms.size
  }

  /** In force or over. */
  get(key: K, now: number): T | undefined {
    const term = this.#terms.get(key)
    if (term === undefined || term.since <= now) return term
    const moved = movedTo(term, now)
    this.#terms.set(key, moved)
    return moved
  }

  /** In place of the one of that key. It may be the one that makes room. */
  set(key: K, term: T, now: number): void {
    this.#terms.set(key, movedTo(term, now))
    if (this.#terms.size > this.#max) this.#makeRoom()
  }

  delete(key: K): T | undefined {
    const term = this.#terms.get(key)
    this.#terms.delete(key)
    return term
  }

  /** In force or over. */
  entries(now: number): Array<[K, T]> {
    return [...this.#terms.keys()].map((key) => [key, this.get(key, now)!])
  }

  #makeRoom(): void {
    let first: [K, T] | undefined
    for (const entry of this.#terms) if (first === undefined || this.#goesBefore(entry[1], first[1])) first = entry
    if (first !== undefined) this.#terms.delete(first[0])
  }

  #goesBefore(a: T, b: T): boolean {
    const [lasts, other] = [this.#lasts(a), this.#lasts(b)]
    return lasts === other ? a.until < b.until : other
  }
}

/** As long as it was, from now at the latest. */
export function movedTo<T extends Term>(term: T, now: number): T {
  return term.since <= now ? term : { ...term, since: now, until: now + (term.until - term.since) }
}
