/**
 * The one place where 64-bit integers cross between this library (bigint) and protobufjs (`Long`, or any `{ low, high }`).
 * Everywhere above it heights, powers and seconds are bigint. Rejected: handing a bigint to protobufjs, which writes 0 for it, and JavaScript
 * numbers, which are wrong from 2^53 on.
 */
import { describe, EncodeError } from '../errors.ts'

/** What protobufjs takes for a 64-bit field, and what its `Long` looks like. */
export interface Int64Bits {
  readonly low: number
  readonly high: number
  readonly unsigned?: boolean
}

export const MIN_INT64 = -(2n ** 63n)
export const MAX_INT64 = 2n ** 63n - 1n
export const MAX_UINT64 = 2n ** 64n - 1n

/** Bits of a signed 64-bit value; anything but a bigint in range is an `EncodeError` naming `field`. */
export function int64ToBits(value: bigint, field: string): Int64Bits {
  return toBits(value, field, MIN_INT64, MAX_INT64, 'a bigint within int64')
}

/** As `int64ToBits`, unsigned. */
export function uint64ToBits(value: bigint, field: string): Int64Bits {
  return toBits(value, field, 0n, MAX_UINT64, 'a bigint within uint64')
}

/** For fields whose sign is not known: whatever fits one of the two. */
export function anyInt64ToBits(value: bigint, field: string): Int64Bits {
  return toBits(value, field, MIN_INT64, MAX_UINT64, 'a bigint of at most 64 bits')
}

function toBits(value: bigint, field: string, min: bigint, max: bigint, want: string): Int64Bits {
  if (typeof value !== 'bigint' || value < min || value > max)
    throw new EncodeError(`${field}: expected ${want}, found ${describe(value)}`)
  return { low: Number(value & 0xffffffffn) | 0, high: Number((value >> 32n) & 0xffffffffn) | 0, unsigned: min === 0n }
}

/** Signed value of what protobufjs decoded; an absent field is 0. */
export function int64FromBits(bits: Int64Bits | undefined): bigint {
  if (bits === undefined) return 0n
  return bits.high === 0 ? BigInt(bits.low >>> 0) : (BigInt(bits.high | 0) << 32n) | BigInt(bits.low >>> 0)
}

/** Unsigned value of what protobufjs decoded; an absent field is 0. */
export function uint64FromBits(bits: Int64Bits | undefined): bigint {
  if (bits === undefined) return 0n
  return bits.high === 0 ? BigInt(bits.low >>> 0) : (BigInt(bits.high >>> 0) << 32n) | BigInt(bits.low >>> 0)
}
