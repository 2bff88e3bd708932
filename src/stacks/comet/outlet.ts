/**
 * Packets on their way to the SecretConnection. Every write there begins a frame of 1044 bytes and costs a system call, so what is written in one turn of the
 * event loop, on whatever channels, is joined in one buffer and goes out at the end of the turn, or when the buffer is full. Buffers are shared by all
 * links: they are empty again when the turn ends.
 */
import type { Slice } from '../../interface/link.ts'
import type { PacketWriter } from './packet-writer.ts'
import type { SecureStream } from './secret-stream.ts'

/** Kept for the next turn, by size. Ours: links that write in the same turn; more are made and dropped. */
const MAX_SPARE_BUFFERS = 8

const spares: Uint8Array[] = []

export class Outlet {
  readonly #stream: Pick<SecureStream, 'write'>
  readonly #writer: PacketWriter
  readonly #bufferBytes: number
  readonly #onBlocked: () => void
  #buffer: Uint8Array | undefined
  #used = 0
  #written = 0

  /** `onBlocked`: the stream wants no more before its drain. */
  constructor(stream: Pick<SecureStream, 'write'>, writer: PacketWriter, bufferBytes: number, onBlocked: () => void) {
    this.#stream = stream
    this.#writer = writer
    this.#bufferBytes = bufferBytes
    this.#onBlocked = onBlocked
  }

  /** Bytes of all packets handed to the stream. */
  get written(): number {
    return this.#written
  }

  /** Is there room for a slice beside what waits for `flush`? */
  fits(slice: Slice): boolean {
    return this.#used === 0 || this.#used + this.#writer.roomFor(slice) <= (this.#buffer?.length ?? 0)
  }

  /** Takes a slice's packets; writes what is there first if they do not fit. Returns their length. */
  slice(slice: Slice): number {
    const target = this.#reserve(this.#writer.roomFor(slice))
    const before = this.#used
    this.#used = this.#writer.write(slice, target, before)
    return this.#used - before
  }

  /** Takes a ping or a pong. */
  packet(bytes: Uint8Array): void {
    this.#reserve(bytes.length).set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** Writes what is there. */
  flush(): void {
    const buffer = this.#buffer
    if (buffer === undefined) return
    const used = this.#used
    this.#buffer = undefined
    this.#used = 0
    this.#written += used
    const more = used === 0 || this.#stream.write(buffer.subarray(0, used))
    if (spares.length < MAX_SPARE_BUFFERS) spares.push(buffer)
    if (!more) this.#onBlocked()
  }

  #reserve(bytes: number): Uint8Array {
    if (this.#buffer !== undefined && this.#used + bytes > this.#buffer.length) this.flush()
    this.#buffer ??= this.#take(Math.max(bytes, this.#bufferBytes))
    return this.#buffer
  }

  #take(bytes: number): Uint8Array {
    const spare = spares.pop()
    return spare !== undefined && spare.length >= bytes ? spare : new Uint8Array(bytes)
  }
}
