/** Seed nodes (spec/addrbook-and-pex.md section 6.3; p2p/pex/pex_reactor_test.go, the tests of seed mode). */
import assert from 'node:assert/strict'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { dead, id, listOf, on, peerOf, peersOf, type RawNode } from './pex-network.ts'

const HOUR = 3_600_000

const answers = ({ raw }: RawNode) => raw.heard.filter(({ type }) => type === 'pexAddrs')
const requests = ({ raw }: RawNode) => raw.heard.filter(({ type }) => type === 'pexRequest')

on('R-82: a seed answers an inbound peer once, all of it arrives, and then it takes leave', async (network) => {
  const [seed, raw] = [network.node({ seedMode: true }), network.raw()]
  seed.book.addAddress(dead(1), dead(9))
  await network.start(seed, raw)
  const peer = await raw.sw.dialPeerWithAddress(seed.address)
  raw.raw.say(peer, { type: 'pexRequest' })
  await network.pass(50)
  assert.deepEqual(answers(raw), [listOf(dead(1))])
  assert.deepEqual(
    raw.lost.map(({ reason }) => (reason as { kind: string }).kind),
    ['graceful']
  )
  assert.deepEqual(peersOf(seed), [])
  assert.equal(seed.book.isBanned(raw.address.id), false)
})

on('R-82: further requests while it takes leave are ignored', async (network) => {
  const [seed, raw] = [network.node({ seedMode: true }), network.raw()]
  await network.start(seed, raw)
  const peer = await raw.sw.dialPeerWithAddress(seed.address)
  for (let i = 0; i < 5; i++) raw.raw.say(peer, { type: 'pexRequest' })
  await network.pass(250)
  assert.equal(answers(raw).length, 1)
  assert.equal(seed.book.isBanned(raw.address.id), false)
})

on('R-82: a peer that the seed itself has dialled is answered like any other', async (network) => {
  const [seed, raw] = [network.node({ seedMode: true }), network.raw()]
  await network.start(seed, raw)
  await seed.sw.dialPeerWithAddress(raw.address)
  for (let i = 0; i < 2; i++) {
    raw.raw.say(peerOf(raw, seed), { type: 'pexRequest' })
    await network.pass(250)
  }
  assert.equal(answers(raw).length, 2)
  assert.deepEqual(peersOf(seed), [raw.address.id])
})

on('a seed tells mostly proven addresses: a third of new ones, where it has both', async (network) => {
  const [seed, raw] = [network.node({ seedMode: true }), network.raw()]
  const at = (n: number) => netAddressFromParts(id(n), `${70 + (n >> 8)}.${n & 0xff}.0.1`, 26_656)
  for (let n = 0; n < 300; n++) seed.book.addAddress(at(n), at(n))
  for (let n = 300; n < 600; n++) seed.book.markReached(at(n))
  await network.start(seed, raw)
  const peer = await raw.sw.dialPeerWithAddress(seed.address)
  raw.raw.say(peer, { type: 'pexRequest' })
  await network.pass(250)
  const [answer] = answers(raw) as Array<ReturnType<typeof listOf>>
  const told = answer?.addrs.length ?? 0
  const fresh = answer?.addrs.filter((one) => seed.book.entry(one.id)?.kind === 'new').length ?? 0
  assert.ok(told > 100)
  assert.ok(fresh / told > 0.2 && fresh / told < 0.4, `${fresh} of ${told}`)
})

on('R-83: a peer that has been connected for 28 h is sent off, a persistent one is not', async (network) => {
  const seed = network.node({ seedMode: true })
  const [guest, friend, late] = [network.raw(), network.raw(), network.raw()]
  seed.sw.addPersistentPeers([String(friend.address)])
  await network.start(seed, guest, friend, late)
  for (const { sw } of [guest, friend]) await sw.dialPeerWithAddress(seed.address)
  await network.jump(28 * HOUR - 120_000)
  await late.sw.dialPeerWithAddress(seed.address)
  await network.pass(60_000)
  assert.deepEqual(guest.lost, [])
  await network.pass(120_000)
  assert.deepEqual(
    guest.lost.map(({ reason }) => (reason as { kind: string }).kind),
    ['graceful']
  )
  // (the seed may have gone to visit its guest since)
  assert.deepEqual([friend.lost, late.lost], [[], []])
})

on('a seed crawls: it visits whom it knows and asks them, and whom they know', async (network) => {
  const seed = network.node({ seedMode: true })
  const [near, far] = [network.raw(), network.raw()]
  near.raw.answerWith(listOf(far.address))
  far.raw.answerWith(listOf())
  seed.book.addAddress(near.address, seed.address)
  await network.start(seed, near, far)
  await network.pass(31_000)
  assert.equal(requests(near).length, 1)
  await network.pass(31_000)
  assert.equal(requests(far).length, 1)
})

on('the same node is visited no more often than every two minutes', async (network) => {
  const [seed, near] = [network.node({ seedMode: true }), network.raw()]
  near.raw.onMessage = (_, peer) => void near.sw.stopPeerGracefully(peer)
  seed.book.addAddress(near.address, seed.address)
  await network.start(seed, near)
  await network.pass(600_000)
  assert.ok(requests(near).length >= 4 && requests(near).length <= 5, `${requests(near).length} visits`)
})

on('a crawl visits those first that were never visited, and then those whose visit is longest ago', async (network) => {
  const seed = network.node({ seedMode: true, maxNumOutboundPeers: 1 })
  const [early, late, never] = [network.raw(), network.raw(), network.raw()]
  const all = [late, early, never]
  for (const { raw, address } of all) {
    raw.answerWith(listOf())
    seed.book.addAddress(address, seed.address)
  }
  let known: RawNode[] = [early]
  seed.book.getSelection = () => known.flatMap(({ address }) => seed.book.entry(address.id) ?? [])
  const visited: string[] = []
  const dial = seed.sw.dialPeerWithAddress.bind(seed.sw)
  seed.sw.dialPeerWithAddress = (to, options) => {
    visited.push(String(to))
    return dial(to, options)
  }
  await network.start(seed, ...all)
  await network.pass(20_000)
  known = [early, late]
  await network.pass(170_000)
  assert.equal(visited.at(-1), String(late.address))
  visited.length = 0
  known = []
  await network.pass(120_000)
  known = all
  await network.pass(30_000)
  assert.deepEqual(
    visited,
    [never, early, late].map(({ address }) => String(address))
  )
})

on('a crawl begins with the address that has led to the node the last time', async (network) => {
  const seed = network.node({ seedMode: true, maxNumOutboundPeers: 1 })
  const raw = network.raw()
  raw.raw.answerWith(listOf())
  const gone = netAddressFromParts(raw.address.id, '91.0.0.1', raw.address.port)
  seed.book.addAddress(gone, seed.address)
  const addresses = [gone, raw.address]
  seed.book.addressesOf = () => addresses
  seed.book.getSelection = () => seed.book.entries().map((entry) => ({ ...entry, addresses }))
  const asked: string[] = []
  const dial = seed.sw.dialPeerWithAddress.bind(seed.sw)
  seed.sw.dialPeerWithAddress = (to, options) => {
    asked.push(String(to))
    return dial(to, options)
  }
  await network.start(seed, raw)
  await network.pass(181_000)
  assert.deepEqual(asked, addresses.map(String))
})

on('a seed with few outbound slots sees everybody: who has answered makes room', async (network) => {
  const seed = network.node({ seedMode: true, maxNumOutboundPeers: 2 })
  const others = Array.from({ length: 12 }, () => network.raw())
  for (const { raw, address } of others) {
    raw.answerWith(listOf())
    seed.book.addAddress(address, seed.address)
  }
  await network.start(seed, ...others)
  await network.pass(10_000)
  assert.deepEqual(
    others.map((other) => requests(other).length),
    new Array(12).fill(1)
  )
})

on('who never answers makes room too, but not persistent and unconditional peers', async (network) => {
  const seed = network.node({ seedMode: true, maxNumOutboundPeers: 1 })
  const [silent, friend, other] = [network.raw(), network.raw(), network.raw()]
  seed.sw.addUnconditionalPeerIDs([friend.address.id])
  other.raw.answerWith(listOf())
  await network.start(seed, silent, friend)
  for (const { address } of [silent, friend]) await seed.sw.dialPeerWithAddress(address)
  await network.start(other)
  seed.book.addAddress(other.address, seed.address)
  await network.pass(180_000)
  assert.ok(requests(other).length >= 1)
  assert.ok(peersOf(seed).includes(friend.address.id))
})

on('a seed begins with seeds of its own where it has any, and the book of others otherwise', async (network) => {
  const [first, raw] = [network.node({ seedMode: true }), network.raw()]
  const second = network.node({ seedMode: true, seeds: [String(first.address)] })
  raw.raw.answerWith(listOf())
  first.book.addAddress(raw.address, first.address)
  await network.start(first, raw)
  await network.pass(1_000)
  await network.start(second)
  await network.pass(31_000)
  assert.equal(String(second.book.entry(raw.address.id)?.addresses[0]), String(raw.address))
})

on('five nodes that know a seed only are all connected with each other within a minute', async (network) => {
  const seed = network.node({ seedMode: true })
  const nodes = Array.from({ length: 5 }, () => network.node({ seeds: [String(seed.address)] }))
  await network.start(seed, ...nodes)
  await network.pass(60_000)
  for (const node of nodes) assert.equal(peersOf(node).filter((one) => one !== seed.address.id).length, 4)
})

on('a hostile flood of a seed’s inbound slots is no reason to crash or to ban honest nodes', async (network) => {
  const seed = network.node({ seedMode: true, maxNumInboundPeers: 3 })
  const raws = Array.from({ length: 3 }, () => network.raw())
  await network.start(seed, ...raws)
  for (const { sw, raw } of raws) raw.say(await sw.dialPeerWithAddress(seed.address), listOf(dead(1)))
  await network.pass(1_000)
  assert.deepEqual(peersOf(seed), [])
  assert.equal(seed.book.banned().length, 3)
  assert.equal(seed.book.entry(dead(1).id), undefined)
})

on('a seed asks whom it visits also when its book has enough', async (network) => {
  const [seed, near] = [network.node({ seedMode: true }), network.raw()]
  seed.book.markReached(near.address)
  // the visit is all that is looked at: which of the many it would be is chance
  seed.book.needMoreAddrs = () => false
  await network.start(seed, near)
  await network.pass(1_000)
  assert.equal(requests(near).length, 1)
})

on('one that is visited and never answers holds the only slot for five seconds', async (network) => {
  const seed = network.node({ seedMode: true, maxNumOutboundPeers: 1 })
  const silent = Array.from({ length: 3 }, () => network.raw())
  for (const { address } of silent) seed.book.addAddress(address, seed.address)
  await network.start(seed, ...silent)
  await network.pass(16_000)
  assert.deepEqual(
    silent.map((one) => requests(one).length),
    [1, 1, 1]
  )
})
