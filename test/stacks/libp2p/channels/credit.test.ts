import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  MIN_WINDOW_BYTES,
  ReceiveCredit,
  SendCredit,
  windowBytes
} from '../../../../src/stacks/libp2p/channels/credit.ts'
import { MAX_SLICE_CHARGE, MESSAGE_CHARGE_BYTES } from '../../../../src/stacks/libp2p/channels/frames.ts'
import { assertTrafficFlows } from '../../../helpers/window-traffic.ts'

/** A sender that obeys, a receiver, and no network between. */
function pair(totalBytes: number, ids: number[]) {
  const receive = new ReceiveCredit(ids, totalBytes)
  const send = new SendCredit(receive.windows())
  const tell = () => {
    for (const { id, limit } of receive.takeDue()) assert.equal(send.raise(id, limit), true)
  }
  return { receive, send, tell }
}

test('a sender that keeps to its credit is never refused, and every message passes however long it is', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          id: fc.constantFrom(0x20, 0x30, 0x40),
          length: fc.oneof(fc.nat(1_000), fc.nat(60_000), fc.nat(2_000_000))
        }),
        { maxLength: 60 }
      ),
      fc.infiniteStream(fc.nat(5)),
      (messages, choices) => {
        const ids = [0x20, 0x30, 0x40]
        const { receive, send, tell } = pair(3 * MIN_WINDOW_BYTES, ids)
        const queues = new Map(ids.map((id) => [id, messages.filter((m) => m.id === id).map((m) => m.length)]))
        const offsets = new Map(ids.map((id) => [id, 0]))
        const waiting: Array<[number, number]> = []
        let idle = 0
        while ([...queues.values()].some((queue) => queue.length > 0)) {
          const choice = choices.next().value as number
          let moved = false
          if (choice < 4)
            for (const id of ids) {
              const queue = queues.get(id) ?? []
              const total = queue[0]
              if (total === undefined) continue
              const offset = offsets.get(id) ?? 0
              const need = offset > 0 ? Math.min(total - offset, MAX_SLICE_CHARGE) : MAX_SLICE_CHARGE
              if (send.left(id) < need) continue
              const length = Math.min(total - offset, MAX_SLICE_CHARGE - MESSAGE_CHARGE_BYTES)
              send.spend(id, length + (offset === 0 ? MESSAGE_CHARGE_BYTES : 0))
              assert.equal(receive.charge(id, length, offset === 0 ? total : -1), true)
              offsets.set(id, offset + length)
              if (offset + length === total) {
                queue.shift()
                offsets.set(id, 0)
                receive.handedUp(id, total)
                waiting.push([id, total])
              }
              moved = true
            }
          else {
            const next = waiting.shift()
            if (next !== undefined) {
              receive.consumed(...next)
              moved = true
            }
          }
          tell()
          idle = moved ? 0 : idle + 1
          assert.equal(idle < 500, true, 'stalled')
        }
      }
    )
  )
})

const TOTAL_BYTES = 32 << 20

test('however many channels send whatever at once and in whatever order it is consumed: nobody waits for ever, and 32 MiB and one message is the most that waits', () => {
  assertTrafficFlows(
    (channels) => {
      const { receive, send, tell } = pair(
        TOTAL_BYTES,
        Array.from({ length: channels }, (_, id) => id)
      )
      return {
        maySend: (id, left, begun) => send.left(id) >= (begun ? Math.min(left, MAX_SLICE_CHARGE) : MAX_SLICE_CHARGE),
        sent({ id, bytes, total, first, last }) {
          send.spend(id, bytes + (first ? MESSAGE_CHARGE_BYTES : 0))
          assert.ok(receive.charge(id, bytes, first ? total : -1), 'an honest sender is refused')
          if (last) receive.handedUp(id, total)
          tell()
        },
        consumed(id, total) {
          receive.consumed(id, total)
          tell()
        }
      }
    },
    { sliceBytes: MAX_SLICE_CHARGE - MESSAGE_CHARGE_BYTES, shortBytes: 110_000 }
  )
})

test('all windows of a link are 32 MiB together, whatever the number of channels', () => {
  for (let channels = 1; channels <= 256; channels++) {
    const window = windowBytes(TOTAL_BYTES, channels)
    assert.equal(window, Math.floor(TOTAL_BYTES / channels))
    assert.ok(window >= MAX_SLICE_CHARGE)
  }
})

test('a channel of the least window, all of it consumed, has room for a slice', () => {
  for (let length = 1; length <= 100_000; length += 997) {
    const { receive, send, tell } = pair(MIN_WINDOW_BYTES, [1])
    while (send.left(1) >= MAX_SLICE_CHARGE && receive.hasDue === false) {
      send.spend(1, length + MESSAGE_CHARGE_BYTES)
      assert.ok(receive.charge(1, length, length))
      receive.handedUp(1, length)
      receive.consumed(1, length)
    }
    tell()
    assert.ok(send.left(1) >= MAX_SLICE_CHARGE, `after messages of ${length} bytes ${send.left(1)} are left`)
  }
})

test('what waits is bounded: all windows and one message', () => {
  const { receive, send, tell } = pair(2 * MIN_WINDOW_BYTES, [1, 2])
  let held = 0
  for (const id of [1, 2])
    while (send.left(id) >= MAX_SLICE_CHARGE) {
      send.spend(id, 10_000 + MESSAGE_CHARGE_BYTES)
      assert.equal(receive.charge(id, 10_000, 10_000), true)
      receive.handedUp(id, 10_000)
      held += 10_000
    }
  tell()
  assert.equal(held <= 2 * MIN_WINDOW_BYTES, true)
  assert.equal(send.left(1) < MAX_SLICE_CHARGE && send.left(2) < MAX_SLICE_CHARGE, true)
})

test('a long message is lent what it lacks only while nothing complete waits', () => {
  const { receive } = pair(2 * MIN_WINDOW_BYTES, [1, 2])
  assert.equal(receive.charge(2, 10, 10), true)
  receive.handedUp(2, 10)
  assert.equal(receive.charge(1, 100_000, 10_000_000), true)
  assert.equal(receive.charge(1, 30_000, -1), true)
  assert.deepEqual(receive.takeDue(), [])
  receive.consumed(2, 10)
  assert.deepEqual(receive.takeDue(), [{ id: 1, limit: 10_000_000 + MESSAGE_CHARGE_BYTES }])
})

test('of two long messages the older one is lent to, the younger one when that has been received', () => {
  const { receive } = pair(2 * MIN_WINDOW_BYTES, [1, 2])
  receive.charge(1, 1_000, 500_000)
  receive.charge(2, 1_000, 600_000)
  receive.charge(2, 120_000, -1)
  assert.deepEqual(
    receive.takeDue().map(({ id }) => id),
    [1]
  )
  assert.equal(receive.charge(1, 499_000, -1), true)
  receive.handedUp(1, 500_000)
  assert.deepEqual(receive.takeDue(), [], 'the younger one waits until the older one has been consumed')
  receive.consumed(1, 500_000)
  assert.deepEqual(
    receive.takeDue().map(({ id }) => id),
    [1, 2]
  )
})

test('a sender that goes beyond its limit is found out, also with empty messages', () => {
  const { receive } = pair(MIN_WINDOW_BYTES, [1])
  let sent = 0
  while (receive.charge(1, 0, 0)) sent++
  assert.equal(sent, MIN_WINDOW_BYTES / MESSAGE_CHARGE_BYTES)
})

test('consumed bytes come back however they are counted together, empty messages included', () => {
  const { receive } = pair(2 * MIN_WINDOW_BYTES, [1])
  for (const length of [0, 120_000, 0, 20_000, 0]) {
    assert.equal(receive.charge(1, length, length), true)
    receive.handedUp(1, length)
  }
  receive.consumed(1, 130_000)
  receive.consumed(1, 10_000)
  assert.deepEqual(receive.takeDue(), [{ id: 1, limit: 2 * MIN_WINDOW_BYTES + 120_000 + 3 * MESSAGE_CHARGE_BYTES }])
  // the last 20 000 and two charges are less than a quarter of the window: told later
  assert.equal(receive.charge(1, 100_000, 100_000), true)
})

test('a crowd of empty messages that waits is given back one by one, not with the first of them', () => {
  const { receive } = pair(MIN_WINDOW_BYTES, [1])
  const all = MIN_WINDOW_BYTES / MESSAGE_CHARGE_BYTES
  for (let i = 0; i < all; i++) {
    assert.ok(receive.charge(1, 0, 0))
    receive.handedUp(1, 0)
  }
  let told = MIN_WINDOW_BYTES
  for (let consumed = 1; consumed <= all; consumed++) {
    receive.consumed(1, 0)
    for (const { limit } of receive.takeDue()) told = limit
    assert.ok(told <= MIN_WINDOW_BYTES + consumed * MESSAGE_CHARGE_BYTES, `${told} after ${consumed}`)
  }
  assert.ok(told > MIN_WINDOW_BYTES)
})

test('limits are told a quarter of a window at a time, not for every message', () => {
  const { receive } = pair(4 * MIN_WINDOW_BYTES, [1])
  let told = 0
  for (let i = 0; i < 1_000; i++) {
    receive.charge(1, 1_000, 1_000)
    receive.handedUp(1, 1_000)
    receive.consumed(1, 1_000)
    told += receive.takeDue().length
  }
  assert.equal(told > 0 && told <= 10, true, String(told))
})

test('a limit that shrinks is refused', () => {
  const send = new SendCredit([{ id: 1, window: 1_000 }])
  assert.equal(send.raise(1, 900), false)
  assert.equal(send.raise(1, 1_000), true)
  assert.equal(send.left(1), 1_000)
  assert.equal(send.left(2), 0)
})
