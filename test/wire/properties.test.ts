import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { ARBITRARIES } from './arbitraries.ts'
import { CODECS } from './vectors.ts'

test('every codec has an arbitrary', () => {
  assert.deepEqual(Object.keys(ARBITRARIES).sort(), [...CODECS.keys()].sort())
})

describe('R-44: whatever is sent is what is received', () => {
  for (const [name, type] of CODECS)
    test(name, () => {
      fc.assert(
        fc.property(ARBITRARIES[name]!, (value) => {
          assert.deepEqual(type.decode(type.encode(value)), value)
        }),
        { numRuns: 50 }
      )
    })
})

describe('whatever the bytes are, decoding gives a value or a DecodeError', () => {
  const valueOrDecodeError = (decode: () => unknown) => {
    try {
      decode()
    } catch (error) {
      assert.equal((error as Error).name, 'DecodeError', String((error as Error).stack))
    }
  }
  for (const [name, type] of CODECS)
    test(name, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => valueOrDecodeError(() => type.decode(bytes))),
        { numRuns: 100 }
      )
      const damage = fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.nat() })
      fc.assert(
        fc.property(ARBITRARIES[name]!, damage, (value, { at, byte, cut }) => {
          const bytes = type.encode(value)
          if (bytes.length === 0) return
          bytes[at % bytes.length] = byte
          valueOrDecodeError(() => type.decode(bytes))
          valueOrDecodeError(() => type.decode(bytes.subarray(0, cut % bytes.length)))
        }),
        { numRuns: 100 }
      )
    })
})
