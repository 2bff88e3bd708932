import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SimClock, TICK_MS } from '../../bench/sim/sim-clock.ts'
import { seededRandom } from '../../src/util/prng.ts'

test('timers fall due in order, on ticks, never early; those that are cleared never do', async () => {
  const clock = new SimClock()
  const random = seededRandom(3)
  const seen: Array<{ at: number; wanted: number }> = []
  for (let i = 0; i < 2_000; i++) {
    const wanted = random() * 5_000
    const timer = clock.setTimeout(() => seen.push({ at: clock.now(), wanted }), wanted)
    if (i % 3 === 0) clock.clearTimeout(timer)
  }
  await clock.run(6_000)
  assert.equal(seen.length, 1_333)
  assert.equal(clock.pending, 0)
  for (const [i, { at, wanted }] of seen.entries()) {
    assert.ok(at >= wanted && at < wanted + TICK_MS + 1)
    if (i > 0) assert.ok(at >= seen[i - 1]!.at)
  }
})

test('what a timer sets in motion settles before time goes on, and new timers run in the same call', async () => {
  const clock = new SimClock()
  const times: number[] = []
  const again = () => {
    times.push(clock.now())
    void Promise.resolve().then(() => clock.setTimeout(again, 100))
  }
  clock.setTimeout(again, 100)
  await clock.run(350)
  assert.deepEqual(times, [100, 200, 300])
  assert.equal(clock.now(), 350)
})

test('a timer that clears itself while it runs is waited for like any other', async () => {
  const clock = new SimClock()
  const seen: number[] = []
  const timer = clock.setTimeout(() => {
    clock.clearTimeout(timer)
    void Promise.resolve().then(() => seen.push(clock.now()))
  }, 100)
  clock.setTimeout(() => seen.push(clock.now()), 200)
  await clock.run(300)
  assert.deepEqual(seen, [100, 200])
})
