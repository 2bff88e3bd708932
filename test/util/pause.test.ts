import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pause } from '../../src/util/pause.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

test('a pause settles true when its time is over', async () => {
  const clock = new FakeClock()
  let settled: boolean | undefined
  void pause(clock, 100, new AbortController().signal).then((value) => {
    settled = value
  })
  await clock.run(99)
  assert.equal(settled, undefined)
  await clock.run(1)
  assert.equal(settled, true)
})

test('a pause settles false as soon as its signal aborts, and leaves no timer', async () => {
  const clock = new FakeClock()
  const controller = new AbortController()
  const pausing = pause(clock, 100, controller.signal)
  controller.abort()
  assert.equal(await pausing, false)
  assert.equal(clock.pending, 0)
  assert.equal(await pause(clock, 100, controller.signal), false)
  assert.equal(clock.pending, 0)
})
