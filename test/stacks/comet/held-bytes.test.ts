import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { HeldBytes } from '../../../src/stacks/comet/held-bytes.ts'

test('what is taken is what was appended, in order, however the two alternate', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ append: fc.nat(5_000), take: fc.nat(5_000) }), { maxLength: 30 }), (steps) => {
      const held = new HeldBytes()
      let appended = 0
      let taken = 0
      for (const { append, take } of steps) {
        held.append(Uint8Array.from({ length: append }, () => appended++))
        const bytes = held.take(Math.min(take, held.length))
        for (const byte of bytes) assert.equal(byte, taken++ & 0xff)
        assert.equal(held.length, appended - taken)
        assert.deepEqual(held.bytes[0], held.length === 0 ? undefined : taken & 0xff)
      }
    })
  )
})

test('no memory is kept once all is taken', () => {
  const held = new HeldBytes()
  held.append(new Uint8Array(60_000))
  held.take(60_000)
  assert.equal(held.bytes.buffer.byteLength, 0)
})

test('appended bytes are copied, and so are taken ones', () => {
  const held = new HeldBytes()
  const given = Uint8Array.of(1, 2, 3)
  held.append(given)
  given.fill(9)
  const taken = held.take(2)
  held.append(Uint8Array.of(4))
  assert.deepEqual([taken, held.take(2)], [Uint8Array.of(1, 2), Uint8Array.of(3, 4)])
})
