/**
 * Records of the hello stream (docs/protocol.md sections 2, 3): a length and so many bytes, for hello, its answer, and all control messages after.
 * Records are short and rare; the bound is checked before anything is kept.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import { putVarint, varintLength } from '../../../util/varint.ts'

/** The longest record: a hello with the longest NodeInfo (10 240 bytes) and 256 windows. */
export const MAX_RECORD_BYTES = 16 * 1024

/** One record with its length in front. */
export function frameRecord(body: Uint8Array): Uint8Array {
  const head = varintLength(body.length)
  const out = new Uint8Array(head + body.length)
  putVarint(out, 0, body.length)
  out.set(body, head)
  return out
}

/** Cuts what arrives into records. */
export class RecordReader {
  readonly #onRecord: (body: Uint8Array) => void
  readonly #buffer = { bytes: new Uint8Array(0), length: 0 }

  /** `onRecord` gets a copy; what it throws comes out of `push`. */
  constructor(onRecord: (body: Uint8Array) => void) {
    this.#onRecord = onRecord
  }

  /** Throws `ProtocolViolationError` for a record that is too long or whose length is malformed. */
  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      // what is kept never exceeds one record and its length
      const take = Math.min(chunk.length - at, this.#missing())
      this.#keep(chunk.subarray(at, at + take))
      at += take
      if (this.#missing() > 0) continue
      const { offset, length } = this.#header() as { offset: number; length: number }
      const body = this.#buffer.bytes.slice(offset, offset + length)
      this.#buffer.length = 0
      if (this.#buffer.bytes.length > 256) this.#buffer.bytes = new Uint8Array(0)
      this.#onRecord(body)
    }
  }

  /** Bytes that complete what is known to be missing: one more of the length, or the rest of the record. */
  #missing(): number {
    const header = this.#header()
    return header === undefined ? 1 : header.offset + header.length - this.#buffer.length
  }

  #header(): { offset: number; length: number } | undefined {
    let length = 0
    for (let i = 0; i < this.#buffer.length; i++) {
      const byte = this.#buffer.bytes[i] as number
      length += (byte & 0x7f) * 0x80 ** i
      if (length > MAX_RECORD_BYTES || i > 2 || (byte === 0 && i > 0))
        throw new ProtocolViolationError(`record: expected a length of at most ${MAX_RECORD_BYTES} bytes`)
      if (byte < 0x80) return { offset: i + 1, length }
    }
    return undefined
  }

  #keep(bytes: Uint8Array): void {
    const need = this.#buffer.length + bytes.length
    if (this.#buffer.bytes.length < need) {
      const grown = new Uint8Array(Math.max(32, need, Math.min(this.#buffer.length * 2, MAX_RECORD_BYTES + 3)))
      grown.set(this.#buffer.bytes.subarray(0, this.#buffer.length))
      this.#buffer.bytes = grown
    }
    this.#buffer.bytes.set(bytes, this.#buffer.length)
    this.#buffer.length = need
  }
}
