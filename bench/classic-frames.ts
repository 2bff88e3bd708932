/**
 * SecretConnection's frames (spec secret-connection section 4) as a bare loop has them: no checks, no wiping, no end of the nonces. The ceiling and the naive variant of the
 * classic cells speak them; deliberately none of our code but the cipher, which is what the ceiling is about. test/bench holds them against ours.
 */
import type { FrameCipher } from '../src/stacks/comet/primitives.ts'

const FRAME_DATA_BYTES = 1024
const LENGTH_BYTES = 4
const PLAIN_FRAME_BYTES = LENGTH_BYTES + FRAME_DATA_BYTES
export const SEALED_FRAME_BYTES = PLAIN_FRAME_BYTES + 16

class Nonce {
  readonly bytes = new Uint8Array(12)
  readonly #view = new DataView(this.bytes.buffer)
  #count = 0

  next(): Uint8Array {
    this.#view.setUint32(4, this.#count % 2 ** 32, true)
    this.#view.setUint32(8, this.#count / 2 ** 32, true)
    this.#count++
    return this.bytes
  }
}

/** One direction's frames, going out. */
export class FrameSealer {
  readonly #cipher: FrameCipher
  readonly #nonce = new Nonce()

  constructor(cipher: FrameCipher) {
    this.#cipher = cipher
  }

  /** All of `plain` in frames of their own. */
  seal(plain: Uint8Array): Uint8Array {
    const frames = Math.ceil(plain.length / FRAME_DATA_BYTES)
    const memory = Buffer.allocUnsafe(frames * SEALED_FRAME_BYTES)
    const out = new Uint8Array(memory.buffer, memory.byteOffset, memory.length)
    for (let i = 0; i < frames; i++) {
      const data = plain.subarray(i * FRAME_DATA_BYTES, (i + 1) * FRAME_DATA_BYTES)
      const at = i * SEALED_FRAME_BYTES
      out[at] = data.length
      out[at + 1] = data.length >>> 8
      out[at + 2] = 0
      out[at + 3] = 0
      out.set(data, at + LENGTH_BYTES)
      const end = at + LENGTH_BYTES + data.length
      if (data.length < FRAME_DATA_BYTES) out.fill(0, end, at + LENGTH_BYTES + FRAME_DATA_BYTES)
      const sealed = out.subarray(at, at + SEALED_FRAME_BYTES)
      this.#cipher.seal(out.subarray(at, at + PLAIN_FRAME_BYTES), sealed, this.#nonce.next())
    }
    return out
  }
}

/** One direction's frames, coming in. Opens them in place. */
export class FrameOpener {
  readonly #cipher: FrameCipher
  readonly #onData: (data: Uint8Array) => void
  readonly #nonce = new Nonce()
  /** A frame that has not come whole. */
  readonly #kept = new Uint8Array(SEALED_FRAME_BYTES)
  #keptBytes = 0

  /** `onData`: at most twice per chunk, with a view that lasts for the call. */
  constructor(cipher: FrameCipher, onData: (data: Uint8Array) => void) {
    this.#cipher = cipher
    this.#onData = onData
  }

  push(chunk: Uint8Array): void {
    let at = 0
    if (this.#keptBytes > 0) {
      at = this.#keep(chunk.subarray(0, SEALED_FRAME_BYTES - this.#keptBytes))
      if (this.#keptBytes < SEALED_FRAME_BYTES) return
      this.#keptBytes = 0
      this.#onData(this.#kept.subarray(LENGTH_BYTES, LENGTH_BYTES + this.#open(this.#kept, 0)))
    }
    const start = at
    let end = at
    for (; at + SEALED_FRAME_BYTES <= chunk.length; at += SEALED_FRAME_BYTES) {
      const length = this.#open(chunk, at)
      chunk.copyWithin(end, at + LENGTH_BYTES, at + LENGTH_BYTES + length)
      end += length
    }
    if (end > start) this.#onData(chunk.subarray(start, end))
    if (at < chunk.length) this.#keep(chunk.subarray(at))
  }

  #keep(bytes: Uint8Array): number {
    this.#kept.set(bytes, this.#keptBytes)
    this.#keptBytes += bytes.length
    return bytes.length
  }

  #open(buffer: Uint8Array, at: number): number {
    const plain = buffer.subarray(at, at + PLAIN_FRAME_BYTES)
    if (!this.#cipher.open(buffer.subarray(at, at + SEALED_FRAME_BYTES), plain, this.#nonce.next()))
      throw new Error('a frame that does not open')
    return (buffer[at] as number) | ((buffer[at + 1] as number) << 8)
  }
}
