/**
 * Keys of transactions seen before, the least recently seen forgotten first (mempool/cache.go). Keys only: the bytes are the pool's.
 */
import type { TxKey } from './tx-key.ts'

export class TxCache {
  readonly #capacity: number
  /** A Map keeps insertion order: the first key is the one not seen for longest. Holds at most `capacity` keys. */
  readonly #keys = new Map<TxKey, true>()

  /** `capacity` in keys; 0 remembers nothing. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#keys.size
  }

  /** False if the key was there; either way it is now the most recently seen. */
  push(key: TxKey): boolean {
    if (this.#capacity === 0) return true
    const fresh = !this.#keys.delete(key)
    if (fresh && this.#keys.size >= this.#capacity) {
      const oldest = this.#keys.keys().next()
      if (oldest.done !== true) this.#keys.delete(oldest.value)
    }
    this.#keys.set(key, true)
    return fresh
  }

  remove(key: TxKey): void {
    this.#keys.delete(key)
  }

  /** Looking does not count as seeing. */
  has(key: TxKey): boolean {
    return this.#keys.has(key)
  }

  clear(): void {
    this.#keys.clear()
  }
}
