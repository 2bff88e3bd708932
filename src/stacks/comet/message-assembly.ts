/**
 * The bytes of one channel's message that comes in more than one packet. The wire does not tell how long it will be, so memory grows with what has arrived, and what the
 * channel has really carried says how far at once, as messages of a channel tend to be alike: the first block is as long as the last message was, at most 128 KiB; when that
 * is full, there is room for all of the last message, at most eight times what has arrived, and what has arrived moves there. A message as long as the last one
 * is so given away where it was collected. Beyond that blocks follow that hold at most as much again as is there, joined in the end.
 *
 * Rejected: one buffer that doubles, which copies a long message twice more; keeping a buffer as long as the longest message for good, as Go does: a peer that
 * sent 21 MB once would hold them for ever.
 */
import { uninitialised } from './own-bytes.ts'

/** p2p/conn/connection.go defaultRecvBufferCapacity. */
const FIRST_BLOCK_BYTES = 4 * 1024
/** Ours: a block part of 64 KiB with its proof in one block. */
const MAX_FIRST_BLOCK_BYTES = 128 * 1024
/** Ours: what moves is an eighth of the message at most. */
const MAX_GROWTH = 8
/** Ours: a long message is copied once to its blocks and once together. */
const MAX_BLOCK_BYTES = 256 * 1024

export class MessageAssembly {
  /** Blocks that are full, in order. */
  #full: Uint8Array[] = []
  #block: Uint8Array | undefined
  #used = 0
  #length = 0
  /** Of the last message that came whole. */
  #lastLength = 0

  /** Bytes collected. */
  get length(): number {
    return this.#length
  }

  /** Memory held, bytes. */
  get allocatedBytes(): number {
    return this.#full.reduce((sum, block) => sum + block.length, this.#block?.length ?? 0)
  }

  /** Appends a copy of `source[from..to)`. */
  add(source: Uint8Array, from: number, to: number): void {
    let at = from
    while (at < to) {
      const block = this.#block ?? this.#newBlock()
      const take = Math.min(to - at, block.length - this.#used)
      block.set(source.subarray(at, at + take), this.#used)
      at += take
      this.#used += take
      this.#length += take
      if (this.#used === block.length) {
        this.#full.push(block)
        this.#block = undefined
        this.#used = 0
      }
    }
  }

  /** All of it in one array, which belongs to whoever gets it; ready for the next message. */
  take(): Uint8Array {
    const length = this.#length
    const whole = this.#whole(length)
    this.clear()
    this.#lastLength = length
    return whole
  }

  /** Drops what was collected. */
  clear(): void {
    this.#full = []
    this.#block = undefined
    this.#used = 0
    this.#length = 0
  }

  #whole(length: number): Uint8Array {
    const first = this.#full[0] ?? this.#block
    // a block that is filled by half at least is given away as it is
    if (first !== undefined && (first.length === length || (this.#full.length === 0 && length * 2 >= first.length)))
      return first.length === length ? first : first.subarray(0, length)
    const whole = uninitialised(length)
    this.#copyTo(whole)
    return whole
  }

  #newBlock(): Uint8Array {
    const room = Math.min(this.#lastLength, MAX_GROWTH * this.#length)
    if (room > this.#length) return this.#moveTo(uninitialised(room))
    const first = Math.min(MAX_FIRST_BLOCK_BYTES, Math.max(FIRST_BLOCK_BYTES, this.#lastLength))
    const next = Math.min(MAX_BLOCK_BYTES, Math.max(FIRST_BLOCK_BYTES, this.#length))
    this.#block = uninitialised(this.#length === 0 ? first : next)
    return this.#block
  }

  /** What was collected goes on in `block`, which is longer. */
  #moveTo(block: Uint8Array): Uint8Array {
    this.#copyTo(block)
    this.#full = []
    this.#block = block
    this.#used = this.#length
    return block
  }

  #copyTo(target: Uint8Array): void {
    let at = 0
    for (const block of this.#full) {
      target.set(block, at)
      at += block.length
    }
    if (this.#block !== undefined) target.set(this.#block.subarray(0, this.#used), at)
  }
}
