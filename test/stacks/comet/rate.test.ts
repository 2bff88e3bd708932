import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { RateLimit } from '../../../src/stacks/comet/rate.ts'

/** Passes pieces for so long, waiting as told, with timers that come late. Returns bytes per second. */
function measure(bytesPerSecond: number, piece: number, lateMs: number, seconds = 20): number {
  const limit = new RateLimit(bytesPerSecond, 0)
  let now = 0
  let passed = 0
  while (now < seconds * 1_000) {
    const wait = limit.waitMs(now)
    if (wait > 0) {
      now += wait + lateMs
      continue
    }
    limit.spend(piece, now)
    passed += piece
  }
  return passed / seconds
}

describe('a rate is kept within 5 % of what was configured', () => {
  for (const rate of [10_000, 512_000, 5_120_000, 200_000_000])
    for (const piece of [1_034, 65_552])
      for (const lateMs of [0, 3])
        test(`${rate} B/s in pieces of ${piece} bytes, timers ${lateMs} ms late`, () => {
          // a single piece of a slow rate is seconds
          const seconds = Math.max(20, (piece / rate) * 100)
          const measured = measure(rate, piece, lateMs, seconds)
          assert.ok(Math.abs(measured / rate - 1) <= 0.05, `${measured}`)
        })
})

test('a rest allows a burst of a tenth of a second, no more', () => {
  const limit = new RateLimit(10_000, 0)
  assert.equal(limit.waitMs(60_000), 0)
  limit.spend(1_001, 60_000)
  assert.ok(limit.waitMs(60_000) > 0)
  assert.equal(limit.waitMs(60_002), 0)
})

test('0 is no limit', () => {
  const limit = new RateLimit(0, 0)
  limit.spend(1e12, 0)
  assert.deepEqual([limit.waitMs(0), limit.limited], [0, false])
})
