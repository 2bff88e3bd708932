/** The loop that dials what was found: when, how many, whom not, and that nothing of it is left. The switch is a port here; real ones are in network-dht.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { Discovery, type PeerSource } from '../../../src/stacks/libp2p/discovery.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { seededRandom } from '../../../src/util/prng.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const idOf = (n: number) => n.toString(16).padStart(40, '0')
const at = (n: number) => netAddressFromParts(idOf(n), '8.8.8.8', n)

function given(source?: PeerSource) {
  const clock = new FakeClock()
  const world = { free: 3, peers: new Set<string>(), dialled: [] as string[], scores: new Map<string, number>() }
  const sw = {
    freeOutboundSlots: () => world.free - world.peers.size,
    isDialingOrExistingAddress: () => false,
    shouldDial: () => true,
    score: (id: string) => world.scores.get(id) ?? 0,
    peers: () => world.peers,
    dialPeerWithAddress: async (address: NetAddress) => {
      world.dialled.push(address.id)
      world.peers.add(address.id)
      return {} as Peer
    }
  }
  const components = { sw: sw as any, ownId: idOf(99), clock, random: seededRandom(1), logger: nullLogger }
  return { clock, world, sw, discovery: new Discovery(components, source) }
}

test('R-79: no more are dialled than slots are free, and the next when one is lost', async () => {
  const { clock, world, discovery } = given()
  discovery.start()
  for (let n = 1; n <= 10; n++) discovery.found([at(n)])
  await clock.run(10_000)
  assert.equal(world.dialled.length, 3)
  world.peers.delete(world.dialled[0] as string)
  await clock.run(10_000)
  assert.equal(world.dialled.length, 4)
  await discovery.stop()
  assert.equal(clock.pending, 0)
})

test('ourselves, peers, and nodes that misbehaved lately are not dialled', async () => {
  const { clock, world, discovery } = given()
  world.peers.add(idOf(1))
  world.scores.set(idOf(2), -50)
  discovery.start()
  for (const n of [1, 2, 3, 99]) discovery.found([at(n)])
  await clock.run(60_000)
  assert.deepEqual(world.dialled, [idOf(3)])
  await discovery.stop()
})

test("the DHT's first answers are waited for, but not for ever", async () => {
  let answer = () => {}
  const source = { size: () => 1, look: () => new Promise<void>((resolve) => (answer = resolve)) }
  for (const [name, act, after] of [
    ['answered', () => answer(), 1_000],
    ['silent', () => {}, 3_500]
  ] as const) {
    const { clock, world, discovery } = given(source)
    discovery.start()
    await clock.run(0)
    discovery.found([at(1)])
    await clock.run(500)
    assert.deepEqual(world.dialled, [], name)
    act()
    await clock.run(after)
    assert.deepEqual(world.dialled, [idOf(1)], name)
    const stopped = discovery.stop()
    answer()
    await stopped
    assert.equal(clock.pending, 0)
  }
})

test('the DHT is asked while slots are free, ever more rarely, at once again when it has grown, and not at all when all are taken', async () => {
  const world = { looks: 0, size: 1 }
  const source = {
    size: () => world.size,
    look: async () => {
      world.looks++
    }
  }
  const { clock, world: slots, discovery } = given(source)
  discovery.start()
  await clock.run(60_000)
  const first = world.looks
  assert.ok(first >= 4 && first <= 8, `${first} looks`)
  await clock.run(600_000)
  assert.ok(world.looks - first <= 6, `${world.looks - first} looks in ten minutes`)
  const before = world.looks
  world.size = 2
  await clock.run(10_000)
  assert.ok(world.looks > before)
  slots.free = 0
  const full = world.looks
  await clock.run(600_000)
  assert.equal(world.looks, full)
  await discovery.stop()
  assert.equal(clock.pending, 0)
})

test('after it has stopped nothing is dialled, whoever is found', async () => {
  const { clock, world, discovery } = given()
  discovery.start()
  await discovery.stop()
  discovery.found([at(1)])
  discovery.start()
  await clock.run(60_000)
  assert.deepEqual(world.dialled, [])
  assert.equal(clock.pending, 0)
})
