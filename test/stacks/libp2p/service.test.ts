/** `comet()` and `peerPolicy()` in real libp2p nodes over loopback TCP. */
import assert from 'node:assert/strict'
import { lookup } from 'node:dns/promises'
import { test } from 'node:test'
import { identify } from '@libp2p/identify'
import type { Connection } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { tls } from '@libp2p/tls'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2pOptions } from 'libp2p'
import {
  BaseReactor,
  type CometInit,
  comet,
  type Envelope,
  type Peer,
  type PeerPolicyOptions,
  peerPolicy,
  type Switch
} from '../../../src/index.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { nullLogger } from '../../../src/util/logger.ts'

const bytes = { typeName: 'Bytes', encode: (m: Uint8Array) => m, decode: (m: Uint8Array) => m }

class Plain extends BaseReactor {
  readonly removed = deferred<unknown>()
  override getChannels() {
    return [{ id: 1, priority: 1, messageType: bytes }]
  }
  override removePeer(_peer: Peer, reason: unknown) {
    this.removed.resolve(reason)
  }
}

interface Options {
  policy?: PeerPolicyOptions
  comet?: Partial<CometInit>
  node?: Libp2pOptions
  /** The node is made without our gater and connection manager options. */
  plain?: boolean
}

async function createTestNode({ policy: options, comet: init, node, plain = false }: Options = {}) {
  const policy = peerPolicy({ allowDuplicateIP: true, ...options })
  const reactor = new Plain('PLAIN')
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    ...(plain ? {} : { connectionGater: policy.connectionGater(), connectionManager: policy.connectionManager() }),
    ...node,
    services: {
      identify: identify(),
      comet: comet({ network: 'chain', policy, reactors: { PLAIN: reactor }, ...init })
    }
  })
  return { libp2p, reactor, sw: libp2p.services.comet as Switch, policy }
}

/** A libp2p node that knows nothing of CometBFT. */
const createStranger = () =>
  createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() }
  })

const addressOf = (node: { getMultiaddrs(): Array<{ toString(): string }> }) => String(node.getMultiaddrs()[0])

const outcome = async (dial: Promise<Peer>) =>
  await dial.then(
    () => 'peer',
    (err: { refusal?: string; name: string }) => err.refusal ?? err.name
  )

test('only its node starts the switch of a libp2p node', async () => {
  const { libp2p, sw } = await createTestNode({ node: { start: false } })
  await assert.rejects(sw.start(), { name: 'NodeNotStartedError' })
  await assert.rejects(sw.dialPeerWithAddress('/ip4/127.0.0.1/tcp/1'), { name: 'NotRunningError' })
  sw.addReactor('LATE', new BaseReactor('LATE'))
  await libp2p.start()
  assert.equal(sw.isRunning(), true)
  await assert.rejects(sw.start(), { name: 'AlreadyStartedError' })
  await libp2p.stop()
  assert.equal(sw.isRunning(), false)
})

test('stopping the switch leaves the node running, with its other connections', async () => {
  const [a, b, stranger] = [await createTestNode(), await createTestNode(), await createStranger()]
  await a.sw.dialPeerWithAddress(addressOf(b.libp2p))
  await stranger.dial(a.libp2p.getMultiaddrs())
  await a.sw.stop()
  assert.equal(a.libp2p.status, 'started')
  assert.equal(a.libp2p.getConnections(stranger.peerId).length, 1)
  assert.equal(((await b.reactor.removed.promise) as { kind: string }).kind, 'shutdown')
  assert.equal(((await a.reactor.removed.promise) as { kind: string }).kind, 'shutdown')
  for (const node of [a.libp2p, b.libp2p, stranger]) await node.stop()
})

test('a node whose reactor cannot start does not start, and is not left half running', async () => {
  const broken = new Plain('BROKEN')
  broken.onStart = () => Promise.reject(new Error('no disk'))
  await assert.rejects(createTestNode({ comet: { reactors: { BROKEN: broken } } }), { message: 'no disk' })
})

test('one policy serves one switch', async () => {
  const policy = peerPolicy()
  const make = () =>
    createLibp2p({ start: false, transports: [tcp()], services: { comet: comet({ network: 'chain', policy }) } })
  await make()
  await assert.rejects(make(), { name: 'InvalidOptionError', message: /policy/ })
})

test("shared mode: full of peers, the node still takes every other protocol's connections", async () => {
  const [a, b, c, stranger] = [
    await createTestNode({ policy: { maxNumInboundPeers: 1 } }),
    await createTestNode(),
    await createTestNode(),
    await createStranger()
  ]
  assert.equal(await outcome(b.sw.dialPeerWithAddress(addressOf(a.libp2p))), 'peer')
  assert.equal(await outcome(c.sw.dialPeerWithAddress(addressOf(a.libp2p))), 'inbound-full')
  const used = deferred()
  await a.libp2p.handle('/other/1', () => used.resolve())
  const connection = await stranger.dial(a.libp2p.getMultiaddrs())
  await connection.newStream('/other/1')
  await used.promise
  assert.equal(connection.status, 'open')
  assert.equal(a.sw.peers().size, 1)
  for (const node of [a.libp2p, b.libp2p, c.libp2p, stranger]) await node.stop()
})

test('shared mode: a peer that is stopped keeps the connection that somebody else uses', async () => {
  const [a, b] = [await createTestNode(), await createTestNode()]
  await b.libp2p.handle('/other/1', () => {})
  const connection = await a.libp2p.dial(b.libp2p.getMultiaddrs())
  const stream = await connection.newStream('/other/1')
  const peer = await a.sw.dialPeerWithAddress(addressOf(b.libp2p))
  await a.sw.stopPeerGracefully(peer)
  await b.reactor.removed.promise
  assert.equal(connection.status, 'open')
  assert.equal(stream.status, 'open')
  await a.libp2p.stop()
  await b.libp2p.stop()
})

for (const mode of ['shared', 'exclusive'] as const)
  test(`D-15, R-68: ${mode}: an inbound limit of 3 is exact under 8 simultaneous dials, and frees up again`, async () => {
    const target = await createTestNode({ policy: { mode, maxNumInboundPeers: 3 } })
    const dialers = await Promise.all(Array.from({ length: 8 }, () => createTestNode()))
    let most = 0
    const watch = () => {
      most = Math.max(most, target.sw.numPeers().inbound)
    }
    target.libp2p.addEventListener('connection:open', watch)
    const outcomes = await Promise.all(
      dialers.map(({ sw }) => outcome(sw.dialPeerWithAddress(addressOf(target.libp2p))))
    )
    watch()
    assert.equal(outcomes.filter((each) => each === 'peer').length, 3)
    assert.deepEqual(new Set(outcomes), new Set(['peer', 'inbound-full']))
    assert.equal(most, 3)
    const gone = target.reactor.removed.promise
    await dialers[outcomes.indexOf('peer')]?.libp2p.stop()
    await gone
    const waiting = dialers[outcomes.indexOf('inbound-full')] as (typeof dialers)[number]
    const closed = new Promise<void>((resolve) => {
      const check = () => {
        if (target.sw.numPeers().inbound < 3) resolve()
        else setImmediate(check)
      }
      check()
    })
    await closed
    assert.equal(await outcome(waiting.sw.dialPeerWithAddress(addressOf(target.libp2p))), 'peer')
    for (const { libp2p } of [target, ...dialers]) await libp2p.stop()
  })

test('D-15: exclusive: an unconditional peer is let in over the limit, and takes no slot', async () => {
  const friend = await createTestNode()
  const target = await createTestNode({
    policy: { mode: 'exclusive', maxNumInboundPeers: 0, unconditionalPeerIDs: [friend.sw.nodeInfo().id] }
  })
  const other = await createTestNode()
  assert.equal(await outcome(other.sw.dialPeerWithAddress(addressOf(target.libp2p))), 'inbound-full')
  assert.equal(await outcome(friend.sw.dialPeerWithAddress(addressOf(target.libp2p))), 'peer')
  assert.deepEqual(target.sw.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
  for (const { libp2p } of [target, friend, other]) await libp2p.stop()
})

test('exclusive: a connection without hello is closed within the handshake timeout, and its slot is free', async () => {
  const target = await createTestNode({
    policy: { mode: 'exclusive', maxNumInboundPeers: 1 },
    comet: { handshakeTimeoutMs: 300 }
  })
  const stranger = await createStranger()
  const connection = await stranger.dial(target.libp2p.getMultiaddrs())
  const closed = new Promise((resolve) => connection.addEventListener('close', resolve, { once: true }))
  await closed
  const peer = await createTestNode()
  assert.equal(await outcome(peer.sw.dialPeerWithAddress(addressOf(target.libp2p))), 'peer')
  for (const node of [target.libp2p, peer.libp2p, stranger]) await node.stop()
})

const GATERS: Record<string, Options> = {
  'the policy’s': {},
  'left out': { plain: true },
  'the user’s own': { plain: true, node: { connectionGater: {} } },
  'the user’s own, frozen': { plain: true, node: { connectionGater: Object.freeze({}) } }
}
for (const [gater, options] of Object.entries(GATERS))
  test(`exclusive: a banned node is refused at the connection (the node's gater: ${gater})`, async () => {
    const target = await createTestNode({ policy: { mode: 'exclusive' }, ...options })
    const dialer = await createTestNode()
    await dialer.sw.dialPeerWithAddress(addressOf(target.libp2p))
    const peer = target.sw.peers().list()[0] as Peer
    target.sw.markPeerAsBad(peer, 60_000)
    await target.sw.stopPeerGracefully(peer)
    await dialer.reactor.removed.promise
    await assert.rejects(dialer.sw.dialPeerWithAddress(addressOf(target.libp2p)))
    assert.equal(target.libp2p.getConnections().filter(({ status }: Connection) => status === 'open').length, 0)
    assert.equal(target.sw.peers().size, 0)
    await target.libp2p.stop()
    await dialer.libp2p.stop()
  })

test('exclusive: filterConnection is asked before the handshake, and refuses', async () => {
  const asked: string[] = []
  const target = await createTestNode({
    policy: {
      mode: 'exclusive',
      filterConnection: async ({ ip, port }) => {
        asked.push(ip)
        return port > 0 ? 'no visitors' : undefined
      }
    }
  })
  const dialer = await createTestNode()
  assert.equal(await outcome(dialer.sw.dialPeerWithAddress(addressOf(target.libp2p))), 'DialFailedError')
  assert.deepEqual(asked, ['127.0.0.1'])
  await target.libp2p.stop()
  await dialer.libp2p.stop()
})

test("the user's own gater is asked first, also when our gater is left out", async () => {
  for (const plain of [false, true]) {
    let asked = 0
    const gater = { denyInboundConnection: () => ++asked > 0 }
    const policy = peerPolicy({ allowDuplicateIP: true })
    const target = await createLibp2p({
      addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      connectionGater: plain ? gater : policy.connectionGater(gater),
      services: {
        identify: identify(),
        comet: comet({ network: 'chain', policy, reactors: { PLAIN: new Plain('PLAIN') } })
      }
    })
    const dialer = await createTestNode()
    assert.equal(await outcome(dialer.sw.dialPeerWithAddress(addressOf(target))), 'DialFailedError')
    assert.equal(asked, 1)
    await target.stop()
    await dialer.libp2p.stop()
  }
})

test('one gater of the user may serve two nodes: each asks its own policy, and the object stays as it was', async () => {
  const gater = { denyDialPeer: () => false }
  const options: Options = { plain: true, policy: { mode: 'exclusive' }, node: { connectionGater: gater } }
  const [a, b] = [await createTestNode(options), await createTestNode(options)]
  assert.equal(await outcome(a.sw.dialPeerWithAddress(addressOf(b.libp2p))), 'peer')
  assert.deepEqual(Object.keys(gater), ['denyDialPeer'])
  await a.libp2p.stop()
  await b.libp2p.stop()
})

for (const [field, init] of Object.entries({
  options: undefined,
  network: { network: '' },
  policy: { policy: {} },
  streams: { streams: 'two' },
  goLp2p: { goLp2p: 'of' },
  goInFlight: { goInFlight: 61 },
  'liveness.intervalMs': { liveness: { intervalMs: -1, looks: 4 } },
  'liveness.looks': { liveness: { intervalMs: 5_000, looks: 1 } }
}))
  test(`a bad ${field} is refused by name, at the call of comet()`, () => {
    const given = init === undefined ? init : { network: 'chain', ...init }
    assert.throws(() => comet(given as unknown as CometInit), { name: 'InvalidOptionError', field })
  })

for (const options of [null, 5, 'shared'])
  test(`peerPolicy(${JSON.stringify(options)}) is refused by name`, () => {
    assert.throws(() => peerPolicy(options as unknown as PeerPolicyOptions), {
      name: 'InvalidOptionError',
      field: 'options'
    })
  })

test('all 256 channels that a descriptor may name can be served at once', async () => {
  const all = Array.from({ length: 256 }, (_, id) => ({ id, priority: 1, messageType: bytes }))
  class Many extends BaseReactor {
    readonly got = deferred<unknown>()
    override getChannels = () => all
    override receive = ({ channelId, message }: Envelope) => this.got.resolve([channelId, message])
  }
  const reactor = new Many('MANY')
  const a = await createTestNode({ comet: { reactors: { MANY: new Many('MANY') } } })
  const b = await createTestNode({ comet: { reactors: { MANY: reactor } } })
  const peer = await a.sw.dialPeerWithAddress(addressOf(b.libp2p))
  assert.equal(await peer.send({ channelId: 255, message: Uint8Array.of(7) }), true)
  assert.deepEqual(await reactor.got.promise, [255, Uint8Array.of(7)])
  await a.libp2p.stop()
  await b.libp2p.stop()
})

test('a node with plain libp2p limits is warned about, and what can be raised at run time is raised', async () => {
  const warnings: string[] = []
  const logger = { ...nullLogger, warn: (message: string) => void warnings.push(message), child: () => nullLogger }
  const plain = await createTestNode({ plain: true, comet: { logger } })
  assert.equal(warnings.length, 1)
  assert.match(warnings[0] as string, /policy\.connectionManager\(\)/)
  await plain.libp2p.stop()
  const ours = await createTestNode({ comet: { logger } })
  assert.equal(warnings.length, 1)
  await ours.libp2p.stop()
})

test('a logger that throws does not keep a node from being made, meeting others and stopping', async () => {
  const angry = () => {
    throw new Error('disk full')
  }
  const logger = { debug: angry, info: angry, warn: angry, error: angry, child: () => logger } as never
  const [a, b] = [await createTestNode({ plain: true, comet: { logger } }), await createTestNode({ comet: { logger } })]
  assert.equal(await outcome(a.sw.dialPeerWithAddress(addressOf(b.libp2p))), 'peer')
  await a.libp2p.stop()
  await b.libp2p.stop()
})

test('peers meet over TLS where the user lists it, Noise being left out', async () => {
  const node = { connectionEncrypters: [tls()] }
  const [a, b] = [await createTestNode({ node }), await createTestNode({ node })]
  const peer = await a.sw.dialPeerWithAddress(addressOf(b.libp2p))
  assert.equal(a.libp2p.getConnections()[0]?.encryption, '/tls/1.0.0')
  assert.equal(await peer.send({ channelId: 1, message: new Uint8Array([1]) }), true)
  await peer.flushStop()
  assert.equal(((await b.reactor.removed.promise) as { kind: string }).kind, 'graceful')
  await a.libp2p.stop()
  await b.libp2p.stop()
})

for (const kind of ['tcp', 'ws'] as const)
  test(`${kind}: a peer dialled by name has the IP that its name led to, for limits, filters and net info`, async (t) => {
    // of a WebSocket only the system can say it, in its own order
    const ip = kind === 'tcp' ? '127.0.0.1' : (await lookup('localhost')).address
    const transports = [tcp(), webSockets()]
    const listen = [`/ip4/127.0.0.1/tcp/0${kind === 'ws' ? '/ws' : ''}`]
    const asked: unknown[] = []
    const make = (policy: PeerPolicyOptions) => createTestNode({ policy, node: { transports, addresses: { listen } } })
    const [a, b, c] = await Promise.all([
      make({ allowDuplicateIP: false, filterConnection: (remote) => void asked.push(remote.ip) }),
      make({}),
      make({})
    ])
    t.after(() => Promise.all([a, b, c].map(({ libp2p }) => libp2p.stop())))
    const named = ({ libp2p }: typeof a) =>
      String(libp2p.getMultiaddrs()[0]).replace('/ip4/127.0.0.1', '/dns4/localhost')
    const peer = await a.sw.dialPeerWithAddress(named(b))
    assert.equal(peer.remoteIP(), ip)
    assert.equal(String(peer.socketAddr()), named(b), 'redials go by the name')
    assert.equal(a.sw.netInfo().peers[0]?.remote_ip, ip)
    assert.deepEqual(asked, [ip])
    await assert.rejects(a.sw.dialPeerWithAddress(named(c)), { name: 'PeerRefusedError', refusal: 'duplicate-ip' })
    if (kind === 'tcp') {
      const hex = `${c.sw.nodeInfo().id}@localhost:${/tcp\/(\d+)/.exec(named(c))?.[1]}`
      await assert.rejects(a.sw.dialPeerWithAddress(hex), { name: 'PeerRefusedError', refusal: 'duplicate-ip' })
    }
  })

test('a peer dialled by an address that names no id has its proven id in socketAddr', async (t) => {
  const [a, b] = await Promise.all([createTestNode(), createTestNode()])
  t.after(() => Promise.all([a, b].map(({ libp2p }) => libp2p.stop())))
  const bare = String(b.libp2p.getMultiaddrs()[0]).replace(/\/p2p\/.*/, '')
  const peer = await a.sw.dialPeerWithAddress(bare)
  assert.equal(peer.socketAddr().id, peer.id())
  assert.equal(a.sw.isDialingOrExistingAddress(peer.socketAddr()), true)
  assert.deepEqual(
    a.sw.nodeStates().map(({ id, state }) => [id, state]),
    [[peer.id(), 'connected']]
  )
})

test('a peer that is dialled where nobody is, over a connection that is there, is said to be where that one leads', async (t) => {
  const [a, b] = await Promise.all([createTestNode(), createTestNode()])
  t.after(() => Promise.all([a.libp2p.stop(), b.libp2p.stop()]))
  const [real] = b.libp2p.getMultiaddrs()
  await a.libp2p.dial(real as never)
  const nowhere = String(real).replace(/127\.0\.0\.1\/tcp\/\d+/, '127.0.0.9/tcp/9')
  const peer = await a.sw.dialPeerWithAddress(nowhere)
  assert.equal(String(peer.socketAddr()), String(real))
  assert.equal(peer.remoteIP(), '127.0.0.1')
})
