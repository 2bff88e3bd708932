/**
 * A look at the fields of a protobuf message before anything decodes it, where decoding itself can be made costly. Strict: what an encoder does not write (groups, fixed numbers,
 * padded varints, a field that ends beyond its message) is not read past, as a decoder might read it otherwise. Pure, and copies nothing.
 */
import { takeVarint } from './varint.ts'

/** False: something else than whole fields of numbers and bytes is among them, or `good` was false of one, behind which nothing was read. */
export function everyField(bytes: Uint8Array, good: (field: number, value: number | Uint8Array) => boolean): boolean {
  const cursor = { offset: 0, value: 0 }
  while (cursor.offset < bytes.length) {
    if (!takeVarint(bytes, cursor)) return false
    const [field, wireType] = [Math.floor(cursor.value / 8), cursor.value % 8]
    if (!takeVarint(bytes, cursor)) return false
    const { value } = cursor
    if (wireType === 0) {
      if (!good(field, value)) return false
      continue
    }
    if (wireType !== 2 || value > bytes.length - cursor.offset) return false
    if (!good(field, bytes.subarray(cursor.offset, cursor.offset + value))) return false
    cursor.offset += value
  }
  return true
}
