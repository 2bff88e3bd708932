/**
 * SecretConnection's frames (spec secret-connection section 4): up to 1024 bytes of data behind a 4-byte length, filled up to 1028, sealed to 1044. Many
 * frames a call and one buffer for all of them, because a frame alone is a fifth of what a socket call costs. Rejected: opening into a buffer of
 * our own (the chunk is nobody else's, and plaintext is shorter than what it was sealed to).
 */
import { SecretConnectionError } from '../../errors.ts'
import { FrameNonce } from './frame-nonce.ts'
import { type FrameCipher, PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES } from './primitives.ts'

/** p2p/conn/secret_connection.go dataMaxSize. */
export const MAX_FRAME_DATA_BYTES = 1024
const LENGTH_BYTES = 4

/** Frames without data in a row. Go reads through bufio, which gives up at as many (maxConsecutiveEmptyReads); no honest node sends one. */
export const MAX_EMPTY_FRAMES = 100

/** Our direction. */
export class Sealer {
  readonly #cipher: FrameCipher
  readonly #nonce: FrameNonce

  /** `nonce` is for tests; the sealer's own from then on. */
  constructor(cipher: FrameCipher, nonce = new FrameNonce()) {
    this.#cipher = cipher
    this.#nonce = nonce
  }

  /** All of `bytes`, not empty, in frames: a fresh buffer of 1044 bytes per 1024. Throws `SecretConnectionError` when the nonces are used up. */
  seal(bytes: Uint8Array): Uint8Array {
    const frames = Math.ceil(bytes.length / MAX_FRAME_DATA_BYTES)
    // not filled with zeros, because every byte is written below; a plain array, because slices of a Buffer share its memory
    const memory = Buffer.allocUnsafe(frames * SEALED_FRAME_BYTES)
    const sealed = new Uint8Array(memory.buffer, memory.byteOffset, memory.length)
    for (let i = 0; i < frames; i++) {
      const from = i * MAX_FRAME_DATA_BYTES
      const length = Math.min(MAX_FRAME_DATA_BYTES, bytes.length - from)
      const at = i * SEALED_FRAME_BYTES
      sealed[at] = length
      sealed[at + 1] = length >>> 8
      sealed[at + 2] = 0
      sealed[at + 3] = 0
      sealed.set(bytes.subarray(from, from + length), at + LENGTH_BYTES)
      // Go lets old bytes stand here; zeros tell nothing
      if (length < MAX_FRAME_DATA_BYTES) sealed.fill(0, at + LENGTH_BYTES + length, at + PLAIN_FRAME_BYTES)
      this.#cipher.seal(sealed, at, this.#nonce.bytes)
      this.#nonce.advance()
    }
    return sealed
  }

  wipe(): void {
    this.#cipher.wipe()
  }
}

/** What came out of one chunk of the socket. */
export interface Opened {
  /** Data of whole frames, in order, none empty, at most two: what completed an earlier chunk's frame, and the chunk's own frames joined. */
  readonly parts: readonly Uint8Array[]
  /** The frame after `parts` is bad: nothing more can be opened. */
  readonly fault?: SecretConnectionError
}

/** The remote's direction. Holds at most one frame that has not come whole. */
export class Opener {
  readonly #cipher: FrameCipher
  readonly #nonce: FrameNonce
  #partial: Uint8Array | undefined
  #partialBytes = 0
  #emptyInRow = 0

  constructor(cipher: FrameCipher, nonce = new FrameNonce()) {
    this.#cipher = cipher
    this.#nonce = nonce
  }

  /** Does the connection stand inside a frame? */
  get insideFrame(): boolean {
    return this.#partialBytes > 0
  }

  /** Opens what `chunk` completes. The chunk is overwritten, and `parts` are views of it or of memory of their own. Not to be called after a fault. */
  open(chunk: Uint8Array): Opened {
    const parts: Uint8Array[] = []
    try {
      const offset = this.#complete(chunk, parts)
      this.#openWhole(chunk, offset, parts)
    } catch (fault) {
      if (!(fault instanceof SecretConnectionError)) throw fault
      return { parts, fault }
    }
    return { parts }
  }

  wipe(): void {
    this.#cipher.wipe()
  }

  /** Gives the frame begun by an earlier chunk its rest. Returns where the next frame begins. */
  #complete(chunk: Uint8Array, parts: Uint8Array[]): number {
    const partial = this.#partial
    if (partial === undefined) return 0
    const taken = chunk.subarray(0, SEALED_FRAME_BYTES - this.#partialBytes)
    partial.set(taken, this.#partialBytes)
    this.#partialBytes += taken.length
    if (this.#partialBytes < SEALED_FRAME_BYTES) return taken.length
    this.#partial = undefined
    this.#partialBytes = 0
    const length = this.#openFrame(partial, 0)
    if (length > 0) parts.push(partial.subarray(LENGTH_BYTES, LENGTH_BYTES + length))
    return taken.length
  }

  /** Opens the whole frames from `offset` on, joins their data where the first frame began, and keeps a copy of the rest. */
  #openWhole(chunk: Uint8Array, offset: number, parts: Uint8Array[]): void {
    let at = offset
    let end = offset
    try {
      for (; at + SEALED_FRAME_BYTES <= chunk.length; at += SEALED_FRAME_BYTES) {
        const length = this.#openFrame(chunk, at)
        chunk.copyWithin(end, at + LENGTH_BYTES, at + LENGTH_BYTES + length)
        end += length
      }
    } finally {
      if (end > offset) parts.push(chunk.subarray(offset, end))
    }
    if (at === chunk.length) return
    this.#partial = new Uint8Array(SEALED_FRAME_BYTES)
    this.#partial.set(chunk.subarray(at))
    this.#partialBytes = chunk.length - at
  }

  /** Opens one frame in place and returns the length of its data. */
  #openFrame(buffer: Uint8Array, at: number): number {
    if (!this.#cipher.open(buffer, at, this.#nonce.bytes))
      throw new SecretConnectionError('tampered-frame', 'a frame that the remote did not seal, or not as the next one')
    this.#nonce.advance()
    const length = buffer[at]! + buffer[at + 1]! * 0x100 + buffer[at + 2]! * 0x1_0000 + buffer[at + 3]! * 0x100_0000
    if (length > MAX_FRAME_DATA_BYTES)
      throw new SecretConnectionError('chunk-too-long', `a frame says it holds ${length} bytes`)
    this.#emptyInRow = length === 0 ? this.#emptyInRow + 1 : 0
    if (this.#emptyInRow > MAX_EMPTY_FRAMES)
      throw new SecretConnectionError('empty-frames', `more than ${MAX_EMPTY_FRAMES} frames without data in a row`)
    return length
  }
}
