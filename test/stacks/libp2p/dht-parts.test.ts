/** What kad-dht gets in place of the node's own parts: bounded, and nothing of it left behind. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@libp2p/crypto/keys'
import type { Peer, Stream } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { Key } from 'interface-datastore'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { dhtProtocol, networkKey } from '../../../src/stacks/libp2p/dht/dht-key.ts'
import { DhtPeers, MAX_DHT_PEERS } from '../../../src/stacks/libp2p/dht/dht-peers.ts'
import {
  DhtRecords,
  MAX_PROVIDERS,
  MAX_TOLD_PROVIDERS,
  PROVIDER_VALID_MS
} from '../../../src/stacks/libp2p/dht/dht-records.ts'
import { DhtStreams } from '../../../src/stacks/libp2p/dht/dht-streams.ts'
import { MAX_REQUESTS_PER_KEY } from '../../../src/stacks/libp2p/dht/request-slots.ts'
import { systemClock } from '../../../src/util/clock.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { startSilent } from './dht/hostile-server.ts'
import { met, stopAll } from './dht-nodes.ts'
import { startNode } from './nodes.ts'

const timeout = 30_000
const newPeerId = async () => peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
const nobodyStored = { get: () => Promise.reject(new Error('not found')) }
const open = { self: generateNodeKey().peerId, strict: false, isPrivate: () => false, isProvider: () => true }
const keysOf = async (records: DhtRecords, prefix = '') => {
  const keys: string[] = []
  for await (const { key } of records.query({ prefix })) keys.push(String(key))
  return keys
}

test('networks have keys and protocols of their own, the same for all their nodes', () => {
  assert.equal(String(networkKey('chain')), 'bafkreidmxeeb2323aotfobvixrjy3q5qqm5p4664at6huwg3u2ug4bd4gi')
  assert.notEqual(String(networkKey('chain')), String(networkKey('chain2')))
  assert.equal(dhtProtocol('a/b c'), '/comet-libp2p/a%2Fb%20c/kad/1.0.0')
})

test('only providers of the one key are kept, at most so many, and the oldest goes', async () => {
  const records = new DhtRecords(new FakeClock(), Math.random, '/dht/provider/key/', () => '')
  await records.put(new Key('/dht/record/anything'), new Uint8Array(1_000))
  await records.put(new Key('/dht/provider/other/peer'), new Uint8Array(8))
  assert.equal(records.size, 0)
  for (let i = 0; i <= MAX_PROVIDERS; i++) await records.put(new Key(`/dht/provider/key/${i}`), new Uint8Array(8))
  assert.equal(records.size, MAX_PROVIDERS)
  await assert.rejects(records.get(new Key('/dht/provider/key/0')), { name: 'NotFoundError' })
  assert.equal((await records.get(new Key('/dht/provider/key/1'))).length, 8)
  await records.delete(new Key('/dht/provider/key/1'))
  assert.equal(records.size, MAX_PROVIDERS - 1)
})

test('a provider that has not said so for two hours is no longer told', async () => {
  const clock = new FakeClock()
  const records = new DhtRecords(clock, Math.random, '/p/', () => '')
  await records.put(new Key('/p/gone'), new Uint8Array(8))
  await records.put(new Key('/p/there'), new Uint8Array(8))
  clock.advance(PROVIDER_VALID_MS)
  await records.put(new Key('/p/there'), new Uint8Array(8))
  clock.advance(1)
  assert.deepEqual(await keysOf(records, '/p/'), ['/p/there'])
  assert.equal(records.size, 1)
})

test('keys of one network fill the records: only its own make room, and all others are in every answer', async () => {
  const from = (provider: string) => (provider.startsWith('evil') ? '66.6.0.0' : provider)
  const records = new DhtRecords(new FakeClock(), Math.random, '/p/', from)
  const put = async (name: string, count: number) => {
    for (let i = 0; i < count; i++) await records.put(new Key(`/p/${name}${i}`), new Uint8Array(8))
  }
  await put('honest', 20)
  await put('evil', 2 * MAX_PROVIDERS)
  await put('late', 5)
  assert.equal(records.size, MAX_PROVIDERS)
  for (let asked = 0; asked < 5; asked++) {
    const told = await keysOf(records, '/p/')
    assert.equal(told.length, MAX_TOLD_PROVIDERS)
    assert.equal(told.filter((key) => !key.startsWith('/p/evil')).length, 25)
  }
  // who came last of it has put out the first
  assert.ok(!records.has('evil0') && records.has(`evil${2 * MAX_PROVIDERS - 1}`))
})

test('where each network has as much, the newcomer finds no room beside the others, and takes that of its own', async () => {
  const records = new DhtRecords(
    new FakeClock(),
    Math.random,
    '/p/',
    (provider) => `${Number(provider) % MAX_PROVIDERS}`
  )
  for (let i = 0; i < MAX_PROVIDERS; i++) await records.put(new Key(`/p/${i}`), new Uint8Array(8))
  await records.put(new Key(`/p/${MAX_PROVIDERS + 7}`), new Uint8Array(8))
  assert.deepEqual([records.size, records.has('7'), records.has(`${MAX_PROVIDERS + 7}`)], [MAX_PROVIDERS, false, true])
})

const manyAddresses = (network: number) =>
  Array.from({ length: 20 }, (_, i) => multiaddr(`/ip4/${network}.8.8.${i + 1}/tcp/1`))

test('hearsay about peers has its bound, eight addresses each and two of each teller, and tags are dropped', async () => {
  const peers = new DhtPeers(nobodyStored, open)
  const first = await newPeerId()
  for (let n = 0; n < 10; n++) peers.learn({ id: first, multiaddrs: manyAddresses(20 + n) }, `teller${n}`)
  const hosts = (await peers.addresses(first)).map((one) => one.getComponents()[0]?.value?.split('.')[0])
  assert.deepEqual(hosts, ['20', '20', '21', '21', '22', '22', '23', '23'])
  const second = await newPeerId()
  for (let n = 0; n < 10; n++) peers.learn({ id: second, multiaddrs: manyAddresses(20 + n).slice(0, 1) }, `teller${n}`)
  assert.equal((await peers.addresses(second)).length, 4)
  assert.equal((await peers.get(first)).tags.size, 0)
  for (let i = 0; i < MAX_DHT_PEERS; i++)
    peers.learn({ id: await newPeerId(), multiaddrs: manyAddresses(30).slice(0, 1) }, 'teller')
  assert.deepEqual(await peers.addresses(first), [])
  assert.deepEqual(await peers.all(), [])
})

test('what a provider says of itself comes before what others say, whoever comes first or last, in a local network too', async () => {
  const [provider, identified] = [await newPeerId(), await newPeerId()]
  const own = multiaddr('/ip4/192.168.1.1/tcp/1')
  const store = {
    get: async () => ({ addresses: [{ multiaddr: own }] }) as unknown as Peer
  }
  const peers = new DhtPeers(nobodyStored, open)
  const withStore = new DhtPeers(store, open)
  const lie = () => {
    for (let n = 0; n < 10; n++)
      for (const [to, id] of [
        [peers, provider],
        [withStore, identified]
      ] as const)
        to.learn({ id, multiaddrs: manyAddresses(60 + n) }, `evil${n}`)
  }
  lie()
  await peers.merge(provider, { multiaddrs: [own] })
  lie()
  for (const addresses of [await peers.addresses(provider), await withStore.addresses(identified)]) {
    assert.equal(addresses.length, 8)
    assert.ok(String(addresses[0]).startsWith(String(own)))
  }
})

test('only what a node has signed or told as a provider is told of it, still when the store has forgotten it; all else is for dialling', async () => {
  const id = await newPeerId()
  const [signed, unsigned, heard] = ['/ip4/9.9.9.9/tcp/1', '/ip4/7.7.7.7/tcp/1', '/ip4/60.8.8.1/tcp/1'] as const
  let addresses = [
    { multiaddr: multiaddr(unsigned), isCertified: false },
    { multiaddr: multiaddr(signed), isCertified: true }
  ]
  const peers = new DhtPeers({ get: async () => ({ addresses }) as unknown as Peer }, open)
  peers.learn({ id, multiaddrs: manyAddresses(60).slice(0, 1) }, 'somebody')
  const at = (list: readonly string[]) => list.map((one) => `${one}/p2p/${id}`)
  assert.deepEqual((await peers.addresses(id)).map(String), at([signed, unsigned, heard]))
  assert.deepEqual((await peers.getInfo(id)).multiaddrs.map(String), at([signed]))
  addresses = []
  assert.deepEqual((await peers.addresses(id)).map(String), at([signed, heard]))
  assert.deepEqual(
    (await peers.get(id)).addresses.map((one) => String(one.multiaddr)),
    at([signed])
  )
  assert.deepEqual(await new DhtPeers(nobodyStored, open).ownWord(id), [])
})

test('of those who say where they are only providers are remembered, and no longer than they are that', async () => {
  const providers = new Set<string>()
  const peers = new DhtPeers(nobodyStored, { ...open, isProvider: (id) => providers.has(id) })
  const multiaddrs = manyAddresses(20)
  const ids = await Promise.all(Array.from({ length: MAX_PROVIDERS + 1 }, newPeerId))
  for (const id of ids.slice(0, MAX_PROVIDERS)) {
    await peers.merge(id, { multiaddrs })
    assert.deepEqual(await peers.addresses(id), [])
    providers.add(String(id))
    await peers.merge(id, { multiaddrs })
  }
  assert.equal((await peers.addresses(ids[0]!)).length, 8)
  providers.delete(String(ids[0]))
  providers.add(String(ids.at(-1)))
  await peers.merge(ids.at(-1)!, { multiaddrs })
  assert.deepEqual(await peers.addresses(ids[0]!), [])
  assert.equal((await peers.addresses(ids[1]!)).length, 8)
})

test('a dial that fails makes room for who says otherwise', { timeout }, async () => {
  const { peers, streams, asker, stop } = await asked(() => () => {})
  const hidden = await startNode('tcp')
  const id = hidden.libp2p.peerId
  for (let n = 1; n <= 4; n++) peers.learn({ id, multiaddrs: [multiaddr(`/ip4/127.0.0.${n}/tcp/1`)] }, `evil${n}`)
  const right = { id, multiaddrs: hidden.libp2p.getMultiaddrs() }
  peers.learn(right, 'honest')
  await assert.rejects(streams.open(id))
  peers.learn(right, 'honest')
  // that it speaks no such protocol is found out there
  await assert.rejects(streams.open(id))
  assert.equal(asker.libp2p.getConnections(id).length, 1)
  await stopAll([hidden])
  await stop()
})

test('who says that a node is at a silent address keeps neither the DHT nor any other dial of the node from it', {
  timeout
}, async (t) => {
  const { peers, streams, asker, to, stop } = await asked(() => () => {})
  const hidden = await startNode('tcp')
  const id = hidden.libp2p.peerId
  const port = await startSilent(t)
  const silent = ['127.0.0.1', '127.0.0.2'].map((ip) => multiaddr(`/ip4/${ip}/tcp/${port}`))
  peers.learn({ id, multiaddrs: silent }, 'evil')
  const began = performance.now()
  const asking = streams.open(id).catch(() => undefined)
  await asker.libp2p.dial(hidden.libp2p.getMultiaddrs())
  const dialled = performance.now() - began
  // where two say something else, both are tried
  const multiaddrs = await peers.addresses(to)
  peers.doubt(to)
  await asker.libp2p.peerStore.delete(to)
  peers.learn({ id: to, multiaddrs: silent }, 'evil')
  peers.learn({ id: to, multiaddrs }, 'honest')
  const before = performance.now()
  await streams.open(to)
  const opened = performance.now() - before
  t.diagnostic(`dialled after ${dialled.toFixed(0)} ms, asked after ${opened.toFixed(0)} ms`)
  // as long as a question may take, 5 s, where one waits for the other
  assert.ok(dialled < 4_500 && opened < 4_500)
  await stopAll([hidden])
  await stop()
  await asking
})

test('somebody else who is at an address that was told is not asked in the place of the node', {
  timeout
}, async () => {
  const { peers, streams, asker, to, stop } = await asked(() => () => {})
  const hidden = await startNode('tcp')
  const id = hidden.libp2p.peerId
  const there = (await peers.addresses(to)).map((one) => multiaddr(String(one).replace(/\/p2p\/.*/, '')))
  peers.learn({ id, multiaddrs: there }, 'evil')
  await assert.rejects(streams.open(id), { name: 'DialFailedError', message: new RegExp(`^${to} is at `) })
  // that connection is of no use to anybody, and closed soon
  await met(() => asker.libp2p.getConnections().length === 0)
  await stopAll([hidden])
  await stop()
})

test('nobody is asked whom the gater denies', { timeout }, async () => {
  const hidden = await startNode('tcp')
  const denied = await startNode('tcp', { libp2p: { connectionGater: { denyDialPeer: () => true } } })
  const peers = new DhtPeers(denied.libp2p.peerStore, open)
  const { connectionManager, connectionGater } = (denied.libp2p as any).components
  const isDenied = (id: any) => connectionGater.denyDialPeer(id)
  const streams = new DhtStreams(connectionManager, peers, systemClock, '/kad', isDenied)
  peers.learn({ id: hidden.libp2p.peerId, multiaddrs: hidden.libp2p.getMultiaddrs() }, 'somebody')
  await assert.rejects(streams.open(hidden.libp2p.peerId), { name: 'DialDeniedError' })
  await stopAll([hidden, denied])
})

test('a peer without an address is an answer without one, not an error', async () => {
  const peers = new DhtPeers(nobodyStored, open)
  assert.deepEqual((await peers.get(await newPeerId())).addresses, [])
})

test('of private peers nothing may be told, nor local addresses where strict', async () => {
  const [secret, other] = [await newPeerId(), await newPeerId()]
  const peers = new DhtPeers(nobodyStored, { ...open, strict: true, isPrivate: (id) => id.equals(secret) })
  const multiaddrs = [
    '/ip4/10.0.0.1/tcp/1',
    '/ip4/8.8.8.8/tcp/1',
    '/dns4/a.local/tcp/1',
    '/dns4/node.example.org/tcp/1'
  ].map((a) => multiaddr(a))
  assert.deepEqual(peers.tellable({ id: secret, multiaddrs }).multiaddrs, [])
  assert.deepEqual(peers.tellable({ id: other, multiaddrs }).multiaddrs.map(String), [
    '/ip4/8.8.8.8/tcp/1',
    '/dns4/node.example.org/tcp/1'
  ])
})

/** Two nodes; `asker` asks by DhtStreams what `answerer` answers with `handler`. */
async function asked(handler: (streams: DhtStreams) => (stream: Stream) => void | Promise<void>) {
  const [asker, answerer] = [await startNode('tcp'), await startNode('tcp')]
  const make = (node: typeof asker) => {
    const peers = new DhtPeers(node.libp2p.peerStore, open)
    const { connectionManager } = (node.libp2p as any).components
    return { peers, streams: new DhtStreams(connectionManager, peers, systemClock, '/kad') }
  }
  const [ours, theirs] = [make(asker), make(answerer)]
  await answerer.libp2p.handle('/kad', theirs.streams.serve(handler(theirs.streams)), { maxInboundStreams: 100 })
  ours.peers.learn({ id: answerer.libp2p.peerId, multiaddrs: answerer.libp2p.getMultiaddrs() }, 'somebody')
  return {
    ...ours,
    to: answerer.libp2p.peerId,
    asker,
    stop: async () => {
      ours.streams.stop()
      await stopAll([asker, answerer])
    }
  }
}

test('a request and an answer end where no honest one goes on', { timeout }, async () => {
  const reset = deferred<void>()
  const { streams, to, stop } = await asked(() => (stream) => {
    stream.addEventListener('close', () => reset.resolve())
    stream.send(new Uint8Array(300_000))
  })
  const answer = await streams.open(to)
  await met(() => answer.status === 'aborted')
  const request = await streams.open(to)
  request.send(new Uint8Array(20_000))
  await reset.promise
  await stop()
})

test('of one key no more requests at once than its part are held, on however many connections, and room comes back', {
  timeout
}, async () => {
  const held: Stream[] = []
  const done = deferred<void>()
  const { streams, to, stop } = await asked(() => async (stream) => {
    held.push(stream)
    await done.promise
  })
  const all: Stream[] = []
  // one after another: a muxer resets what comes too fast for the remote's negotiation
  for (let i = 0; i < MAX_REQUESTS_PER_KEY; i++) all.push(await streams.open(to))
  await met(() => held.length === MAX_REQUESTS_PER_KEY)
  const over = await streams.open(to).catch(() => undefined)
  await met(() => over?.status !== 'open')
  assert.ok(all.every(({ status }) => status === 'open'))
  assert.equal(held.length, MAX_REQUESTS_PER_KEY)
  done.resolve()
  for (const stream of all) stream.abort(new Error('answered'))
  await streams.open(to)
  await met(() => held.length === MAX_REQUESTS_PER_KEY + 1)
  await stop()
})

test('a handler that throws ends its stream and nothing else', { timeout }, async () => {
  const { streams, to, stop } = await asked(() => () => {
    throw new Error('what?')
  })
  const stream = await streams.open(to)
  await met(() => stream.status !== 'open')
  await stop()
})

test('a connection that was dialled for a question is closed soon after, one that others use or have dialled is not', {
  timeout
}, async () => {
  const { peers, streams, to, asker, stop } = await asked(() => () => {})
  const question = await streams.open(to)
  assert.equal(streams.connections, 1)
  question.abort(new Error('answered'))
  await met(() => asker.libp2p.getConnections().length === 0)
  assert.equal(streams.connections, 0)
  // the user's own
  await asker.libp2p.dial((await peers.addresses(to))[0] as Multiaddr)
  const mine = await streams.open(to)
  assert.equal(streams.connections, 0)
  mine.abort(new Error('answered'))
  await stop()
})

test('nobody answers a ping: it ends, and so it does where no address is known', { timeout }, async () => {
  const { streams, to, stop } = await asked(() => (stream) => stream.abort(new Error('no')))
  await assert.rejects(streams.ping(to))
  await assert.rejects(streams.ping(await newPeerId()), { name: 'DialFailedError', message: 'no address is known' })
  await stop()
})
