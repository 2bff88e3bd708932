/**
 * The bytes of one message that arrives in parts. Up to 128 KiB, which every channel may hold anyway (credit.ts), all of it is there from the first part
 * on. Of a longer one it holds at most about twice what has arrived, whatever length was announced: large parts stay where they are, small ones are copied
 * together, because a byte that is kept where it is keeps its whole network buffer alive.
 */
import { allocUnsafe } from 'uint8arrays/alloc'

/** A message up to this length, a block part for one, is copied once, to its place. Ours: the least window. */
const WHOLE_AT_ONCE_BYTES = 128 * 1024

/** A part shorter than this, or than half of its buffer, is copied. Ours. */
const KEEP_PART_BYTES = 16 * 1024
const FIRST_TAIL_BYTES = 1_024

export class Assembly {
  /** A short message, filled up to `#length`. */
  #whole: Uint8Array | undefined
  /** Parts of a long one, in order; the last may be `#tail` with room left. */
  #parts: Uint8Array[] = []
  #tail: Uint8Array | undefined
  #tailLength = 0
  #length = 0

  /** Bytes collected. */
  get length(): number {
    return this.#length
  }

  /** `total`: the message's announced length, bytes; the same for all its parts, and never less than their sum. */
  add(part: Uint8Array, total: number): void {
    if (part.length === 0) return
    if (total <= WHOLE_AT_ONCE_BYTES) {
      this.#whole ??= allocUnsafe(total)
      this.#whole.set(part, this.#length)
      this.#length += part.length
      return
    }
    this.#length += part.length
    if (part.length >= KEEP_PART_BYTES && part.length * 2 >= part.buffer.byteLength) {
      this.#closeTail()
      this.#parts.push(part)
    } else this.#append(part)
  }

  /** All of it in one array, and ready for the next message. */
  take(): Uint8Array {
    const short = this.#whole
    if (short !== undefined) {
      const filled = short.length === this.#length ? short : short.subarray(0, this.#length)
      this.#whole = undefined
      this.#length = 0
      return filled
    }
    this.#closeTail()
    const parts = this.#parts
    const length = this.#length
    this.#parts = []
    this.#length = 0
    if (parts.length === 1) return parts[0] as Uint8Array
    const whole = allocUnsafe(length)
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
