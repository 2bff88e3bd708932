/**
 * Lengths of what was handed on and is not consumed, the oldest first. What is consumed is told in bytes, in whatever portions, so a portion may cover several
 * messages or a part of one. An empty one has no bytes to be told by: it is done by a portion of 0 of its own, or with the next that has some. Done
 * with those before it, a crowd of them would cost one what it was, and whoever sends them could fill the memory behind a slow reader. Pure.
 */

/** Consumed entries at the head before the list is copied together, and what it keeps for the next at most. */
const COMPACT_ENTRIES = 1_024

export class Unconsumed {
  #lengths: number[] = []
  #head = 0
  /** Where the next goes. The array is not cut when all is consumed: to let go of its memory for every message is a twentieth of what a short one costs. */
  #end = 0
  /** Of the oldest one. */
  #consumed = 0
  #bytes = 0

  /** Messages. */
  get count(): number {
    return this.#end - this.#head
  }

  /** Their lengths together: a message counts whole until it is done. */
  get bytes(): number {
    return this.#bytes
  }

  add(length: number): void {
    this.#lengths[this.#end++] = length
    this.#bytes += length
  }

  /** Takes `bytes` off the oldest messages. Returns how many are done with it. */
  consume(bytes: number): number {
    const before = this.#head
    this.#consumed += bytes
    let empties = bytes === 0 ? 1 : 0
    while (this.#head < this.#end) {
      const length = this.#lengths[this.#head] as number
      if (length > this.#consumed || (this.#consumed === 0 && empties-- === 0)) break
      this.#consumed -= length
      this.#bytes -= length
      this.#head++
    }
    const done = this.#head - before
    if (this.#head === this.#end) {
      if (this.#end > COMPACT_ENTRIES) this.#lengths = []
      this.#head = 0
      this.#end = 0
      this.#consumed = 0
    } else if (this.#head >= COMPACT_ENTRIES && this.#head * 2 >= this.#end) {
      this.#lengths = this.#lengths.slice(this.#head, this.#end)
      this.#head = 0
      this.#end = this.#lengths.length
    }
    return done
  }
}
