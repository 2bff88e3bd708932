/**
 * Frames of channel streams: how whole messages and pieces of long ones lie in the bytes of a stream (docs/protocol.md section 4). Pure.
 *
 * A frame names its channel, so any stream can carry any channel. The reader is fed what arrives, keeps only the state of a header or
 * payload cut in two, and has a header checked before a byte of its payload is kept. The writer is frame-writer.ts.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import type { Slice } from '../../../interface/link.ts'
import { MAX_VARINT_BYTES } from '../../../util/varint.ts'

/** What a frame holds; the two low bits of its head. 3 is not assigned. */
export const FrameKind = Object.freeze({ WHOLE: 0, FIRST: 1, NEXT: 2 })

/** The most that one write puts on a stream: 65519, the longest plaintext of a noise record, less 12 of yamux's header. */
export const MAX_WRITE_BYTES = 65_507
/** What a message counts beside its payload, on credit as in the outbox: the memory that keeping it costs. Part of the protocol. */
export const MESSAGE_CHARGE_BYTES = 128
/** Channel, head, total at their longest. */
export const MAX_HEADER_BYTES = 1 + 2 * MAX_VARINT_BYTES
/**
 * The most a slice may cost of its channel's credit, and `quantumBytes` of our links. Ours: 300 messages of 200 bytes fill a write in spite of
 * their charge, and a block part of 64 KiB with its proof goes in one piece.
 */
export const MAX_SLICE_CHARGE = 104 * 1024

/** What a slice costs of its channel's credit. */
export function sliceCharge({ parts, bytes, piece }: Slice): number {
  if (piece === undefined) return bytes + parts.length * MESSAGE_CHARGE_BYTES
  return bytes + (piece.offset === 0 ? MESSAGE_CHARGE_BYTES : 0)
}

/** What the reader calls. Each may throw `ProtocolViolationError`, which ends the reading. */
export interface FrameSink {
  /** A frame begins: nothing of its payload is kept yet. `total` is the message's announced length for FIRST, -1 otherwise. */
  frame(channelId: number, kind: number, length: number, total: number): void
  /** The payload of a WHOLE frame that lay in one piece: a view of what arrived. */
  message(channelId: number, bytes: Uint8Array): void
  /** Part of any other payload: a view of what arrived. `last`: the frame is complete. May be empty only when `last`. */
  part(channelId: number, bytes: Uint8Array, last: boolean): void
}

/** Where in a frame the reader stands between two chunks. */
const AT_CHANNEL = 0
const AT_HEAD = 1
const AT_TOTAL = 2
const AT_PAYLOAD = 3

/** Reads the frames of one stream, chunk by chunk. */
export class FrameReader {
  readonly #sink: FrameSink
  #state = AT_CHANNEL
  #channelId = 0
  #kind = 0
  // the varint being read
  #value = 0
  #scale = 1
  // the payload being read
  #length = 0
  #missing = 0

  constructor(sink: FrameSink) {
    this.#sink = sink
  }

  /** True between frames: a stream that ends elsewhere was cut off. */
  get atBoundary(): boolean {
    return this.#state === AT_CHANNEL
  }

  /** Throws `ProtocolViolationError`, also what the sink throws; the reader is of no use after that. */
  push(chunk: Uint8Array): void {
    const end = chunk.length
    let at = 0
    while (at < end) {
      if (this.#state === AT_PAYLOAD) {
        const take = Math.min(this.#missing, end - at)
        this.#missing -= take
        const last = this.#missing === 0
        if (last) this.#state = AT_CHANNEL
        this.#sink.part(this.#channelId, view(chunk, at, take), last)
        at += take
        continue
      }
      if (this.#state === AT_CHANNEL) {
        this.#channelId = chunk[at++] as number
        this.#state = AT_HEAD
        this.#value = 0
        this.#scale = 1
        continue
      }
      if (!this.#varint(chunk[at++] as number)) continue
      if (this.#state === AT_HEAD) {
        // beyond 2^31 a bit operator would cut the number
        this.#kind = this.#value % 4
        this.#length = (this.#value - this.#kind) / 4
        if (this.#kind === FrameKind.FIRST) {
          this.#state = AT_TOTAL
          this.#value = 0
          this.#scale = 1
          continue
        }
        if (this.#kind > FrameKind.NEXT)
          throw new ProtocolViolationError(`frame kind: expected 0 to 2, found ${this.#kind}`)
        this.#sink.frame(this.#channelId, this.#kind, this.#length, -1)
      } else this.#sink.frame(this.#channelId, FrameKind.FIRST, this.#length, this.#value)
      at = this.#payload(chunk, at)
    }
  }

  /** A frame's header is complete: hands on a payload that lies whole in the chunk, or begins to collect. */
  #payload(chunk: Uint8Array, at: number): number {
    const length = this.#length
    if (chunk.length - at < length) {
      this.#missing = length
      this.#state = AT_PAYLOAD
      return at
    }
    this.#state = AT_CHANNEL
    const bytes = view(chunk, at, length)
    if (this.#kind === FrameKind.WHOLE) this.#sink.message(this.#channelId, bytes)
    else this.#sink.part(this.#channelId, bytes, true)
    return at + length
  }

  /** Takes one byte of a varint; true when it is complete. */
  #varint(byte: number): boolean {
    this.#value += (byte & 0x7f) * this.#scale
    if (byte >= 0x80) {
      this.#scale *= 0x80
      // the byte to come would be the ninth
      if (this.#scale >= 2 ** (7 * MAX_VARINT_BYTES))
        throw new ProtocolViolationError('frame: number of more than 8 bytes')
      return false
    }
    if (byte === 0 && this.#scale > 1) throw new ProtocolViolationError('frame: padded number')
    if (this.#value > Number.MAX_SAFE_INTEGER) throw new ProtocolViolationError('frame: number beyond 2^53 - 1')
    return true
  }
}

/** A plain Uint8Array on the same memory, also when the chunk is a Buffer: what reaches reactors is the same everywhere. */
function view(chunk: Uint8Array, offset: number, length: number): Uint8Array {
  return new Uint8Array(chunk.buffer, chunk.byteOffset + offset, length)
}
