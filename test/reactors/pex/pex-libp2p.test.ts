/** Peer exchange between real libp2p nodes over loopback TCP: addresses travel as signed records. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2p } from 'libp2p'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { parseNetAddress } from '../../../src/identity/net-address.ts'
import { nodeIdFromPeerId } from '../../../src/identity/node-id.ts'
import type { PeerBook } from '../../../src/interface/address-book.ts'
import type { PeerPolicyOptions } from '../../../src/interface/policy.ts'
import type { Switch } from '../../../src/interface/switch.ts'
import type { PexOptions } from '../../../src/reactors/pex/pex-options.ts'
import { PexReactor } from '../../../src/reactors/pex/pex-reactor.ts'
import { peerRecords } from '../../../src/stacks/libp2p/finding/peer-records.ts'
import { peerPolicy } from '../../../src/stacks/libp2p/peer-policy.ts'
import { comet } from '../../../src/stacks/libp2p/service.ts'
import type { PexMessage } from '../../../src/wire/codec.ts'

interface RealNode {
  readonly libp2p: Libp2p
  readonly sw: Switch
  readonly book: PeerBook
  readonly id: string
  /** Where it listens. */
  address(): string
  readonly heard: PexMessage[]
}

async function startNode(
  t: { after(fn: () => Promise<void>): void },
  policyOptions: PeerPolicyOptions = {},
  more: Partial<PexOptions> = {}
): Promise<RealNode> {
  // one group holds all of loopback
  const book = createAddressBook({ strict: false, groupShare: 1, tells: 'all' })
  const records = peerRecords()
  const policy = peerPolicy({ allowDuplicateIP: true, ...policyOptions })
  const pex = new PexReactor({ book, records, ensurePeriodMs: 1_000, minRequestIntervalMs: 300, ...more })
  const heard: PexMessage[] = []
  const [receive, addPeer, addAddress] = [pex.receive.bind(pex), pex.addPeer.bind(pex), book.addAddress.bind(book)]
  pex.receive = (envelope) => {
    heard.push(envelope.message as PexMessage)
    return receive(envelope)
  }
  pex.addPeer = (peer) => happened(addPeer(peer))
  book.addAddress = (...args) => happened(addAddress(...args))
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    services: {
      identify: identify(),
      comet: comet({ network: 'pex-libp2p', policy, reactors: { PEX: pex }, addressBook: book, records })
    }
  })
  t.after(async () => await libp2p.stop())
  const id = nodeIdFromPeerId(libp2p.peerId)
  return { libp2p, sw: libp2p.services.comet, book, id, heard, address: () => String(libp2p.getMultiaddrs()[0]) }
}

/** Questions that wait for their yes. */
const waiting = new Set<() => void>()

/** Something has come into a book, or become a peer: every question is asked again. */
function happened<T>(result: T): T {
  for (const ask of waiting) setImmediate(ask)
  return result
}

/** Settles once it is so; asked whenever something has happened. */
async function until(so: () => boolean): Promise<void> {
  if (so()) return
  await new Promise<void>((resolve) => {
    const ask = () => {
      if (!so()) return
      waiting.delete(ask)
      resolve()
    }
    waiting.add(ask)
  })
}

/** Nothing here takes a tenth of it. */
const TIMEOUT = { timeout: 30_000 }

test('a third node is learned of by its signed record, and dialled', TIMEOUT, async (t) => {
  const [a, b, c] = [await startNode(t), await startNode(t), await startNode(t)]
  await c.sw.dialPeerWithAddress(b.address())
  await until(() => b.book.entry(c.id)?.record !== undefined)
  await a.sw.dialPeerWithAddress(b.address())
  await until(() => a.sw.peers().has(c.id))
  const entry = a.book.entry(c.id)
  assert.equal(String(entry?.addresses[0]), c.address())
  assert.notEqual(entry?.record, undefined)
  // nobody here speaks classic: nothing in Go's form
  const lists = a.heard.filter((message) => message.type === 'pexAddrs')
  assert.ok(lists.length > 0 && lists.every(({ addrs }) => addrs.length === 0))
})

test('an inbound peer is in the book under a libp2p address with its id, never as id@host:port', TIMEOUT, async (t) => {
  const [a, b] = [await startNode(t), await startNode(t)]
  await a.sw.dialPeerWithAddress(b.address())
  await until(() => b.book.entry(a.id) !== undefined)
  assert.deepEqual(b.book.entry(a.id)?.addresses.map(String), [a.address()])
})

test('a full node refuses with records of others, which are dialled instead', TIMEOUT, async (t) => {
  const full = await startNode(t, { maxNumInboundPeers: 0, maxNumOutboundPeers: 1 })
  const [other, late] = [await startNode(t), await startNode(t, {}, { ensurePeriodMs: 5_000 })]
  await full.sw.dialPeerWithAddress(other.address())
  await until(() => full.book.alternatives?.(1).length === 1)
  late.book.addAddress(parseNetAddress(full.address()), parseNetAddress(full.address()))
  await until(() => late.sw.peers().has(other.id))
  assert.equal(late.sw.peers().has(full.id), false)
  assert.equal(late.book.entry(full.id)?.kind, 'old')
})

test('six nodes that know one of them reach their outbound target by records alone', TIMEOUT, async (t) => {
  const first = await startNode(t, { maxNumOutboundPeers: 3 })
  const nodes: RealNode[] = []
  for (let i = 0; i < 5; i++) nodes.push(await startNode(t, { maxNumOutboundPeers: 3 }, { seeds: [first.address()] }))
  const started = performance.now()
  await until(() => nodes.every(({ sw }) => sw.freeOutboundSlots() === 0 || sw.peers().size === 5))
  t.diagnostic(`${Math.round(performance.now() - started)} ms`)
})

test(
  'where a name led is told to the book as the IP of the connection: of a peer, of a full node, of a test dial',
  TIMEOUT,
  async (t) => {
    const [a, b, c] = [await startNode(t), await startNode(t), await startNode(t)]
    const full = await startNode(t, { maxNumInboundPeers: 0 })
    const told = new Map<string, string | undefined>()
    a.book.markReached = (address, ip) => happened(void told.set(address.id, ip))
    const byName = ({ address }: RealNode) => address().replace('/ip4/127.0.0.1/', '/dns4/localhost/')
    await a.sw.dialPeerWithAddress(byName(b))
    a.book.addAddress(parseNetAddress(byName(full)), parseNetAddress(b.address()))
    await until(() => told.size === 2)
    assert.deepEqual([told.get(b.id), told.get(full.id)], ['127.0.0.1', '127.0.0.1'])
    assert.deepEqual(await a.sw.testAddress(byName(c)), { ip: '127.0.0.1' })
  }
)
