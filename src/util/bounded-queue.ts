/**
 * A first-in first-out queue with a bound, on a ring buffer: no `Array.shift`, which copies the rest once an array is long
 * (spec/js-libp2p.md section 1.2). The ring grows by doubling, so a large bound costs nothing until it is used.
 */

/** A power of two, so that an index wraps with a mask. */
const FIRST_RING = 8
/** Of every queue that nothing was pushed to yet: most channels of most peers are silent. Never written to. */
const NO_RING: never[] = []

export class BoundedQueue<T> {
  /** The most it holds. */
  readonly capacity: number
  #ring: Array<T | undefined> = NO_RING
  #head = 0
  #length = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get length(): number {
    return this.#length
  }

  /** Appends; false, and nothing changes, when full. */
  push(item: T): boolean {
    if (this.#length >= this.capacity) return false
    if (this.#length === this.#ring.length) this.#grow()
    this.#ring[(this.#head + this.#length) & (this.#ring.length - 1)] = item
    this.#length++
    return true
  }

  /** The oldest item, which stays. */
  peek(): T | undefined {
    return this.#ring[this.#head]
  }

  /** Takes the oldest item. */
  shift(): T | undefined {
    const item = this.#ring[this.#head]
    if (this.#length === 0) return undefined
    this.#ring[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#ring.length - 1)
    this.#length--
    return item
  }

  clear(): void {
    this.#ring = NO_RING
    this.#head = 0
    this.#length = 0
  }

  #grow(): void {
    const old = this.#ring
    const grown = new Array<T | undefined>(Math.max(old.length * 2, FIRST_RING)).fill(undefined)
    for (let i = 0; i < this.#length; i++) grown[i] = old[(this.#head + i) & (old.length - 1)]
    this.#ring = grown
    this.#head = 0
  }
}
