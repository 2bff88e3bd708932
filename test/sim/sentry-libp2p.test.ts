/**
 * A validator behind two sentries, on real libp2p nodes: what an outsider gets to read of the sentries, over hello, PEX, the DHT, identify and records, says nothing of the
 * validator. The outsider keeps every byte it has decrypted.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { type CometNode, type CreateNodeOptions, createNode } from '../../src/node/create-node.ts'
import { met } from '../helpers/met.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { libp2pOutsider, NETWORK, QUICK } from './outsider.ts'
import { secretsOfAddress, secretsOfKey, seenOf } from './secrets.ts'

/** Loopback has 16 million addresses: one that nobody else here has. */
const VALIDATOR_HOST = '127.44.55.66'
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

const addressOf = (of: CometNode) => String(of.libp2p.getMultiaddrs()[0])

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

  const out = await libp2pOutsider(t, sentries.map(addressOf))
  const [first, second] = sentries.map(({ nodeKey }) => nodeKey)
  await met(t, 'lists', () => (out.lists.get(first!.id) ?? 0) >= LISTS && out.received.has(String(second!.peerId)))
  for (const one of sentries)
    for (const type of [FIND_NODE, GET_PROVIDERS])
      for (let i = 0; i < 8; i++)
        await out.ask(addressOf(one), type, crypto.getRandomValues(new Uint8Array(34))).catch(() => {})

  const where = parseNetAddress(addressOf(validator))
  const whoAndWhere = [...secretsOfKey(validator.nodeKey), ...secretsOfAddress(where)]
  const unasked = seenOf(whoAndWhere, out.received)
  const ofSentries = sentries.map(({ nodeKey }) => String(nodeKey.peerId))
  const [name] = [validator.nodeKey.peerId.toMultihash().bytes]
  for (const one of sentries) await out.ask(addressOf(one), FIND_NODE, name).catch(() => {})
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
