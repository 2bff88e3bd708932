/**
 * Reads and writes the fields of a record one after another. Short records only: nothing here is on the path of messages.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import { putVarint, takeVarint, varintLength } from '../../../util/varint.ts'

export class FieldReader {
  readonly #bytes: Uint8Array
  readonly #what: string
  readonly #cursor = { offset: 0, value: 0 }

  /** `what` names the record in errors. */
  constructor(bytes: Uint8Array, what: string) {
    this.#bytes = bytes
    this.#what = what
  }

  /** Nothing is left: what newer writers append is not there. */
  get done(): boolean {
    return this.#cursor.offset >= this.#bytes.length
  }

  byte(field: string): number {
    const byte = this.#bytes[this.#cursor.offset++]
    if (byte === undefined) throw this.#cut(field)
    return byte
  }

  number(field: string): number {
    if (!takeVarint(this.#bytes, this.#cursor)) throw this.#cut(field)
    return this.#cursor.value
  }

  /** A length, then so many bytes: a copy. */
  bytes(field: string, max: number): Uint8Array {
    const length = this.number(field)
    if (length > max)
      throw new ProtocolViolationError(`${this.#what}: ${field}: expected at most ${max} bytes, found ${length}`)
    const from = this.#cursor.offset
    if (from + length > this.#bytes.length) throw this.#cut(field)
    this.#cursor.offset += length
    return this.#bytes.slice(from, from + length)
  }

  /** As `bytes`, as text; control characters become spaces, since it ends in logs. */
  text(field: string, max: number): string {
    return new TextDecoder().decode(this.bytes(field, max)).replaceAll(/\p{Cc}/gu, ' ')
  }

  #cut(field: string): ProtocolViolationError {
    return new ProtocolViolationError(`${this.#what}: ${field} is cut off or malformed`)
  }
}

export class FieldWriter {
  readonly #fields: Uint8Array[] = []

  byte(value: number): this {
    this.#fields.push(Uint8Array.of(value))
    return this
  }

  number(value: number): this {
    const bytes = new Uint8Array(varintLength(value))
    putVarint(bytes, 0, value)
    this.#fields.push(bytes)
    return this
  }

  bytes(value: Uint8Array): this {
    this.number(value.length)
    this.#fields.push(value)
    return this
  }

  /** Cut at `max` bytes, on a character. */
  text(value: string, max: number): this {
    const bytes = new Uint8Array(max)
    return this.bytes(bytes.subarray(0, new TextEncoder().encodeInto(value, bytes).written))
  }

  take(): Uint8Array {
    const out = new Uint8Array(this.#fields.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const field of this.#fields) {
      out.set(field, at)
      at += field.length
    }
    return out
  }
}
