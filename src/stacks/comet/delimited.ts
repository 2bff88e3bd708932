/** Messages with their length before them, as the handshakes of the classic stack exchange them (spec secret-connection section 2; libs/protoio). */
import { SecretConnectionError } from '../../errors.ts'
import { putVarint, varintLength } from '../../util/varint.ts'

/** Go's 64-bit varints. */
const MAX_LENGTH_BYTES = 10

/** The message behind its length. */
export function delimit(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(varintLength(message.length) + message.length)
  bytes.set(message, putVarint(bytes, 0, message.length))
  return bytes
}

/** Where the message at the beginning of some bytes lies. */
export interface DelimitedSpan {
  readonly start: number
  readonly end: number
}

/**
 * The span of the message that `bytes` begin with, whether or not all of it has come; undefined while its length has not. Padded lengths are read
 * as Go does. Throws `SecretConnectionError` for a length above `limitBytes` and for one that is no number.
 */
export function delimitedSpan(bytes: Uint8Array, limitBytes: number): DelimitedSpan | undefined {
  let length = 0
  for (let i = 0; i < MAX_LENGTH_BYTES; i++) {
    const byte = bytes[i]
    if (byte === undefined) return undefined
    length += (byte & 0x7f) * 2 ** (7 * i)
    if (length > limitBytes)
      throw new SecretConnectionError('message-too-long', `a message of more than ${limitBytes} bytes`)
    if (byte < 0x80) return { start: i + 1, end: i + 1 + length }
  }
  throw new SecretConnectionError('malformed-message', `a length of more than ${MAX_LENGTH_BYTES} bytes`)
}
