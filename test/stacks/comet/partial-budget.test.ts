/** What a stack's links may hold together of messages that have not come whole: links on streams in the test's hands, and whose budget the links of a real stack have. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { createNodeInfo } from '../../../src/identity/node-info.ts'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import type { StopReason } from '../../../src/interface/stop-reason.ts'
import { CometLink } from '../../../src/stacks/comet/link.ts'
import { checkedMConnOptions } from '../../../src/stacks/comet/mconn-options.ts'
import { encodePacket } from '../../../src/stacks/comet/packet.ts'
import { PartialBudget } from '../../../src/stacks/comet/partial-budget.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { given } from './classic-switch.ts'
import { TestStream } from './test-stream.ts'

const LONGEST = 10_240
const CHANNELS = [0x20, 0x21, 0x22, 0x23].map((id) => ({ id, recvMessageCapacity: LONGEST }))
const POOL = 100 * 1_024
const GRACEFUL: StopReason = { kind: 'graceful', message: 'done' }

const remote = nodeKeyFromSeed(new Uint8Array(32).fill(7))
const piece = (channelId: number, eof = false) =>
  encodePacket({ type: 'msg', channelId, eof, data: new Uint8Array(1_024) })

function peer(budget: PartialBudget) {
  const stream = new TestStream()
  const received: string[] = []
  const ends: StopReason[] = []
  const link: CometLink = new CometLink({
    stream,
    outbound: false,
    remoteId: remote.id,
    remotePeerId: remote.peerId,
    nodeInfo: createNodeInfo({
      id: remote.id,
      listenAddr: 'tcp://127.0.0.1:26656',
      network: 'test',
      version: '0.40.0',
      channels: Uint8Array.from(CHANNELS, ({ id }) => id),
      moniker: 'remote'
    }),
    socketAddr: netAddressFromParts(remote.id, '127.0.0.1', 26656),
    channels: CHANNELS,
    options: checkedMConnOptions({}),
    clock: new FakeClock(),
    partial: budget
  })
  const onDeliver = { call: () => {} }
  link.start({
    deliver: (channelId, bytes) => {
      received.push(`${channelId}:${bytes.length}`)
      onDeliver.call()
    },
    onWritable: () => {},
    onEnd: (reason) => {
      ends.push(reason)
      void link.close(reason, false)
    }
  })
  /** All but the last piece of the longest message, on so many channels by turns. */
  const begin = (channels: number) => {
    for (let i = 1; i < LONGEST / 1_024; i++)
      for (const { id } of CHANNELS.slice(0, channels)) if (ends.length === 0) stream.give(piece(id))
  }
  return { stream, link, received, ends, begin, onDeliver }
}

test('peers that hold long messages open on every channel end at the bound of all together, and others do not notice', () => {
  const budget = new PartialBudget(POOL)
  const honest = peer(budget)
  honest.begin(1)
  const hostile = Array.from({ length: 50 }, () => peer(budget))
  for (const { begin } of hostile) begin(4)
  const left = hostile.filter(({ ends }) => ends.length === 0)
  // each takes 36 pieces, 10 of them free
  assert.equal(left.length, 3)
  for (const { ends } of hostile.filter((one) => !left.includes(one))) {
    assert.equal(ends[0]?.kind, 'protocol')
    assert.match(ends[0]?.message ?? '', /have not come whole/)
  }
  assert.ok(budget.taken <= POOL)
  // one long message after the other, with the pool as good as empty
  for (const { id } of CHANNELS) {
    if (id !== 0x20) for (let i = 1; i < LONGEST / 1_024; i++) honest.stream.give(piece(id))
    honest.stream.give(piece(id, true))
  }
  assert.deepEqual([honest.ends, honest.received], [[], CHANNELS.map(({ id }) => `${id}:${LONGEST}`)])
  // two closed by us, one by itself
  void left[0]?.link.close(GRACEFUL, false)
  void left[1]?.link.close(GRACEFUL, false)
  left[2]?.stream.finish()
  assert.equal(budget.taken, 0)
})

test('what comes whole is given back at once', () => {
  const budget = new PartialBudget(POOL)
  const { stream, begin } = peer(budget)
  begin(3)
  assert.equal(budget.taken, 17 * 1_024)
  stream.give(piece(0x20, true))
  assert.equal(budget.taken, 8 * 1_024)
  stream.give(piece(0x21, true))
  assert.equal(budget.taken, 0)
})

test('a link that ends within a delivery gives all back, and takes nothing for the rest of the chunk', () => {
  const budget = new PartialBudget(POOL)
  const { stream, link, begin, onDeliver } = peer(budget)
  begin(3)
  onDeliver.call = () => void link.close(GRACEFUL, false)
  stream.give(piece(0x20, true), piece(0x23))
  assert.equal(budget.taken, 0)
})

test('a refusal of the pool changes nothing, and less is always granted', () => {
  const budget = new PartialBudget(10)
  const [one, other] = [budget.account(5), budget.account(5)]
  assert.deepEqual([one.hold(5), budget.taken], [true, 0])
  assert.deepEqual([one.hold(12), other.hold(8), budget.taken], [true, true, 10])
  assert.deepEqual([other.hold(9), one.hold(20), budget.taken], [false, false, 10])
  assert.deepEqual([one.hold(6), other.hold(14), budget.taken], [true, true, 10])
  assert.deepEqual([one.hold(0), other.hold(0), budget.taken], [true, true, 0])
})

test('all links of a stack have one budget, those it dialled and those it accepted, and every stack its own', async (t) => {
  const account = t.mock.method(PartialBudget.prototype, 'account')
  const [node, dialled, dialling] = [await given(t), await given(t), await given(t)]
  await node.sw.dialPeerWithAddress(dialled.address)
  await dialling.sw.dialPeerWithAddress(node.address)
  await node.text.until(() => node.text.added.length === 2)
  const links = new Map<unknown, number>()
  for (const { this: budget } of account.mock.calls) links.set(budget, (links.get(budget) ?? 0) + 1)
  assert.deepEqual([...links.values()].sort(), [1, 1, 2])
})
