import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  anyInt64ToBits,
  int64FromBits,
  int64ToBits,
  MAX_INT64,
  MAX_UINT64,
  MIN_INT64,
  uint64FromBits,
  uint64ToBits
} from '../../src/proto/int64.ts'

/** As protobufjs' Long has it: two signed 32-bit halves. */
function halves(value: bigint) {
  return { low: Number(BigInt.asIntN(32, value)), high: Number(BigInt.asIntN(32, value >> 32n)) }
}

test('a signed value is the Long of the same value, and back', () => {
  fc.assert(
    fc.property(fc.bigInt(MIN_INT64, MAX_INT64), (value) => {
      const long = halves(value)
      const { low, high } = int64ToBits(value, 'f')
      assert.deepEqual({ low, high }, long)
      assert.equal(int64FromBits(long), value)
      assert.equal(int64FromBits(anyInt64ToBits(value, 'f')), value)
    })
  )
})

test('an unsigned value is the Long of the same value, and back', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, MAX_UINT64), (value) => {
      const long = halves(value)
      const { low, high } = uint64ToBits(value, 'f')
      assert.deepEqual({ low, high }, long)
      assert.equal(uint64FromBits(long), value)
      assert.equal(uint64FromBits(anyInt64ToBits(value, 'f')), value)
    })
  )
})

test('what does not fit, or is no bigint, is an EncodeError naming the field', () => {
  const refused: Array<[(value: bigint, field: string) => unknown, unknown[]]> = [
    [int64ToBits, [MAX_INT64 + 1n, MIN_INT64 - 1n, 1, '1', undefined, null, {}]],
    [uint64ToBits, [-1n, MAX_UINT64 + 1n, 1]],
    [anyInt64ToBits, [MIN_INT64 - 1n, MAX_UINT64 + 1n, 1]]
  ]
  for (const [convert, values] of refused)
    for (const value of values)
      assert.throws(() => convert(value as bigint, 'T.height'), {
        name: 'EncodeError',
        message: /^T\.height: expected a bigint/
      })
})

test('an absent field is 0', () => {
  assert.equal(int64FromBits(undefined), 0n)
  assert.equal(uint64FromBits(undefined), 0n)
})
