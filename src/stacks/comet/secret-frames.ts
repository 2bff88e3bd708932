/**
 * SecretConnection's frames (spec secret-connection section 4): up to 1024 bytes of data behind a 4-byte length, filled up to 1028, sealed to 1044. Many
 * frames a call, in memory that the caller lends (frame-memory.ts), because a frame alone is a fifth of what a socket call costs. Rejected: opening in place,
 * which joins the data by moving all of it once more.
 */
import { SecretConnectionError } from '../../errors.ts'
import { FRAME_LENGTH_BYTES, MAX_FRAME_DATA_BYTES, PlainMemory, SealedMemory } from './frame-memory.ts'
import { FrameNonce } from './frame-nonce.ts'
import { type FrameCipher, PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES } from './primitives.ts'

/** Frames without data in a row. Go reads through bufio, which gives up at as many (maxConsecutiveEmptyReads); no honest node sends one. */
export const MAX_EMPTY_FRAMES = 100

/** How many frames `bytes` of data fill. */
export function framesFor(bytes: number): number {
  return Math.ceil(bytes / MAX_FRAME_DATA_BYTES)
}

/** Our direction. */
export class Sealer {
  readonly #cipher: FrameCipher
  readonly #nonce: FrameNonce

  /** `nonce` is for tests; the sealer's own from then on. */
  constructor(cipher: FrameCipher, nonce = new FrameNonce()) {
    this.#cipher = cipher
    this.#nonce = nonce
  }

  /**
   * All of `bytes`, not empty, in frames: 1044 bytes per 1024, a view of `memory`, which must have room for them. Throws `SecretConnectionError` when the
   * nonces are used up.
   */
  seal(bytes: Uint8Array, memory = new SealedMemory(framesFor(bytes.length))): Uint8Array {
    const { bytes: target, plain, sealed } = memory
    const frames = framesFor(bytes.length)
    for (let i = 0; i < frames; i++) {
      const from = i * MAX_FRAME_DATA_BYTES
      const length = Math.min(MAX_FRAME_DATA_BYTES, bytes.length - from)
      const at = i * SEALED_FRAME_BYTES
      target[at] = length
      target[at + 1] = length >>> 8
      target[at + 2] = 0
      target[at + 3] = 0
      target.set(bytes.subarray(from, from + length), at + FRAME_LENGTH_BYTES)
      // Go lets old bytes stand here; zeros tell nothing
      if (length < MAX_FRAME_DATA_BYTES) target.fill(0, at + FRAME_LENGTH_BYTES + length, at + PLAIN_FRAME_BYTES)
      this.#cipher.seal(plain[i] as Uint8Array, sealed[i] as Uint8Array, this.#nonce.bytes)
      this.#nonce.advance()
    }
    return target.subarray(0, frames * SEALED_FRAME_BYTES)
  }

  wipe(): void {
    this.#cipher.wipe()
  }
}

/** What came out of one chunk of the socket. */
export interface Opened {
  /** Data of the frames that the chunk completed, in order and joined: a view of the memory they were opened in. May be empty. */
  readonly data: Uint8Array
  /** The frame after `data` is bad: nothing more can be opened. */
  readonly fault?: SecretConnectionError
}

/** The remote's direction. Holds at most one frame that has not come whole. */
export class Opener {
  readonly #cipher: FrameCipher
  readonly #nonce: FrameNonce
  /** Made for the first frame that does not come whole. */
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

  /** How many frames a chunk of so many bytes completes. */
  framesIn(chunkBytes: number): number {
    return Math.floor((this.#partialBytes + chunkBytes) / SEALED_FRAME_BYTES)
  }

  /** Opens what `chunk` completes, in `memory`, which must have room for it. The chunk is not changed and not kept. Not to be called after a fault. */
  open(chunk: Uint8Array, memory = new PlainMemory(this.framesIn(chunk.length))): Opened {
    let end = FRAME_LENGTH_BYTES
    let fault: SecretConnectionError | undefined
    try {
      let at = this.#partialBytes === 0 ? 0 : this.#keep(chunk, 0)
      if (this.#partialBytes === SEALED_FRAME_BYTES) {
        this.#partialBytes = 0
        end += this.#openFrame(this.#partial as Uint8Array, memory, end)
      }
      for (; at + SEALED_FRAME_BYTES <= chunk.length; at += SEALED_FRAME_BYTES)
        end += this.#openFrame(chunk.subarray(at, at + SEALED_FRAME_BYTES), memory, end)
      if (at < chunk.length) this.#keep(chunk, at)
    } catch (error) {
      if (!(error instanceof SecretConnectionError)) throw error
      fault = error
    }
    const data = memory.bytes.subarray(FRAME_LENGTH_BYTES, end)
    return fault === undefined ? { data } : { data, fault }
  }

  wipe(): void {
    this.#cipher.wipe()
  }

  /** Copies what the kept frame lacks, as far as the chunk has it. Returns where it ends in the chunk. */
  #keep(chunk: Uint8Array, from: number): number {
    this.#partial ??= new Uint8Array(SEALED_FRAME_BYTES)
    const to = Math.min(chunk.length, from + SEALED_FRAME_BYTES - this.#partialBytes)
    this.#partial.set(chunk.subarray(from, to), this.#partialBytes)
    this.#partialBytes += to - from
    return to
  }

  /** Opens one frame so that its data begins at `end`, behind that of the frames before it. Returns the length of its data. */
  #openFrame(sealed: Uint8Array, { bytes, full }: PlainMemory, end: number): number {
    const at = end - FRAME_LENGTH_BYTES
    // the length comes to lie over the end of the data before it, which is put back
    const a = bytes[at]!
    const b = bytes[at + 1]!
    const c = bytes[at + 2]!
    const d = bytes[at + 3]!
    const plain =
      at % MAX_FRAME_DATA_BYTES === 0 ? full[at / MAX_FRAME_DATA_BYTES]! : bytes.subarray(at, at + PLAIN_FRAME_BYTES)
    const opened = this.#cipher.open(sealed, plain, this.#nonce.bytes)
    const length = plain[0]! + plain[1]! * 0x100 + plain[2]! * 0x1_0000 + plain[3]! * 0x100_0000
    bytes[at] = a
    bytes[at + 1] = b
    bytes[at + 2] = c
    bytes[at + 3] = d
    if (!opened)
      throw new SecretConnectionError('tampered-frame', 'a frame that the remote did not seal, or not as the next one')
    this.#nonce.advance()
    if (length > MAX_FRAME_DATA_BYTES)
      throw new SecretConnectionError('chunk-too-long', `a frame says it holds ${length} bytes`)
    this.#emptyInRow = length === 0 ? this.#emptyInRow + 1 : 0
    if (this.#emptyInRow > MAX_EMPTY_FRAMES)
      throw new SecretConnectionError('empty-frames', `more than ${MAX_EMPTY_FRAMES} frames without data in a row`)
    return length
  }
}
