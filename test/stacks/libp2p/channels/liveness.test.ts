import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Liveness } from '../../../../src/stacks/libp2p/channels/liveness.ts'
import { Probes } from '../../../../src/util/probes.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

const INIT = { intervalMs: 5_000, looks: 4 }

function setup() {
  const clock = new FakeClock()
  const seen = { pings: 0, gone: 0 }
  const liveness = new Liveness(clock, INIT, { ping: () => seen.pings++, gone: () => seen.gone++ })
  liveness.start()
  return { clock, seen, liveness }
}

test('a silent remote is pinged, then given up after four silent looks', () => {
  const { clock, seen } = setup()
  clock.advance(5_000)
  assert.deepEqual(seen, { pings: 0, gone: 0 })
  clock.advance(15_000)
  assert.deepEqual(seen, { pings: 3, gone: 0 })
  clock.advance(5_000)
  assert.deepEqual(seen, { pings: 3, gone: 1 })
  assert.equal(clock.pending, 0)
})

test('any byte counts, so a busy link is never pinged', () => {
  const { clock, seen, liveness } = setup()
  for (let i = 0; i < 100; i++) {
    liveness.heard()
    clock.advance(4_900)
  }
  assert.deepEqual(seen, { pings: 0, gone: 0 })
})

test('a stalled event loop of our own is not taken for a dead remote', () => {
  const clock = new FakeClock()
  let gone = 0
  let skewMs = 0
  // as if the loop stood still before each timer: what the remote sent in that time has not been read yet
  const late = {
    now: () => clock.now() + skewMs,
    wall: () => clock.wall(),
    setTimeout: (fn: () => void, ms: number) =>
      clock.setTimeout(() => {
        skewMs += 60_000
        fn()
      }, ms),
    clearTimeout: (handle: unknown) => clock.clearTimeout(handle)
  }
  new Liveness(late, INIT, { ping() {}, gone: () => gone++ }).start()
  clock.advance(100_000)
  assert.equal(gone, 0)
})

test('after stop no timer is left', () => {
  const { clock, liveness } = setup()
  liveness.stop()
  assert.equal(clock.pending, 0)
})

test('a probe is answered by any byte, and is false after its time', async () => {
  const clock = new FakeClock()
  let pings = 0
  const probes = new Probes(clock, () => pings++)
  const first = probes.probe(2_000)
  probes.heard()
  assert.equal(await first, true)
  const second = probes.probe(2_000)
  clock.advance(2_000)
  assert.equal(await second, false)
  const third = probes.probe(2_000)
  probes.stop()
  assert.equal(await third, false)
  assert.deepEqual([pings, clock.pending], [3, 0])
})
