/**
 * A look at the fields of a protobuf message before anything decodes it, where decoding itself can be made costly. Strict: what an encoder does not write (groups, fixed numbers,
 * padded numbers, a field that ends beyond its message) is not read past, as a decoder might read it otherwise. Pure, and copies nothing.
 */
import { takeVarint, type VarintCursor } from './varint.ts'

/** Of a number of 64 bits. */
const MAX_NUMBER_BYTES = 10

/** False: something else than whole fields of numbers and bytes is among them, or `good` was false of one, behind which nothing was read. Numbers beyond 2^53 are about right. */
export function everyField(bytes: Uint8Array, good: (field: number, value: number | Uint8Array) => boolean): boolean {
  const cursor = { offset: 0, value: 0 }
  while (cursor.offset < bytes.length) {
    if (!takeVarint(bytes, cursor)) return false
    const [field, wireType] = [Math.floor(cursor.value / 8), cursor.value % 8]
    if (wireType === 0) {
      if (!takeNumber(bytes, cursor) || !good(field, cursor.value)) return false
      continue
    }
    if (wireType !== 2 || !takeVarint(bytes, cursor)) return false
    const { value } = cursor
    if (value > bytes.length - cursor.offset) return false
    if (!good(field, bytes.subarray(cursor.offset, cursor.offset + value))) return false
    cursor.offset += value
  }
  return true
}

function takeNumber(bytes: Uint8Array, cursor: VarintCursor): boolean {
  cursor.value = 0
  for (let i = 0; i < MAX_NUMBER_BYTES; i++) {
    const byte = bytes[cursor.offset++]
    if (byte === undefined) return false
    cursor.value += (byte & 0x7f) * 0x80 ** i
    if (byte < 0x80) return byte !== 0 || i === 0
  }
  return false
}
