/** `cometDht()` and the discovery of `comet()` in real libp2p nodes over loopback TCP: issue 5, section 3. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bootstrap } from '@libp2p/bootstrap'
import { identify } from '@libp2p/identify'
import { kadDHT, passthroughMapper } from '@libp2p/kad-dht'
import { ping } from '@libp2p/ping'
import { createAddressBook } from '../../../../src/address-book/address-book.ts'
import { dhtProtocol } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import { cometDht } from '../../../../src/stacks/libp2p/dht/network-dht.ts'
import { type DhtNode, type DhtNodeInit, isSettled, met, startDhtNode, stopAll } from '../dht-nodes.ts'

const timeout = 60_000

for (const mode of ['shared', 'exclusive'] as const)
  test(`R-78: ${mode}: ten nodes with one address between them are at their outbound target, by the DHT alone`, {
    timeout
  }, async (t) => {
    const began = performance.now()
    const first = await startDhtNode({ policy: { mode } })
    const dht = { bootstrap: first.bootstrap }
    const others = await Promise.all(Array.from({ length: 9 }, () => startDhtNode({ policy: { mode }, dht })))
    const nodes = [first, ...others]
    await met(() => nodes.every((node) => isSettled(node, 9)))
    t.diagnostic(`${((performance.now() - began) / 1000).toFixed(1)} s`)
    // not a star: others have inbound peers too
    const inbound = nodes.map(({ sw }) => sw.numPeers().inbound)
    assert.ok(inbound.filter((count) => count > 0).length >= 5, `inbound peers: ${inbound.join(' ')}`)
    // connections that were there for questions only have gone
    await met(() => nodes.every(({ libp2p, sw }) => libp2p.getPeers().length === sw.peers().size))
    assert.equal((await first.libp2p.peerStore.all()).filter(({ tags }) => tags.size > 0).length, 0)
    await stopAll(nodes)
  })

test('a client finds and is found, and answers nobody', { timeout }, async () => {
  const server = await startDhtNode({ policy: { maxNumOutboundPeers: 0 } })
  const dht = { bootstrap: server.bootstrap, mode: 'client' as const }
  const [a, b] = [
    await startDhtNode({ dht, policy: { maxNumOutboundPeers: 2 } }),
    await startDhtNode({ dht, policy: { maxNumOutboundPeers: 2 } })
  ]
  await met(() => [a, b].every(({ sw }) => sw.peers().size === 2))
  assert.deepEqual(
    a.libp2p.getProtocols().filter((name) => name === dhtProtocol('chain')),
    []
  )
  assert.equal(server.dht.size(), 0)
  await stopAll([server, a, b])
})

test('a node that does not provide itself finds others, and is not found', { timeout }, async () => {
  const server = await startDhtNode({ policy: { maxNumOutboundPeers: 0 } })
  const hidden = await startDhtNode({
    dht: { bootstrap: server.bootstrap, mode: 'client', provide: false },
    policy: { maxNumOutboundPeers: 1 }
  })
  await met(() => hidden.sw.peers().size === 1)
  const seeker = await startDhtNode({
    dht: { bootstrap: server.bootstrap, mode: 'client' },
    policy: { maxNumOutboundPeers: 5 }
  })
  await met(() => seeker.sw.peers().size === 1)
  await met(() => seeker.libp2p.getPeers().length === 1)
  assert.ok(!seeker.sw.nodeStates().some(({ id }) => id === hidden.id))
  await stopAll([server, hidden, seeker])
})

/** As mDNS, a bootstrap list or any other discovery of libp2p does it: the node is new to the peer store. */
async function discover(by: DhtNode, { libp2p }: DhtNode): Promise<void> {
  await by.libp2p.peerStore.delete(libp2p.peerId)
  await by.libp2p.peerStore.merge(libp2p.peerId, { multiaddrs: libp2p.getMultiaddrs() })
}

test('a node of another network is never a peer, and is left alone once it has said so', { timeout }, async () => {
  const foreign = await startDhtNode({ network: 'other', dht: false })
  const node = await startDhtNode({ comet: { discovery: 'any' } })
  let dials = 0
  foreign.libp2p.addEventListener('connection:open', () => dials++)
  await discover(node, foreign)
  await met(() => dials === 1 && node.libp2p.getConnections().length === 0)
  // found again by whoever: nothing comes of it
  for (let i = 0; i < 3; i++) await discover(node, foreign)
  // it still finds its own, by whom the turns are counted
  const friends: string[] = []
  for (let i = 0; i < 2; i++) {
    const friend = await startDhtNode({ policy: { maxNumOutboundPeers: 0 }, dht: { bootstrap: node.bootstrap } })
    await discover(node, friend)
    await met(() => node.sw.peers().has(friend.id))
    friends.push(friend.id)
    await discover(node, foreign)
    await friend.stop()
  }
  assert.equal(dials, 1)
  assert.deepEqual(
    node.reactor.added.map((peer) => peer.id()),
    friends
  )
  assert.equal(foreign.reactor.added.length, 0)
  await stopAll([foreign, node])
})

test('networks on the same nodes of the same host have nothing to do with each other', { timeout }, async () => {
  const [a, b] = [await startDhtNode({ network: 'one/../two' }), await startDhtNode({ network: 'one' })]
  assert.notEqual(a.dht.protocol, b.dht.protocol)
  assert.equal(a.dht.protocol, '/comet-libp2p/one%2F..%2Ftwo/kad/1.0.0')
  await a.libp2p.dial(b.libp2p.getMultiaddrs())
  const [c] = [await startDhtNode({ network: 'one', dht: { bootstrap: b.bootstrap } })]
  await met(() => c.sw.peers().size === 1)
  assert.equal(a.dht.size(), 0)
  assert.equal(a.sw.peers().size, 0)
  await stopAll([a, b, c])
})

test("beside the user's own DHT each keeps to itself: its routing, its records, its peers", { timeout }, async () => {
  const own = () => ({
    services: {
      identify: identify(),
      ping: ping(),
      dht: kadDHT({ protocol: '/user/kad/1.0.0', clientMode: false, peerInfoMapper: passthroughMapper })
    }
  })
  const stranger = await startDhtNode({ dht: false, libp2p: own() as any })
  const a = await startDhtNode({ libp2p: own() as any })
  const b = await startDhtNode({ libp2p: own() as any, dht: { bootstrap: a.bootstrap } })
  await a.libp2p.dial(stranger.libp2p.getMultiaddrs())
  await met(() => a.sw.peers().size === 1 && b.sw.peers().size === 1)
  const user = (node: DhtNode) => (node.libp2p.services as any).dht
  await met(() => user(a).routingTable.size === 2)
  // the stranger is in the user's DHT, and in no other; nobody has dialled it for CometBFT
  assert.equal(a.dht.size(), 1)
  assert.equal(stranger.reactor.added.length, 0)
  assert.ok(!a.sw.nodeStates().some(({ id }) => id === stranger.id))
  // what the user's node asks about content goes to the user's DHT alone
  const routers = (a.libp2p.contentRouting as any).routers
  assert.equal(routers.length, 1)
  await stopAll([stranger, a, b])
})

test('shared mode: what the node discovers by itself is dialled only if that was asked for', { timeout }, async () => {
  const target = await startDhtNode({ dht: false })
  const libp2p = () => ({ peerDiscovery: [bootstrap({ list: target.bootstrap, timeout: 0 })] })
  const off = await startDhtNode({ dht: false, libp2p: libp2p() })
  const any = await startDhtNode({ dht: false, libp2p: libp2p(), comet: { discovery: 'any' } })
  await met(() => any.sw.peers().size === 1)
  assert.ok(await off.libp2p.peerStore.has(target.libp2p.peerId))
  assert.deepEqual(off.sw.nodeStates(), [])
  await stopAll([target, off, any])
})

for (const [name, told] of [
  ['by policy', (id: string) => ({ policy: { maxNumOutboundPeers: 1, privatePeerIDs: [id] } })],
  [
    'by the address book alone',
    (id: string) => {
      const book = createAddressBook()
      book.addPrivateIDs([id])
      return { policy: { maxNumOutboundPeers: 1 }, comet: { addressBook: book } }
    }
  ]
] as ReadonlyArray<readonly [string, (id: string) => DhtNodeInit]>)
  test(`a node that is private ${name} is told of to nobody, though it is a server that the DHT knows`, {
    timeout
  }, async () => {
    const validator = await startDhtNode({ policy: { maxNumOutboundPeers: 0 } })
    const sentry = await startDhtNode({ ...told(validator.id), dht: { bootstrap: validator.bootstrap } })
    await sentry.sw.dialPeerWithAddress(validator.bootstrap[0] as string)
    const seeker = await startDhtNode({
      policy: { maxNumOutboundPeers: 5 },
      dht: { bootstrap: sentry.bootstrap, mode: 'client' }
    })
    await met(() => seeker.sw.peers().size === 1)
    await met(() => seeker.dht.size() === 1 && seeker.libp2p.getPeers().length === 1)
    assert.ok(!seeker.sw.nodeStates().some(({ id }) => id === validator.id))
    await stopAll([validator, sentry, seeker])
  })

test('a node whose address book throws when it is asked about a node answers all the same, and tells of nobody', {
  timeout
}, async () => {
  const book = createAddressBook()
  book.isPrivate = () => {
    throw new Error('disk')
  }
  const node = await startDhtNode({ comet: { addressBook: book } })
  const stranger = await startDhtNode({ dht: false, network: 'other' })
  const stream = await stranger.libp2p.dialProtocol(node.libp2p.getMultiaddrs(), node.dht.protocol)
  const answer = new Promise<Uint8Array>((resolve, reject) => {
    stream.addEventListener('message', ({ data }) => resolve(data.subarray()))
    stream.addEventListener('close', () => reject(new Error('reset')))
  })
  // FIND_NODE of the node itself (kad-dht's message/dht.proto)
  const key = node.libp2p.peerId.toMultihash().bytes
  stream.send(Uint8Array.of(key.length + 4, 0x08, 4, 0x12, key.length, ...key))
  // its length, and FIND_NODE with nobody in it
  assert.deepEqual([...(await answer)], [2, 0x08, 4])
  await stopAll([node, stranger])
})

test('strict: addresses of local networks are neither taken nor told', { timeout }, async () => {
  const a = await startDhtNode({ dht: { strict: true } })
  const asked = new Set<string>()
  a.libp2p.addEventListener('peer:identify', ({ detail }) => asked.add(String(detail.peerId)))
  const b = await startDhtNode({ dht: { strict: true, bootstrap: a.bootstrap } })
  const c = await startDhtNode({ dht: { bootstrap: a.bootstrap } })
  await met(() => asked.size === 2 && c.dht.size() === 1)
  // whoever takes such addresses is found by whoever does
  const d = await startDhtNode({ dht: { bootstrap: c.bootstrap } })
  await met(() => d.sw.peers().has(c.id))
  assert.equal(a.dht.size() + b.dht.size(), 0)
  assert.equal(b.sw.peers().size, 0)
  await stopAll([a, b, c, d])
})

test('a DHT of another network than the switch is an error of the node, and so is any wrong option', async () => {
  await assert.rejects(startDhtNode({ comet: { network: 'other' } }), {
    name: 'InvalidOptionError',
    message: /cometDht.network/
  })
  const wrong: Array<[string, unknown]> = [
    ['network', ''],
    ['network', '\ud800'],
    ['mode', 'both'],
    ['bootstrap', '/ip4/1.2.3.4/tcp/1'],
    ['bootstrap[0]', undefined],
    ['provide', 1],
    ['strict', 'no'],
    ['clock', {}],
    ['random', 4],
    ['moder', 'client']
  ]
  for (const [field, value] of wrong) {
    const init = field === 'bootstrap[0]' ? { bootstrap: ['/ip4/1.2.3.4/tcp/1'] } : { [field]: value }
    assert.throws(
      () => cometDht({ network: 'chain', ...init } as any),
      (err: Error) => err.name === 'InvalidOptionError' && err.message.startsWith(field)
    )
  }
})

test('the switch stops: its node goes on in the DHT, finds nobody for it any more, and stops without a word', {
  timeout
}, async () => {
  const a = await startDhtNode()
  const b = await startDhtNode({ dht: { bootstrap: a.bootstrap } })
  await met(() => b.sw.peers().size === 1)
  await b.sw.stop()
  await met(() => a.sw.peers().size === 0)
  const c = await startDhtNode({ dht: { bootstrap: b.bootstrap } })
  await met(() => c.sw.peers().has(a.id))
  assert.equal(b.sw.peers().size, 0)
  await stopAll([a, b, c])
})
