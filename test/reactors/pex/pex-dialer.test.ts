/** What becomes of a dial's outcome, with real switches and books: wrong addresses, refusals, short stays. */
import assert from 'node:assert/strict'
import { DialFailedError, PeerRefusedError, TimeoutError } from '../../../src/errors.ts'
import { netAddressFromParts, parseNetAddress } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { LINE_LOST_MS, MAX_DIAL_ATTEMPTS } from '../../../src/reactors/pex/dial-history.ts'
import { id, on, type PexNetwork, type PexNode, peerOf, peersOf, type TestNode } from './pex-network.ts'
import { givenRecords, keyOf, recordOf } from './records.ts'

const at = (of: NetAddress, host: string) => netAddressFromParts(of.id, host, of.port)
const HOUR = 3_600_000
const SOMEBODY = netAddressFromParts(id(77), '90.0.0.1', 26_656)

/** The times at which the switch was asked to dial that address. */
function dialsTo(node: PexNode, address: NetAddress, network: PexNetwork): number[] {
  const times: number[] = []
  const dial = node.sw.dialPeerWithAddress.bind(node.sw)
  node.sw.dialPeerWithAddress = (to, options) => {
    if (String(to) === String(address)) times.push(network.clock.now())
    return dial(to, options)
  }
  return times
}

on('an address where another node lives is dropped at once, and that node is not blamed', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const wrong = netAddressFromParts(id(1), b.address.host, b.address.port)
  a.book.addAddress(wrong, SOMEBODY)
  await network.start(a, b)
  await network.pass(5_000)
  assert.equal(a.book.entry(wrong.id), undefined)
  a.book.addAddress(b.address, SOMEBODY)
  await network.pass(31_000)
  assert.deepEqual(peersOf(a), [b.address.id])
})

on('an address that led elsewhere for once keeps its place where it was proven before', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const moved = netAddressFromParts(id(1), b.address.host, b.address.port)
  a.book.markReached(moved)
  await network.start(a, b)
  await network.pass(5_000)
  assert.equal(String(a.book.entry(moved.id)?.addresses[0]), String(moved))
  assert.ok((a.book.entry(moved.id)?.attempts ?? 0) > 0)
})

on('a node that is full is proven to be there, and asked again with growing patience', async (network) => {
  const a = network.node()
  const full = network.raw({ maxNumInboundPeers: 0 })
  a.book.addAddress(full.address, SOMEBODY)
  const dials = dialsTo(a, full.address, network)
  await network.start(a, full)
  await network.pass(600_000)
  assert.equal(a.book.entry(full.address.id)?.kind, 'old')
  assert.equal(a.book.entry(full.address.id)?.attempts, 0)
  assert.ok(dials.length >= 5 && dials.length <= 10, `${dials.length} dials`)
})

on('a node that sends us off each time is not dialled over and over', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  b.raw.onMessage = (_, peer) => void b.sw.stopPeerGracefully(peer)
  a.book.addAddress(b.address, SOMEBODY)
  const dials = dialsTo(a, b.address, network)
  await network.start(a, b)
  await network.pass(600_000)
  assert.ok(dials.length >= 4 && dials.length <= 10, `${dials.length} dials`)
})

on('why a node waits to be dialled again is what happened when it was last dialled', async (network) => {
  const a = network.node()
  const nodes = {
    'a peer for a moment': network.raw(),
    'nobody was there': network.raw(),
    'it refused us (inbound-full)': network.raw({ maxNumInboundPeers: 0 }),
    'we would not have it (filtered)': network.raw()
  }
  const { 'nobody was there': gone, ...there } = nodes
  const brief = there['a peer for a moment']
  brief.raw.onMessage = (_, peer) => void brief.sw.stopPeerGracefully(peer)
  const unwanted = nodes['we would not have it (filtered)'].address
  const dial = a.sw.dialPeerWithAddress.bind(a.sw)
  a.sw.dialPeerWithAddress = async (to, options) => {
    if (String(to) === String(unwanted)) throw new PeerRefusedError('filtered', 'us', 'somebody else’s filter')
    return await dial(to, options)
  }
  await network.start(a, ...Object.values(there))
  for (const { address } of Object.values(nodes)) a.book.addAddress(address, SOMEBODY)
  await network.pass(4_000)
  // each time it is a peer for a moment only
  for (let i = 0; i < 40 && a.pex.standing(brief.address.id).length === 0; i++) await network.pass(250)
  for (const [why, { address }] of Object.entries(nodes)) {
    const [standing, ...more] = a.pex.standing(address.id)
    assert.ok(standing?.why.includes(why), `${why}: ${standing?.why}`)
    assert.ok(standing?.why.includes(String(address)))
    assert.ok((standing?.until ?? 0) > network.clock.wall())
    assert.deepEqual(more, [])
  }
  assert.equal(peersOf(a).includes(gone.address.id), false)
})

on('a peer of long standing that is lost is dialled again without a wait', async (network) => {
  const [a, b] = [network.node(), network.node({ maxNumOutboundPeers: 0 })]
  a.book.addAddress(b.address, SOMEBODY)
  await network.start(a, b)
  for (let i = 0; i < 5; i++) {
    await network.pass(60_000)
    network.net.cut(a.sw, b.sw)
    await network.pass(4_000)
    assert.ok(peerOf(a, b).isRunning(), `after ${i}`)
  }
})

on('a user’s own dial proves an address like one of ours', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  await network.start(a, b)
  await a.sw.dialPeerWithAddress(b.address)
  assert.equal(a.book.entry(b.address.id)?.kind, 'old')
})

on('the book is told where a name has led: by a dial, by a test dial, and by one that was refused', async (network) => {
  const a = network.node()
  const peer = network.raw({ host: 'peer.example.org' })
  const tested = network.raw({ host: 'tested.example.org' })
  const full = network.raw({ host: 'full.example.org', maxNumInboundPeers: 0 })
  const told: Array<[host: string, ip: string | undefined]> = []
  const markReached = a.book.markReached.bind(a.book)
  a.book.markReached = (address, ip) => {
    told.push([address.host, ip])
    markReached(address, ip)
  }
  const wantTest = a.book.wantTest.bind(a.book)
  a.book.wantTest = () => [tested.address]
  await network.start(a, peer, tested, full)
  await network.pass(1_000)
  a.book.wantTest = wantTest
  for (const { address } of [peer, full]) a.book.addAddress(address, SOMEBODY)
  await network.pass(61_000)
  assert.deepEqual(
    [...new Set(told.map(([host]) => host))].sort(),
    [full, peer, tested].map(({ address }) => address.host).sort()
  )
  for (const [host, ip] of told) assert.match(ip ?? 'nothing', /^\d+\.\d+\.\d+\.\d+$/, host)
})

on('a refusal at another address of the node proves that one, not the one that was not there', async (network) => {
  const a = network.node()
  const full = network.raw({ maxNumInboundPeers: 0 })
  const gone = at(full.address, '91.0.0.1')
  a.sw.addPersistentPeers([String(full.address)])
  a.book.addAddress(gone, SOMEBODY)
  await network.start(a, full)
  await assert.rejects(a.sw.dialPeerWithAddress(gone), {
    name: 'PeerRefusedError',
    reachedAt: { address: full.address, ip: full.address.host, id: full.address.id }
  })
  await network.pass(61_000)
  assert.deepEqual(a.book.entry(gone.id)?.addresses.map(String), [String(full.address)])
})

/** A node that the book has at two addresses: nobody is at the one that is picked, and `live` is at the other one. */
function withTwo(node: PexNode, live: TestNode): { gone: NetAddress; asked: string[]; failed: string[] } {
  const gone = at(live.address, '91.0.0.1')
  node.book.addAddress(gone, SOMEBODY)
  const addressesOf = node.book.addressesOf?.bind(node.book)
  node.book.addressesOf = (of) => (of === gone.id ? [gone, live.address] : (addressesOf?.(of) ?? []))
  const pick = node.book.pickAddress.bind(node.book)
  node.book.pickAddress = (bias) => {
    const picked = pick(bias)
    return picked?.id === gone.id ? gone : picked
  }
  const [asked, failed]: [string[], string[]] = [[], []]
  const dial = node.sw.dialPeerWithAddress.bind(node.sw)
  node.sw.dialPeerWithAddress = (to, options) => {
    asked.push(String(to))
    return dial(to, options)
  }
  const markAttempt = node.book.markAttempt.bind(node.book)
  node.book.markAttempt = (address) => {
    failed.push(String(address))
    markAttempt(address)
  }
  return { gone, asked, failed }
}

on(
  'a connection by another address of a node is credited to that one, and the one that was asked for has failed',
  async (network) => {
    const [a, b, c] = [network.node(), network.raw(), network.raw()]
    const { gone, asked, failed } = withTwo(a, b)
    await network.start(a, b, c)
    await network.pass(1_000)
    assert.deepEqual([String(peerOf(a, b).socketAddr()), asked, failed], [String(b.address), [String(gone)], []])
    await a.sw.dialPeerWithAddress(c.address)
    assert.deepEqual(failed, [String(gone)])
    // and so the next dial begins with the one that led there
    await network.pass(60_000)
    asked.length = 0
    network.net.cut(a.sw, b.sw)
    await network.pass(1_000)
    assert.deepEqual(asked, [String(b.address)])
    assert.ok(peerOf(a, b).isRunning())
  }
)

on('so is a refusal, and what a node has answered holds for all its addresses', async (network) => {
  const a = network.node()
  const full = network.raw({ maxNumInboundPeers: 0 })
  const { gone, asked, failed } = withTwo(a, full)
  await network.start(a, full)
  await network.pass(1_000)
  const [standing] = a.pex.standing(full.address.id)
  assert.match(standing?.why ?? '', new RegExp(`^${full.address} .*refused us`))
  await network.pass(600_000)
  assert.ok(asked.length >= 5 && asked.length <= 10, `${asked.length} dials`)
  assert.ok(asked.length > failed.length && failed.length > 0)
  assert.deepEqual([...new Set(failed)], [String(gone)])
})

on('nor is a node that sends us off each time dialled at its other address', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  b.raw.onMessage = (_, peer) => void b.sw.stopPeerGracefully(peer)
  const { asked } = withTwo(a, b)
  await network.start(a, b)
  await network.pass(600_000)
  assert.ok(asked.length >= 4 && asked.length <= 10, `${asked.length} dials`)
})

on('a node that is nowhere is dialled no more often for having two addresses, and counts once', async (network) => {
  const [a, b, c, d] = [network.node(), network.raw(), network.raw(), network.raw()]
  const { gone, asked, failed } = withTwo(a, b)
  await network.start(a, c, d)
  await network.pass(600_000)
  assert.ok(asked.length >= 5 && asked.length <= 10, `${asked.length} dials`)
  assert.deepEqual([...new Set(asked)], [String(gone)])
  // so long after the first of them this says nothing of them, and is company for the next
  await a.sw.dialPeerWithAddress(c.address)
  assert.deepEqual(failed, [])
  await network.pass(40_000)
  await a.sw.dialPeerWithAddress(d.address)
  assert.deepEqual(failed, [String(gone)])
})

on('R-81: a node is given up when all its addresses have failed too often, not one', async (network) => {
  const [a, b, c] = [network.node(), network.raw(), network.raw()]
  withTwo(a, b)
  const dial = a.sw.dialPeerWithAddress.bind(a.sw)
  let [isThere, failures] = [true, 0]
  a.sw.dialPeerWithAddress = (to, options) => {
    if (isThere || String(to) === String(c.address)) return dial(to, options)
    failures++
    return Promise.reject(new DialFailedError('nobody there'))
  }
  await network.start(a, b, c)
  await a.sw.dialPeerWithAddress(c.address)
  const givenUp = () => a.pex.standing(b.address.id).some(({ why }) => why.includes('failed too often'))
  /** Its node is away until it has failed so often. True: by then it has been given up. */
  const away = async (times: number) => {
    await network.pass(31_000)
    isThere = false
    failures = 0
    network.net.cut(a.sw, b.sw)
    while (failures < times && !givenUp()) {
      // longer than any wait
      await network.jump(48 * HOUR)
      await network.pass(LINE_LOST_MS + 31_000)
    }
    if (givenUp()) return true
    isThere = true
    await network.jump(48 * HOUR)
    await network.pass(31_000)
    return false
  }
  for (let i = 0; i < 3; i++) {
    // after the second time the address where nobody ever is has failed more than 16 times
    assert.equal(await away(MAX_DIAL_ATTEMPTS - 4), false)
    assert.ok(peerOf(a, b).isRunning())
  }
  assert.equal(await away(2 * MAX_DIAL_ATTEMPTS), true)
  assert.equal(a.book.entry(b.address.id), undefined)
  // and then begins anew, by whichever address it comes back
  isThere = true
  a.book.addressesOf = () => [b.address]
  a.book.pickAddress = () => (a.book.entry(b.address.id) === undefined ? undefined : b.address)
  await network.jump(25 * HOUR)
  await network.pass(31_000)
  assert.ok(peerOf(a, b).isRunning())
})

on('a node that waits at one of its addresses, and may be dialled at another one, does not wait', async (network) => {
  const [a, b, c] = [network.node(), network.raw(), network.raw()]
  const { gone } = withTwo(a, b)
  await network.start(a, c)
  await a.sw.dialPeerWithAddress(c.address)
  await network.pass(600_000)
  const waits = () => a.pex.standing(b.address.id).filter(({ why }) => why.includes(`${gone} `))
  while ((waits()[0]?.until ?? 0) - network.clock.wall() < 60_000) await network.pass(1_000)
  await network.start(b)
  await a.sw.dialPeerWithAddress(b.address)
  await network.pass(31_000)
  a.book.pickAddress = () => undefined
  network.net.cut(a.sw, b.sw)
  await network.pass(1_000)
  const entry = a.book.entry(b.address.id)
  a.book.entry = () => entry && { ...entry, addresses: [gone, b.address] }
  assert.deepEqual([peersOf(a), waits()], [[c.address.id], []])
})

on('a peer that came in while it was dialled says nothing about the address', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const { gone } = withTwo(a, b)
  a.sw.dialPeerWithAddress = async () => {
    a.book.pickAddress = () => undefined
    await b.sw.dialPeerWithAddress(a.address)
    return peerOf(a, b)
  }
  await network.start(b, a)
  await network.pass(1_000)
  assert.equal(peerOf(a, b).isOutbound(), false)
  const entry = a.book.entry(b.address.id)
  a.book.entry = () => entry && { ...entry, addresses: [gone] }
  a.book.addressesOf = () => [gone]
  network.net.cut(a.sw, b.sw)
  await network.pass(250)
  assert.deepEqual([peersOf(a), a.pex.standing(b.address.id)], [[], []])
})

on('nor does a connection to where the dial would not have gone, which was there already', async (network) => {
  const [a, b, c] = [network.node(), network.raw(), network.raw()]
  const { gone, failed } = withTwo(a, b)
  a.book.addressesOf = () => [gone]
  const dial = a.sw.dialPeerWithAddress.bind(a.sw)
  a.sw.dialPeerWithAddress = (to, options) => dial(String(to) === String(gone) ? b.address : to, options)
  await network.start(a, b, c)
  await network.pass(1_000)
  assert.equal(String(peerOf(a, b).socketAddr()), String(b.address))
  await a.sw.dialPeerWithAddress(c.address)
  assert.deepEqual(failed, [])
})

on('an address that no stack of ours dials is no way to its node', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const { gone } = withTwo(a, b)
  const asked: string[] = []
  a.sw.dialPeerWithAddress = async (to) => {
    asked.push(String(to))
    throw new TimeoutError('it says nothing')
  }
  const strange = parseNetAddress(`/ip4/90.5.0.1/tcp/1/p2p/${keyOf(1).peerId}`)
  a.book.addressesOf = () => [gone, strange]
  await network.start(a)
  await network.pass(60_000)
  assert.ok(asked.length > 1)
  assert.deepEqual([...new Set(asked)], [String(gone)])
})

on('a persistent node that is not where it is configured is dialled where the book has it', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const { gone } = withTwo(a, b)
  a.sw.addPersistentPeers([String(gone)])
  await network.start(a, b)
  await network.pass(120_000)
  assert.equal(String(peerOf(a, b).socketAddr()), String(b.address))
})

on('what comes with a refusal is told by where the name has led, as each name’s own teller', async (network) => {
  const named = (n: number, name: string) => parseNetAddress(`/dns4/${name}/tcp/4001/p2p/${keyOf(n).peerId}`)
  const [seed, known] = [parseNetAddress('/dns4/seed.example.org/tcp/4001'), named(2, 'known.example.org')]
  const record = await recordOf(keyOf(3), ['/ip4/80.0.0.1/tcp/1'])
  const a = network.node({ seeds: [String(seed)], records: givenRecords() })
  a.sw.stackFor = () => 'libp2p'
  a.sw.dialPeerWithAddress = async (to) => {
    const address = parseNetAddress(to)
    if (address.id === keyOf(3).id) throw new DialFailedError('nobody there')
    const refusal = new PeerRefusedError('inbound-full', 'remote', 'no place', { alternatives: [record] })
    refusal.reachedAt = address.id === '' ? { address, ip: '44.1.0.1', id: keyOf(9).id } : { address, ip: '44.2.0.1' }
    throw refusal
  }
  const tellers: NetAddress[] = []
  const addAddress = a.book.addAddress.bind(a.book)
  a.book.addAddress = (address, source, options) => {
    if (address.id === keyOf(3).id) tellers.push(source)
    return addAddress(address, source, options)
  }
  await network.start(a)
  await network.pass(2_000)
  addAddress(known, SOMEBODY)
  await network.pass(31_000)
  assert.deepEqual(
    [...new Set(tellers.map(String))].sort(),
    [`${known.id}@44.2.0.1:4001`, `${keyOf(9).id}@44.1.0.1:4001`].sort()
  )
})

for (const [what, byV, byS, back] of [
  ['the address that it has told goes, that of another one comes back', ['libp2p'], ['classic'], ['classic']],
  ['nor does it take the other one along where its own came first', ['classic'], ['libp2p'], ['libp2p']],
  ['what another one has told too comes back as his', ['classic', 'libp2p'], ['libp2p'], ['libp2p']]
] as const)
  on(`R-72, R-77: a node is set aside, and who told of it becomes private: ${what}`, async (network) => {
    const [a, b, friend] = [
      network.node(),
      network.raw({ network: 'another-chain' }),
      network.raw({ network: 'another-chain' })
    ]
    await network.start(b, friend)
    const peerId = (await friend.sw.dialPeerWithAddress(b.address)).peerId()
    const there = { classic: b.address, libp2p: parseNetAddress(`/ip4/90.5.0.1/tcp/1/p2p/${peerId}`) }
    const v = netAddressFromParts(id(78), '90.1.0.1', 26_656)
    const record = Uint8Array.of(1, 2, 3)
    const tell = (which: readonly ('classic' | 'libp2p')[], source: NetAddress) => {
      for (const one of which) a.book.addAddress(there[one], source, one === 'libp2p' && source === v ? { record } : {})
    }
    tell(byV, v)
    tell(byS, SOMEBODY)
    await network.start(a)
    await network.pass(5_000)
    assert.equal(a.book.entry(b.address.id), undefined)
    a.book.addPrivateIDs([v.id])
    const taken: string[][] = []
    const addAddress = a.book.addAddress.bind(a.book)
    a.book.addAddress = (address, source, options) => {
      const refusal = addAddress(address, source, options)
      const withRecord = options?.record !== undefined
      if (refusal === undefined) taken.push([String(address), String(source), ...(withRecord ? ['with a record'] : [])])
      return refusal
    }
    await network.jump(4 * HOUR)
    await network.pass(61_000)
    assert.deepEqual(
      taken.slice(0, back.length),
      back.map((one) => [String(there[one]), String(SOMEBODY)])
    )
    assert.ok(taken.every(([, source]) => source === String(SOMEBODY)))
  })

for (const persistent of [false, true])
  on(
    `a node of another network is ${persistent ? 'not set aside where the configuration wants it' : 'set aside'}`,
    async (network) => {
      const [a, b] = [network.node(), network.raw({ network: 'another-chain' })]
      if (persistent) a.sw.addPersistentPeers([String(b.address)])
      a.book.addAddress(b.address, SOMEBODY)
      await network.start(a, b)
      await network.pass(61_000)
      assert.equal(a.book.entry(b.address.id) !== undefined, persistent)
      assert.equal(
        a.pex.standing(b.address.id).some(({ why }) => why.includes('of another network')),
        !persistent
      )
    }
  )

on('what was in no book when it was given up is in none afterwards: it may have been a secret', async (network) => {
  const [a, b] = [network.node(), network.raw({ network: 'another-chain' })]
  a.book.setAnchors([b.address])
  const taken: string[] = []
  a.book.addAddress = (address) => void taken.push(String(address))
  await network.start(a, b)
  await network.pass(5_000)
  assert.equal(a.pex.standing(b.address.id).length, 1)
  await network.jump(5 * HOUR)
  await network.pass(61_000)
  assert.deepEqual(taken, [])
})

on('D-21: a failed dial is told to the book once another one has come through', async (network) => {
  const [a, b] = [network.node(), network.raw()]
  const dead = netAddressFromParts(id(1), '91.0.0.1', 26_656)
  await network.start(a, b)
  await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
  a.book.removeAddress(b.address.id)
  a.book.addAddress(dead, SOMEBODY)
  await network.pass(1_000)
  assert.equal(a.book.entry(dead.id)?.attempts, 0)
  await a.sw.dialPeerWithAddress(b.address)
  assert.equal(a.book.entry(dead.id)?.attempts, 1)
})
