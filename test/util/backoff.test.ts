import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { RECONNECT_JITTER_MS, reconnectDelay } from '../../src/util/backoff.ts'

const CAP_MS = 600_000
const noJitter = () => 0

for (const { attempt, want } of [
  { attempt: 0, want: 0 },
  { attempt: 1, want: 5_000 },
  { attempt: 19, want: 5_000 },
  { attempt: 20, want: 3_000 },
  { attempt: 21, want: 9_000 },
  { attempt: 24, want: 243_000 },
  { attempt: 25, want: CAP_MS },
  { attempt: 1e9, want: CAP_MS }
])
  test(`D-16: try ${attempt} waits ${want} ms and the jitter`, () =>
    assert.equal(reconnectDelay(attempt, CAP_MS, noJitter), want))

test('D-16: the jitter is a share of 3 s, by chance, on every wait but the first', () => {
  const waits = [0, 1, 19, 20, 1e9].map((attempt) => reconnectDelay(attempt, CAP_MS, () => 0.5))
  assert.deepEqual(waits, [0, 6_500, 6_500, 4_500, CAP_MS + 1_500])
})

test('D-16: no wait is ever longer than the cap and the jitter, nor negative', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.nat({ max: 1e7 }),
      fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      (attempt, cap, draw) => {
        const delay = reconnectDelay(attempt, cap, () => draw)
        assert.ok(delay >= 0 && delay <= cap + RECONNECT_JITTER_MS)
      }
    )
  )
})
