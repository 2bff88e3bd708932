/** What libp2p's peer store keeps of those who have gone: real libp2p nodes over loopback TCP. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { StoredStrangers } from '../../../src/stacks/libp2p/stored-strangers.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { met } from '../../helpers/met.ts'
import { startDhtNode } from './dht-nodes.ts'

const timeout = 30_000

async function startStranger(t: TestContext, protocol?: string): Promise<Libp2p> {
  const libp2p = await createLibp2p({
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() }
  })
  t.after(() => libp2p.stop())
  if (protocol !== undefined) await libp2p.handle(protocol, () => {})
  return libp2p
}

/** Connects, is identified, and stays. */
async function come(t: TestContext, to: Libp2p, protocol?: string): Promise<Libp2p> {
  const stranger = await startStranger(t, protocol)
  const identified = new Promise<void>((resolve) => {
    to.addEventListener('peer:identify', ({ detail }) => {
      if (detail.peerId.equals(stranger.peerId)) resolve()
    })
  })
  await stranger.dial(to.getMultiaddrs())
  await identified
  return stranger
}

const stored = async (libp2p: Libp2p) => (await libp2p.peerStore.all()).map(({ id }) => String(id))

test('exclusive: who connects and leaves is forgotten, and who stays is not', { timeout }, async (t) => {
  const node = await startDhtNode({ dht: false, policy: { mode: 'exclusive' } })
  t.after(() => node.stop())
  const stays = await come(t, node.libp2p)
  for (let i = 0; i < 5; i++) await (await come(t, node.libp2p)).stop()
  assert.ok((await stored(node.libp2p)).length >= 2)
  let left: string[] = []
  const look = async () => {
    left = await stored(node.libp2p)
  }
  await met(t, 'only who is connected is stored', () => {
    void look()
    return left.length === 1
  })
  assert.deepEqual(left, [String(stays.peerId)])
})

test('shared: what others have put into the store of their node stays', { timeout }, async (t) => {
  const clock = new FakeClock()
  const node = await startDhtNode({ dht: false, comet: { clock } })
  t.after(() => node.stop())
  const stranger = await come(t, node.libp2p)
  await stranger.stop()
  await met(t, 'it has gone', () => node.libp2p.getConnections().length === 0)
  await clock.run(3_600_000)
  assert.deepEqual(await stored(node.libp2p), [String(stranger.peerId)])
})

async function given(t: TestContext, max?: { entries: number; bytes: number }) {
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { identify: identify() }
  })
  t.after(() => libp2p.stop())
  const clock = new FakeClock()
  const connectionManager = { getConnections: (id?: any) => libp2p.getConnections(id) }
  const { peerStore } = libp2p
  const strangers = new StoredStrangers(
    { events: libp2p, peerStore, connectionManager, clock, logger: nullLogger },
    ['ours'],
    max
  )
  strangers.start()
  return { libp2p, clock, strangers }
}

test('a DHT server that has gone stays, as does one with a tag of somebody else’s; one that was only dialled does not', {
  timeout
}, async (t) => {
  const { libp2p, clock, strangers } = await given(t)
  const server = await come(t, libp2p, '/comet-libp2p/chain/kad/1.0.0')
  const friend = await come(t, libp2p)
  const peer = await come(t, libp2p)
  await libp2p.peerStore.merge(friend.peerId, { tags: { friend: { value: 1 } } })
  await libp2p.peerStore.merge(peer.peerId, { tags: { ours: { value: 1 } } })
  await Promise.all([server.stop(), friend.stop(), peer.stop()])
  await met(t, 'all have gone', () => libp2p.getConnections().length === 0)
  const { peerId } = generateNodeKey()
  await assert.rejects(libp2p.dial(multiaddr(`/ip4/127.0.0.1/tcp/9/p2p/${peerId}`)))
  // and what a user or a discovery has said of somebody whom nobody has met yet
  const told = generateNodeKey().peerId
  await libp2p.peerStore.merge(told, { multiaddrs: [multiaddr('/ip4/127.0.0.1/tcp/9')] })
  assert.equal((await stored(libp2p)).length, 5)
  await clock.run(10_000)
  assert.deepEqual((await stored(libp2p)).sort(), [server.peerId, friend.peerId, told].map(String).sort())
  strangers.stop()
  assert.equal(clock.pending, 0)
})

for (const [bound, max] of [
  ['entries', { entries: 3, bytes: 1e9 }],
  ['bytes', { entries: 1e9, bytes: 3 * 340 }]
] as const)
  test(`past so many ${bound} the one goes of which nothing was heard for longest, but none that is connected`, {
    timeout
  }, async (t) => {
    const { libp2p } = await given(t, max)
    const stays = await come(t, libp2p)
    const told = Array.from({ length: 5 }, () => generateNodeKey().peerId)
    for (const id of told) await libp2p.peerStore.merge(id, { multiaddrs: [multiaddr('/ip4/127.0.0.1/tcp/9')] })
    const left = (await stored(libp2p)).sort()
    assert.ok(left.length <= 3 && left.includes(String(stays.peerId)))
    assert.ok(left.includes(String(told.at(-1))) || bound === 'bytes')
    assert.ok(!left.includes(String(told[0])))
  })
