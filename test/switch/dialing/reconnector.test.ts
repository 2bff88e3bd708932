import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError } from '../../../src/errors.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { BanList } from '../../../src/switch/admission/ban-list.ts'
import { MAX_ATTEMPTS_OTHERS, Reconnector, STABLE_MS } from '../../../src/switch/dialing/reconnector.ts'
import { NodeStates } from '../../../src/switch/node-states.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const ADDRESS = netAddressFromParts('a'.repeat(40), '10.0.0.1', 26656)
const CAP_MS = 600_000

function setUp(options: { persistent?: boolean; answers?: boolean[] } = {}) {
  const clock = new FakeClock()
  const states = new NodeStates(clock, new BanList(clock))
  const tries: number[] = []
  const answers = [...(options.answers ?? [])]
  const reconnector = new Reconnector(
    {
      clock,
      states,
      random: () => 0,
      logger: nullLogger,
      isRunning: () => true,
      isPersistent: () => options.persistent ?? true,
      isConnected: () => false,
      delayFactor: () => 1,
      stackFor: () => 'fake',
      async dial(_address: NetAddress): Promise<Peer> {
        tries.push(clock.now())
        if (answers.shift() === true) return {} as Peer
        throw new DialFailedError('nobody there')
      }
    },
    CAP_MS
  )
  return { clock, states, tries, reconnector }
}

test('D-16: at once after a stable connection, then 20 tries every 5 s, then ever longer up to the cap, for ever', async () => {
  const { clock, tries, reconnector } = setUp()
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(0)
  assert.deepEqual(tries, [0])
  await clock.run(19 * 5_000)
  assert.equal(tries.length, 20)
  await clock.run(24 * 3_600_000)
  const gaps = tries.slice(1).map((at, i) => at - (tries[i] as number))
  assert.deepEqual(gaps.slice(19, 25), [3_000, 9_000, 27_000, 81_000, 243_000, CAP_MS])
  assert.equal(gaps.at(-1), CAP_MS)
  assert.ok(tries.length > 150)
})

test('D-16: a connection that breaks at once does not start the schedule anew', async () => {
  const { clock, tries, reconnector } = setUp({ answers: [true, true, true] })
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(0)
  reconnector.lost(ADDRESS, 10, 0)
  await clock.run(4_999)
  assert.equal(tries.length, 1)
  await clock.run(1)
  assert.equal(tries.length, 2)
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(0)
  assert.equal(tries.length, 3)
})

test('D-6: a penalty delays the next try', async () => {
  const { clock, tries, reconnector } = setUp()
  reconnector.lost(ADDRESS, STABLE_MS, 60_000)
  await clock.run(59_999)
  assert.deepEqual(tries, [])
  await clock.run(1)
  assert.deepEqual(tries, [60_000])
})

test('R-62: a graceful stop suspends reconnecting', async () => {
  const { clock, tries, reconnector } = setUp()
  reconnector.lost(ADDRESS, 0, 60_000)
  reconnector.suspend(ADDRESS)
  await clock.run(3_600_000)
  assert.deepEqual(tries, [])
  assert.equal(clock.pending, 0)
})

test('R-66: who is not persistent is dropped after the attempts are exhausted', async () => {
  const { clock, tries, reconnector } = setUp({ persistent: false })
  reconnector.lost(ADDRESS, 0, 0)
  await clock.run(48 * 3_600_000)
  assert.equal(tries.length, MAX_ATTEMPTS_OTHERS)
  assert.equal(clock.pending, 0)
})

test('R-66: a node that is being reconnected can be seen, with the time of the next try', async () => {
  const { clock, states, reconnector } = setUp()
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(1)
  const [state] = states.list()
  assert.equal(state?.state, 'reconnecting')
  assert.equal(state?.until, clock.wall() - 1 + 5_000)
})

test('no timer is left after stop', () => {
  const { clock, reconnector } = setUp()
  reconnector.failed(ADDRESS)
  reconnector.stop()
  assert.equal(clock.pending, 0)
})

test('peers that came back make room for others that are to be reconnected', async () => {
  const { clock, tries, reconnector } = setUp({ persistent: false, answers: Array(1_001).fill(true) })
  for (let n = 0; n < 1_001; n++)
    reconnector.lost(netAddressFromParts(n.toString(16).padStart(40, '0'), '10.0.0.1', 1), STABLE_MS, 0)
  await clock.run(1)
  assert.equal(tries.length, 1_000, 'no more than so many at a time')
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(1)
  assert.equal(tries.length, 1_001)
})

test('D-21: after an outage of our own, a try that is due soon anyway is left alone, however often', async () => {
  for (const failures of [1, 2, 20]) {
    const { clock, tries, reconnector } = setUp()
    reconnector.lost(ADDRESS, STABLE_MS, 0)
    await clock.run((failures - 1) * 5_000)
    const due = failures === 20 ? 3_000 : 5_000
    for (let ms = 0; ms < due; ms += 500) {
      assert.equal(tries.length, failures)
      await clock.run(500)
      reconnector.forgive()
    }
    assert.equal(tries.at(-1), (failures - 1) * 5_000 + due)
  }
})

test('D-21: an outage of our own says nothing of who is connected, nor of who was not tried yet', async () => {
  const { clock, states, reconnector } = setUp({ answers: [true, true, true] })
  for (let i = 0; i < 3; i++) {
    reconnector.lost(ADDRESS, 0, 0)
    await clock.run(5_000)
  }
  reconnector.forgive()
  reconnector.lost(ADDRESS, 0, 0)
  assert.equal(states.list()[0]?.attempts, 3)
  reconnector.lost(ADDRESS, STABLE_MS, 60_000)
  reconnector.forgive()
  await clock.run(60_000)
  assert.equal(states.list()[0]?.attempts, 1)
})

test('D-6, D-21: an outage of our own is no excuse for a fault: a penalty stays', async () => {
  for (const failures of [0, 1, 5]) {
    const { clock, tries, reconnector } = setUp({ answers: Array(failures).fill(true) })
    for (let i = 0; i < failures; i++) {
      reconnector.lost(ADDRESS, 0, 0)
      await clock.run(5_000)
    }
    const before = clock.now()
    assert.equal(tries.length, failures)
    reconnector.lost(ADDRESS, 0, 60_000)
    await clock.run(10_000)
    reconnector.forgive()
    await clock.run(49_999)
    assert.equal(tries.length, failures, `after ${failures}`)
    await clock.run(1)
    assert.equal(tries.at(-1), before + 60_000)
  }
})

test('D-21: after an outage of our own the schedule begins anew', async () => {
  const { clock, tries, reconnector } = setUp()
  reconnector.lost(ADDRESS, STABLE_MS, 0)
  await clock.run(600_000)
  const before = tries.length
  reconnector.forgive()
  await clock.run(5_000)
  assert.equal(tries.length, before + 1, 'not after minutes')
  await clock.run(18 * 5_000)
  assert.equal(tries.length, before + 19, 'and every 5 s again')
  reconnector.stop()
  reconnector.forgive()
  assert.equal(clock.pending, 0)
})
