/**
 * The buckets of one kind. An entry may stand in several of them and is counted once: `size` is the number of entries (Go's nNew, nOld). At most
 * `buckets * capacity` places, whatever is offered.
 */
import type { Random } from '../interface/clock.ts'

/** What a table asks of its entries. */
interface Standing {
  buckets: number[]
}

export class BucketTable<E extends Standing> {
  readonly #buckets: E[][]
  readonly #capacity: number
  #size = 0

  constructor(buckets: number, capacity: number) {
    this.#buckets = Array.from({ length: buckets }, () => [])
    this.#capacity = capacity
  }

  /** Entries, each once. */
  get size(): number {
    return this.#size
  }

  isFull(bucket: number): boolean {
    return this.bucket(bucket).length >= this.#capacity
  }

  bucket(bucket: number): readonly E[] {
    return this.#buckets[bucket] ?? []
  }

  /** Into a bucket that is not full and does not have it. */
  add(bucket: number, entry: E): void {
    this.#buckets[bucket]!.push(entry)
    if (entry.buckets.length === 0) this.#size++
    entry.buckets.push(bucket)
  }

  remove(bucket: number, entry: E): void {
    const entries = this.#buckets[bucket]!
    const at = entries.indexOf(entry)
    if (at < 0) return
    entries[at] = entries.at(-1)!
    entries.pop()
    entry.buckets = entry.buckets.filter((other) => other !== bucket)
    if (entry.buckets.length === 0) this.#size--
  }

  removeAll(entry: E): void {
    for (const bucket of entry.buckets) this.remove(bucket, entry)
  }

  /**
   * As Go picks: a random bucket that is not empty, then a random entry of it. So what crowds into few buckets gains little. `prefers`: of two drawn entries the
   * preferred one is taken.
   */
  pick(random: Random, prefers: (entry: E) => boolean): E | undefined {
    const filled = this.#buckets.filter(({ length }) => length > 0)
    const bucket = draw(filled, random)
    if (bucket === undefined) return undefined
    const first = draw(bucket, random)!
    if (prefers(first)) return first
    const second = draw(bucket, random)!
    return prefers(second) ? second : first
  }
}

function draw<T>(list: readonly T[], random: Random): T | undefined {
  return list[Math.floor(random() * list.length)]
}
