/**
 * A validator behind two sentries, on real libp2p nodes: what an outsider gets to read of the sentries, over hello, PEX, the DHT, identify and records, says nothing of the
 * validator. The outsider keeps every byte it has decrypted.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { identify } from '@libp2p/identify'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { comet, peerPolicy, peerRecords } from '../../src/index.ts'
import { type CometNode, type CreateNodeOptions, createNode } from '../../src/node/create-node.ts'
import { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'
import { dhtProtocol } from '../../src/stacks/libp2p/dht-key.ts'
import { cometDht } from '../../src/stacks/libp2p/network-dht.ts'
import type { PexMessage } from '../../src/wire/channel-messages.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { recordingNoise } from './recording-noise.ts'
import { secretsOfAddress, secretsOfKey, seenOf } from './secrets.ts'

const NETWORK = 'sentries'
/** Loopback has 16 million addresses: one that nobody else here has. */
const VALIDATOR_HOST = '127.44.55.66'
const QUICK = { ensurePeriodMs: 300, minRequestIntervalMs: 50 }
/** Lists that the outsider has read of each sentry. */
const LISTS = 3
const FIND_NODE = 4
const GET_PROVIDERS = 3

type Options = Omit<CreateNodeOptions, 'stacks'>

async function node(t: TestContext, options: Options): Promise<CometNode> {
  const made = await createNode({
    network: NETWORK,
    listen: ['/ip4/127.0.0.1/tcp/0'],
    allowDuplicateIP: true,
    addrBookStrict: false,
    pex: QUICK,
    // what a validator and its sentries talk about
    reactors: { TEXT: new TextReactor() },
    ...options
  })
  t.after(() => made.stop())
  return made
}

/** Waits for what no event tells, no longer than the test may take. */
async function met(t: TestContext, what: string, question: () => boolean): Promise<void> {
  while (!question()) {
    if (t.signal.aborted) throw new Error(`never: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const addressOf = (of: CometNode) => String(of.libp2p.getMultiaddrs()[0])

/** A full node that talks to everybody and remembers every byte. */
async function outsider(t: TestContext, sentries: readonly CometNode[]) {
  const received = new Map<string, Uint8Array[]>()
  const book = createAddressBook({ strict: false })
  const records = peerRecords()
  const pex = new PexReactor({ book, records, seeds: sentries.map(addressOf), ...QUICK })
  const lists = new Map<string, number>()
  const receive = pex.receive.bind(pex)
  pex.receive = (envelope) => {
    const id = envelope.src?.id() ?? ''
    if ((envelope.message as PexMessage).type === 'pexAddrs') lists.set(id, (lists.get(id) ?? 0) + 1)
    return receive(envelope)
  }
  const policy = peerPolicy({ allowDuplicateIP: true, persistentPeers: sentries.map(addressOf) })
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [recordingNoise(received)],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    connectionMonitor: { enabled: false },
    services: {
      identify: identify(),
      ping: ping(),
      cometDht: cometDht({ network: NETWORK, strict: false, mode: 'server', bootstrap: sentries.map(addressOf) }),
      comet: comet({
        network: NETWORK,
        policy,
        records,
        addressBook: book,
        reactors: { TEXT: new TextReactor(), PEX: pex }
      })
    }
  })
  t.after(() => libp2p.stop())
  /** A question to a sentry's DHT as no library would put it. Settles when it has been answered, or the stream is over. */
  const ask = async (sentry: CometNode, type: number, key: Uint8Array) => {
    const stream = await libp2p.dialProtocol(multiaddr(addressOf(sentry)), dhtProtocol(NETWORK))
    const message = Uint8Array.from([0x08, type, 0x12, key.length, ...key])
    stream.send(Uint8Array.from([message.length, ...message]))
    for await (const _ of stream) break
    stream.abort(new Error('answered'))
  }
  return { libp2p, received, lists, ask, book }
}

/** Everything there is to be heard of the sentries; then what was heard when the validator was asked for by name. */
async function listen(t: TestContext, { isPrivate }: { readonly isPrivate: boolean }) {
  const validator = await node(t, { listen: [`/ip4/${VALIDATOR_HOST}/tcp/0`], pex: false })
  const { id } = validator.nodeKey
  const full = await node(t, { dht: 'server' })
  const sentry = (policy: Options) =>
    node(t, {
      dht: { mode: 'server', bootstrap: [addressOf(full)] },
      persistentPeers: [addressOf(validator), addressOf(full)],
      unconditionalPeerIDs: [id],
      ...(isPrivate && { privatePeerIDs: [id] }),
      ...policy
    })
  // the second has no place for strangers: it refuses them with alternatives
  const sentries = [await sentry({}), await sentry({ maxNumInboundPeers: 0 })] as const
  await met(t, 'the sentries are connected', () =>
    sentries.every(({ switch: sw }) => sw.peers().has(id) && sw.peers().has(full.nodeKey.id))
  )
  validator.switch.dialPeersAsync(sentries.map(addressOf))

  const out = await outsider(t, sentries)
  const [first, second] = sentries.map(({ nodeKey }) => nodeKey)
  await met(t, 'lists', () => (out.lists.get(first!.id) ?? 0) >= LISTS && out.received.has(String(second!.peerId)))
  for (const one of sentries)
    for (const type of [FIND_NODE, GET_PROVIDERS])
      for (let i = 0; i < 8; i++) await out.ask(one, type, crypto.getRandomValues(new Uint8Array(34))).catch(() => {})

  const where = parseNetAddress(addressOf(validator))
  const whoAndWhere = [...secretsOfKey(validator.nodeKey), ...secretsOfAddress(where)]
  const unasked = seenOf(whoAndWhere, out.received)
  const ofSentries = sentries.map(({ nodeKey }) => String(nodeKey.peerId))
  const [name] = [validator.nodeKey.peerId.toMultihash().bytes]
  for (const one of sentries) await out.ask(one, FIND_NODE, name).catch(() => {})
  const byName = seenOf(secretsOfAddress(where), out.received)
  const known = [...(await out.libp2p.peerStore.all())].map((peer) => String(peer.id))
  return {
    unasked,
    unaskedOfSentries: unasked.filter((seen) => ofSentries.some((name) => seen.endsWith(name))),
    byName,
    bytes: [...out.received.values()].flat().reduce((sum, { length }) => sum + length, 0),
    /** That somebody else was told of proves that there was something to hear. */
    fullSeen: seenOf(secretsOfKey(full.nodeKey), out.received),
    inStore: known.includes(String(validator.nodeKey.peerId)),
    inBook: out.book.entry(id) !== undefined
  }
}

test('not one byte that an outsider reads of two sentries tells who the validator is or where', {
  timeout: 30_000
}, async (t) => {
  const heard = await listen(t, { isPrivate: true })
  assert.ok(heard.fullSeen.length > 0, 'the other full node was heard of')
  assert.deepEqual(heard.unasked, [])
  assert.deepEqual(heard.byName, [], 'asked for by name')
  assert.equal(heard.inStore, false)
  assert.equal(heard.inBook, false)
  t.diagnostic(`${heard.bytes} bytes read`)
})

test('where the sentries do not hold it private, the outsider hears of it: this test can see', {
  timeout: 30_000
}, async (t) => {
  const { unaskedOfSentries } = await listen(t, { isPrivate: false })
  for (const what of ['public key', '/ip4'])
    assert.ok(
      unaskedOfSentries.some((seen) => seen.startsWith(what)),
      what
    )
})
