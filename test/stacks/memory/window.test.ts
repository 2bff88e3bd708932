import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  chargeOf,
  MAX_SLICE_CHARGE,
  PIECE_OVERHEAD_BYTES,
  ReceiveWindow,
  SendWindows,
  TOTAL_BYTES,
  WINDOW_BYTES,
  windowBytes
} from '../../../src/stacks/memory/window.ts'
import { assertTrafficFlows } from '../../helpers/window-traffic.ts'

test('however many channels send whatever at once and in whatever order it is consumed: nobody waits for ever, and all windows and one message is the most that waits', () => {
  assertTrafficFlows(
    (channels) => {
      const send = new SendWindows(channels)
      const receive = Array.from({ length: channels }, () => new ReceiveWindow(windowBytes(channels)))
      const charges = new Array<number>(channels).fill(0)
      return {
        maySend: (id) => send.open(id),
        sent({ id, bytes, total, last }) {
          const charge = (charges[id] ?? 0) + chargeOf(bytes)
          send.charge(id, bytes, last)
          if (last) receive[id]?.delivered(total, charge)
          charges[id] = last ? 0 : charge
        },
        consumed: (id, total) => send.pay(id, receive[id]?.consumed(total) ?? 0)
      }
    },
    { sliceBytes: MAX_SLICE_CHARGE - PIECE_OVERHEAD_BYTES, shortBytes: 70_000 }
  )
})

test('the windows of a link are 1 MiB each up to 32 channels, and 32 MiB together beyond', () => {
  for (let channels = 0; channels <= 256; channels++) {
    const window = windowBytes(channels)
    assert.equal(window === WINDOW_BYTES, channels <= 32)
    assert.ok(window * channels <= TOTAL_BYTES)
    assert.ok(window - Math.floor(window / 4) >= MAX_SLICE_CHARGE, 'a slice fits beside what is not paid back yet')
  }
})

test('what is consumed may be told in any portions', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: WINDOW_BYTES }), { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: WINDOW_BYTES }),
      (lengths, portion) => {
        const receive = new ReceiveWindow(WINDOW_BYTES)
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

test('a message that was begun may be finished, however long, but one at a time', () => {
  const windows = new SendWindows(2)
  windows.charge(1, 2 * WINDOW_BYTES, false)
  windows.charge(2, WINDOW_BYTES - PIECE_OVERHEAD_BYTES, false)
  assert.deepEqual([windows.open(1), windows.open(2)], [true, false])
  windows.charge(1, 1, true)
  assert.deepEqual([windows.open(1), windows.open(2)], [false, false])
  windows.pay(1, chargeOf(2 * WINDOW_BYTES) + chargeOf(1))
  assert.deepEqual([windows.open(1), windows.open(2)], [true, true])
})
