/**
 * Bytes that came before somebody wanted them. One buffer that they are copied into: a list of views would cost a remote one byte and us a frame's
 * memory each.
 */
const FIRST_BYTES = 2_048

export class HeldBytes {
  #buffer = new Uint8Array(0)
  #start = 0
  #end = 0

  get length(): number {
    return this.#end - this.#start
  }

  /** All of them; valid until the next call. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(this.#start, this.#end)
  }

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#buffer.length) this.#makeRoom(bytes.length)
    this.#buffer.set(bytes, this.#end)
    this.#end += bytes.length
  }

  /** Takes the first `count` bytes, a copy. */
  take(count: number): Uint8Array {
    const taken = this.#buffer.slice(this.#start, this.#start + count)
    this.#start += count
    if (this.length === 0) this.clear()
    return taken
  }

  clear(): void {
    this.#buffer = new Uint8Array(0)
    this.#start = 0
    this.#end = 0
  }

  #makeRoom(count: number): void {
    const needed = this.length + count
    const grown = new Uint8Array(Math.max(needed, 2 * this.length, FIRST_BYTES))
    grown.set(this.bytes)
    this.#end = this.length
    this.#start = 0
    this.#buffer = grown
  }
}
