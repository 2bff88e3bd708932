import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PEER_STATE_KEY, PeerState } from '../../../src/reactors/consensus/peer-state.ts'
import { Mempool } from '../../../src/reactors/mempool/mempool.ts'
import { MempoolReactor, type MempoolReactorOptions } from '../../../src/reactors/mempool/mempool-reactor.ts'
import { deferred } from '../../../src/util/deferred.ts'
import type { MempoolMessage } from '../../../src/wire/channel-messages.ts'
import { mempoolMessage } from '../../../src/wire/channel-messages.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { connect, disconnect, StubPeer, startAlone } from '../stub-peer.ts'

const tx = (text: string) => new TextEncoder().encode(text)
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The messages a peer was sent, each as its transactions. */
const messages = (peer: StubPeer) =>
  peer.sent.map(({ message }) => {
    const { txs } = message as Extract<MempoolMessage, { type: 'txs' }>
    return txs.map(text)
  })
const gossiped = (peer: StubPeer) => messages(peer).flat()

async function started(options: MempoolReactorOptions = {}) {
  const reactor = new MempoolReactor(options)
  return { reactor, ...(await startAlone(reactor)) }
}

function receive(reactor: MempoolReactor, peer: StubPeer, ...txs: string[]) {
  return reactor.receive({ src: peer.asPeer(), channelId: 0x30, message: { type: 'txs', txs: txs.map(tx) } })
}

test('the channel is the one every CometBFT node declares', () => {
  const [channel] = new MempoolReactor().getChannels()
  assert.deepEqual([channel?.id, channel?.priority, channel?.recvMessageCapacity], [0x30, 5, 4_194_314])
  assert.equal(new MempoolReactor({ maxTxBytes: 1_048_576 }).getChannels()[0]?.recvMessageCapacity, 1_048_584)
})

test('a submitted transaction goes to every peer, in order; a peer that comes later gets all there is', async () => {
  const { reactor } = await started()
  const [a, b] = [new StubPeer('a'), new StubPeer('b')]
  await connect(reactor, a)
  for (const each of ['1', '2', '3']) assert.equal((await reactor.submit(tx(each))).accepted, true)
  await connect(reactor, b)
  await turn()
  assert.deepEqual(gossiped(a), ['1', '2', '3'])
  assert.deepEqual(gossiped(b), ['1', '2', '3'])
  await reactor.stop()
})

test('a transaction is never sent to a peer that brought it, first or later', async () => {
  const { reactor } = await started()
  const [a, b, c] = [new StubPeer('a'), new StubPeer('b'), new StubPeer('c')]
  for (const peer of [a, b]) await connect(reactor, peer)
  await receive(reactor, a, 'x')
  await receive(reactor, b, 'y')
  await turn()
  assert.deepEqual([gossiped(a), gossiped(b)], [['y'], ['x']])
  await reactor.initPeer(c.asPeer())
  await receive(reactor, c, 'x')
  await reactor.addPeer(c.asPeer())
  await turn()
  assert.deepEqual(gossiped(c), ['y'])
  await reactor.stop()
})

test('a peer that reconnects is sent everything again: it may have lost it', async () => {
  const { reactor } = await started()
  const before = new StubPeer('a')
  await connect(reactor, before)
  await receive(reactor, before, 'x')
  await disconnect(reactor, before)
  const after = new StubPeer('a')
  await connect(reactor, after)
  await turn()
  assert.deepEqual(gossiped(after), ['x'])
  await reactor.stop()
})

test('what waits already goes in one message, up to the bound; 0 means one a message', async () => {
  const packed = async (options: MempoolReactorOptions) => {
    const { reactor } = await started(options)
    for (const each of ['aaa', 'bbb', 'ccc', 'ddddddddd', 'e']) await reactor.submit(tx(each))
    const peer = new StubPeer('a')
    await connect(reactor, peer)
    await turn()
    await reactor.stop()
    return messages(peer)
  }
  assert.deepEqual(await packed({}), [['aaa', 'bbb', 'ccc', 'ddddddddd', 'e']])
  assert.deepEqual(await packed({ gossipBatchBytes: 10 }), [['aaa', 'bbb'], ['ccc'], ['ddddddddd'], ['e']])
  assert.deepEqual(await packed({ gossipBatchBytes: 0 }), [['aaa'], ['bbb'], ['ccc'], ['ddddddddd'], ['e']])
  // never more than one longest transaction, whatever the option says: the receiver would drop us
  assert.deepEqual(await packed({ maxTxBytes: 10 }), [['aaa', 'bbb'], ['ccc'], ['ddddddddd'], ['e']])
})

test('every message we send passes the filter of a node with the same limits, and fits its channel', async () => {
  const { reactor } = await started({ maxTxBytes: 300, gossipBatchBytes: 4_000_000 })
  for (let i = 1; i <= 300; i++) await reactor.submit(new Uint8Array(i).fill(i))
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  await turn()
  assert.ok(peer.sent.length > 1)
  const capacity = reactor.getChannels()[0]?.recvMessageCapacity as number
  for (const { message } of peer.sent) {
    const bytes = mempoolMessage.encode(message as MempoolMessage)
    assert.ok(bytes.length <= capacity)
    assert.equal(reactor.filterMsgBytes(0x30, peer.asPeer(), bytes), undefined)
  }
  await reactor.stop()
})

test('a peer that takes nothing is waited for, holds up nobody, and gets what is still in the pool then', async () => {
  const { reactor } = await started({ gossipBatchBytes: 0 })
  const [slow, quick] = [new StubPeer('a'), new StubPeer('b')]
  const gate = deferred<boolean>()
  slow.answers.push(gate.promise)
  for (const peer of [slow, quick]) await connect(reactor, peer)
  for (const each of ['1', '2', '3', '4']) await reactor.submit(tx(each))
  await turn()
  assert.deepEqual([gossiped(slow), gossiped(quick)], [['1'], ['1', '2', '3', '4']])
  await reactor.mempool.update(1n, [tx('1'), tx('3')])
  gate.resolve(true)
  await turn()
  assert.deepEqual(gossiped(slow), ['1', '2', '4'])
  await reactor.stop()
})

test('a failed send is tried again after 100 ms, then ever more rarely, without what was committed meanwhile', async () => {
  const clock = new FakeClock()
  const { reactor } = await started({ clock })
  const peer = new StubPeer('a')
  peer.answers.push(false, false, false)
  await connect(reactor, peer)
  await reactor.submit(tx('1'))
  await reactor.submit(tx('2'))
  await turn()
  assert.equal(peer.sent.length, 1)
  await clock.run(99)
  assert.equal(peer.sent.length, 1)
  await clock.run(1)
  assert.equal(peer.sent.length, 2)
  await reactor.mempool.update(1n, [tx('1')])
  await clock.run(199)
  assert.equal(peer.sent.length, 2)
  await clock.run(1)
  // only the first attempt's transaction was in that message; once it is committed there is nothing to repeat
  assert.deepEqual(messages(peer), [['1'], ['1'], ['2']])
  await clock.run(100)
  assert.deepEqual(messages(peer).at(-1), ['2'])
  await reactor.stop()
  assert.equal(clock.pending, 0)
})

test('a peer whose consensus state is more than a block behind waits for its height; without a state nothing waits', async () => {
  const clock = new FakeClock()
  const { reactor } = await started({ clock })
  await reactor.mempool.update(10n, [])
  const [ours, foreign, bare] = [new StubPeer('a'), new StubPeer('b'), new StubPeer('c')]
  const state = new PeerState()
  let foreignHeight = 0n
  ours.set(PEER_STATE_KEY, state)
  foreign.set(PEER_STATE_KEY, { getHeight: () => foreignHeight })
  for (const peer of [ours, foreign, bare]) await connect(reactor, peer)
  await reactor.submit(tx('x'))
  await turn()
  assert.deepEqual([ours, foreign, bare].map(gossiped), [[], [], ['x']])
  state.apply({ height: 8n, round: 0, step: 1 })
  foreignHeight = 8n
  await clock.run(100)
  assert.deepEqual([gossiped(ours), gossiped(foreign)], [[], []])
  state.apply({ height: 9n, round: 0, step: 1 })
  await turn()
  assert.deepEqual(gossiped(ours), ['x'])
  foreignHeight = 9n
  await clock.run(100)
  assert.deepEqual(gossiped(foreign), ['x'])
  assert.equal(clock.pending, 0)
  await reactor.stop()
})

test('a message holds nothing that is too early for the peer', async () => {
  const { reactor } = await started()
  await reactor.mempool.update(10n, [])
  await reactor.submit(tx('ten'))
  await reactor.mempool.update(11n, [])
  await reactor.submit(tx('eleven'))
  const peer = new StubPeer('a')
  const state = new PeerState()
  peer.set(PEER_STATE_KEY, state)
  state.apply({ height: 9n, round: 0, step: 1 })
  await connect(reactor, peer)
  await turn()
  assert.deepEqual(messages(peer), [['ten']])
  state.apply({ height: 10n, round: 0, step: 1 })
  await turn()
  assert.deepEqual(messages(peer), [['ten'], ['eleven']])
  await reactor.stop()
})

test('startsDisabled: nothing goes in from peers or out to them before enableInOutTxs', async () => {
  const { reactor } = await started({ startsDisabled: true })
  const [stays, leaves] = [new StubPeer('a'), new StubPeer('b')]
  for (const peer of [stays, leaves]) await connect(reactor, peer)
  assert.equal(reactor.waitSync(), true)
  await receive(reactor, stays, 'early')
  await reactor.submit(tx('own'))
  await turn()
  assert.deepEqual([gossiped(stays), reactor.mempool.size()], [[], 1])
  await disconnect(reactor, leaves)
  reactor.enableInOutTxs()
  reactor.enableInOutTxs()
  await receive(reactor, stays, 'late')
  await turn()
  assert.equal(reactor.waitSync(), false)
  assert.deepEqual([gossiped(stays), gossiped(leaves), reactor.mempool.size()], [['own'], [], 2])
  await reactor.stop()
})

test('broadcast: false takes transactions and passes none on; a peer without the channel gets none', async () => {
  const quiet = await started({ broadcast: false })
  const peer = new StubPeer('a')
  await connect(quiet.reactor, peer)
  await receive(quiet.reactor, peer, 'x')
  await quiet.reactor.submit(tx('y'))
  const { reactor } = await started()
  const without = new StubPeer('b', [0x40])
  await connect(reactor, without)
  await reactor.submit(tx('z'))
  await turn()
  assert.deepEqual([peer.sent, without.sent, quiet.reactor.mempool.size()], [[], [], 2])
})

test('removePeer and stop end the routines, also while a send or a height is awaited', async () => {
  const { reactor } = await started()
  const [sending, waiting, idle] = [new StubPeer('a'), new StubPeer('b'), new StubPeer('c')]
  const gate = deferred<boolean>()
  sending.answers.push(gate.promise)
  waiting.set(PEER_STATE_KEY, new PeerState())
  for (const peer of [sending, waiting, idle]) await connect(reactor, peer)
  await reactor.mempool.update(10n, [])
  await reactor.submit(tx('x'))
  await sending.tried(1)
  // as a real peer does when it stops
  gate.resolve(false)
  await disconnect(reactor, sending)
  await disconnect(reactor, waiting)
  await reactor.submit(tx('y'))
  await turn()
  assert.deepEqual([gossiped(sending), gossiped(waiting), gossiped(idle)], [['x'], [], ['x', 'y']])
  await reactor.stop()
  assert.equal((await reactor.submit(tx('z'))).accepted, false)
})

test('what the check makes of a transaction is never held against its sender', async () => {
  const { reactor, stopped } = await started({
    maxTxs: 1,
    checkTx: (bytes) => {
      if (text(bytes) === 'throws') throw new Error('mine')
      return text(bytes) !== 'bad'
    }
  })
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  await receive(reactor, peer, 'bad', 'throws', 'good', 'good', 'full')
  assert.deepEqual(reactor.mempool.counters(), {
    accepted: 1,
    rejected: { 'check-failed': 1, 'check-error': 1, cache: 1, full: 1 }
  })
  assert.deepEqual(stopped, [])
  await reactor.stop()
})

test('a sender with too many unchecked transactions waits for room, at most 10 s, and nobody else does', async () => {
  const clock = new FakeClock()
  const answers: Array<() => void> = []
  const { reactor } = await started({
    clock,
    checkTxTimeoutMs: 60_000,
    checkTx: (bytes) =>
      text(bytes).startsWith('s') ? new Promise((resolve) => answers.push(() => resolve(true))) : true
  })
  const [slow, quick] = [new StubPeer('a'), new StubPeer('b')]
  for (const peer of [slow, quick]) await connect(reactor, peer)
  // the clock stands still: receive never yields by itself
  assert.equal(receive(reactor, slow, ...Array.from({ length: 5_000 }, (_, i) => `s${i}`)), undefined)
  const waiting = receive(reactor, slow, 's-one', 's-two')
  assert.ok(waiting instanceof Promise)
  await receive(reactor, quick, 'q')
  assert.equal(reactor.mempool.size(), 1)
  answers[0]?.()
  await turn()
  let settled = false
  void waiting.then(() => {
    settled = true
  })
  await clock.run(9_999)
  assert.equal(settled, false)
  await clock.run(1)
  assert.equal(settled, true)
  const left = receive(reactor, slow, 's-three')
  await disconnect(reactor, slow)
  await left
  await reactor.stop()
  assert.equal(clock.pending, 0)
})

test('section 9: what no honest node sends is an Error before it is decoded, on this channel only', () => {
  const reactor = new MempoolReactor({ maxTxBytes: 10 })
  const peer = new StubPeer('a').asPeer()
  const filter = (bytes: Uint8Array, channelId = 0x30) => reactor.filterMsgBytes(channelId, peer, bytes)
  assert.equal(filter(Uint8Array.of(0x0a, 0x02, 0x0a, 0x00))?.name, 'ProtocolViolationError')
  assert.equal(filter(new Uint8Array(0))?.name, 'ProtocolViolationError')
  assert.equal(filter(Uint8Array.of(0x0a, 0x83))?.name, 'DecodeError')
  assert.equal(filter(Uint8Array.of(0x0a, 0x03, 0x0a, 0x01, 0x7b)), undefined)
  assert.equal(filter(new Uint8Array(0), 0x31), undefined)
})

test('a message of another type stops its sender with protocol, one of an unknown type is ignored', async () => {
  const { reactor, stopped } = await started()
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  await reactor.receive({ src: peer.asPeer(), channelId: 0x30, message: { type: 'unknown' } })
  assert.equal(stopped.length, 0)
  await reactor.receive({ src: peer.asPeer(), channelId: 0x30, message: { type: 'haveTx' } })
  const reason = stopped[0]?.reason as { kind?: string; channelId?: number } | undefined
  assert.deepEqual([reason?.kind, reason?.channelId], ['protocol', 0x30])
  await reactor.stop()
})

test('users watch what enters the pool, with who brought it', async () => {
  const { reactor } = await started()
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  const seen: Array<[string, string | undefined]> = []
  reactor.onTx((event) => seen.push([text(event.tx), event.from]))
  const iteration = reactor.transactions()
  await receive(reactor, peer, 'theirs')
  await reactor.submit(tx('ours'))
  assert.deepEqual(seen, [
    ['theirs', peer.id()],
    ['ours', undefined]
  ])
  assert.equal((await iteration.next()).value?.from, peer.id())
  await reactor.stop()
  assert.equal(text((await iteration.next()).value?.tx as Uint8Array), 'ours')
  assert.equal((await iteration.next()).done, true)
})

test('a pool of the user is used and not closed', async () => {
  const mempool = new Mempool()
  const { reactor } = await started({ mempool })
  await reactor.submit(tx('x'))
  await reactor.stop()
  assert.equal((await mempool.add(tx('y'))).accepted, true)
  assert.equal(mempool.size(), 2)
})

test('a bad option or argument is named', async () => {
  const bad: Array<[string, object]> = [
    ['gossipBatchBytes', { gossipBatchBytes: -1 }],
    ['maxBatchBytes', { maxBatchBytes: 'many' }],
    ['broadcast', { broadcast: 1 }],
    ['startsDisabled', { startsDisabled: 'no' }],
    ['mempool', { mempool: {} }],
    ['maxTxs', { mempool: new Mempool(), maxTxs: 5 }],
    ['maxTxBytes', { maxTxBytes: 0 }]
  ]
  for (const [field, options] of bad)
    assert.throws(() => new MempoolReactor(options), { name: 'InvalidOptionError', field }, field)
  await assert.rejects(new MempoolReactor().submit('text' as unknown as Uint8Array), {
    name: 'InvalidOptionError',
    field: 'tx'
  })
})
