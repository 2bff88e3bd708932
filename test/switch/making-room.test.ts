/** A full switch on the memory network: who must go, who stays, and what test dials leave behind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError, PeerRefusedError, WrongIdentityError } from '../../src/errors.ts'
import { netAddressFromParts } from '../../src/identity/net-address.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'
import { given, type Node } from './given.ts'

const kindOf = (reason: unknown) => (reason as { kind?: unknown } | undefined)?.kind

test('a full node gives the place of one of a crowd to a node of a new network, and refuses the next of the crowd', async () => {
  const clock = new FakeClock()
  const { node, end } = given({ seed: 1, clock })
  const full = await node('full', { maxNumInboundPeers: 20 })
  const dial = async (from: Node) => {
    const dialled = from.sw.dialPeerWithAddress(full.address)
    dialled.catch(() => undefined)
    await clock.run(0)
    return await dialled
  }
  const crowd: Node[] = []
  for (let i = 0; i < 20; i++) crowd.push(await node(`c${i}`, { host: `66.6.${i}.1` }))
  for (const one of crowd) await dial(one)
  assert.equal(full.sw.numPeers().inbound, 20)
  const stranger = await node('stranger', { host: '1.2.3.4' })
  await assert.rejects(dial(stranger), { name: 'PeerRefusedError', refusal: 'inbound-full' })
  await clock.run(120_000)
  await dial(stranger)
  assert.equal(full.sw.numPeers().inbound, 20)
  assert.ok(full.sw.peers().has(stranger.id))
  const gone = crowd.filter(({ id }) => !full.sw.peers().has(id))
  assert.equal(gone.length, 1)
  assert.deepEqual(
    full.reactor.removed.map(({ reason }) => kindOf(reason)),
    ['refused']
  )
  const late = await node('late', { host: '66.6.99.1' })
  await assert.rejects(dial(late), { name: 'PeerRefusedError', refusal: 'inbound-full' })
  const stopped = end()
  await clock.run(60_000)
  await stopped
})

test('a test dial finds the node, takes no slot and shows it to no reactor', async () => {
  const { node, end } = given()
  const a = await node('a', { maxNumOutboundPeers: 0 })
  const b = await node('b', { maxNumInboundPeers: 0 })
  const { ip } = await a.sw.testAddress(b.address)
  assert.match(ip, /^\d+\.\d+\.\d+\.\d+$/)
  await settle()
  assert.deepEqual(
    [a.calls, b.calls].map((calls) => calls.filter(({ peer }) => peer !== undefined)),
    [[], []]
  )
  assert.deepEqual(
    [a.sw.numPeers(), a.sw.peers().size, b.sw.peers().size],
    [{ outbound: 0, inbound: 0, dialing: 0 }, 0, 0]
  )
  await end()
})

test('a test dial tells nobody there, another node, ourselves, a peer and a banned node apart', async () => {
  const { node, connect, net, end } = given()
  const [a, b, c] = [await node('a'), await node('b'), await node('c')]
  await assert.rejects(a.sw.testAddress(netAddressFromParts(b.id, 'nowhere', 1)), DialFailedError)
  await assert.rejects(a.sw.testAddress(netAddressFromParts(b.id, 'c', 26_656)), WrongIdentityError)
  const refused = (refusal: string) => (err: unknown) => err instanceof PeerRefusedError && err.refusal === refusal
  await assert.rejects(a.sw.testAddress(a.address), refused('self'))
  const [peer] = await connect(a, b)
  await assert.rejects(a.sw.testAddress(b.address), refused('duplicate-id'))
  a.sw.markPeerAsBad(peer)
  net.cut(a.sw, b.sw)
  await a.reactor.until(() => a.reactor.removed.length === 1)
  await settle()
  await assert.rejects(a.sw.testAddress(b.address), refused('banned'))
  const abort = new AbortController()
  const tested = a.sw.testAddress(c.address, { signal: abort.signal })
  abort.abort(new Error('enough'))
  await assert.rejects(tested, /enough/)
  await assert.rejects(a.sw.testAddress('nonsense'), { name: 'InvalidAddressError' })
  await end()
  await assert.rejects(a.sw.testAddress(c.address), { name: 'NotRunningError' })
})

test('D-22: the slots that are free are those that nobody has and nobody dials for', async () => {
  const { node, connect, end } = given()
  const [a, b, c] = [await node('a', { maxNumOutboundPeers: 2 }), await node('b'), await node('c')]
  assert.equal(a.sw.freeOutboundSlots(), 2)
  await connect(a, b)
  assert.equal(a.sw.freeOutboundSlots(), 1)
  const dial = a.sw.dialPeerWithAddress(c.address)
  await settle()
  assert.equal(a.sw.freeOutboundSlots(), 0)
  await dial
  a.sw.addUnconditionalPeerIDs([b.id])
  assert.equal(a.sw.freeOutboundSlots(), 1)
  assert.deepEqual([a.sw.stackFor(b.sw.nodeInfo().netAddress()), a.sw.score(b.id)], ['memory', 0])
  await end()
})

test('a peer that a reactor praises is scored, one that misbehaves is redialled later', async () => {
  const { node, connect, end } = given()
  const [a, b] = [await node('a'), await node('b')]
  const [peer] = await connect(a, b)
  a.sw.markPeerAsGood(peer)
  assert.ok(a.sw.score(b.id) > 9.9)
  await a.sw.stopPeerForError(peer, { kind: 'misbehaviour', message: 'it lies' })
  await settle()
  assert.ok(a.sw.score(b.id) < -39)
  await end()
})

test("a full node parts with nobody for a newcomer that the user's filter refuses, nor for one that has gone", async () => {
  const clock = new FakeClock()
  const { node, end } = given({ seed: 1, clock })
  const filterPeer = ({ ip }: { ip: string }) => (ip === '1.2.3.4' ? 'not you' : undefined)
  const full = await node('full', { maxNumInboundPeers: 20, filterPeer })
  for (let i = 0; i < 20; i++) {
    const one = await node(`c${i}`, { host: `66.6.${i}.1` })
    const dialled = one.sw.dialPeerWithAddress(full.address)
    await clock.run(0)
    await dialled
  }
  await clock.run(120_000)
  const refused = (await node('refused', { host: '1.2.3.4' })).sw.dialPeerWithAddress(full.address)
  await Promise.all([assert.rejects(refused, { refusal: 'filtered' }), clock.run(0)])
  const abort = new AbortController()
  const hasty = (await node('hasty', { host: '2.3.4.5' })).sw.dialPeerWithAddress(full.address, abort)
  abort.abort(new Error('enough'))
  await assert.rejects(hasty, /enough/)
  await clock.run(1_000)
  assert.equal(full.sw.numPeers().inbound, 20, 'nobody had to go')
  const stopped = end()
  await clock.run(60_000)
  await stopped
})

test('R-62, D-6: whom we stopped in good order, or for a fault, nobody dials unasked until it is a peer again', async () => {
  const clock = new FakeClock()
  const { node, end } = given({ seed: 1, clock })
  const b = await node('b')
  const c = await node('c')
  const a = await node('a', { persistentPeers: [b.address] })
  const dial = async (to: Node) => {
    const dialled = a.sw.dialPeerWithAddress(to.address)
    await clock.run(0)
    return await dialled
  }
  const rest = async (to: Node, stop: (peer: Peer) => Promise<void>, ms: number) => {
    const peer = await dial(to)
    assert.ok(a.sw.shouldDial(to.id))
    const stopped = stop(peer)
    await clock.run(0)
    await stopped
    assert.ok(!a.sw.shouldDial(to.id))
    if (ms < Number.POSITIVE_INFINITY) {
      await clock.run(ms - 10)
      assert.ok(!a.sw.shouldDial(to.id))
      await clock.run(20)
    } else await clock.run(24 * 3_600_000)
    assert.equal(a.sw.shouldDial(to.id), ms < Number.POSITIVE_INFINITY)
  }
  const graceful = (peer: Peer) => a.sw.stopPeerGracefully(peer)
  await rest(b, graceful, Number.POSITIVE_INFINITY)
  await dial(b)
  assert.ok(a.sw.shouldDial(b.id), 'it is a peer again')
  await rest(c, graceful, 600_000)
  await rest(c, (peer) => a.sw.stopPeerForError(peer, new Error('a reactor does not like it')), 60_000)
  await rest(c, (peer) => a.sw.stopPeerForError(peer, { kind: 'misbehaviour', message: 'it lies' }), 3_600_000)
  await rest(
    c,
    (peer) => a.sw.stopPeerForError(peer, { kind: 'incompatible', message: 'another chain' }),
    4 * 3_600_000
  )
  const stopped = end()
  await clock.run(60_000)
  await stopped
})
