/** The keep-alive on a fake clock: whom it takes for dead, and whom not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Clock } from '../../../src/interface/clock.ts'
import { KeepAlive } from '../../../src/stacks/comet/keep-alive.ts'
import { mconnDefaults } from '../../../src/stacks/comet/mconn-options.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const { pingIntervalMs, pongTimeoutMs } = mconnDefaults

function start(clock: Clock = new FakeClock()) {
  const told: string[] = []
  const keepAlive = new KeepAlive(clock, mconnDefaults, {
    ping: () => told.push('ping'),
    sign: () => told.push('sign'),
    gone: () => told.push('gone')
  })
  keepAlive.start()
  return { told, keepAlive, clock: clock as FakeClock }
}

test('it pings after the interval, and a remote that says nothing until the timeout is gone', () => {
  const { told, clock } = start()
  clock.advance(pingIntervalMs - 1)
  assert.deepEqual(told, [])
  clock.advance(1)
  assert.deepEqual(told, ['ping'])
  clock.advance(pongTimeoutMs - 1)
  assert.deepEqual(told, ['ping'])
  clock.advance(1)
  assert.deepEqual(told, ['ping', 'gone'])
  assert.equal(clock.pending, 0)
})

test('any byte in time is an answer, and the pings keep their interval', () => {
  const { told, clock, keepAlive } = start()
  for (let i = 1; i <= 3; i++) {
    clock.advance(pingIntervalMs)
    keepAlive.heard()
    assert.equal(told.length, i)
  }
  // what came before the ping answers nothing
  clock.advance(pingIntervalMs - 1)
  keepAlive.heard()
  clock.advance(1 + pongTimeoutMs)
  assert.deepEqual(told, ['ping', 'ping', 'ping', 'ping', 'gone'])
})

test('while reactors are slow and nothing is read, nobody is gone, and pongs go out before any timeout of the remote', () => {
  const { told, clock, keepAlive } = start()
  keepAlive.deaf(true)
  clock.advance(10 * pingIntervalMs)
  assert.equal(told.includes('gone'), false)
  const signs = told.filter((what) => what === 'sign').length
  assert.ok(signs >= (10 * pingIntervalMs) / pongTimeoutMs, `${signs} pongs`)
  keepAlive.deaf(false)
  told.length = 0
  clock.advance(2 * pingIntervalMs + pongTimeoutMs)
  assert.deepEqual(told.slice(-2), ['ping', 'gone'], 'afterwards it listens as before')
  assert.equal(told.includes('sign'), false)
})

test('a timer that comes late because our own loop stood still does not count: first what has arrived is read', () => {
  /** A clock that jumps: a timer may run long after it was due. */
  class Stalling extends FakeClock {
    stalledMs = 0
    override now(): number {
      return super.now() + this.stalledMs
    }
  }
  const { told, clock, keepAlive } = start(new Stalling())
  clock.advance(pingIntervalMs)
  ;(clock as Stalling).stalledMs = 30_000
  clock.advance(pongTimeoutMs)
  assert.deepEqual(told, ['ping'])
  keepAlive.heard()
  clock.advance(1_000)
  assert.deepEqual(told, ['ping'])
  clock.advance(pingIntervalMs + pongTimeoutMs)
  assert.deepEqual(told, ['ping', 'ping', 'gone'])
})

test('after a stop nothing is set', () => {
  const { clock, keepAlive, told } = start()
  keepAlive.deaf(true)
  keepAlive.stop()
  assert.equal(clock.pending, 0)
  clock.advance(10 * pingIntervalMs)
  assert.deepEqual(told, [])
})
