/**
 * Unsigned varints (LEB128, as in multiformats and protobuf) up to 2^53 - 1, the only number form of our own protocols beside single bytes (docs/protocol.md
 * section 1). Written for the hot path: no allocation, no shifts beyond 31 bits. Padded forms are refused, so that a number has one form only.
 */

/** 2^53 - 1 takes 8 bytes of 7 bits. */
export const MAX_VARINT_BYTES = 8

/** Bytes that `value` takes. */
export function varintLength(value: number): number {
  let length = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) length++
  return length
}

/** Writes `value` at `offset` and returns the offset after it. */
export function putVarint(into: Uint8Array, offset: number, value: number): number {
  let rest = value
  let at = offset
  // above 2^31 bit operators would cut the number
  while (rest >= 0x80000000) {
    into[at++] = (rest % 0x80) | 0x80
    rest = Math.floor(rest / 0x80)
  }
  while (rest >= 0x80) {
    into[at++] = (rest & 0x7f) | 0x80
    rest >>>= 7
  }
  into[at++] = rest
  return at
}

/** Where a varint was read from and what it said; reused by callers so that reading allocates nothing. */
export interface VarintCursor {
  offset: number
  value: number
}

/**
 * Reads one varint that must lie wholly in `bytes`, advancing the cursor. False, cursor in an unspecified state, when it is cut off, padded, or
 * beyond 2^53 - 1.
 */
export function takeVarint(bytes: Uint8Array, cursor: VarintCursor): boolean {
  let value = 0
  let scale = 1
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    const byte = bytes[cursor.offset++]
    if (byte === undefined) return false
    value += (byte & 0x7f) * scale
    if (byte < 0x80) {
      cursor.value = value
      return value <= Number.MAX_SAFE_INTEGER && (byte !== 0 || i === 0)
    }
    scale *= 0x80
  }
  return false
}
