/** The gater on real connections: exact, synchronous, and the user's own hooks first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConnectionGater } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import type { Refusal } from '../../../src/interface/policy.ts'
import { connectionManagerOptions, liftedLimits, liftLimits } from '../../../src/stacks/libp2p/connection-limits.ts'
import { connectionGater, type GaterHost, type ScreenedRemote } from '../../../src/stacks/libp2p/gater.ts'
import { nullLogger } from '../../../src/util/logger.ts'
import { needs, startNode, type Transport } from './nodes.ts'

class Host implements GaterHost {
  readonly mode: 'shared' | 'exclusive'
  readonly screened: ScreenedRemote[] = []
  #none: (() => void) | undefined
  #all: (() => void) | undefined
  asked = 0
  pending = 0
  taken = 0
  most = 0
  limit = Number.POSITIVE_INFINITY
  opened: (() => Refusal | undefined | Promise<Refusal | undefined>) | undefined
  refuse: ((remote: ScreenedRemote) => Refusal | undefined) | undefined

  constructor(mode: 'shared' | 'exclusive' = 'exclusive') {
    this.mode = mode
  }

  pendingOpened() {
    const verdict = this.opened?.()
    if (typeof verdict !== 'string') this.pending++
    if (verdict instanceof Promise)
      return verdict.then((late) => {
        if (late !== undefined) this.pending--
        return late
      })
    return verdict
  }

  pendingClosed() {
    this.pending--
    if (this.pending === 0) this.#none?.()
  }

  /** Settles once twelve have asked for a place: one that asks late would get one that was given back. */
  twelveAsked(): Promise<void> {
    if (this.asked >= 12) return Promise.resolve()
    return new Promise((resolve) => {
      this.#all = resolve
    })
  }

  /** A dial resolves before the listener has gone through its hooks: settles once nothing is pending. */
  nonePending(): Promise<void> {
    if (this.pending === 0) return Promise.resolve()
    return new Promise((resolve) => {
      this.#none = resolve
    })
  }

  screen(remote: ScreenedRemote) {
    this.screened.push(remote)
    return this.refuse?.(remote)
  }

  reserve() {
    this.asked++
    if (this.asked === 12) this.#all?.()
    if (this.taken >= this.limit) return 'inbound-full' as const
    this.taken++
    this.most = Math.max(this.most, this.taken)
    return { refusalOnly: false, release: () => void this.taken-- }
  }
}

const gated = (gater: ConnectionGater) => ({ libp2p: { connectionGater: gater } })

for (const kind of ['tcp', 'ws', 'quic'] as Transport[])
  test(
    `${kind}: D-15: twelve dial at once, three places: never more are taken, and all come back`,
    needs(kind),
    async (t) => {
      const host = new Host()
      host.limit = 3
      const listener = await startNode(kind, gated(connectionGater(host)))
      const dialers = await Promise.all(Array.from({ length: 12 }, () => startNode(kind, { listen: kind === 'quic' })))
      t.after(() => Promise.all([listener, ...dialers].map((node) => node.stop())))
      await Promise.allSettled(dialers.map(({ libp2p }) => libp2p.dial(multiaddr(listener.address))))
      await Promise.all([host.nonePending(), host.twelveAsked()])
      assert.equal(host.most, 3)
      const closed = new Promise<void>((resolve) => {
        listener.libp2p.addEventListener('connection:close', () => {
          if (host.taken === 0) resolve()
        })
      })
      for (const connection of listener.libp2p.getConnections()) connection.abort(new Error('done'))
      await closed
      assert.equal(host.taken, 0)
    }
  )

test('a socket that is refused before its handshake never counts, and one that waits for the user filter counts while it waits', async (t) => {
  const host = new Host()
  const listener = await startNode('tcp', gated(connectionGater(host)))
  const dialer = await startNode('tcp', { listen: false })
  t.after(() => Promise.all([listener.stop(), dialer.stop()]))
  host.opened = () => 'pending-full'
  await assert.rejects(dialer.libp2p.dial(multiaddr(listener.address)))
  assert.equal(host.pending, 0)
  let whileWaiting = -1
  host.opened = async () => {
    await new Promise((resolve) => setImmediate(resolve))
    whileWaiting = host.pending
    return undefined
  }
  await dialer.libp2p.dial(multiaddr(listener.address))
  await host.nonePending()
  assert.equal(whileWaiting, 1)
})

test('from the proven identity on every hook of ours answers at once: a promise there loses the streams of the dialer', async () => {
  const gater = connectionGater(new Host())
  const { libp2p, stop } = await startNode('tcp')
  const socket = {
    remoteAddr: multiaddr('/ip4/1.2.3.4/tcp/5'),
    status: 'open',
    timeline: { open: 0 },
    addEventListener() {},
    removeEventListener() {}
  }
  for (const hook of [
    'denyInboundEncryptedConnection',
    'denyOutboundEncryptedConnection',
    'denyInboundUpgradedConnection'
  ] as const)
    assert.equal((gater[hook] as (...args: unknown[]) => unknown)(libp2p.peerId, socket), false, hook)
  await stop()
})

test("the user's own gater is asked first, keeps its object, and its other hooks stay", async () => {
  const host = new Host()
  const user = {
    asked: 0,
    denyDialPeer() {
      this.asked++
      return true
    },
    filterMultiaddrForPeer() {
      this.asked++
      return true
    }
  }
  const gater = connectionGater(host, user)
  const { libp2p, stop } = await startNode('tcp')
  assert.equal(gater.denyDialPeer?.(libp2p.peerId), true)
  const { filterMultiaddrForPeer } = gater
  assert.equal(filterMultiaddrForPeer?.(libp2p.peerId, multiaddr('/ip4/1.2.3.4/tcp/5')), true)
  assert.equal(user.asked, 2)
  assert.deepEqual(host.screened, [], 'denied by the user: not asked')
  // onto the same object, and does not call itself
  const installed = Object.assign(user, connectionGater(host, user))
  assert.equal(installed.denyDialPeer(), true)
  await stop()
})

test('limits of libp2p that would act before the gater are lifted, but for those the user set', () => {
  assert.deepEqual(connectionManagerOptions({ maxConnections: 50 }), { ...liftedLimits, maxConnections: 50 })
})

test('a node made without our options: what can be raised is raised, and one warning names the rest', () => {
  const warnings: string[] = []
  let most = 300
  const manager = {
    getMaxConnections: () => most,
    setMaxConnections(max: number) {
      most = max
    }
  }
  liftLimits(manager, { ...nullLogger, warn: (message) => void warnings.push(message) })
  assert.equal(most, liftedLimits.maxConnections)
  assert.equal(warnings.length, 1)
  assert.match(String(warnings[0]), /inboundConnectionThreshold and maxIncomingPendingConnections/)
})
