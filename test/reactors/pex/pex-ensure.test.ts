/** A node that keeps itself at its outbound peers (spec/addrbook-and-pex.md section 6.2; p2p/pex/pex_reactor_test.go). */
import assert from 'node:assert/strict'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { DialFailedError } from '../../../src/errors.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { dead, listOf, on, type PexNetwork, type PexNode, peersOf } from './pex-network.ts'

const HOUR = 3_600_000

/** What the switch of a node was asked to dial, with the time. */
function recordDials(node: PexNode, network: PexNetwork): Array<{ at: number; address: string }> {
  const dials: Array<{ at: number; address: string }> = []
  const dial = node.sw.dialPeerWithAddress.bind(node.sw)
  node.sw.dialPeerWithAddress = (address, options) => {
    dials.push({ at: network.clock.now(), address: String(address) })
    return dial(address, options)
  }
  return dials
}

const outbound = (node: PexNode) => node.sw.numPeers().outbound

on('R-78, R-79: as many of the book are dialled as there are free outbound slots, and no more', async (network) => {
  const others = Array.from({ length: 6 }, () => network.node({ maxNumOutboundPeers: 0 }))
  const a = network.node({ maxNumOutboundPeers: 3 })
  for (const { address } of others) a.book.addAddress(address, a.address)
  const dials = recordDials(a, network)
  await network.start(a, ...others)
  await network.pass(1_000)
  assert.equal(outbound(a), 3)
  assert.equal(dials.length, 3)
  await network.pass(120_000)
  assert.equal(dials.length, 3)
})

on('R-68: inbound peers take none of the outbound slots that are to be filled', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 2, maxNumInboundPeers: 2 })
  const inbound = Array.from({ length: 2 }, () => network.raw())
  const others = Array.from({ length: 3 }, () => network.node({ maxNumOutboundPeers: 0 }))
  await network.start(a, ...inbound, ...others)
  for (const { sw } of inbound) await sw.dialPeerWithAddress(a.address)
  for (const { address } of others) a.book.addAddress(address, a.address)
  await network.pass(40_000)
  const { outbound, inbound: taken } = a.sw.numPeers()
  assert.deepEqual({ outbound, taken }, { outbound: 2, taken: 2 })
})

on(
  'R-78: a peer that is lost is replaced within a second, however many of the other addresses are dead',
  async (network) => {
    const others = Array.from({ length: 3 }, () => network.node({ maxNumOutboundPeers: 0 }))
    const a = network.node({ maxNumOutboundPeers: 2 })
    for (const { address } of others.slice(0, 2)) a.book.addAddress(address, a.address)
    await network.start(a, ...others)
    await network.pass(60_000)
    // the one that lives among them
    for (const address of [dead(1), dead(2), dead(3), others[2]!.address]) a.book.addAddress(address, a.address)
    network.net.isolate(others[0]!.sw)
    await network.pass(1_000)
    assert.deepEqual(peersOf(a), [others[1]!.address.id, others[2]!.address.id].sort())
  }
)

on('a host that says nothing holds up its slot for a second, not for the whole of its dial', async (network) => {
  const a = network.node({ maxNumOutboundPeers: 1, random: () => 0.5 })
  const alive = network.node({ maxNumOutboundPeers: 0 })
  let draws = 0
  a.book.pickAddress = () => (draws++ === 0 ? dead(1) : alive.address)
  const dials = recordDials(a, network)
  const dial = a.sw.dialPeerWithAddress.bind(a.sw)
  const silent = Promise.withResolvers<never>()
  a.sw.dialPeerWithAddress = (address, options) => {
    const answered = dial(address, options)
    answered.catch(() => {})
    return String(address) === String(dead(1)) ? silent.promise : answered
  }
  await network.start(a, alive)
  await network.pass(3_000)
  const [first, second] = dials
  assert.deepEqual([first!.address, second!.address], [String(dead(1)), String(alive.address)])
  const waited = second!.at - first!.at
  assert.ok(waited >= 1_000 && waited <= 1_250, `${waited} ms`)
  const peers = a.sw.peers().list()
  assert.equal(peers.length, 1)
  silent.reject(new DialFailedError('no answer'))
  await network.pass(60_000)
  assert.deepEqual(a.sw.peers().list(), peers)
})

on('D-21: who takes us and drops us is not run after: a few tries, then one each period', async (network) => {
  const [fickle, a] = [network.raw(), network.node({ maxNumOutboundPeers: 1 })]
  a.book.addAddress(fickle.address, a.address)
  fickle.raw.addPeer = (peer) => void fickle.sw.stopPeerGracefully(peer)
  const dials = recordDials(a, network)
  await network.start(a, fickle)
  await network.pass(120_000)
  assert.ok(dials.length <= 10, `${dials.length} dials in two minutes`)
})

on('R-78: addresses that a peer has told are dialled at once, not a period later', async (network) => {
  const others = Array.from({ length: 3 }, () => network.node({ maxNumOutboundPeers: 0 }))
  const raw = network.raw()
  raw.raw.answerWith(listOf(...others.map(({ address }) => address)))
  const a = network.node({ maxNumOutboundPeers: 4 })
  await network.start(a, raw, ...others)
  await a.sw.dialPeerWithAddress(raw.address)
  await network.pass(2_000)
  assert.equal(outbound(a), 4)
})

on('R-78: three nodes of which two know the third are all connected (TestPEXReactorRunning)', async (network) => {
  const nodes = [network.node(), network.node(), network.node()] as const
  nodes[0].book.addAddress(nodes[1].address, nodes[0].address)
  nodes[2].book.addAddress(nodes[1].address, nodes[2].address)
  await network.start(...nodes)
  await network.pass(60_000)
  for (const node of nodes) assert.equal(peersOf(node).length, 2)
})

on('ten nodes that know one of them are all at their outbound target within 15 s', async (network) => {
  const first = network.node({ maxNumOutboundPeers: 3 })
  const nodes = Array.from({ length: 9 }, () =>
    network.node({ maxNumOutboundPeers: 3, persistentPeers: [String(first.address)] })
  )
  await network.start(first, ...nodes)
  await network.pass(15_000)
  // a persistent peer takes no slot
  for (const node of nodes)
    assert.ok(node.sw.freeOutboundSlots() === 0 || peersOf(node).length === 9, `${outbound(node)} outbound peers`)
})

on('nodes with company wait up to a period before they look for more, unless there is news', async (network) => {
  const [a, raw] = [network.node({ random: () => 0.9 }), network.raw()]
  const dials = recordDials(a, network)
  a.book.addAddress(dead(1), a.address)
  // connected before the reactor's first look
  a.sw.addPersistentPeers([String(raw.address)])
  await network.start(raw)
  await network.start(a)
  await a.sw.dialPeerWithAddress(raw.address)
  await network.pass(26_000)
  assert.deepEqual(
    dials.map(({ address }) => address).filter((one) => one === String(dead(1))),
    []
  )
  await network.pass(4_000)
  assert.deepEqual(
    dials.map(({ address }) => address).filter((one) => one === String(dead(1))),
    [String(dead(1))]
  )
})

on('R-69: the outbound peers of the last run are dialled first', async (network) => {
  const [b, c] = [network.node({ maxNumOutboundPeers: 0 }), network.node({ maxNumOutboundPeers: 0 })]
  const book = createAddressBook({ strict: false, clock: network.clock })
  const a = network.node({ book, maxNumOutboundPeers: 1 })
  await network.start(a, b, c)
  await a.sw.dialPeerWithAddress(c.address)
  const stopping = a.sw.stop()
  await network.pass(1_000)
  await stopping
  assert.deepEqual(book.anchors().map(String), [String(c.address)])

  const again = createAddressBook({ strict: false, clock: network.clock })
  again.setAnchors(book.anchors())
  for (let n = 1; n < 20; n++) again.addAddress(dead(n), dead(n))
  const next = network.node({ book: again, maxNumOutboundPeers: 1 })
  const dials = recordDials(next, network)
  await network.start(next)
  await network.pass(1_000)
  assert.equal(dials[0]?.address, String(c.address))
  assert.deepEqual(peersOf(next), [c.address.id])
})

on('anchors are kept while the node runs, and a lost network does not wipe them', async (network) => {
  const [a, b] = [network.node(), network.node({ maxNumOutboundPeers: 0 })]
  a.book.addAddress(b.address, a.address)
  await network.start(a, b)
  await network.pass(40_000)
  assert.deepEqual(a.book.anchors().map(String), [String(b.address)])
  network.net.isolate(a.sw)
  await network.pass(40_000)
  assert.deepEqual(peersOf(a), [])
  assert.deepEqual(a.book.anchors().map(String), [String(b.address)])
})

on('private peers are no anchors', async (network) => {
  const [a, b] = [network.node(), network.node()]
  await network.start(a, b)
  a.sw.addPrivatePeerIDs([b.address.id])
  await a.sw.dialPeerWithAddress(b.address)
  await network.pass(40_000)
  assert.deepEqual(a.book.anchors(), [])
})

on('private peers take no anchor’s place from others', async (network) => {
  const secret = Array.from({ length: 4 }, () => network.raw())
  const [a, b] = [network.node(), network.raw()]
  a.sw.addPrivatePeerIDs(secret.map(({ address }) => address.id))
  await network.start(a, b, ...secret)
  for (const { address } of [...secret, b]) await a.sw.dialPeerWithAddress(address)
  await network.pass(40_000)
  assert.deepEqual(a.book.anchors().map(String), [String(b.address)])
})

on('R-80: bad peers are reinstated before anybody is asked, a peer before seeds', async (network) => {
  const [peer, seed] = [network.raw(), network.raw()]
  const a = network.node({ seeds: [String(seed.address)] })
  const order: string[] = []
  const reinstate = a.book.reinstateBadPeers.bind(a.book)
  a.book.reinstateBadPeers = () => {
    order.push('reinstate')
    return reinstate()
  }
  peer.raw.onMessage = (message, of) => {
    order.push('ask a peer')
    if (message.type === 'pexRequest') peer.raw.say(of, listOf())
  }
  seed.raw.onMessage = () => order.push('ask a seed')
  await network.start(a, peer, seed)
  await a.sw.dialPeerWithAddress(peer.address)
  await network.pass(250)
  order.length = 0
  await network.pass(61_000)
  assert.deepEqual(order.slice(0, 2), ['reinstate', 'ask a peer'])
  assert.ok(order.indexOf('ask a seed') > 1)
})

on('R-72: a node whose ban is over comes back into the book and is dialled', async (network) => {
  const b = network.node({ maxNumOutboundPeers: 0 })
  const a = network.node()
  a.book.addAddress(b.address, a.address)
  a.book.markBad(b.address.id, b.address, HOUR)
  await network.start(a, b)
  await network.pass(60_000)
  assert.deepEqual(peersOf(a), [])
  await network.jump(HOUR)
  await network.pass(62_000)
  assert.deepEqual(peersOf(a), [b.address.id])
})

on('R-80: seeds are dialled where the book has nobody, one after the other until one answers', async (network) => {
  const [seed, spare] = [network.node({ seedMode: true }), network.node({ seedMode: true })]
  const others = Array.from({ length: 3 }, () => network.node({ maxNumOutboundPeers: 0 }))
  for (const { address } of others) for (const { book } of [seed, spare]) book.addAddress(address, dead(9))
  const nobody = [dead(1), dead(2)]
  const a = network.node({ seeds: [...nobody, seed.address, spare.address].map(String) })
  const dials = recordDials(a, network)
  await network.start(a, seed, spare, ...others)
  await network.pass(5_000)
  const seeds = dials.filter(({ address }) => [seed.address, spare.address].some((one) => String(one) === address))
  assert.equal(seeds.length, 1)
  // TestConnectionSpeedForPeerReceivedFromSeed: those it told are dialled at once
  for (const { address } of others) assert.ok(peersOf(a).includes(address.id))
})

on('R-80: seeds are left alone while the book has somebody to dial', async (network) => {
  const seed = network.node({ seedMode: true })
  const b = network.node({ maxNumOutboundPeers: 0 })
  const a = network.node({ seeds: [String(seed.address)], maxNumOutboundPeers: 1 })
  a.book.addAddress(b.address, a.address)
  const dials = recordDials(a, network)
  await network.start(a, seed, b)
  await network.pass(120_000)
  assert.deepEqual(
    dials.map(({ address }) => address),
    [String(b.address)]
  )
})

on('R-80: a node that is alone tries its seeds also where all it knows is dead and has to wait', async (network) => {
  const seed = network.node({ seedMode: true })
  const b = network.node({ maxNumOutboundPeers: 0 })
  seed.book.addAddress(b.address, dead(9))
  const a = network.node({ seeds: [String(seed.address)] })
  for (let n = 1; n < 4; n++) a.book.addAddress(dead(n), a.address)
  await network.start(a, seed, b)
  await network.pass(300_000)
  assert.ok(peersOf(a).includes(b.address.id))
})

on('R-81: a dead address is dialled less and less often', async (network) => {
  const a = network.node()
  a.book.addAddress(dead(1), a.address)
  const dials = recordDials(a, network)
  await network.start(a)
  await network.pass(900_000)
  const gaps = dials.slice(1).map(({ at }, i) => at - (dials[i]?.at ?? 0))
  assert.ok(dials.length >= 5 && dials.length <= 12, `${dials.length} dials`)
  for (const [i, gap] of gaps.entries()) assert.ok(gap >= 2 ** (i + 1) * 1_000, `gap ${i} is ${gap}`)
})

on(
  'R-70, R-71, R-81, D-21: a node that cannot be dialled, beside others that can, is out of the book for a day',
  async (network) => {
    const gone = network.raw()
    const a = network.node({ maxNumOutboundPeers: 2, ensurePeriodMs: 200_000 })
    const [b, steady] = [network.raw(), network.raw()]
    await network.start(a, b, steady)
    // shows all the while that the line is there
    await steady.sw.dialPeerWithAddress(a.address)
    a.book.addAddress(gone.address, a.address)
    const dials = recordDials(a, network)
    // b comes and goes, so that other dials succeed all the time
    for (let i = 0; i < 900 && a.book.entry(gone.address.id) !== undefined; i++) {
      await network.clock.run(200_000)
      await a.sw.stopPeerGracefully(await a.sw.dialPeerWithAddress(b.address))
    }
    // 17 that count, and a few of when nothing else had come through lately
    const failed = dials.filter(({ address }) => address === String(gone.address)).length
    assert.ok(failed >= 17 && failed <= 25, `${failed} dials`)
    assert.equal(a.book.entry(gone.address.id), undefined)
    assert.deepEqual(a.book.banned(), [])
    // what others tell of it meanwhile is not heard
    await network.start(gone)
    b.raw.answerWith(listOf(gone.address))
    await a.sw.dialPeerWithAddress(b.address)
    await network.pass(600_000)
    assert.equal(a.book.entry(gone.address.id), undefined)
    const peer = await gone.sw.dialPeerWithAddress(a.address)
    await network.pass(250)
    assert.ok(peer.isRunning())
    // it lives, so its address counts again
    assert.equal(String(a.book.entry(gone.address.id)?.addresses[0]), String(gone.address))
    // and others are heard on it again
    await gone.sw.stopPeerGracefully(peer)
    a.book.removeAddress(gone.address.id)
    await network.clock.run(600_000)
    assert.notEqual(a.book.entry(gone.address.id), undefined)
  }
)

on('a node of another network is left alone for four hours, and then tried again', async (network) => {
  const gone = network.raw({ network: 'another-chain' })
  const a = network.node()
  a.book.addAddress(gone.address, a.address)
  const dials = recordDials(a, network)
  await network.start(a, gone)
  await network.pass(60_000)
  assert.equal(dials.length, 1)
  assert.equal(a.book.entry(gone.address.id), undefined)
  await network.jump(4 * HOUR)
  await network.pass(61_000)
  assert.equal(dials.length, 2)
})

on('D-21: ten minutes without a network leave no mark on anybody', async (network) => {
  const others = Array.from({ length: 5 }, () => network.node({ maxNumOutboundPeers: 0 }))
  const a = network.node()
  for (const { address } of others) a.book.addAddress(address, a.address)
  await network.start(a, ...others)
  await network.pass(2_000)
  assert.equal(outbound(a), 5)
  network.net.isolate(a.sw)
  await network.pass(600_000)
  assert.equal(outbound(a), 0)
  network.net.heal()
  await network.pass(600_000)
  assert.equal(outbound(a), 5)
  for (const { address } of others) assert.equal(a.book.entry(address.id)?.attempts, 0)
  assert.deepEqual(a.book.banned(), [])
})

on('R-85: every dial goes through the switch, which is told when the reactor stops', async (network) => {
  const a = network.node()
  a.book.addAddress(dead(1), a.address)
  const signals: Array<AbortSignal | undefined> = []
  a.sw.dialPeerWithAddress = (_address: unknown, options?: { signal?: AbortSignal }) => {
    signals.push(options?.signal)
    return new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)))
  }
  await network.start(a)
  await network.pass(500)
  assert.equal(signals.length, 1)
  await a.pex.stop()
  assert.equal(signals[0]?.aborted, true)
})

on('a peer without peer exchange is not asked, and does not keep others from being asked', async (network) => {
  const { TextReactor } = await import('../../helpers/text-reactor.ts')
  const [a, b] = [network.node(), network.raw()]
  for (const { sw } of [a, b]) sw.addReactor('TEXT', new TextReactor())
  const plain = network.net.createSwitch({
    network: 'pex-test',
    host: '99.0.0.1',
    reactors: { TEXT: new TextReactor() }
  })
  b.raw.answerWith(listOf(dead(1)))
  await plain.start()
  await network.start(a, b)
  for (const { sw } of [{ sw: plain }, b]) await a.sw.dialPeerWithAddress(sw.nodeInfo().netAddress())
  await network.pass(300_000)
  assert.ok(b.raw.heard.length >= 8)
  assert.equal(a.sw.peers().get(plain.nodeInfo().id)?.status().unsendableMessages, 1)
  await plain.stop()
})

for (const [what, reason, restMs] of [
  ['stopped in good order', undefined, 600_000],
  ['a reactor has sent off', new Error('not liked'), 60_000]
] as const)
  on(
    `R-62: whom a reactor has ${what} is not dialled by peer exchange for some minutes, though nobody else is there`,
    async (network) => {
      const [a, b] = [network.node({}), network.node({ maxNumOutboundPeers: 0 })]
      a.book.addAddress(b.address, a.address)
      await network.start(a, b)
      await network.pass(60_000)
      const peer = a.sw.peers().list()[0]
      assert.ok(peer)
      const dials = recordDials(a, network)
      const stopped = reason === undefined ? a.sw.stopPeerGracefully(peer) : a.sw.stopPeerForError(peer, reason)
      await network.pass(0)
      await stopped
      await network.pass(restMs - 1_000)
      assert.deepEqual(dials, [])
      await network.pass(120_000)
      assert.equal(outbound(a), 1)
    }
  )

on(
  'names are no way round the bound on one network: 12 of them that lead into one /16 have one outbound slot of three',
  async (network) => {
    const honest = Array.from({ length: 6 }, () => network.node({ maxNumOutboundPeers: 0 }))
    const his = Array.from({ length: 12 }, (_, i) =>
      network.node({ maxNumOutboundPeers: 0, host: `n${i}.attacker${i}.com` })
    )
    const a = network.node({ maxNumOutboundPeers: 3 })
    // as on a stack with sockets: what was dialled is a name, where it led is an IP
    const addPeer = a.pex.addPeer.bind(a.pex)
    let met = 0
    a.pex.addPeer = (peer) => {
      const host = peer.socketAddr().host
      if (host.endsWith('.com')) {
        peer.remoteIP = () => `66.66.0.${host.length}`
        met++
      }
      addPeer(peer)
    }
    for (const { address } of [...his, ...honest]) a.book.addAddress(address, a.address)
    await network.start(a, ...honest, ...his)
    const isHis = (id: string) => his.some(({ address }) => address.id === id)
    let most = 0
    for (let round = 0; round < 60; round++) {
      await network.pass(5_000)
      most = Math.max(most, peersOf(a).filter(isHis).length)
      const leaving = a.sw
        .peers()
        .list()
        .find((peer) => !isHis(peer.id()))
      if (leaving !== undefined) await a.sw.stopPeerGracefully(leaving)
    }
    // whom we have seen off is left alone for some minutes
    await network.pass(900_000)
    assert.ok(met > 1, `${met} names were tried`)
    assert.equal(most, 1)
    assert.equal(outbound(a), 3)
  }
)

on('nor are dead addresses elsewhere of nodes that have another one in that /16', async (network) => {
  const honest = Array.from({ length: 6 }, () => network.node({ maxNumOutboundPeers: 0 }))
  const his = Array.from({ length: 12 }, (_, i) => network.raw({ host: `66.66.0.${i + 1}` }))
  const a = network.node({ maxNumOutboundPeers: 3 })
  const told = new Map(
    his.map(({ address: { id, port } }, i) => [id, netAddressFromParts(id, `150.${i}.0.1`, port)] as const)
  )
  const real = new Map(his.map(({ address }) => [address.id, address] as const))
  const addressesOf = a.book.addressesOf?.bind(a.book)
  a.book.addressesOf = (of) => [told.get(of) ?? [], real.get(of) ?? addressesOf?.(of) ?? []].flat()
  for (const address of [...told.values(), ...honest.map((one) => one.address)]) a.book.addAddress(address, a.address)
  await network.start(a, ...honest, ...his)
  let most = 0
  let met = 0
  const addPeer = a.pex.addPeer.bind(a.pex)
  a.pex.addPeer = (peer) => {
    if (real.has(peer.id())) met++
    addPeer(peer)
  }
  for (let round = 0; round < 60; round++) {
    await network.pass(5_000)
    most = Math.max(most, peersOf(a).filter((of) => real.has(of)).length)
    const leaving = a.sw
      .peers()
      .list()
      .find((peer) => !real.has(peer.id()))
    if (leaving !== undefined) await a.sw.stopPeerGracefully(leaving)
  }
  assert.ok(met > 1, `${met} of them were met`)
  assert.equal(most, 1)
})

on('honest names take all slots: each counts as the network that it leads to', async (network) => {
  const others = Array.from({ length: 8 }, (_, i) =>
    network.node({ maxNumOutboundPeers: 0, host: `n${i}.example.org` })
  )
  const a = network.node({ maxNumOutboundPeers: 6 })
  const addPeer = a.pex.addPeer.bind(a.pex)
  a.pex.addPeer = (peer) => {
    const nth = others.findIndex(({ address }) => address.id === peer.id())
    peer.remoteIP = () => `${100 + nth}.1.0.1`
    addPeer(peer)
  }
  for (const { address } of others) a.book.addAddress(address, a.address)
  await network.start(a, ...others)
  await network.pass(60_000)
  assert.equal(outbound(a), 6)
})
