/**
 * Slices to the bytes of one channel stream (docs/protocol.md section 4). Pure but for `emit`.
 *
 * Every buffer handed to a stream costs a muxer frame, an encrypted record and system calls (spec/js-libp2p.md section 1.3), so slices written
 * in one go are copied together, and a full buffer is exactly one noise record: frames may lie across two. A Uint8ArrayList without the
 * copy was measured at half the speed: it becomes a system call per element.
 */
import { allocUnsafe } from 'uint8arrays/alloc'
import type { Slice } from '../../../interface/link.ts'
import { putVarint, varintLength } from '../../../util/varint.ts'
import { FrameKind, MAX_HEADER_BYTES, MAX_WRITE_BYTES } from './frames.ts'

/** The first buffer of a small slice; a larger one takes a full buffer at once. Ours. */
const SMALL_BUFFER_BYTES = 1_024
const LARGE_SLICE_BYTES = 8 * 1_024

/** Bytes that a slice takes on the stream. */
export function sliceWireBytes({ parts, bytes, piece }: Slice): number {
  if (piece !== undefined)
    return (
      1 +
      bytes +
      (piece.offset === 0 ? varintLength(bytes * 4 + 1) + varintLength(piece.total) : varintLength(bytes * 4 + 2))
    )
  let size = bytes + parts.length
  for (let i = 0; i < parts.length; i++) size += varintLength((parts[i] as Uint8Array).length * 4)
  return size
}

export class FrameWriter {
  readonly #emit: (bytes: Uint8Array) => void
  #buffer: Uint8Array | undefined
  #at = 0

  /** `emit` gets buffers of at most `MAX_WRITE_BYTES`, its own to keep. */
  constructor(emit: (bytes: Uint8Array) => void) {
    this.#emit = emit
  }

  /** Bytes taken and not yet emitted. */
  get held(): number {
    return this.#at
  }

  /** Takes a slice; emits each buffer that it fills. `wireBytes` is its `sliceWireBytes`. */
  write({ channelId, parts, bytes, piece }: Slice, wireBytes: number): void {
    this.#reserve(wireBytes)
    if (piece !== undefined) {
      if (piece.offset === 0) this.#header(channelId, bytes * 4 + FrameKind.FIRST, piece.total)
      else this.#header(channelId, bytes * 4 + FrameKind.NEXT, -1)
      this.#put(parts[0] as Uint8Array)
      return
    }
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as Uint8Array
      this.#header(channelId, part.length * 4 + FrameKind.WHOLE, -1)
      this.#put(part)
    }
  }

  /** Emits what is held. */
  flush(): void {
    const buffer = this.#buffer
    if (buffer === undefined || this.#at === 0) return
    const at = this.#at
    this.#buffer = undefined
    this.#at = 0
    this.#emit(at === buffer.length ? buffer : buffer.subarray(0, at))
  }

  /** Room for `bytes` more, or as much as a buffer may have. */
  #reserve(bytes: number): void {
    const want = Math.min(MAX_WRITE_BYTES, this.#at + bytes)
    const old = this.#buffer
    if (old !== undefined && old.length >= want) return
    const size = bytes >= LARGE_SLICE_BYTES ? MAX_WRITE_BYTES : Math.max(want, SMALL_BUFFER_BYTES, this.#at * 2)
    this.#buffer = allocUnsafe(Math.min(MAX_WRITE_BYTES, size))
    if (old !== undefined) this.#buffer.set(old.subarray(0, this.#at))
  }

  #header(channelId: number, head: number, total: number): void {
    // a header is never cut: the few bytes left of a buffer stay unused
    if (this.#at + MAX_HEADER_BYTES > MAX_WRITE_BYTES) this.flush()
    this.#reserve(MAX_HEADER_BYTES)
    const buffer = this.#buffer as Uint8Array
    buffer[this.#at++] = channelId
    this.#at = putVarint(buffer, this.#at, head)
    if (total >= 0) this.#at = putVarint(buffer, this.#at, total)
  }

  #put(bytes: Uint8Array): void {
    let from = 0
    while (from < bytes.length) {
      const left = bytes.length - from
      this.#reserve(left)
      const buffer = this.#buffer as Uint8Array
      const take = Math.min(left, buffer.length - this.#at)
      buffer.set(take === bytes.length ? bytes : bytes.subarray(from, from + take), this.#at)
      this.#at += take
      from += take
      if (this.#at === MAX_WRITE_BYTES) this.flush()
    }
  }
}
