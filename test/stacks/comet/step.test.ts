import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { withinStep } from '../../../src/stacks/comet/step.ts'
import { connectTcp, Listeners, socketErrorText } from '../../../src/stacks/comet/tcp.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { openSockets } from './tcp-watch.ts'

/** Waits for its signal, as a step does. */
const waits = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

test('a step that takes too long ends with its name and time; one that is done leaves nothing behind', async () => {
  const clock = new FakeClock()
  const parent = new AbortController()
  const late = withinStep(clock, 3_000, 'connecting', parent.signal, waits)
  const rejected = assert.rejects(late, { name: 'TimeoutError', message: 'connecting took longer than 3000 ms' })
  await clock.run(3_000)
  await rejected
  assert.equal(await withinStep(clock, 3_000, 'x', parent.signal, async () => 7), 7)
  await assert.rejects(
    withinStep(clock, 3_000, 'x', parent.signal, async () => assert.fail('its own')),
    /its own/
  )
  assert.deepEqual([clock.pending, getEventListeners(parent.signal, 'abort').length], [0, 0])
})

test('what ends everything ends the step, before it began too', async () => {
  const clock = new FakeClock()
  const parent = new AbortController()
  const reason = new Error('stopped')
  const step = withinStep(clock, 3_000, 'x', parent.signal, waits)
  parent.abort(reason)
  await assert.rejects(step, (err) => err === reason)
  await assert.rejects(
    withinStep(clock, 3_000, 'x', parent.signal, async () => assert.fail('begun')),
    (err) => err === reason
  )
  assert.equal(clock.pending, 0)
})

test('a connect that is given up rejects at once with the reason, whatever it still waits for, and leaves no socket', async () => {
  const reason = new Error('given up')
  await assert.rejects(connectTcp({ host: '127.0.0.1', port: 1 }, AbortSignal.abort(reason)), (err) => err === reason)
  const listeners = new Listeners(({ port }) => port.destroy(), assert.fail)
  await listeners.open([{ host: '127.0.0.1', port: 0 }])
  const port = Number(listeners.addresses()[0]?.split(':').at(-1))
  for (const host of ['127.0.0.1', 'localhost']) {
    const abort = new AbortController()
    const connecting = connectTcp({ host, port }, abort.signal)
    abort.abort(reason)
    await assert.rejects(connecting, (err) => err === reason)
    assert.equal(getEventListeners(abort.signal, 'abort').length, 0)
  }
  listeners.close()
  while (openSockets(port).length > 0) await new Promise((resolve) => setTimeout(resolve, 2))
})

test('what a failed connect says has a text, also where several addresses failed at once', async () => {
  await assert.rejects(connectTcp({ host: 'localhost', port: 1 }, new AbortController().signal), (err) => {
    assert.match(socketErrorText(err), /ECONNREFUSED/)
    return true
  })
  const none = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED', message: '' })
  assert.equal(socketErrorText(none), 'ECONNREFUSED')
})
