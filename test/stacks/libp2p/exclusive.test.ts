/** `exclusive` mode: who connects and says nothing, in numbers; and those who are let in only to be told why they are not wanted. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2p } from 'libp2p'
import { type CometInit, comet, type PeerPolicyOptions, peerPolicy, type Switch } from '../../../src/index.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { TextReactor } from '../../helpers/text-reactor.ts'

/** `from`: the address that its connections come from. */
async function startNode(
  t: TestContext,
  {
    from,
    policy: options,
    ...init
  }: Omit<Partial<CometInit>, 'policy'> & { from?: string; policy?: PeerPolicyOptions } = {}
) {
  const policy = peerPolicy({ allowDuplicateIP: true, ...options })
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp(from === undefined ? {} : { dialOpts: { localAddress: from } as never })],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    services: { comet: comet({ network: 'chain', policy, reactors: { TEXT: new TextReactor() }, ...init }) }
  })
  t.after(() => libp2p.stop())
  return { libp2p, sw: libp2p.services.comet as Switch, address: String(libp2p.getMultiaddrs()[0]) }
}

async function startStranger(t: TestContext): Promise<Libp2p> {
  const libp2p = await createLibp2p({ transports: [tcp()], connectionEncrypters: [noise()], streamMuxers: [yamux()] })
  t.after(() => libp2p.stop())
  return libp2p
}

/** `count` connections that are open at the target, too, and say nothing. */
async function silence(stranger: Libp2p, target: Libp2p, count: number): Promise<void> {
  const wanted = target.getConnections().length + count
  const open = new Promise<void>((resolve) => {
    target.addEventListener('connection:open', () => {
      if (target.getConnections().length >= wanted) resolve()
    })
  })
  for (let i = 0; i < count; i++) await stranger.dial(target.getMultiaddrs(), { force: true })
  await open
}

/** Settles once so many of the target's connections have closed from now on. */
function closings(target: Libp2p, count: number): Promise<void> {
  let left = count
  return new Promise((resolve) => {
    target.addEventListener('connection:close', () => {
      if (--left === 0) resolve()
    })
  })
}

test('D-15: exclusive: silent connections of one IP fill every slot, and yet whoever comes from elsewhere becomes a peer', async (t) => {
  const friend = await startNode(t)
  // no timeout helps: only the share per address
  const target = await startNode(t, {
    policy: {
      mode: 'exclusive',
      maxNumInboundPeers: 10,
      refusalSlots: 0,
      unconditionalPeerIDs: [friend.sw.nodeInfo().id]
    },
    handshakeTimeoutMs: 600_000
  })
  const strangers = await Promise.all([startStranger(t), startStranger(t)])
  for (const stranger of strangers) await silence(stranger, target.libp2p, 5)
  const sameIP = await startNode(t)
  await assert.rejects(sameIP.sw.dialPeerWithAddress(target.address), { name: 'DialFailedError' })
  assert.equal((await friend.sw.dialPeerWithAddress(target.address)).id(), target.sw.nodeInfo().id)
  for (let i = 1; i <= 5; i++) {
    const { sw } = await startNode(t, { from: `127.${i}.0.1` })
    assert.equal((await sw.dialPeerWithAddress(target.address)).id(), target.sw.nodeInfo().id)
  }
  assert.deepEqual(target.sw.numPeers(), { outbound: 0, inbound: 5, dialing: 0 })
  assert.equal(target.libp2p.getConnections().length, 11, 'ten places and the friend')
})

test('exclusive: eight are let in beyond the limit, a second each, to be told why; who comes while they stay is not', async (t) => {
  const clock = new FakeClock()
  const target = await startNode(t, { policy: { mode: 'exclusive', maxNumInboundPeers: 0 }, clock })
  const stranger = await startStranger(t)
  await silence(stranger, target.libp2p, 8)
  const node = await startNode(t)
  const dial = () => node.sw.dialPeerWithAddress(target.address)
  await assert.rejects(dial(), { name: 'DialFailedError' })
  clock.advance(999)
  assert.equal(target.libp2p.getConnections(stranger.peerId).filter(({ status }) => status === 'open').length, 8)
  const closed = closings(target.libp2p, 8)
  clock.advance(1)
  await closed
  await assert.rejects(dial(), { name: 'PeerRefusedError', refusal: 'inbound-full', by: 'remote' })
})
