/** The loop that dials what was found: when, how many, whom not, and that nothing of it is left. The switch is a port here; real ones are in network-dht.test.ts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../../src/interface/net-address.ts'
import type { Peer } from '../../../../src/interface/peer.ts'
import { Discovery, type PeerSource } from '../../../../src/stacks/libp2p/finding/discovery.ts'
import { nullLogger } from '../../../../src/util/logger.ts'
import { seededRandom } from '../../../../src/util/prng.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'

const idOf = (n: number) => n.toString(16).padStart(40, '0')
const at = (n: number, host = '8.8.8.8') => netAddressFromParts(idOf(n), host, n)

function given(source?: PeerSource) {
  const clock = new FakeClock()
  const world = {
    free: 3,
    peers: new Map<string, Peer>(),
    dialled: [] as string[],
    scores: new Map<string, number>(),
    ips: new Map<string, string>()
  }
  const peerAt = (address: NetAddress) =>
    ({
      id: () => address.id,
      socketAddr: () => address,
      remoteIP: () => world.ips.get(address.host) ?? '',
      isOutbound: () => true,
      isPersistent: () => false
    }) as Peer
  const sw = {
    freeOutboundSlots: () => world.free - world.peers.size,
    maxNumOutboundPeers: () => world.free,
    isPeerUnconditional: (id: string) => id === idOf(800),
    isDialingOrExistingAddress: () => false,
    shouldDial: () => true,
    score: (id: string) => world.scores.get(id) ?? 0,
    peers: () => ({ has: (id: string) => world.peers.has(id), [Symbol.iterator]: () => world.peers.values() }),
    dialPeerWithAddress: async (address: NetAddress) => {
      world.dialled.push(address.id)
      const peer = peerAt(address)
      world.peers.set(address.id, peer)
      return peer
    },
    stopPeerGracefully: async (peer: Peer) => {
      world.peers.delete(peer.id())
    }
  }
  const components = { sw: sw as any, ownId: idOf(99), clock, random: seededRandom(1), logger: nullLogger }
  return { clock, world, sw, peerAt, discovery: new Discovery(components, source) }
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
  const { clock, world, peerAt, discovery } = given()
  world.peers.set(idOf(1), peerAt(at(1)))
  world.scores.set(idOf(2), -50)
  discovery.start()
  for (const n of [1, 2, 3, 99]) discovery.found([at(n)])
  await clock.run(60_000)
  assert.deepEqual(world.dialled, [idOf(3)])
  await discovery.stop()
})

test('what the book knew of a node leads to it, and he who told something else of it is not the one who was right', async () => {
  const { clock, world, sw, peerAt, discovery } = given()
  const dialled: string[] = []
  sw.dialPeerWithAddress = async (address: NetAddress) => {
    dialled.push(address.host)
    const peer = peerAt(at(1, '9.9.9.9'))
    world.peers.set(address.id, peer)
    return peer
  }
  discovery.start()
  discovery.found([at(1, '66.6.6.6')], 'evil')
  await clock.run(1_000)
  world.peers.delete(idOf(1))
  await clock.run(10 * 60_000)
  assert.deepEqual(dialled.slice(0, 2), ['66.6.6.6', '9.9.9.9'])
  await discovery.stop()
})

/** An attacker's ids in one /16, as many as there is room for, and honest nodes in a /16 each, as the DHT tells of them. */
function siege(discovery: Discovery, honest: number): void {
  for (let n = 1_000; n < 1_500; n++) discovery.found([at(n, `66.6.${n % 250}.1`)])
  for (let n = 1; n <= honest; n++) discovery.found([at(n, `${n + 20}.1.1.1`)])
}
const attackers = (ids: readonly string[]) => ids.filter((id) => id >= idOf(1_000)).length

test('one /16 with 500 ids has one outbound slot of ten, however many there are to choose from', async () => {
  const { clock, world, discovery } = given()
  world.free = 10
  discovery.start()
  siege(discovery, 20)
  await clock.run(10_000)
  assert.deepEqual([world.dialled.length, attackers(world.dialled)], [10, 1])
  // nor when it keeps its peer and the others leave
  for (const id of world.dialled) if (id < idOf(1_000)) world.peers.delete(id)
  await clock.run(1_200_000)
  assert.equal(world.peers.size, 10)
  assert.equal(attackers([...world.peers.keys()]), 1)
  await discovery.stop()
})

test('dials under way count: they do not end as more peers of one group than its share', async () => {
  const { clock, world, sw, peerAt, discovery } = given()
  world.free = 10
  const waiting: Array<() => void> = []
  sw.freeOutboundSlots = () => world.free - world.peers.size - waiting.length
  sw.dialPeerWithAddress = (address: NetAddress) => {
    world.dialled.push(address.id)
    return new Promise((resolve) =>
      waiting.push(() => {
        world.peers.set(address.id, peerAt(address))
        resolve(peerAt(address))
      })
    )
  }
  discovery.start()
  siege(discovery, 4)
  await clock.run(1_000)
  // five groups share ten slots as if they were half as many
  assert.equal(attackers(world.dialled), 4)
  await clock.run(60_000)
  assert.equal(attackers(world.dialled), 4)
  for (const settle of waiting.splice(0)) settle()
  await clock.run(60_000)
  assert.deepEqual([world.peers.size, attackers([...world.peers.keys()])], [8, 4])
  await discovery.stop()
})

test('names that lead into one /16 have no more slots than it: each is dialled, and parted with once its IP is known', async () => {
  const { clock, world, discovery } = given()
  world.free = 10
  let most = 0
  const look = () => {
    const led = [...world.peers.values()].filter((peer) => peer.remoteIP().startsWith('66.6.')).length
    most = Math.max(most, led)
  }
  discovery.start()
  for (let n = 1; n <= 20; n++) {
    world.ips.set(`${n + 20}.1.1.1`, `${n + 20}.1.1.1`)
    discovery.found([at(n, `${n + 20}.1.1.1`)])
  }
  for (let n = 1_000; n < 1_500; n++) {
    world.ips.set(`n${n}.attacker${n}.com`, `66.6.${n % 250}.1`)
    discovery.found([at(n, `n${n}.attacker${n}.com`)])
  }
  for (let round = 0; round < 200; round++) {
    await clock.run(10_000)
    look()
    // the honest ones come and go, his stay
    for (const id of world.peers.keys()) if (id < idOf(1_000)) world.peers.delete(id)
  }
  assert.ok(attackers(world.dialled) > 1)
  assert.equal(most, 1)
  await discovery.stop()
  assert.equal(clock.pending, 0)
})

test('a node whose own dial to us came first is no outbound peer, and is kept however much of the slots its network has', async () => {
  const { clock, world, sw, peerAt, discovery } = given()
  world.free = 10
  const come = { ...peerAt(at(50, 'n.example.org')), remoteIP: () => '66.6.9.9', isOutbound: () => false }
  // others of its network have become peers while it was dialled
  sw.dialPeerWithAddress = async () => {
    for (let n = 1; n <= 9; n++) world.peers.set(idOf(n), peerAt(at(n, n <= 4 ? `66.6.1.${n}` : `${n + 20}.1.1.1`)))
    world.peers.set(idOf(50), come)
    return come
  }
  discovery.start()
  discovery.found([at(50, 'n.example.org')])
  await clock.run(10_000)
  assert.ok(world.peers.has(idOf(50)))
  await discovery.stop()
})

test('honest names take all slots, however few may be tried at once: each counts as the network that it leads to', async () => {
  const { clock, world, discovery } = given()
  world.free = 10
  discovery.start()
  for (let n = 1; n <= 30; n++) {
    world.ips.set(`n${n}.example.org`, `${n + 20}.1.1.1`)
    discovery.found([at(n, `n${n}.example.org`)])
  }
  await clock.run(60_000)
  assert.deepEqual([world.peers.size, world.dialled.length], [10, 10])
  await discovery.stop()
})

for (const [name, peer, dialled] of [
  ['an outbound peer', {}, false],
  ['an inbound peer', { isOutbound: () => false }, true],
  ['a persistent peer', { isPersistent: () => true }, true],
  ['an unconditional peer', { id: () => idOf(800) }, true]
] as ReadonlyArray<readonly [string, Partial<Peer>, boolean]>)
  test(`${name} ${dialled ? 'takes nothing of' : 'takes'} the share of its group`, async () => {
    const { clock, world, peerAt, discovery } = given()
    world.free = 10
    world.peers.set('it', { ...peerAt(at(900, '21.1.2.3')), ...peer })
    discovery.start()
    for (let n = 1; n <= 30; n++) discovery.found([at(n, `${n + 20}.1.1.1`)])
    for (let round = 0; round < 30; round++) {
      await clock.run(60_000)
      for (const id of world.dialled) world.peers.delete(id)
    }
    assert.equal(world.dialled.includes(idOf(1)), dialled)
    assert.ok(world.dialled.includes(idOf(2)))
    await discovery.stop()
  })

test('the groups of peers are seen, too: with few candidates, they tell owners apart', async () => {
  const { clock, world, peerAt, discovery } = given()
  world.free = 10
  for (let n = 1; n <= 4; n++) world.peers.set(idOf(n), peerAt(at(n, `${n + 20}.1.1.1`)))
  discovery.start()
  siege(discovery, 0)
  await clock.run(60_000)
  assert.equal(attackers(world.dialled), 4)
  await discovery.stop()
})

test('where all are of one network, or of too few to tell owners apart, all slots are theirs', async () => {
  for (const groups of [1, 4]) {
    const { clock, world, discovery } = given()
    world.free = 10
    discovery.start()
    for (let n = 1; n <= 30; n++) discovery.found([at(n, `10.${n % groups}.0.${n}`)])
    await clock.run(10_000)
    assert.equal(world.dialled.length, 10, `${groups} groups`)
    await discovery.stop()
  }
})

test('slots that nobody may have are looked at now and then, no more often', async () => {
  const { clock, world, sw, discovery } = given()
  world.free = 10
  let looks = 0
  const { freeOutboundSlots } = sw
  sw.freeOutboundSlots = () => {
    looks++
    return freeOutboundSlots()
  }
  discovery.start()
  siege(discovery, 5)
  await clock.run(10_000)
  const before = looks
  await clock.run(600_000)
  assert.ok(looks - before <= 200, `${looks - before} looks in ten minutes`)
  await discovery.stop()
  assert.equal(clock.pending, 0)
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

test('the DHT is asked on while all slots wait for nodes that somebody has made up', async () => {
  let looks = 0
  const source = {
    size: () => 1,
    look: async () => {
      looks++
    }
  }
  const { clock, world, sw, discovery } = given(source)
  let dials = 0
  sw.freeOutboundSlots = () => world.free - dials
  sw.dialPeerWithAddress = () => {
    dials++
    return new Promise(() => {})
  }
  for (let n = 1; n <= 10; n++) discovery.found([at(n)])
  discovery.start()
  await clock.run(4_000)
  assert.equal(dials, 3)
  const before = looks
  await clock.run(20_000)
  assert.ok(looks > before)
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
