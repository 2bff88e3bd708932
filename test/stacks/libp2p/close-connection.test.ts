import assert from 'node:assert/strict'
import { test } from 'node:test'
import { closeConnection } from '../../../src/stacks/libp2p/close-connection.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

/** A connection whose close ends as said; it lists what it was aborted with. */
function connection(close: (signal: AbortSignal) => Promise<void>) {
  const aborted: Error[] = []
  return {
    aborted,
    close: (options?: { signal?: AbortSignal }) => close(options?.signal as AbortSignal),
    abort: (error: Error) => void aborted.push(error)
  }
}

test('a connection that closes in good order is not aborted, and no timer is left', async () => {
  const clock = new FakeClock()
  const given = connection(async () => {})
  await closeConnection(given, clock)
  assert.deepEqual(given.aborted, [])
  assert.equal(clock.pending, 0)
})

test('a connection that fails to close is aborted with the reason', async () => {
  const clock = new FakeClock()
  const error = new Error('the muxer is broken')
  const given = connection(async () => {
    throw error
  })
  await closeConnection(given, clock)
  assert.deepEqual(given.aborted, [error])
  assert.equal(clock.pending, 0)
})

test('a connection that does not close within a second is aborted', async () => {
  const clock = new FakeClock()
  const given = connection(
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  )
  const closed = closeConnection(given, clock)
  clock.advance(999)
  await settle()
  assert.deepEqual(given.aborted, [])
  clock.advance(1)
  await closed
  assert.deepEqual(
    given.aborted.map(({ name }) => name),
    ['TimeoutError']
  )
})
