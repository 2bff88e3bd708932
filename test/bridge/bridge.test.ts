/** The bridge over switches in memory: what it promises does not depend on the stacks. Real Go halves: interop/bridge.test.ts. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { Bridge, bridgeSwitchOptions } from '../../src/bridge/bridge.ts'
import { bridgeChannels } from '../../src/bridge/channels.ts'
import type { Envelope } from '../../src/interface/envelope.ts'
import type { Peer } from '../../src/interface/peer.ts'
import type { Switch } from '../../src/interface/switch.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import { createMemoryNetwork, type TestNetwork } from '../../src/testing/index.ts'
import { consensusMessage } from '../../src/wire/consensus-message.ts'

const ONE_IP = { allowDuplicateIP: true }

/** A node of one half: speaks bytes on all standard channels and keeps what it hears. */
class Node extends BaseReactor {
  readonly heard: Array<[channelId: number, text: string]> = []
  readonly events = new EventTarget()
  /** Said to every peer in addPeer, as Go's consensus does. */
  greeting: string | undefined
  /** `receive` waits for it. */
  gate: Promise<void> | undefined
  peers: Peer[] = []

  constructor() {
    super('NODE')
  }

  override getChannels() {
    return bridgeChannels.map((channel) => ({ ...channel, sendQueueCapacity: 4 }))
  }

  override addPeer(peer: Peer): void {
    this.peers.push(peer)
    if (this.greeting !== undefined) peer.trySend({ channelId: 0x20, message: bytes(this.greeting) })
    this.events.dispatchEvent(new Event('peer'))
  }

  override removePeer(peer: Peer): void {
    this.peers = this.peers.filter((other) => other !== peer)
    this.events.dispatchEvent(new Event('gone'))
  }

  override async receive({ channelId, message }: Envelope): Promise<void> {
    await this.gate
    this.heard.push([channelId, Buffer.from(message as Uint8Array).toString()])
    this.events.dispatchEvent(new Event('heard'))
  }

  async hears(count: number): Promise<void> {
    while (this.heard.length < count) await once(this.events, 'heard')
  }
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function startNode(net: TestNetwork, name: string): Promise<{ sw: Switch; node: Node; address: string }> {
  const sw = net.createSwitch({ network: 'chain', moniker: name, ...ONE_IP })
  const node = new Node()
  sw.addReactor('NODE', node)
  await sw.start()
  return { sw, node, address: String(sw.nodeInfo().netAddress()) }
}

async function startBridge(net: TestNetwork, pairs: Array<{ classic: string; lp2p: string }>) {
  const bridge = new Bridge({ pairs })
  const sw = net.createSwitch({ network: 'chain', moniker: 'bridge', ...ONE_IP, ...bridgeSwitchOptions })
  for (const [name, reactor] of Object.entries(bridge.reactors())) sw.addReactor(name, reactor)
  await sw.start()
  bridge.start(sw)
  return { bridge, sw }
}

async function setup(t: { after(fn: () => Promise<void>): void }, seed: number) {
  const net = createMemoryNetwork({ seed })
  const [classic, lp2p] = [await startNode(net, 'classic'), await startNode(net, 'lp2p')]
  const pairs = [{ classic: classic.address, lp2p: lp2p.address }]
  const open = async () => {
    const opened = await startBridge(net, pairs)
    t.after(async () => {
      await opened.bridge.stop()
      await Promise.all([opened.sw, classic.sw, lp2p.sw].filter((sw) => sw.isRunning()).map((sw) => sw.stop()))
    })
    return opened
  }
  return { net, classic, lp2p, open }
}

const joined = async ({ node }: { node: Node }): Promise<Peer> => {
  while (node.peers[0] === undefined) await once(node.events, 'peer')
  return node.peers[0]
}

test('what one half says reaches the other, bytes unchanged and in order, on every channel', async (t) => {
  const { classic, lp2p, open } = await setup(t, 1)
  const { bridge } = await open()
  const [a, b] = [await joined(classic), await joined(lp2p)]
  const sent: Array<[number, string]> = []
  for (let i = 0; i < 30; i++)
    for (const { id } of bridgeChannels) {
      assert.equal(await a.send({ channelId: id, message: bytes(`${id} to lp2p ${i}`) }), true)
      assert.equal(await b.send({ channelId: id, message: bytes(`${id} to classic ${i}`) }), true)
      sent.push([id, `${id} to lp2p ${i}`])
    }
  await Promise.all([classic.node.hears(sent.length), lp2p.node.hears(sent.length)])
  for (const { id } of bridgeChannels) {
    const of = (heard: Array<[number, string]>) => heard.filter(([channel]) => channel === id).map(([, text]) => text)
    assert.deepEqual(of(lp2p.node.heard), of(sent))
    assert.equal(of(classic.node.heard).length, 30)
  }
  const [pair] = bridge.status()
  assert.equal(pair?.state, 'relaying')
  assert.equal(pair?.classic.connected && pair.lp2p.connected, true)
  for (const { messages, dropped, bytes: count } of pair?.classic.sent ?? []) {
    assert.deepEqual([messages, dropped], [30, 0])
    assert.equal(count > 300, true)
  }
})

test('what the classic half says before the lp2p half is there is held, not lost', async (t) => {
  const { net, classic, lp2p, open } = await setup(t, 2)
  classic.node.greeting = 'I am at height 7'
  net.isolate(lp2p.sw)
  await open()
  await joined(classic)
  net.heal()
  await lp2p.node.hears(1)
  assert.deepEqual(lp2p.node.heard, [[0x20, 'I am at height 7']])
})

for (const side of ['classic', 'lp2p'] as const)
  test(`both halves go together when the ${side} one goes, and are joined again`, async (t) => {
    const { net, classic, lp2p, open } = await setup(t, 3)
    const { bridge, sw } = await open()
    const [left, other] = side === 'classic' ? [classic, lp2p] : [lp2p, classic]
    const [first, before] = [await joined(left), await joined(other)]
    await first.send({ channelId: 0x30, message: bytes('first') })
    await other.node.hears(1)
    const gone = once(other.node.events, 'gone')
    net.cut(left.sw, sw)
    await gone
    assert.equal(before.isRunning(), false)
    await once(other.node.events, 'peer')
    const again = await joined(left)
    assert.equal(await again.send({ channelId: 0x30, message: bytes('again') }), true)
    await other.node.hears(2)
    assert.equal(bridge.status()[0]?.pairings, 2)
    assert.match(bridge.status()[0]?.lastEnd ?? '', new RegExp(`${side} half left`))
  })

test('a slow half slows the sender of its pair and nothing is lost; another pair does not notice', async (t) => {
  const net = createMemoryNetwork({ seed: 4 })
  const nodes = await Promise.all(['c1', 'l1', 'c2', 'l2'].map((name) => startNode(net, name)))
  const [c1, l1, c2, l2] = nodes as [(typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0], (typeof nodes)[0]]
  let open = (): void => undefined
  l1.node.gate = new Promise((resolve) => {
    open = resolve
  })
  const { bridge, sw } = await startBridge(net, [
    { classic: c1.address, lp2p: l1.address },
    { classic: c2.address, lp2p: l2.address }
  ])
  t.after(async () => {
    await bridge.stop()
    await Promise.all([sw, ...nodes.map((node) => node.sw)].map((each) => each.stop()))
  })
  const [slow, quick] = [await joined(c1), await joined(c2)]
  await Promise.all([joined(l1), joined(l2)])
  // the queues and windows on the way are 40 MB and more: what is sent beyond them waits at its sender
  const message = new Uint8Array(1_000_000)
  let taken = 0
  for (let refused = 0; refused < 200; ) {
    if (!slow.trySend({ channelId: 0x21, message })) {
      refused++
      await nextTurn()
      continue
    }
    refused = 0
    taken++
    await quick.send({ channelId: 0x21, message: bytes(`${taken}`) })
    await l2.node.hears(taken)
  }
  assert.equal(taken > 20 && taken < 300, true, `${taken} MB were taken`)
  assert.equal(bridge.status()[0]?.state, 'relaying')
  open()
  l1.node.gate = undefined
  await l1.node.hears(taken)
  assert.equal(bridge.status()[0]?.classic.sent.find(({ id }) => id === 0x21)?.dropped, 0)
})

test('HasProposalBlockPart, which v0.x cannot read, is dropped toward lp2p and counted', async (t) => {
  const { classic, lp2p, open } = await setup(t, 5)
  const { bridge } = await open()
  const a = await joined(classic)
  await joined(lp2p)
  await a.send({ channelId: 0x20, message: Uint8Array.of(0x52, 0) })
  await a.send({ channelId: 0x21, message: Uint8Array.of(0x52, 0) })
  await a.send({ channelId: 0x20, message: bytes('next') })
  await lp2p.node.hears(2)
  assert.deepEqual(
    bridge
      .status()[0]
      ?.classic.sent.slice(0, 2)
      .map(({ messages, dropped }) => [messages, dropped]),
    [
      [1, 1],
      [1, 0]
    ]
  )
})

test('the heights of both halves are shown as they tell them', async (t) => {
  const { classic, lp2p, open } = await setup(t, 6)
  const { bridge } = await open()
  const b = await joined(lp2p)
  await joined(classic)
  const step = {
    type: 'newRoundStep',
    height: 12n,
    round: 0,
    step: 1,
    secondsSinceStartTime: 0n,
    lastCommitRound: 0
  } as const
  await b.send({ channelId: 0x20, message: consensusMessage.encode(step) })
  await b.send({ channelId: 0x20, message: Uint8Array.of(0x0a, 0xff) })
  await classic.node.hears(2)
  assert.equal(bridge.status()[0]?.lp2p.height, 12n)
  assert.equal(bridge.status()[0]?.classic.height, undefined)
})

test('a message of nobody it pairs goes nowhere', async (t) => {
  const { net, classic, lp2p, open } = await setup(t, 7)
  const { sw } = await open()
  await Promise.all([joined(classic), joined(lp2p)])
  const stranger = await startNode(net, 'stranger')
  t.after(() => stranger.sw.stop())
  const peer = await stranger.sw.dialPeerWithAddress(sw.nodeInfo().netAddress())
  await peer.send({ channelId: 0x30, message: bytes('psst') })
  await peer.flushStop()
  assert.deepEqual([classic.node.heard, lp2p.node.heard], [[], []])
})

const ID = 'a'.repeat(40)
for (const { name, given, error } of [
  { name: 'no pairs', given: {}, error: 'InvalidOptionError' },
  { name: 'an empty list', given: { pairs: [] }, error: 'InvalidOptionError' },
  {
    name: 'an address that is none',
    given: { pairs: [{ classic: 'x', lp2p: `${ID}@h:1` }] },
    error: 'InvalidAddressError'
  },
  {
    name: 'an address of nobody',
    given: { pairs: [{ classic: `${ID}@h:1`, lp2p: '/ip4/127.0.0.1/udp/1/quic-v1' }] },
    error: 'InvalidOptionError'
  }
])
  test(`a bridge with ${name} is refused by name`, () => {
    assert.throws(() => new Bridge(given as never), { name: error })
  })
