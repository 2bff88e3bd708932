import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Peer } from '../../src/interface/peer.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { createMemoryNetwork } from '../../src/testing/index.ts'
import { type Deferred, deferred } from '../../src/util/deferred.ts'
import { settle } from '../helpers/fake-clock.ts'
import { FakeStack, puppet } from './fake-stack.ts'
import { puppetSwitch } from './puppet-switch.ts'

const bytes = { typeName: 'Bytes', encode: (m: Uint8Array) => m, decode: (m: Uint8Array) => m }

/** Lets a test wait for the next peer that comes or goes. */
class Watcher extends BaseReactor {
  #added: Deferred<Peer> = deferred()
  #removed: Deferred<unknown> = deferred()
  override getChannels() {
    return [{ id: 1, priority: 1, messageType: bytes }]
  }
  nextAdded(): Promise<Peer> {
    this.#added = deferred()
    return this.#added.promise
  }
  nextRemoved(): Promise<unknown> {
    this.#removed = deferred()
    return this.#removed.promise
  }
  override addPeer(peer: Peer) {
    this.#added.resolve(peer)
  }
  override removePeer(_peer: Peer, reason: unknown) {
    this.#removed.resolve(reason)
  }
}

async function pair(options: Record<string, unknown> = {}, remoteOptions: Record<string, unknown> = {}) {
  const network = createMemoryNetwork({ seed: 7 })
  const watcher = new Watcher('W')
  const remoteWatcher = new Watcher('W')
  const remote = network.createSwitch({ network: 'chain', moniker: 'remote', ...remoteOptions })
  remote.addReactor('W', remoteWatcher)
  await remote.start()
  const address = String(remote.nodeInfo().netAddress())
  const sw = network.createSwitch({ network: 'chain', moniker: 'ours', persistentPeers: [address], ...options })
  sw.addReactor('W', watcher)
  const stop = async () => {
    await sw.stop()
    await remote.stop()
  }
  return { network, sw, remote, watcher, remoteWatcher, address, stop }
}

test('R-69: the configured persistent peers are dialled at the start', async () => {
  const { sw, watcher, remote, stop } = await pair({ random: () => 0 })
  const added = watcher.nextAdded()
  await sw.start()
  const peer = await added
  assert.equal(peer.id(), remote.nodeInfo().id)
  assert.equal(peer.isPersistent(), true)
  assert.equal(peer.isOutbound(), true)
  await stop()
})

for (const { name, reason } of [
  { name: 'a reactor gave an opaque reason', reason: 'because' },
  { name: 'the connection failed', reason: { kind: 'communication', message: 'lost' } },
  {
    name: 'a reactor of ours failed',
    reason: { kind: 'reactor-failure', reactor: 'W', callback: 'receive', message: 'bug' }
  }
])
  test(`R-61, R-13: a persistent peer that was stopped because ${name} comes back as a new Peer`, async () => {
    const { sw, watcher, stop, address } = await pair()
    await sw.start()
    const first = await sw.dialPeerWithAddress(address)
    first.set('key', 'value')
    const added = watcher.nextAdded()
    const removed = watcher.nextRemoved()
    await sw.stopPeerForError(first, reason)
    assert.equal(await removed, reason)
    const second = await added
    assert.notEqual(second, first)
    assert.equal(second.id(), first.id())
    assert.equal(second.get('key'), undefined)
    assert.equal(first.isRunning(), false)
    await stop()
  })

test('R-61: what counts is who is persistent when the connection has closed, as that may be after a stop that was awaited', async () => {
  const stack = new FakeStack()
  const remote = puppet(1)
  stack.answer = () => remote
  const { sw, clock, end } = puppetSwitch([stack])
  await sw.start()
  const first = await sw.dialPeerWithAddress(remote.address)
  const closed = deferred<void>()
  const [link] = stack.links
  assert.ok(link)
  link.close = () => closed.promise
  await sw.stopPeerForError(first, 'because')
  sw.addPersistentPeers([String(remote.address)])
  closed.resolve()
  await settle()
  await clock.run(60_000)
  assert.equal(stack.links.length, 2)
  await end()
})

test('R-61: also when the persistent peer had dialled us', async () => {
  const { sw, remote, watcher, stop } = await pair()
  await sw.start()
  const added = watcher.nextAdded()
  await remote.dialPeerWithAddress(sw.nodeInfo().netAddress())
  const first = await added
  assert.equal(first.isOutbound(), false)
  assert.equal(first.isPersistent(), true)
  const again = watcher.nextAdded()
  await sw.stopPeerForError(first, 'x')
  assert.equal((await again).id(), first.id())
  await stop()
})

test('R-62: a graceful stop is not followed by a reconnection, also not to a persistent peer', async () => {
  const { sw, watcher, address, stop } = await pair()
  await sw.start()
  const peer = await sw.dialPeerWithAddress(address)
  const removed = watcher.nextRemoved()
  await sw.stopPeerGracefully(peer)
  assert.equal(((await removed) as { kind: string }).kind, 'graceful')
  assert.deepEqual(
    sw.nodeStates().map(({ state }) => state),
    ['candidate']
  )
  assert.equal(sw.numPeers().dialing, 0)
  await stop()
})

test('R-66: a persistent peer that cannot be reached is shown as reconnecting, and comes back when it can', async () => {
  const { sw, network, remote, watcher, address, stop } = await pair()
  await sw.start()
  await sw.dialPeerWithAddress(address)
  const removed = watcher.nextRemoved()
  network.isolate(remote)
  await removed
  await assert.rejects(sw.dialPeerWithAddress(address))
  assert.deepEqual(
    sw.nodeStates().map(({ state }) => state),
    ['reconnecting']
  )
  network.heal()
  await sw.dialPeerWithAddress(address)
  assert.deepEqual(
    sw.nodeStates().map(({ state }) => state),
    ['connected']
  )
  await stop()
})

test('addPersistentPeers only records', async () => {
  const { sw, address, stop } = await pair({ persistentPeers: [] })
  sw.addPersistentPeers([address])
  await sw.start()
  assert.equal(sw.isPeerPersistent(sw.nodeInfo().netAddress()), false)
  assert.deepEqual(
    sw.nodeStates().map(({ state }) => state),
    ['candidate']
  )
  assert.equal(sw.numPeers().dialing, 0)
  const peer = await sw.dialPeerWithAddress(address)
  assert.equal(peer.isPersistent(), true)
  assert.equal(sw.isPeerPersistent(peer.socketAddr()), true)
  await stop()
})

test('D-6: a persistent peer is not refused because it was marked bad, a stranger is, in both directions', async () => {
  const { sw, address, remote, stop } = await pair()
  await sw.start()
  const peer = await sw.dialPeerWithAddress(address)
  sw.markPeerAsBad(peer)
  assert.equal(peer.isRunning(), true)
  await sw.stopPeerGracefully(peer)
  const again = await sw.dialPeerWithAddress(address)
  const stranger = remote.peers().get(sw.nodeInfo().id) as Peer
  remote.markPeerAsBad(stranger, 60_000)
  await sw.stopPeerGracefully(again)
  await assert.rejects(sw.dialPeerWithAddress(address), { name: 'PeerRefusedError', refusal: 'banned', by: 'remote' })
  await assert.rejects(remote.dialPeerWithAddress(sw.nodeInfo().netAddress()), {
    name: 'PeerRefusedError',
    refusal: 'banned',
    by: 'us'
  })
  assert.deepEqual(
    remote.nodeStates().map(({ state }) => state),
    ['bad']
  )
  await stop()
})

test('an incompatible node parts at once, with that name, and no callback runs', async () => {
  const { sw, watcher, address, stop } = await pair({ persistentPeers: [] }, { network: 'another' })
  await sw.start()
  const added = watcher.nextAdded()
  await assert.rejects(sw.dialPeerWithAddress(address), { name: 'IncompatiblePeerError', message: /another/ })
  assert.equal(await Promise.race([added, Promise.resolve('none')]), 'none')
  assert.equal(sw.peers().size, 0)
  await stop()
})

test('the user may filter peers, as Go does with filter_peers, with a reason that reaches the other side', async () => {
  const { sw, address, remote, stop } = await pair(
    { persistentPeers: [] },
    { filterPeer: ({ id }: { id: string }) => (id === '' ? undefined : 'not on the list') }
  )
  await sw.start()
  await assert.rejects(sw.dialPeerWithAddress(address), {
    name: 'PeerRefusedError',
    refusal: 'filtered',
    by: 'remote',
    message: /not on the list/
  })
  await assert.rejects(remote.dialPeerWithAddress(sw.nodeInfo().netAddress()), {
    name: 'PeerRefusedError',
    refusal: 'filtered',
    by: 'us'
  })
  assert.deepEqual(remote.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
  await stop()
})

test('a filter that throws, or never answers, refuses', async () => {
  const throwing = await pair(
    { persistentPeers: [] },
    {
      filterPeer: () => {
        throw new Error('database gone')
      }
    }
  )
  await throwing.sw.start()
  await assert.rejects(throwing.sw.dialPeerWithAddress(throwing.address), {
    refusal: 'filtered',
    message: /database gone/
  })
  await throwing.stop()
  const silent = await pair({ persistentPeers: [] }, { filterPeer: () => new Promise(() => {}), filterTimeoutMs: 20 })
  await silent.sw.start()
  await assert.rejects(silent.sw.dialPeerWithAddress(silent.address), {
    refusal: 'filtered',
    message: /filterPeer took longer than 20 ms/
  })
  await silent.stop()
})

test('an externalAddress is what peers are told', async () => {
  const { sw, address, remote, stop } = await pair({ externalAddress: 'tcp://node.example.com:26656' })
  await sw.start()
  await sw.dialPeerWithAddress(address)
  assert.equal(String(remote.peers().list()[0]?.nodeInfo().netAddress()), `${sw.nodeInfo().id}@node.example.com:26656`)
  await stop()
})
