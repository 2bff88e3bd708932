/**
 * The bytes of one message that arrives in parts. Holds at most about twice what has arrived, whatever length was announced: large parts stay
 * where they are, small ones are copied together, because a byte that is kept where it is keeps its whole network buffer alive.
 */

/** A part shorter than this, or than half of its buffer, is copied. Ours. */
const KEEP_PART_BYTES = 16 * 1024
const FIRST_TAIL_BYTES = 1_024

export class Assembly {
  /** In order; the last may be `#tail` with room left. */
  #parts: Uint8Array[] = []
  #tail: Uint8Array | undefined
  #tailLength = 0
  #length = 0

  /** Bytes collected. */
  get length(): number {
    return this.#length
  }

  add(part: Uint8Array): void {
    if (part.length === 0) return
    this.#length += part.length
    if (part.length >= KEEP_PART_BYTES && part.length * 2 >= part.buffer.byteLength) {
      this.#closeTail()
      this.#parts.push(part)
    } else this.#append(part)
  }

  /** All of it in one array, and ready for the next message. */
  take(): Uint8Array {
    this.#closeTail()
    const parts = this.#parts
    const length = this.#length
    this.#parts = []
    this.#length = 0
    if (parts.length === 1) return parts[0] as Uint8Array
    const whole = new Uint8Array(length)
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    return whole
  }

  #append(part: Uint8Array): void {
    const need = this.#tailLength + part.length
    if (this.#tail === undefined || this.#tail.length < need) {
      const grown = new Uint8Array(
        Math.max(need, Math.min(this.#tailLength * 2, need + KEEP_PART_BYTES), FIRST_TAIL_BYTES)
      )
      if (this.#tail !== undefined) grown.set(this.#tail.subarray(0, this.#tailLength))
      this.#tail = grown
    }
    this.#tail.set(part, this.#tailLength)
    this.#tailLength = need
    // beyond this size growing would copy the same bytes again and again
    if (need >= KEEP_PART_BYTES) this.#closeTail()
  }

  #closeTail(): void {
    if (this.#tail !== undefined) this.#parts.push(this.#tail.subarray(0, this.#tailLength))
    this.#tail = undefined
    this.#tailLength = 0
  }
}
