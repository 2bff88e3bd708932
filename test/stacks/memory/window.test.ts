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

/** Longer than any window. */
const LONGEST_BYTES = 21_000_000

test('however many channels send whatever at once and in whatever order it is consumed: nobody waits for ever, and all windows and one message is the most that waits', () => {
  const length = fc.oneof(
    { weight: 4, arbitrary: fc.nat(70_000) },
    { weight: 2, arbitrary: fc.nat(2_000_000) },
    { weight: 1, arbitrary: fc.integer({ min: LONGEST_BYTES - 5, max: LONGEST_BYTES }) },
    { weight: 1, arbitrary: fc.constant(0) }
  )
  let most = 0
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 13, max: 256 }), fc.constant(256)),
      fc.array(length, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(1_000), { minLength: 1, maxLength: 50 }),
      fc.constantFrom(0, 1, 8),
      (channels, lengths, choices, consumePerRound) => {
        const send = new SendWindows(channels)
        const all = Array.from({ length: channels }, (_, id) => ({
          id,
          queue: lengths.map((_, i) => lengths[(i + id) % lengths.length] as number).slice(0, channels > 12 ? 2 : 5),
          offset: 0,
          charge: 0,
          receive: new ReceiveWindow(windowBytes(channels)),
          waiting: [] as number[]
        }))
        let waits = 0
        let step = 0
        const choose = (count: number) => ((choices[step++ % choices.length] as number) + step) % count
        const consume = () => {
          const some = all.filter(({ waiting }) => waiting.length > 0)
          const channel = some[choose(Math.max(1, some.length))]
          if (channel === undefined) return false
          const done = channel.waiting.shift() as number
          waits -= done
          send.pay(channel.id, channel.receive.consumed(done))
          return true
        }
        for (;;) {
          const able = all.filter(({ id, queue }) => queue.length > 0 && send.open(id))
          const channel = able[choose(Math.max(1, able.length))]
          if (channel === undefined) {
            if (all.every(({ queue }) => queue.length === 0)) break
            assert.ok(consume(), 'nobody may send though nothing waits')
            continue
          }
          const total = channel.queue[0] as number
          const bytes = Math.min(total - channel.offset, MAX_SLICE_CHARGE - PIECE_OVERHEAD_BYTES)
          channel.offset += bytes
          channel.charge += chargeOf(bytes)
          waits += bytes
          send.charge(channel.id, bytes, channel.offset === total)
          assert.ok(waits <= TOTAL_BYTES + LONGEST_BYTES, `${waits} bytes wait`)
          most = Math.max(most, waits)
          if (channel.offset === total) {
            channel.receive.delivered(total, channel.charge)
            channel.waiting.push(total)
            channel.queue.shift()
            channel.offset = 0
            channel.charge = 0
          }
          for (let i = 0; i < consumePerRound && choose(3) === 0; i++) consume()
        }
      }
    ),
    { numRuns: 40 }
  )
  assert.ok(most > TOTAL_BYTES, 'the bound was tried')
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
