import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EnsureLoop, type RunKind } from '../../../src/reactors/pex/ensure-loop.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const PERIOD = 30_000

/** A loop that runs, what it has run, and when. */
function running(wanting: (kind: RunKind) => boolean = () => false, delayMs = 0) {
  const clock = new FakeClock()
  const runs: Array<{ at: number; kind: RunKind }> = []
  const quit = new AbortController()
  const loop = new EnsureLoop(clock, {
    periodMs: PERIOD,
    run: (kind) => {
      runs.push({ at: clock.now(), kind })
      return wanting(kind)
    }
  })
  const done = loop.start(delayMs, quit.signal)
  return { clock, runs, loop, done, stop: () => quit.abort() }
}

test('R-78: it runs at once, and then every period', async () => {
  const { clock, runs, done, stop } = running()
  await clock.run(95_000)
  assert.deepEqual(
    runs,
    [0, 30_000, 60_000, 90_000].map((at) => ({ at, kind: 'periodic' }))
  )
  stop()
  await done
  assert.equal(clock.pending, 0)
})

test('the first run waits as long as it is told, unless there is news', async () => {
  const late = running(undefined, 20_000)
  await late.clock.run(19_999)
  assert.deepEqual(late.runs, [])
  await late.clock.run(1)
  assert.deepEqual(late.runs, [{ at: 20_000, kind: 'periodic' }])
  late.stop()

  const woken = running(undefined, 20_000)
  await woken.clock.run(5_000)
  woken.loop.wake()
  await woken.clock.run(0)
  assert.deepEqual(woken.runs, [{ at: 5_000, kind: 'news' }])
  // and the periodic ones come when they would have come
  await woken.clock.run(20_000)
  assert.deepEqual(woken.runs[1], { at: 20_000, kind: 'periodic' })
  woken.stop()
})

test('any number of wake-ups are one run, and runs are at least a thirtieth of the period apart', async () => {
  const { clock, runs, loop, stop } = running()
  await clock.run(10_000)
  for (let i = 0; i < 100; i++) loop.wake()
  for (let i = 0; i < 1_000; i++) {
    await clock.run(10)
    loop.wake()
  }
  const times = runs.map(({ at }) => at)
  assert.ok(times.length <= 13, `${times.length} runs`)
  for (const [i, at] of times.slice(1).entries()) assert.ok(at - (times[i] ?? 0) >= 1_000)
  stop()
})

test('while peers are wanting it runs five times more, at a tenth of the period, and no more than that', async () => {
  const { clock, runs, stop } = running(() => true)
  await clock.run(75_000)
  assert.deepEqual(
    runs.map(({ at }) => at),
    [0, 3_000, 6_000, 9_000, 12_000, 15_000, 30_000, 60_000]
  )
  stop()
})

test('news grants the extra runs anew, and so does a lost peer that had stayed', async () => {
  for (const how of ['wake', 'replace'] as const) {
    const { clock, runs, loop, stop } = running(() => true)
    await clock.run(20_000)
    assert.equal(runs.length, 6)
    if (how === 'wake') loop.wake()
    else loop.replace(true)
    await clock.run(9_000)
    assert.ok(runs.length >= 8, how)
    stop()
  }
})

test('a lost peer makes a run at once, several of them one run; with those that had not stayed that ends after five', async () => {
  const { clock, runs, loop, stop } = running()
  await clock.run(10_000)
  loop.replace(true)
  loop.replace(true)
  await clock.run(10)
  assert.deepEqual(runs[1], { at: 10_010, kind: 'extra' })
  for (let i = 0; i < 10; i++) {
    await clock.run(1_100)
    loop.replace(false)
  }
  assert.equal(runs.length, 1 + 5)
  stop()
})

test('a peer that is lost just after a run is replaced at once all the same; news has to wait', async () => {
  const { clock, runs, loop, stop } = running()
  await clock.run(10_000)
  loop.replace(true)
  await clock.run(10)
  loop.wake()
  loop.replace(true)
  await clock.run(10)
  assert.deepEqual(runs.slice(1), [
    { at: 10_010, kind: 'extra' },
    { at: 10_020, kind: 'extra' }
  ])
  loop.wake()
  await clock.run(999)
  assert.equal(runs.length, 3)
  await clock.run(1)
  assert.deepEqual(runs[3], { at: 11_020, kind: 'news' })
  stop()
})

test('a failed dial makes a run soon, many of them one run', async () => {
  const { clock, runs, loop, stop } = running()
  await clock.run(10_000)
  for (let i = 0; i < 5; i++) loop.hurry()
  await clock.run(2_999)
  assert.equal(runs.length, 1)
  await clock.run(1)
  assert.deepEqual(runs[1], { at: 13_000, kind: 'extra' })
  await clock.run(10_000)
  assert.equal(runs.length, 2)
  stop()
})

test('who hurries for ever gets five runs', async () => {
  const { clock, runs, loop, stop } = running()
  for (let i = 0; i < 29; i++) {
    await clock.run(1_000)
    loop.hurry()
  }
  assert.equal(runs.length, 1 + 5)
  stop()
})

test('it ends in every state that it can be stopped in', async () => {
  for (const at of [0, 500, 5_000]) {
    const { clock, done, stop } = running()
    await clock.run(at)
    stop()
    await done
    assert.equal(clock.pending, 0)
  }
})
