import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { settlesWithin, withDeadline, withSignal } from '../../src/util/deadline.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'

test('a promise that fails after its signal has aborted is no unhandled rejection, however early the abort was', async () => {
  const reason = new Error('given up')
  const late = Promise.withResolvers<void>()
  await assert.rejects(withSignal(late.promise, AbortSignal.abort(reason)), (err) => err === reason)
  const abort = new AbortController()
  const alsoLate = Promise.withResolvers<void>()
  const waiting = withSignal(alsoLate.promise, abort.signal)
  abort.abort(reason)
  await assert.rejects(waiting, (err) => err === reason)
  late.reject(new Error('nobody wants to know'))
  alsoLate.reject(new Error('nobody wants to know'))
  // the test runner fails the test for an unhandled rejection
  await settle()
  assert.equal(getEventListeners(abort.signal, 'abort').length, 0)
})

test('a promise that comes before the abort or the deadline is its result, and leaves no listener and no timer', async () => {
  const { signal } = new AbortController()
  const clock = new FakeClock()
  assert.equal(await withSignal(Promise.resolve(1), signal), 1)
  assert.equal(await withSignal(Promise.resolve(2), undefined), 2)
  assert.equal(await withDeadline(Promise.resolve(3), clock, 10, 'it'), 3)
  await assert.rejects(withSignal(Promise.reject(new Error('own')), signal), { message: 'own' })
  assert.deepEqual([getEventListeners(signal, 'abort').length, clock.pending], [0, 0])
})

test('a promise that comes too late is a TimeoutError that says what took so long', async () => {
  const clock = new FakeClock()
  const late = Promise.withResolvers<void>()
  const waiting = withDeadline(late.promise, clock, 10, 'the thing')
  const rejected = assert.rejects(waiting, { name: 'TimeoutError', message: 'the thing took longer than 10 ms' })
  clock.advance(10)
  await rejected
  late.reject(new Error('nobody wants to know'))
  await settle()
})

test('whether a promise settles in time is told either way, and leaves no timer', async () => {
  const clock = new FakeClock()
  assert.equal(await settlesWithin(Promise.resolve(), clock, 10), true)
  assert.equal(await settlesWithin(Promise.reject(new Error('a failure is an end too')), clock, 10), true)
  const late = Promise.withResolvers<void>()
  const waiting = settlesWithin(late.promise, clock, 10)
  await clock.run(10)
  assert.equal(await waiting, false)
  late.reject(new Error('whoever made it sees to this'))
  await settle()
  assert.equal(clock.pending, 0)
})
