import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { chargeOf, ReceiveWindow, SendWindow, WINDOW_BYTES } from '../../../src/stacks/memory/window.ts'

test('a window never stays shut once everything was consumed, and is never open beyond its bound', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(0), fc.nat(1_000), fc.nat(3 * WINDOW_BYTES)), { maxLength: 80 }),
      (lengths) => {
        const send = new SendWindow()
        const receive = new ReceiveWindow()
        const waiting: number[] = []
        let waitingCharge = 0
        for (const length of lengths) {
          while (!send.open) {
            const consumed = waiting.shift()
            assert.notEqual(consumed, undefined, 'shut though nothing waits')
            waitingCharge -= chargeOf(consumed as number)
            send.pay(receive.consumed(consumed as number))
          }
          assert.ok(waitingCharge < WINDOW_BYTES, 'open though the bound is reached')
          send.charge(length, true)
          receive.delivered(length, chargeOf(length))
          waiting.push(length)
          waitingCharge += chargeOf(length)
        }
      }
    )
  )
})

test('what is consumed may be told in any portions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: WINDOW_BYTES }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: WINDOW_BYTES }),
      (lengths, portion) => {
        const receive = new ReceiveWindow()
        for (const length of lengths) receive.delivered(length, chargeOf(length))
        let left = lengths.reduce((sum, length) => sum + length, 0)
        let paid = 0
        while (left > 0) {
          paid += receive.consumed(Math.min(portion, left))
          left -= Math.min(portion, left)
        }
        const owed = lengths.reduce((sum, length) => sum + chargeOf(length), 0) - paid
        assert.ok(owed >= 0 && owed < WINDOW_BYTES / 4, `${owed} not paid back`)
      }
    )
  )
})

test('a message that was begun may be finished, however long', () => {
  const window = new SendWindow()
  window.charge(2 * WINDOW_BYTES, false)
  assert.equal(window.open, true)
  window.charge(1, true)
  assert.equal(window.open, false)
})
