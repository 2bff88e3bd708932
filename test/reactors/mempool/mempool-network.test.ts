/** The mempool between real Switches over the memory network. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChannelDescriptor } from '../../../src/interface/channel.ts'
import type { Envelope } from '../../../src/interface/envelope.ts'
import { BaseReactor } from '../../../src/reactors/base-reactor.ts'
import { FollowerReactor } from '../../../src/reactors/consensus/follower-reactor.ts'
import { MempoolReactor } from '../../../src/reactors/mempool/mempool-reactor.ts'
import { mempoolMessage } from '../../../src/wire/channel-messages.ts'
import { nextRemoval, startNodes, stopNodes } from '../nodes.ts'

const tx = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** Settles with the texts once `count` transactions have entered. */
function entered(reactor: MempoolReactor, count: number): Promise<string[]> {
  const seen: string[] = []
  return new Promise((resolve) => {
    const off = reactor.onTx((event) => {
      if (seen.push(text(event.tx)) < count) return
      off()
      resolve(seen)
    })
  })
}

/** Speaks raw bytes on the mempool's channel, and hears how many transactions each message carries. */
class RawMempool extends BaseReactor {
  readonly batches: number[] = []
  override getChannels(): ChannelDescriptor<Uint8Array>[] {
    const messageType = { typeName: 'raw', encode: (bytes: Uint8Array) => bytes, decode: (bytes: Uint8Array) => bytes }
    return [{ id: 0x30, priority: 5, recvMessageCapacity: 100_000_000, messageType }]
  }
  override receive({ message }: Envelope): void {
    const decoded = mempoolMessage.decode(message as Uint8Array)
    if (decoded.type === 'txs') this.batches.push(decoded.txs.length)
  }
}

const shapes: Array<{ name: string; links: Array<[number, number]> }> = [
  {
    name: 'a line',
    links: [
      [0, 1],
      [2, 1],
      [2, 3]
    ]
  },
  {
    name: 'a ring',
    links: [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0]
    ]
  },
  {
    name: 'a full mesh',
    links: [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3]
    ]
  }
]
for (const { name, links } of shapes)
  for (const gossipBatchBytes of [65_536, 0])
    test(`four nodes in ${name}: 1,000 transactions reach every node exactly once, in order per source (batches of ${gossipBatchBytes})`, async () => {
      const reactors = [0, 1, 2, 3].map(() => new MempoolReactor({ gossipBatchBytes }))
      const arrived = reactors.map((reactor) => entered(reactor, 1_000))
      const nodes = await startNodes(
        reactors.map((MEMPOOL) => ({ MEMPOOL })),
        links,
        { seed: 7 }
      )
      await Promise.all(
        reactors.map(async (reactor, source) => {
          for (let i = 0; i < 250; i++) {
            const result = await reactor.submit(tx(`${source}:${String(i).padStart(3, '0')}`))
            assert.equal(result.accepted, true)
          }
        })
      )
      for (const seen of await Promise.all(arrived)) {
        assert.equal(new Set(seen).size, 1_000)
        for (const source of ['0', '1', '2', '3']) {
          const own = seen.filter((each) => each.startsWith(`${source}:`))
          assert.deepEqual(own, [...own].sort())
        }
      }
      await stopNodes(nodes)
      for (const { mempool } of reactors) {
        assert.equal(mempool.counters().accepted, 1_000)
        // on a line there is one way only: whatever came twice would be an echo or a repetition
        if (name === 'a line') assert.deepEqual(mempool.counters().rejected, {})
      }
    })

test('a node that joins late gets the whole pool, packed', async () => {
  const early = new MempoolReactor()
  const late = new RawMempool('RAW')
  for (let i = 0; i < 500; i++) await early.submit(tx(`tx ${i}`))
  const nodes = await startNodes([{ MEMPOOL: early }, { MEMPOOL: late }], [])
  const done = new Promise<void>((resolve) => {
    const receive = late.receive.bind(late)
    late.receive = (envelope) => {
      receive(envelope)
      if (late.batches.reduce((a, b) => a + b, 0) === 500) resolve()
    }
  })
  await nodes[0]?.sw.dialPeerWithAddress(nodes[1]?.address as string)
  await done
  assert.equal(late.batches.length, 1)
  await stopNodes(nodes)
})

const bad: Array<[string, Uint8Array]> = [
  ['malformed', Uint8Array.of(0xff, 0xff, 0xff)],
  ['truncated', mempoolMessage.encode({ type: 'txs', txs: [tx('abc')] }).subarray(0, 5)],
  ['empty', new Uint8Array(0)],
  ['without a transaction', Uint8Array.of(0x0a, 0x00)],
  ['with only an unknown field', Uint8Array.of(0x7a, 0x00)],
  ['with an empty transaction', Uint8Array.of(0x0a, 0x02, 0x0a, 0x00)],
  ['with a transaction too large', mempoolMessage.encode({ type: 'txs', txs: [new Uint8Array(1_001)] })],
  ['with too much in all', mempoolMessage.encode({ type: 'txs', txs: [new Uint8Array(600), new Uint8Array(401)] })],
  ['beyond what the channel takes', mempoolMessage.encode({ type: 'txs', txs: [new Uint8Array(100_000)] })]
]
for (const [name, bytes] of bad)
  test(`a mempool message ${name} costs its sender the connection, and nobody else notices`, async () => {
    const victim = new MempoolReactor({ maxTxBytes: 1_000 })
    const [hostile, honest] = [new RawMempool('RAW'), new MempoolReactor({ maxTxBytes: 1_000 })]
    const removed = nextRemoval(victim)
    const arrived = entered(honest, 1)
    const nodes = await startNodes(
      [{ MEMPOOL: victim }, { MEMPOOL: hostile }, { MEMPOOL: honest }],
      [
        [1, 0],
        [2, 0]
      ]
    )
    for await (const { sent } of nodes[1]?.sw.broadcast({ channelId: 0x30, message: bytes }) ?? [])
      assert.equal(sent, true)
    const { peer, reason } = await removed
    assert.equal(peer.id(), nodes[1]?.sw.nodeInfo().id)
    assert.equal((reason as { kind: string }).kind, 'protocol')
    await victim.submit(tx('still here'))
    assert.deepEqual(await arrived, ['still here'])
    const left = nodes[0]?.sw.peers().list()
    assert.deepEqual(
      left?.map((each) => each.id()),
      [nodes[2]?.sw.nodeInfo().id]
    )
    await stopNodes(nodes)
  })

test('an unknown field beside a transaction is skipped', async () => {
  const [receiver, sender] = [new MempoolReactor(), new RawMempool('RAW')]
  const arrived = entered(receiver, 1)
  const nodes = await startNodes([{ MEMPOOL: receiver }, { MEMPOOL: sender }], [[1, 0]])
  const message = Uint8Array.from([0x7a, 0x01, 0x00, ...mempoolMessage.encode({ type: 'txs', txs: [tx('x')] })])
  nodes[1]?.sw.broadcastAsync({ channelId: 0x30, message })
  assert.deepEqual(await arrived, ['x'])
  await stopNodes(nodes)
})

test('a check that never answers for one peer stalls neither the others nor the stop', async () => {
  const victim = new MempoolReactor({
    checkTx: (bytes) => (text(bytes).startsWith('stuck') ? new Promise(() => {}) : true)
  })
  const [slow, quick] = [new MempoolReactor(), new MempoolReactor()]
  const arrived = entered(victim, 2)
  const nodes = await startNodes(
    [{ MEMPOOL: victim }, { MEMPOOL: slow }, { MEMPOOL: quick }],
    [
      [1, 0],
      [2, 0]
    ]
  )
  await slow.submit(tx('stuck'))
  await slow.submit(tx('behind it'))
  await quick.submit(tx('one'))
  await quick.submit(tx('two'))
  assert.deepEqual(await arrived, ['one', 'two'])
  assert.equal(nodes[0]?.sw.peers().size, 2)
  await stopNodes(nodes)
})

test('with followers beside them, a transaction waits for a peer that is more than a block behind', async () => {
  const [ahead, behind] = [new MempoolReactor(), new MempoolReactor()]
  const [one, two] = [new FollowerReactor({ height: 10n }), new FollowerReactor({ height: 2n, announceIntervalMs: 0 })]
  const order: string[] = []
  const arrived = entered(behind, 2)
  behind.onTx((event) => order.push(text(event.tx)))
  await ahead.submit(tx('of height 0'))
  await ahead.mempool.update(10n, [])
  await ahead.submit(tx('of height 10'))
  const nodes = await startNodes(
    [
      { MEMPOOL: ahead, CONSENSUS: one },
      { MEMPOOL: behind, CONSENSUS: two }
    ],
    [[0, 1]]
  )
  await new Promise<void>((resolve) => {
    const off = behind.onTx(() => {
      off()
      resolve()
    })
    if (order.length > 0) resolve()
  })
  order.push('height 8')
  two.setHeight(8n)
  await arrived
  assert.deepEqual(order, ['of height 0', 'height 8', 'of height 10'])
  await stopNodes(nodes)
})

test('a node that stops in the middle of it all stops cleanly, and so do the others', async () => {
  const reactors = [0, 1, 2].map(() => new MempoolReactor({ gossipBatchBytes: 0 }))
  const nodes = await startNodes(
    reactors.map((MEMPOOL) => ({ MEMPOOL })),
    [
      [0, 1],
      [1, 2]
    ]
  )
  const some = entered(reactors[2] as MempoolReactor, 50)
  for (let i = 0; i < 1_000; i++) await reactors[0]?.submit(tx(`tx ${i}`))
  await some
  await nodes[1]?.sw.stop()
  await stopNodes([nodes[0], nodes[2]].filter((node) => node !== undefined))
})

test('what a lost connection swallowed comes again after reconnecting: every transaction enters once, in order', async () => {
  const [from, to] = [new MempoolReactor({ gossipBatchBytes: 0 }), new MempoolReactor()]
  const all = entered(to, 500)
  // both sides: a dial to a node still connected would just find the old connection
  const lost = Promise.all([nextRemoval(to), nextRemoval(from)])
  const nodes = await startNodes([{ MEMPOOL: from }, { MEMPOOL: to }], [[0, 1]])
  to.onTx(() => {
    if (to.mempool.size() === 20) void nodes[1]?.sw.peers().random()?.closeConn()
  })
  for (let i = 0; i < 500; i++) await from.submit(tx(`tx ${String(i).padStart(3, '0')}`))
  await lost
  assert.ok(to.mempool.size() < 500)
  await nodes[0]?.sw.dialPeerWithAddress(nodes[1]?.address as string)
  const seen = await all
  assert.deepEqual(seen, [...new Set(seen)].sort())
  await stopNodes(nodes)
})
