/** Reactor suite, fourth part: what a peer says of itself, the set and its counters, limits and dials. */
import assert from 'node:assert/strict'
import { peerIdFromPublicKeyBytes } from '../../src/identity/node-id.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { CHANNEL, type Check, gate, type Node, type ReactorSuiteInit } from './reactor-given.ts'

const two = () => [0x10, 0x11].map((id) => new TextReactor({ channels: [{ id, priority: 1, sendQueueCapacity: 100 }] }))

export function peerChecks(check: Check, { stack }: ReactorSuiteInit): void {
  check(
    'R-11, R-12, R-18 to R-20: a peer says who it is, from which side it came, and how it is doing',
    async (net) => {
      const [a, b] = await net.pair()
      const [near, far] = await net.connect(a, b)
      assert.match(near.id(), /^[0-9a-f]{40}$/)
      assert.deepEqual([near.id(), far.id()], [b.id, a.id])
      const key = near.peerId().publicKey
      assert.equal(key?.type === 'Ed25519' && peerIdFromPublicKeyBytes(key.raw).equals(near.peerId()), true)
      assert.deepEqual([near.isOutbound(), far.isOutbound(), near.isPersistent()], [true, false, false])
      assert.deepEqual([near.nodeInfo().moniker, far.nodeInfo().moniker], ['b', 'a'])
      assert.equal(near.nodeInfo().id, b.id)
      assert.deepEqual([...near.nodeInfo().channels], [CHANNEL])
      assert.equal(near.nodeInfo().netAddress().id, b.id)
      assert.equal(near.socketAddr().id, b.id)
      assert.equal(far.socketAddr().id, a.id)
      assert.equal(typeof near.remoteIP(), 'string')
      await near.send({ channelId: CHANNEL, message: 'x'.repeat(1_000) })
      await b.reactor.until(() => b.reactor.received.length === 1)
      const [sent, received] = [near.status(), far.status()]
      assert.ok(sent.sentBytes >= 1_000 && received.receivedBytes >= 1_000)
      assert.deepEqual([sent.sentMessages, received.receivedMessages], [1, 1])
      assert.ok(sent.duration >= 0 && near.status().duration >= sent.duration)
      assert.deepEqual(
        sent.channels.map(({ id, priority, sendQueueCapacity, sendQueueSize }) => ({
          id,
          priority,
          sendQueueCapacity,
          sendQueueSize
        })),
        [{ id: CHANNEL, priority: 1, sendQueueCapacity: 100, sendQueueSize: 0 }]
      )
    }
  )

  check('R-14, R-15: isRunning and quit say the same, from the first callback on', async (net) => {
    const [a, b] = await net.pair()
    const states: boolean[] = []
    const note = (peer: Peer) => void states.push(peer.isRunning(), peer.quit().aborted)
    a.reactor.onInit = (peer) => {
      note(peer)
      return undefined
    }
    a.reactor.onAdd = note
    a.reactor.onRemove = note
    const [near] = await net.connect(a, b)
    const quit = new Promise((resolve) => near.quit().addEventListener('abort', resolve, { once: true }))
    const stopped = a.sw.stopPeerGracefully(near)
    assert.deepEqual([near.isRunning(), near.quit().aborted], [false, true])
    await Promise.all([quit, stopped])
    assert.deepEqual(states, [false, false, true, false, false, true])
  })

  check('R-16, R-17: what one reactor stores on a handle in initPeer, others see in their callbacks', async (net) => {
    const [a, b] = await net.pair({ reactors: two() }, { reactors: two() })
    const [first, second] = b.reactors as [TextReactor, TextReactor]
    const seen: unknown[] = []
    first.onInit = (peer) => {
      peer.set('state', 7)
      return undefined
    }
    second.onInit = (peer) => {
      seen.push(peer.get('state'))
      return undefined
    }
    second.onAdd = (peer) => void seen.push(peer.get('state'))
    second.onReceive = ({ src }) => void seen.push(src?.get('state'), src?.get('nothing'))
    const [near, far] = await net.connect(a, b)
    await near.send({ channelId: 0x11, message: 'x' })
    await second.until(() => second.received.length === 1)
    assert.deepEqual(seen, [7, 7, 7, undefined])
    assert.equal(far.get('state'), 7)
    assert.equal(near.get('state'), undefined)
  })

  check('R-53 to R-56: peers() is a snapshot that never changes, and numPeers counts both directions', async (net) => {
    const [a, b] = await net.pair()
    const c = await net.node('c')
    const before = a.sw.peers()
    const [near] = await net.connect(a, b)
    await net.connect(c, a)
    const during = a.sw.peers()
    assert.deepEqual([before.size, during.size, [...during].length, during.list().length], [0, 2, 2, 2])
    assert.equal(during.get(b.id), near)
    assert.deepEqual(
      [during.has(b.id), during.has(a.id), before.has(b.id), during.get(a.id)],
      [true, false, false, undefined]
    )
    assert.ok(during.list().includes(during.random() as Peer))
    assert.equal(before.random(), undefined)
    assert.deepEqual(a.sw.numPeers(), { outbound: 1, inbound: 1, dialing: 0 })
    await a.sw.stopPeerGracefully(near)
    assert.deepEqual([during.size, a.sw.peers().size, a.sw.numPeers().outbound], [2, 1, 0])
    during.list().length = 0
    assert.equal(during.size, 2)
  })

  check('R-56: dialing counts from the call of a dial to its settlement', async (net) => {
    const [a, b] = await net.pair()
    const held = gate()
    b.reactor.onInit = async () => {
      await held.pass()
      return undefined
    }
    a.reactor.onAdd = () => held.opened
    const dial = a.sw.dialPeerWithAddress(b.address())
    assert.equal(a.sw.numPeers().dialing, 1)
    await held.reached
    assert.equal(a.sw.numPeers().dialing, 1)
    held.open()
    await dial
    assert.equal(a.sw.numPeers().dialing, 0)
  })

  check('D-15: limits are exact in both directions, and unconditional peers take no slot', async (net) => {
    const b = await net.node('b', { policy: { maxNumInboundPeers: 2 } })
    const dialers = await Promise.all(['1', '2', '3', '4'].map((n) => net.node(`d${n}`)))
    const outcomes = await Promise.allSettled(dialers.map((node) => node.sw.dialPeerWithAddress(b.address())))
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 2)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected')
        assert.deepEqual(
          [outcome.reason.name, outcome.reason.refusal, outcome.reason.by],
          ['PeerRefusedError', 'inbound-full', 'remote']
        )
    const refused = dialers[outcomes.findIndex(({ status }) => status === 'rejected')] as Node
    b.sw.addUnconditionalPeerIDs([refused.id])
    await net.connect(refused, b)
    assert.deepEqual([b.sw.peers().size, b.sw.numPeers().inbound, b.sw.isPeerUnconditional(refused.id)], [3, 2, true])

    const full = await net.node('full', { policy: { maxNumOutboundPeers: 1 } })
    await net.connect(full, dialers[0] as Node)
    await assert.rejects(full.sw.dialPeerWithAddress((dialers[1] as Node).address()), {
      name: 'PeerRefusedError',
      refusal: 'outbound-full',
      by: 'us'
    })
    assert.equal(full.sw.maxNumOutboundPeers(), 1)
  })

  check('a node of another network parts as incompatible, and no callback runs', async (net) => {
    const [a, b] = [await net.node('a'), await net.node('b', { switch: { network: 'another' } })]
    await assert.rejects(a.sw.dialPeerWithAddress(b.address()), { name: 'IncompatiblePeerError' })
    noCallbacks(a, b)
  })

  check('a node with another key than the address names is not connected, and no callback runs', async (net) => {
    const [a, b] = await net.pair()
    const c = await net.node('c')
    const dial = a.sw.dialPeerWithAddress(b.address(c))
    await assert.rejects(dial, (err: Error) => ['WrongIdentityError', 'DialFailedError'].includes(err.name))
    noCallbacks(a, b, c)
  })

  check('dials that cannot be: to nobody, to oneself, to nonsense, before start, after stop, aborted', async (net) => {
    const [a, b] = await net.pair()
    await assert.rejects(a.sw.dialPeerWithAddress(net.nowhere(b)), { name: 'DialFailedError' })
    await assert.rejects(a.sw.dialPeerWithAddress(a.address()), { name: 'PeerRefusedError', refusal: 'self' })
    for (const nonsense of [
      '',
      'nonsense',
      `${a.id}@`,
      `${a.id}@host`,
      `${a.id}@host:0`,
      `${a.id}@host:70000`,
      '127.0.0.1:26656',
      '/nonsense'
    ]) {
      await assert.rejects(a.sw.dialPeerWithAddress(nonsense), { name: 'InvalidAddressError' }, nonsense)
      assert.throws(() => a.sw.dialPeersAsync([nonsense]), { name: 'InvalidAddressError' }, nonsense)
      assert.throws(() => a.sw.addPersistentPeers([nonsense]), { name: 'InvalidAddressError' }, nonsense)
    }
    const reason = new Error('changed my mind')
    await assert.rejects(
      a.sw.dialPeerWithAddress(b.address(), { signal: AbortSignal.abort(reason) }),
      (err) => err === reason
    )
    const abort = new AbortController()
    const aborted = a.sw.dialPeerWithAddress(b.address(), { signal: abort.signal })
    abort.abort(reason)
    await assert.rejects(aborted, (err) => err === reason)
    const c = await net.node('c', { start: false })
    await assert.rejects(c.sw.dialPeerWithAddress(b.address()), { name: 'NotRunningError' })
    const late = b.address()
    await b.stop()
    await assert.rejects(b.sw.dialPeerWithAddress(a.address()), { name: 'NotRunningError' })
    await assert.rejects(a.sw.dialPeerWithAddress(late), { name: 'DialFailedError' })
    assert.equal(a.sw.numPeers().dialing, 0)
  })

  check('a stop of the switch rejects a dial at once', async (net) => {
    const [a, b] = await net.pair()
    const held = gate()
    a.reactor.onInit = async () => {
      await held.pass()
      return undefined
    }
    const dial = a.sw.dialPeerWithAddress(b.address())
    const rejected = assert.rejects(dial, { name: 'NotRunningError' })
    await held.reached
    const stopped = a.stop()
    await rejected
    held.open()
    await stopped
  })

  check('dialPeersAsync connects within seconds, and a failed dial does not take the place of another', async (net) => {
    const a = await net.node('a', { policy: { maxNumOutboundPeers: 2 } })
    const [b, c] = [await net.node('b'), await net.node('c')]
    const nobody = await net.node('nobody', { start: false })
    a.sw.dialPeersAsync([net.nowhere(nobody), b.address(), c.address()])
    await a.reactor.until(() => a.reactor.added.length === 2)
    assert.deepEqual(
      new Set(
        a.sw
          .peers()
          .list()
          .map((peer) => peer.id())
      ),
      new Set([b.id, c.id])
    )
  })

  check('markPeerAsBad refuses that node both ways and does not disconnect it', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    a.sw.markPeerAsBad(near, 3_600_000)
    assert.equal(near.isRunning(), true)
    await a.sw.stopPeerGracefully(near)
    await b.reactor.until(() => b.reactor.removed.length === 1)
    await assert.rejects(a.sw.dialPeerWithAddress(b.address()), {
      name: 'PeerRefusedError',
      refusal: 'banned',
      by: 'us'
    })
    await assert.rejects(b.sw.dialPeerWithAddress(a.address()), { name: 'PeerRefusedError', by: 'remote' })
    assert.equal(a.sw.nodeStates().find(({ id }) => id === b.id)?.state, 'bad')
  })

  check('R-60: the switch says what it listens on, whom it knows, and what it is connected to', async (net) => {
    const [a, b] = await net.pair()
    const [near] = await net.connect(a, b)
    const info = a.sw.netInfo()
    assert.deepEqual([info.n_peers, info.peers.length, info.listening], ['1', 1, true])
    assert.ok(info.listeners.length > 0)
    assert.equal(info.peers[0]?.is_outbound, true)
    assert.equal(info.peers[0]?.node_info.id, b.id)
    const status = JSON.parse(JSON.stringify(info)).peers[0].connection_status
    for (const monitor of [status.SendMonitor, status.RecvMonitor]) {
      const { Start, Progress, Active, ...numbers } = monitor
      assert.ok(!Number.isNaN(Date.parse(Start)))
      assert.deepEqual([Progress, Active], [0, true])
      // Go's 64-bit numbers, durations among them
      const names = 'Bytes Samples InstRate CurRate AvgRate PeakRate BytesRem Duration Idle TimeRem'
      assert.deepEqual(Object.keys(numbers), names.split(' '))
      for (const value of Object.values(numbers)) assert.match(String(value), /^\d+$/)
    }
    assert.equal(a.sw.isDialingOrExistingAddress(near.socketAddr()), true)
    assert.equal(a.sw.isPeerPersistent(near.socketAddr()), false)
    assert.equal(a.sw.nodeStates().find(({ id }) => id === b.id)?.state, 'connected')
    assert.equal(near.stack(), stack)
  })

  check(
    'R-69, R-61: a configured persistent peer is dialled at the start, is known as such, and comes back after it was lost',
    async (net) => {
      const b = await net.node('b')
      const a = await net.node('a', { policy: { persistentPeers: [b.address()] } })
      await a.reactor.until(() => a.reactor.added.length === 1)
      assert.equal(a.reactor.added[0]?.isPersistent(), true)
      await b.reactor.until(() => b.reactor.added.length === 1)
      await net.lose(a, b)
      await a.reactor.until(() => a.reactor.added.length === 2)
      assert.notEqual(a.reactor.added[0], a.reactor.added[1])
    }
  )
}

function noCallbacks(...nodes: Node[]): void {
  for (const { calls, sw } of nodes) {
    assert.deepEqual(
      calls[0]?.filter(({ peer }) => peer !== undefined),
      []
    )
    assert.equal(sw.peers().size, 0)
  }
}
