/** One dial, and many at once: who joins, who waits, who wins, and what is left (requirements, D-15). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Peer } from '../../src/interface/peer.ts'
import { deferred } from '../../src/util/deferred.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'
import { CHANNEL, type Given, given, type Node } from './given.ts'

const kindOf = (reason: unknown) => (reason as { kind?: unknown } | undefined)?.kind

/** A dial that its caller can give up. */
function givenUp(from: Node, to: Node) {
  const abort = new AbortController()
  const reason = new Error('mine')
  const dial = from.sw.dialPeerWithAddress(to.address, { signal: abort.signal })
  // who looks at it later must not be late
  dial.catch(() => {})
  return {
    giveUp: () => abort.abort(reason),
    rejected: () => assert.rejects(dial, reason)
  }
}

/** A peer that has been stopped and whose removePeer takes until `gone` is called. */
async function leaving(net: Given) {
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  const removing = deferred()
  a.reactor.onRemove = () => removing.promise
  const stopped = a.sw.stopPeerForError(near, 'x')
  await b.reactor.until(() => b.reactor.removed.length === 1)
  const gone = async () => {
    removing.resolve()
    await stopped
  }
  return { a, b, near, gone }
}

/** Two started nodes, the second a persistent peer of the first. The dial at the start is due in 3 s. */
async function persistent(clock: FakeClock) {
  const net = given({ seed: 2, clock })
  const b = net.create('b')
  const a = net.create('a', { persistentPeers: [b.address], random: () => 0.999 })
  await Promise.all([a.sw.start(), b.sw.start()])
  return { net, a, b }
}

test('of two callers who wait for one dial, one may give up: the other still gets the peer', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const first = givenUp(a, b)
  const second = a.sw.dialPeerWithAddress(b.address)
  assert.equal(a.sw.numPeers().dialing, 1)
  first.giveUp()
  await first.rejected()
  assert.equal((await second).id(), b.id)
  assert.equal(a.sw.numPeers().dialing, 0)
  await net.end()
})

test('a dial that its last caller gave up is nobody else’s failure, and takes no slot', async () => {
  // whatever the moment: right after the abort, and a few promises later
  for (let later = 0; later < 8; later++) {
    const net = given()
    const [a, b] = await net.pair({ maxNumOutboundPeers: 1 })
    const first = givenUp(a, b)
    await settle(1)
    first.giveUp()
    for (let i = 0; i < later; i++) await Promise.resolve()
    assert.equal((await a.sw.dialPeerWithAddress(b.address)).id(), b.id, `${later} promises later`)
    await net.end()
  }
})

test('the user’s filter is asked about a node that we dial, too, and its word ends the dial', async () => {
  const net = given()
  const [a, b] = await net.pair({ filterPeer: () => 'not on the list' })
  await assert.rejects(a.sw.dialPeerWithAddress(b.address), { name: 'PeerRefusedError', refusal: 'filtered' })
  assert.deepEqual([a.reactor.added.length, a.sw.peers().size, a.sw.numPeers().dialing], [0, 0, 0])
  await net.end()
})

test('a dial given up while the user’s filter is asked frees its slot at once', async () => {
  const net = given()
  const filter = deferred<undefined>()
  let asked = 0
  const filterPeer = () => (asked++ === 0 ? filter.promise : undefined)
  const [a, b] = await net.pair({ maxNumOutboundPeers: 1, filterPeer })
  const first = givenUp(a, b)
  while (asked === 0) await settle(1)
  first.giveUp()
  await first.rejected()
  const c = await net.node('c')
  assert.equal((await a.sw.dialPeerWithAddress(c.address)).id(), c.id)
  filter.resolve(undefined)
  await settle()
  assert.deepEqual(
    a.sw
      .peers()
      .list()
      .map((peer) => peer.id()),
    [c.id]
  )
  await net.end()
})

for (const callback of ['initPeer', 'addPeer'] as const)
  test(`D-1: a dial given up while ${callback} runs: the peer stops, every reactor that saw initPeer sees removePeer, and the next dial is a new one`, async () => {
    const net = given()
    const [a, b] = await net.pair()
    const first = givenUp(a, b)
    // within the callback, where nothing can come in between
    if (callback === 'initPeer') a.reactor.onInit = first.giveUp as () => undefined
    else a.reactor.onAdd = first.giveUp
    await first.rejected()
    assert.equal(a.sw.numPeers().dialing, 0)
    await a.reactor.until(() => a.reactor.removed.length === 1)
    assert.equal(kindOf(a.reactor.removed[0]?.reason), 'shutdown')
    const peer = await a.sw.dialPeerWithAddress(b.address)
    assert.deepEqual([...a.sw.peers()], [peer])
    await net.end()
  })

test('a dial given up while initPeer runs keeps its peer for another caller, and for the configuration', async () => {
  for (const wanted of ['by another caller', 'by the configuration'] as const) {
    const net = given()
    const [a, b] = await net.pair()
    if (wanted === 'by the configuration') a.sw.addPersistentPeers([b.address])
    const inside = deferred()
    const leave = deferred<undefined>()
    a.reactor.onInit = () => {
      inside.resolve()
      return leave.promise
    }
    const first = givenUp(a, b)
    const second = wanted === 'by another caller' ? a.sw.dialPeerWithAddress(b.address) : undefined
    await inside.promise
    first.giveUp()
    await first.rejected()
    leave.resolve(undefined)
    await a.reactor.until(() => a.reactor.added.length === 1)
    assert.deepEqual(a.reactor.removed, [], wanted)
    assert.equal(await (second ?? a.sw.dialPeerWithAddress(b.address)), a.reactor.added[0])
    await net.end()
  }
})

test('R-30: a dial to a node whose peer is being removed waits for that, and succeeds', async () => {
  const net = given()
  const { a, b, near, gone } = await leaving(net)
  const again = a.sw.dialPeerWithAddress(b.address)
  await settle(20)
  assert.equal(a.reactor.added.length, 1)
  await gone()
  assert.notEqual(await again, near)
  await net.end()
})

test('a dial that waits for an old peer to go finds the new one that came in meanwhile', async () => {
  const net = given()
  const { a, b, gone } = await leaving(net)
  const [ours, theirs] = [a.sw.dialPeerWithAddress(b.address), b.sw.dialPeerWithAddress(a.address)]
  await settle(20)
  await gone()
  assert.equal((await ours).id(), b.id)
  assert.equal((await theirs).id(), a.id)
  assert.equal(a.sw.peers().get(b.id), await ours)
  await net.end()
})

for (const [who, seed] of [
  ['no latency', { seed: 3 }],
  ['latency', { seed: 4, latencyMs: 2 }],
  ['jitter', { seed: 5, latencyMs: 1, jitterMs: 3 }]
] as const)
  test(`two nodes that dial each other at once get one peer, which both dials resolve to (${who})`, async () => {
    for (let delay = 0; delay < 6; delay++) {
      const net = given({ ...seed, seed: seed.seed * 100 + delay })
      // a filter makes room for the other's hello to come in between
      const filterPeer = async () => {
        await settle(delay)
        return undefined
      }
      const [a, b] = await net.pair(delay % 2 === 0 ? { filterPeer } : {}, delay > 2 ? { filterPeer } : {})
      const [ofA, ofB] = await Promise.all([a.sw.dialPeerWithAddress(b.address), b.sw.dialPeerWithAddress(a.address)])
      assert.equal(a.sw.peers().get(b.id), ofA)
      assert.equal(b.sw.peers().get(a.id), ofB)
      assert.notEqual(ofA.isOutbound(), ofB.isOutbound())
      assert.equal(await ofA.send({ channelId: CHANNEL, message: 'x' }), true)
      await b.reactor.until(() => b.reactor.received.length === 1)
      assert.deepEqual([a.reactor.removed.length, b.reactor.removed.length], [0, 0])
      await net.end()
    }
  })

for (const full of ['smaller', 'larger'] as const)
  test(`simultaneous dials where the ${full} id takes no inbound peers leave the one connection that is allowed`, async () => {
    for (let seed = 0; seed < 6; seed++) {
      const net = given({ seed, latencyMs: seed % 3, jitterMs: seed % 2 })
      const limits = { maxNumInboundPeers: 0 }
      const [smaller, larger] = await net.pair(full === 'smaller' ? limits : {}, full === 'larger' ? limits : {})
      const [closed, open] = full === 'smaller' ? [smaller, larger] : [larger, smaller]
      const dials = await Promise.allSettled([
        closed.sw.dialPeerWithAddress(open.address),
        open.sw.dialPeerWithAddress(closed.address)
      ])
      assert.equal(dials[0].status, 'fulfilled')
      const peer = closed.sw.peers().get(open.id) as Peer
      assert.equal(peer.isOutbound(), true)
      assert.equal(open.sw.peers().size, 1)
      await net.end()
    }
  })

test('a connected node that is dialled anew keeps its peer: the second connection is a duplicate', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near, far] = await net.connect(a, b)
  assert.equal(await a.sw.dialPeerWithAddress(b.address), near)
  assert.equal(await b.sw.dialPeerWithAddress(a.address), far)
  assert.equal(a.reactor.added.length, 1)
  await net.end()
})

test('incompatible nodes are left alone for hours by dialPeersAsync, but a user’s dial is tried', async () => {
  const clock = new FakeClock()
  const net = given({ seed: 1, clock })
  const a = net.create('a', { random: () => 0 })
  const b = net.create('b', { network: 'another' })
  await Promise.all([a.sw.start(), b.sw.start()])
  const states = () => a.sw.nodeStates().map(({ state, attempts }) => `${state} ${attempts}`)
  a.sw.dialPeersAsync([b.address])
  await clock.run(1)
  await settle(20)
  assert.deepEqual(states(), ['candidate 1'])
  a.sw.dialPeersAsync([b.address])
  await clock.run(4 * 3_600_000 - 5_000)
  assert.deepEqual(states(), ['candidate 1'])
  await assert.rejects(a.sw.dialPeerWithAddress(b.address), { name: 'IncompatiblePeerError' })
  assert.deepEqual(states(), ['candidate 2'])
  await clock.run(4 * 3_600_000 + 5_000)
  a.sw.dialPeersAsync([b.address])
  await clock.run(1)
  await settle(20)
  assert.deepEqual(states(), ['candidate 3'])
  await net.end()
  assert.equal(clock.pending, 0)
})

test('D-15: a persistent peer is dialled though every outbound slot is taken', async () => {
  const net = given()
  const [a, b] = await net.pair({ maxNumOutboundPeers: 0 })
  await assert.rejects(a.sw.dialPeerWithAddress(b.address), { name: 'PeerRefusedError', refusal: 'outbound-full' })
  a.sw.addPersistentPeers([b.address])
  assert.equal((await a.sw.dialPeerWithAddress(b.address)).isPersistent(), true)
  await net.end()
})

test('nodeStates: candidate, dialing, connected, and after a loss candidate again', async () => {
  const net = given({ seed: 1, latencyMs: 1 })
  const [a, b] = await net.pair()
  const state = () => a.sw.nodeStates().map(({ id, state: now }) => [id, now])
  const dial = a.sw.dialPeerWithAddress(b.address)
  await settle(1)
  assert.deepEqual(state(), [[b.id, 'dialing']])
  const peer = await dial
  assert.deepEqual(state(), [[b.id, 'connected']])
  await a.sw.stopPeerForError(peer, 'x')
  await settle(5)
  assert.deepEqual(state(), [[b.id, 'candidate']])
  await net.end()
})

test('markPeerAsBad takes any positive time, for ever too, and the ban says so', async () => {
  const net = given()
  const [a, b] = await net.pair()
  const [near] = await net.connect(a, b)
  for (const banMs of [1e-3, 1, 1e18, Number.MAX_VALUE, Number.POSITIVE_INFINITY]) a.sw.markPeerAsBad(near, banMs)
  await a.sw.stopPeerGracefully(near)
  await settle()
  await assert.rejects(a.sw.dialPeerWithAddress(b.address), { name: 'PeerRefusedError', refusal: 'banned', by: 'us' })
  await assert.rejects(b.sw.dialPeerWithAddress(a.address), { name: 'PeerRefusedError', by: 'remote' })
  const [state] = a.sw.nodeStates()
  assert.equal(state?.state, 'bad')
  assert.doesNotThrow(() => new Date(state?.until as number).toISOString())
  await net.end()
})

test('a persistent peer stopped gracefully while its dial waits is not reconnected', async () => {
  const { net, a, b } = await persistent(new FakeClock())
  a.reactor.onAdd = (peer) => a.sw.stopPeerGracefully(peer)
  await assert.rejects(a.sw.dialPeerWithAddress(b.address), (err: Error & { reason?: unknown }) => {
    assert.deepEqual([err.name, kindOf(err.reason)], ['PeerStoppedError', 'graceful'])
    return true
  })
  await settle(20)
  assert.equal(
    a.sw.nodeStates().some(({ state }) => state === 'reconnecting'),
    false
  )
  await net.end()
})

test('R-62: a graceful stop also takes back a dial of our own accord that is still to come', async () => {
  const clock = new FakeClock()
  const { net, a, b } = await persistent(clock)
  await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
  await clock.run(10_000)
  await settle(20)
  assert.equal(a.reactor.added.length, 1)
  assert.equal(a.sw.peers().size, 0)
  await net.end()
})

test('a dial that is given up while it waits for an old peer to leave is not begun', async () => {
  const net = given()
  const { a, b, gone } = await leaving(net)
  const dial = givenUp(a, b)
  await settle()
  dial.giveUp()
  await dial.rejected()
  await gone()
  await settle(20)
  assert.equal(b.reactor.added.length, 1)
  assert.deepEqual(a.sw.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
  await net.end()
})

test('a node is no candidate of its own, and does not dial itself again and again', async () => {
  const clock = new FakeClock()
  const net = given({ seed: 2, clock })
  const own = net.create('probe').address
  const again = given({ seed: 2, clock })
  const a = again.create('probe', { persistentPeers: [own] })
  assert.equal(a.address, own)
  await a.sw.start()
  await clock.run(30_000)
  await assert.rejects(a.sw.dialPeerWithAddress(own), { name: 'PeerRefusedError', refusal: 'self' })
  assert.deepEqual(a.sw.nodeStates(), [])
  await again.end()
})
