import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError, PeerRefusedError } from '../../../src/errors.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { DIAL_SPREAD_MS, DialQueue } from '../../../src/switch/dialing/dial-queue.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

const address = (n: number) => netAddressFromParts(n.toString(16).padStart(40, '0'), `10.0.0.${n}`, 26656)

/** A queue over `slots` slots; a dial ends when the test says so. */
function setUp(slots: number, random: () => number = () => 0.5) {
  const clock = new FakeClock()
  const dials = new Map<string, ReturnType<typeof deferred<Peer>>>()
  const tried: string[] = []
  let taken = 0
  const queue = new DialQueue({
    clock,
    random,
    logger: nullLogger,
    isRunning: () => true,
    stackFor: () => 'fake',
    async dial({ host }: NetAddress) {
      tried.push(host)
      if (taken === slots) throw new PeerRefusedError('outbound-full', 'us', 'full')
      taken++
      const dial = deferred<Peer>()
      dials.set(host, dial)
      try {
        return await dial.promise
      } catch (err) {
        taken--
        throw err
      }
    }
  })
  return { clock, queue, dials, tried, connected: () => taken }
}

test('dialPeersAsync starts every dial within 3 s, and none is lost', async () => {
  const { clock, queue, tried } = setUp(100, Math.random)
  queue.add(Array.from({ length: 20 }, (_, n) => address(n + 1)))
  await clock.run(DIAL_SPREAD_MS)
  assert.equal(new Set(tried).size, 20)
  assert.equal(clock.pending, 0)
})

test('an address that finds no slot waits for one that a failed dial frees, until the slots are full', async () => {
  const { clock, queue, dials, tried } = setUp(2)
  queue.add([1, 2, 3, 4].map(address))
  await clock.run(DIAL_SPREAD_MS)
  const first = [...dials.keys()]
  assert.equal(first.length, 2)
  dials.get(first[0] as string)?.reject(new DialFailedError('nobody there'))
  await settle()
  assert.equal(dials.size, 3)
  for (const dial of dials.values()) dial.resolve({} as Peer)
  await settle()
  // both slots are peers now: the rest stays candidate and is not tried again and again
  const tries = tried.length
  await clock.run(60_000)
  assert.equal(tried.length, tries)
})

test('addresses are dialled in another order than they were given', async () => {
  let draw = 0
  const { clock, queue, tried } = setUp(100, () => (draw++ * 0.37) % 1)
  queue.add([1, 2, 3, 4, 5, 6].map(address))
  await clock.run(DIAL_SPREAD_MS)
  assert.notDeepEqual(
    tried,
    [1, 2, 3, 4, 5, 6].map((n) => `10.0.0.${n}`)
  )
  assert.equal(tried.length, 6)
})

test('nothing is dialled and no timer is left after stop', async () => {
  const { clock, queue, tried } = setUp(1)
  queue.add([1, 2, 3].map(address))
  queue.stop()
  assert.equal(clock.pending, 0)
  await clock.run(DIAL_SPREAD_MS)
  assert.deepEqual(tried, [])
})
