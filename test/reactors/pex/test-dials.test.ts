/** Test dials, with real switches and books: who is tested, when, and what the book is told (issue 5; D-21). */
import assert from 'node:assert/strict'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { LINE_LOST_MS } from '../../../src/reactors/pex/dial-history.ts'
import { id, on, type PexNetwork, type PexNode, peersOf, type RawNode } from './pex-network.ts'

const at = (of: NetAddress, host: string) => netAddressFromParts(of.id, host, of.port)
const HOUR = 3_600_000
const SOMEBODY = netAddressFromParts(id(77), '90.0.0.1', 26_656)

/** Every test dial from now on. */
function testsOf({ sw }: PexNode): string[] {
  const tested: string[] = []
  const testAddress = sw.testAddress.bind(sw)
  sw.testAddress = (address, options) => {
    tested.push(String(address))
    return testAddress(address, options)
  }
  return tested
}

/** A node all of whose slots are taken by two peers, and a third one that has moved, which somebody tells. */
async function fullNode(network: PexNetwork) {
  const a = network.node({ maxNumOutboundPeers: 2 })
  const [b, c, moved] = [network.raw(), network.raw(), network.raw()]
  await network.start(a, b, c, moved)
  for (const { address } of [b, c]) a.book.markReached(address)
  await network.pass(61_000)
  assert.deepEqual(peersOf(a), [b.address.id, c.address.id].sort())
  a.book.markReached(at(moved.address, '91.9.0.1'))
  return { a, b, c, moved }
}

/** Where the book has it. */
const placeOf = ({ book }: PexNode, { address }: RawNode) => String(book.entry(address.id)?.addresses[0])

on('a node that is said to have moved is test-dialled, and its new address kept if it is there', async (network) => {
  const [a, b] = [network.node({ maxNumOutboundPeers: 0 }), network.raw()]
  await network.start(a, b)
  a.book.markReached(at(b.address, '91.0.0.1'))
  assert.equal(a.book.addAddress(b.address, SOMEBODY), 'proven-elsewhere')
  await network.pass(61_000)
  assert.deepEqual(a.book.entry(b.address.id)?.addresses.map(String), [String(b.address)])
  // neither had a peer of it
  assert.deepEqual([peersOf(a), peersOf(b)], [[], []])
})

on('a node that is said to have moved, and has not, stays where it is', async (network) => {
  const [a, b] = [network.node({ maxNumOutboundPeers: 0 }), network.raw()]
  await network.start(a, b)
  a.book.markReached(b.address)
  a.book.addAddress(at(b.address, '91.0.0.1'), SOMEBODY)
  await network.pass(61_000)
  assert.deepEqual(a.book.entry(b.address.id)?.addresses.map(String), [String(b.address)])
})

on('no more than two test dials in one run, and none beside those that still go on', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 0 })
  const wanted = Array.from({ length: 5 }, (_, n) => netAddressFromParts(id(n + 1), `91.${n}.0.1`, 26_656))
  a.book.wantTest = (n) => wanted.slice(0, n)
  const tested: string[] = []
  a.sw.testAddress = (address, options) => {
    tested.push(String(address))
    return new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)))
  }
  await network.start(a)
  await network.pass(120_000)
  assert.deepEqual(tested, wanted.slice(0, 2).map(String))
})

on('D-21: a test dial that failed tells the book only once another dial has come through', async (network) => {
  const [a, b] = [network.node({ maxNumOutboundPeers: 0 }), network.raw()]
  const dead = netAddressFromParts(id(1), '91.0.0.1', 26_656)
  const failed: string[] = []
  a.book.wantTest = () => [dead]
  a.book.testFailed = (address) => void failed.push(String(address))
  a.sw.addPersistentPeers([String(b.address)])
  await network.start(a, b)
  await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
  await network.pass(20_000)
  assert.deepEqual(failed, [])
  await a.sw.dialPeerWithAddress(b.address)
  assert.deepEqual(failed, [String(dead)])
})

on('what is said of nodes that we are connected with keeps nobody else from a test', async (network) => {
  const { a, b, c, moved } = await fullNode(network)
  a.book.addAddress(at(b.address, '92.0.0.1'), SOMEBODY)
  a.book.addAddress(at(c.address, '92.1.0.1'), SOMEBODY)
  a.book.addAddress(moved.address, SOMEBODY)
  const tested = testsOf(a)
  await network.pass(31_000)
  assert.deepEqual([tested, placeOf(a, moved)], [[String(moved.address)], String(moved.address)])
  // the question is still there when the peer has left
  await a.sw.stopPeerGracefully(a.sw.peers().get(b.address.id)!)
  await network.pass(31_000)
  assert.deepEqual(tested.slice(1), [String(at(b.address, '92.0.0.1'))])
})

on(
  'an incumbent that we are connected with needs no test: the newcomer waits for another one’s place',
  async (network) => {
    const { a, b } = await fullNode(network)
    const asked = [b.address]
    a.book.wantTest = () => asked
    const before = a.book.entry(b.address.id)?.lastSuccess ?? 0
    const reached: Array<[string, string | undefined]> = []
    const markReached = a.book.markReached.bind(a.book)
    a.book.markReached = (address, ip) => {
      reached.push([String(address), ip])
      markReached(address, ip)
    }
    const tested = testsOf(a)
    await network.pass(30_000)
    assert.deepEqual([tested, reached], [[], [[String(b.address), b.address.host]]])
    assert.ok((a.book.entry(b.address.id)?.lastSuccess ?? 0) > before)
  }
)

on('who has dialled us proves nothing about the address that is asked for', async (network) => {
  const [a, b] = [network.node({ maxNumOutboundPeers: 0 }), network.raw()]
  await network.start(a, b)
  await b.sw.dialPeerWithAddress(a.address)
  a.book.wantTest = () => [b.address]
  const tested = testsOf(a)
  await network.pass(61_000)
  assert.deepEqual([tested, a.book.entry(b.address.id)?.kind], [[], 'new'])
})

on('D-21: a full node learns from its peers, who stay, that a tested address is dead', async (network) => {
  const { a } = await fullNode(network)
  const known = netAddressFromParts(id(5), '93.5.0.1', 26_656)
  a.book.markReached(known)
  a.book.addAddress(at(known, '92.5.0.1'), SOMEBODY)
  const tested = testsOf(a)
  await network.pass(LINE_LOST_MS)
  assert.equal(a.book.wantTest(5).length, 1)
  await network.pass(60_000)
  assert.deepEqual(a.book.wantTest(5), [])
  await network.pass(HOUR)
  assert.deepEqual(tested, [String(at(known, '92.5.0.1'))])
})

on('a full node tests what is told last although others that were told are dead', async (network) => {
  const { a, moved } = await fullNode(network)
  for (const n of [5, 6]) {
    const known = netAddressFromParts(id(n), `93.${n}.0.1`, 26_656)
    a.book.markReached(known)
    a.book.addAddress(at(known, `92.${n}.0.1`), SOMEBODY)
  }
  a.book.addAddress(moved.address, SOMEBODY)
  await network.pass(61_000)
  assert.equal(placeOf(a, moved), String(moved.address))
})

on('a tested address at which another node lives is refuted at once', async (network) => {
  const [a, b] = [network.node({ maxNumOutboundPeers: 0 }), network.raw()]
  await network.start(a, b)
  const known = netAddressFromParts(id(5), '93.5.0.1', 26_656)
  a.book.markReached(known)
  a.book.addAddress(netAddressFromParts(id(5), b.address.host, b.address.port), SOMEBODY)
  await network.pass(31_000)
  assert.deepEqual(a.book.wantTest(5), [])
  assert.deepEqual(a.book.entry(id(5))?.addresses.map(String), [String(known)])
})

on('D-21: while nobody is a peer a tested address stays as it is, and is dialled ever more rarely', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 0 })
  const known = netAddressFromParts(id(5), '93.0.0.1', 26_656)
  await network.start(a)
  a.book.markReached(known)
  a.book.addAddress(at(known, '92.0.0.1'), SOMEBODY)
  const tested = testsOf(a)
  await network.pass(6 * HOUR)
  assert.ok(tested.length >= 8 && tested.length <= 10, `${tested.length} tests`)
  assert.equal(a.book.wantTest(5).length, 1)
})

on('runs between periods, for peers that are lost or news that a stranger has, test nobody', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 1 })
  const others = Array.from({ length: 4 }, () => network.raw())
  const wanted = Array.from({ length: 200 }, (_, n) => netAddressFromParts(id(n + 1), `91.${n}.0.1`, 26_656))
  await network.start(a, ...others)
  await network.pass(1_000)
  a.book.wantTest = (n) => wanted.slice(0, n)
  const tested = testsOf(a)
  for (const { address, sw } of others) {
    a.book.addAddress(address, SOMEBODY)
    const peer = await a.sw.dialPeerWithAddress(address)
    await network.pass(1_000)
    await sw.stop()
    await network.pass(5_000)
    assert.equal(peer.isRunning(), false)
  }
  assert.deepEqual(tested, [])
})
