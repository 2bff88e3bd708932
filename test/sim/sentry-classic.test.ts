/**
 * A validator behind two sentries, on real nodes of the classic stack, and on nodes of both stacks in one switch: what two outsiders, who tell each other what they hear, get
 * to read over hello, PEX and refusals says nothing of the validator; nor does the sentries' netInfo. Outsiders keep every byte they have opened.
 */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { generateNodeKey } from '../../src/identity/node-key.ts'
import { type CometNode, type CreateNodeOptions, createNode, type StackName } from '../../src/node/create-node.ts'
import { met } from '../helpers/met.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { curiousPex, libp2pOutsider, NETWORK, QUICK } from './outsider.ts'
import { recordSecretConnections } from './recording-secret.ts'
import { secretsOfAddress, secretsOfKey, seenOf } from './secrets.ts'

/** Loopback has 16 million addresses: one that nobody else here has. */
const VALIDATOR_HOST = '127.44.55.67'
/** Lists that an outsider has read of each who gives any. */
const LISTS = 3
const LISTEN = { comet: 'tcp://HOST:0', libp2p: '/ip4/HOST/tcp/0' }

type Stacks = readonly StackName[]
type Node = CometNode<Stacks>
type Options = Partial<CreateNodeOptions<Stacks>> & { readonly stacks: Stacks; readonly host?: string }

async function node(t: TestContext, { stacks, host = '127.0.0.1', ...options }: Options): Promise<Node> {
  const made: Node = await createNode<Stacks>({
    network: NETWORK,
    stacks,
    listen: stacks.map((name) => LISTEN[name].replace('HOST', host)),
    allowDuplicateIP: true,
    addrBookStrict: false,
    pex: QUICK,
    // no message stands in two packets, whose heads would hide what they part
    maxPacketMsgPayloadSize: 64 * 1024,
    // what a validator and its sentries talk about
    reactors: { TEXT: new TextReactor() },
    ...options
  })
  t.after(() => made.stop())
  return made
}

function classicAddress({ nodeKey, switch: sw }: Node): string {
  const listener = sw.netInfo().listeners.find((one) => one.startsWith('tcp://'))
  return `${nodeKey.id}@${listener?.slice('tcp://'.length)}`
}

const libp2pAddress = ({ libp2p }: Node) => String(libp2p?.getMultiaddrs()[0])
const knows = ({ switch: sw }: Node, { nodeKey }: Node) => sw.peers().has(nodeKey.id)

/** Everything there is to be heard of two sentries on `stacks`, and what netInfo says there. */
async function listen(t: TestContext, stacks: Stacks, { isPrivate }: { readonly isPrivate: boolean }) {
  const keys = new Map([
    ['full', generateNodeKey()],
    ['curious', generateNodeKey()]
  ])
  const received = recordSecretConnections(t, keys)
  const hasLibp2p = stacks.includes('libp2p')

  const validator = await node(t, { stacks, host: VALIDATOR_HOST, pex: false })
  const { id } = validator.nodeKey
  const full = await node(t, { stacks: ['comet'], nodeKey: keys.get('full')! })
  const sentry = (to: string, options: Partial<Options> = {}) =>
    node(t, {
      stacks,
      persistentPeers: [to, classicAddress(full)],
      unconditionalPeerIDs: [id],
      ...(isPrivate && { privatePeerIDs: [id] }),
      ...(hasLibp2p && { dht: 'server' }),
      ...options
    })
  // the second has no place for strangers: it refuses them, and dials none
  const sentries = [
    await sentry(classicAddress(validator)),
    await sentry(hasLibp2p ? libp2pAddress(validator) : classicAddress(validator), {
      maxNumInboundPeers: 0,
      maxNumOutboundPeers: 0
    })
  ] as const
  const [first, second] = sentries
  await met(t, 'the sentries are connected', () => sentries.every((one) => knows(one, validator) && knows(one, full)))
  validator.switch.dialPeersAsync(sentries.map(classicAddress))

  const { pex, book, lists } = curiousPex([...sentries, full].map(classicAddress))
  const curious = await node(t, {
    stacks: ['comet'],
    nodeKey: keys.get('curious')!,
    pex: false,
    addressBook: book,
    reactors: { TEXT: new TextReactor(), PEX: pex },
    persistentPeers: [...sentries, full].map(classicAddress)
  })
  await met(t, 'lists of those who let it in', () =>
    [first, full].every(({ nodeKey }) => (lists.get(nodeKey.id) ?? 0) >= LISTS)
  )
  // its refusal is read as well
  await assert.rejects(curious.switch.dialPeerWithAddress(classicAddress(second)), { name: 'PeerRefusedError' })

  const modern = hasLibp2p ? await libp2pOutsider(t, sentries.map(libp2pAddress)) : undefined
  await met(t, 'lists on libp2p', () => modern === undefined || (modern.lists.get(first.nodeKey.id) ?? 0) >= LISTS)

  const heard = new Map([...received, ...(modern?.received ?? [])])
  heard.set('netInfo', [new TextEncoder().encode(JSON.stringify(sentries.map(({ switch: sw }) => sw.netInfo())))])
  const addresses = [classicAddress(validator), ...(hasLibp2p ? [libp2pAddress(validator)] : [])].map((one) =>
    parseNetAddress(one)
  )
  return {
    seen: seenOf([...secretsOfKey(validator.nodeKey), ...addresses.flatMap(secretsOfAddress)], heard),
    /** That others were told of proves that there was something to hear. */
    othersSeen: (name: string) =>
      [...sentries, full].filter(({ nodeKey }) =>
        seenOf(secretsOfKey(nodeKey), heard).some((one) => one.includes(`: ${name}`))
      ).length,
    bytes: [...heard.values()].flat().reduce((sum, { length }) => sum + length, 0),
    inBook: [book, modern?.book].some((one) => one?.entry(id) !== undefined)
  }
}

for (const stacks of [['comet'], ['comet', 'libp2p']] as const) {
  const where = `${stacks.join(' and ')}:`

  test(`${where} not one byte that outsiders read of two sentries tells who the validator is or where`, {
    timeout: 30_000
  }, async (t) => {
    const { seen, othersSeen, inBook, bytes } = await listen(t, stacks, { isPrivate: true })
    assert.equal(othersSeen('curious'), 3, 'the curious one heard of all others')
    assert.equal(othersSeen('full'), 2, 'the full one heard of both sentries')
    assert.deepEqual(seen, [])
    assert.equal(inBook, false)
    t.diagnostic(`${bytes} bytes read`)
  })

  test(`${where} where the sentries do not hold it private, outsiders hear of it: this test can see`, {
    timeout: 30_000
  }, async (t) => {
    const { seen } = await listen(t, stacks, { isPrivate: false })
    for (const what of ['hex id: curious', 'host and port: curious', 'hex id: netInfo', 'host: netInfo'])
      assert.ok(
        seen.some((one) => one.startsWith(what)),
        `${what} in ${seen}`
      )
    if (stacks.length > 1)
      assert.ok(
        seen.some((one) => /: 12D3Koo/.test(one)),
        `on libp2p in ${seen}`
      )
  })
}
