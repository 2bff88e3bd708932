import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Peer } from '../../../src/interface/peer.ts'
import { FollowerReactor, type FollowerReactorOptions } from '../../../src/reactors/consensus/follower-reactor.ts'
import type { NewRoundStep } from '../../../src/reactors/consensus/new-round-step.ts'
import { PEER_STATE_KEY, type PeerHeight } from '../../../src/reactors/consensus/peer-state.ts'
import { deferred } from '../../../src/util/deferred.ts'
import type { ConsensusMessage } from '../../../src/wire/consensus-message.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { connect, disconnect, StubPeer, startAlone } from '../stub-peer.ts'

async function started(options: FollowerReactorOptions = {}) {
  const clock = new FakeClock()
  const reactor = new FollowerReactor({ clock, ...options })
  return { reactor, clock, ...(await startAlone(reactor)) }
}

const told = (peer: StubPeer) => peer.sent.map(({ message }) => (message as NewRoundStep).height)

function receive(reactor: FollowerReactor, peer: StubPeer, fields: Partial<NewRoundStep>, channelId = 0x20) {
  const message: ConsensusMessage = {
    type: 'newRoundStep',
    height: 5n,
    round: 0,
    step: 1,
    secondsSinceStartTime: 0n,
    lastCommitRound: 0,
    ...fields
  }
  return reactor.receive({ src: peer.asPeer(), channelId, message })
}

test('the channels are the four that every CometBFT node declares', () => {
  const channels = new FollowerReactor().getChannels()
  assert.deepEqual(
    channels.map(({ id, priority, sendQueueCapacity, recvMessageCapacity }) => [
      id,
      priority,
      sendQueueCapacity,
      recvMessageCapacity
    ]),
    [
      [0x20, 6, 100, 1_048_576],
      [0x21, 10, 100, 1_048_576],
      [0x22, 7, 100, 1_048_576],
      [0x23, 1, 2, 1_048_576]
    ]
  )
})

test('a new peer hears the height we work on: at the initial height without a last commit', async () => {
  const { reactor, clock } = await started({ initialHeight: 10n })
  const first = new StubPeer('a')
  clock.advance(3_700)
  await connect(reactor, first)
  const step: NewRoundStep = {
    type: 'newRoundStep',
    height: 10n,
    round: 0,
    step: 1,
    secondsSinceStartTime: 3n,
    lastCommitRound: -1
  }
  assert.deepEqual(first.sent, [{ channelId: 0x20, message: step }])
  reactor.setHeight(10n)
  const second = new StubPeer('b')
  await connect(reactor, second)
  assert.deepEqual(second.sent, [
    { channelId: 0x20, message: { ...step, height: 11n, lastCommitRound: 0, secondsSinceStartTime: 0n } }
  ])
  await reactor.stop()
})

test('blocks that come one by one are told at once, a fast sync once an interval, the latest wins', async () => {
  const { reactor, clock } = await started({ height: 4n, announceIntervalMs: 250 })
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  await clock.run(1_000)
  reactor.setHeight(5n)
  await clock.run(0)
  assert.deepEqual(told(peer), [5n, 6n])
  for (let height = 6n; height <= 300n; height++) reactor.setHeight(height)
  await clock.run(249)
  assert.deepEqual(told(peer), [5n, 6n])
  await clock.run(1)
  assert.deepEqual(told(peer), [5n, 6n, 301n])
  await clock.run(10_000)
  assert.deepEqual(told(peer), [5n, 6n, 301n])
  assert.equal(clock.pending, 0)
  await reactor.stop()
})

test('a chain of ten blocks a second is told block by block', async () => {
  const { reactor, clock } = await started({ height: 4n })
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  for (const height of [5n, 6n, 7n, 8n]) {
    await clock.run(100)
    reactor.setHeight(height)
    await clock.run(0)
    assert.equal(told(peer).at(-1), height + 1n)
  }
  await reactor.stop()
})

test('a height not above the present one changes nothing', async () => {
  const { reactor, clock } = await started({ height: 4n })
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  await clock.run(10_000)
  reactor.setHeight(4n)
  reactor.setHeight(2n)
  await clock.run(10_000)
  assert.deepEqual(told(peer), [5n])
  const later = new StubPeer('b')
  await connect(reactor, later)
  assert.equal((later.sent[0]?.message as NewRoundStep | undefined)?.secondsSinceStartTime, 20n)
  assert.equal(reactor.height(), 4n)
  await reactor.stop()
})

test('a height that changes while a send waits is told next; a peer that takes nothing holds up nobody', async () => {
  const { reactor, clock } = await started({ height: 4n })
  const [slow, quick] = [new StubPeer('a'), new StubPeer('b')]
  const gate = deferred<boolean>()
  slow.answers.push(gate.promise)
  for (const peer of [slow, quick]) await connect(reactor, peer)
  for (const height of [5n, 6n]) {
    await clock.run(1_000)
    reactor.setHeight(height)
  }
  await clock.run(0)
  assert.deepEqual([told(slow), told(quick)], [[5n], [5n, 6n, 7n]])
  gate.resolve(true)
  await clock.run(250)
  assert.deepEqual(told(slow), [5n, 7n])
  await reactor.stop()
})

test('a failed send is tried again while the peer runs, and not after', async () => {
  const { reactor, clock } = await started()
  const peer = new StubPeer('a')
  peer.answers.push(false, false)
  await connect(reactor, peer)
  await clock.run(1_000)
  assert.deepEqual(told(peer), [1n, 1n])
  await disconnect(reactor, peer)
  reactor.setHeight(1n)
  await clock.run(60_000)
  assert.deepEqual(told(peer), [1n, 1n])
  assert.equal(clock.pending, 0)
})

test('removePeer and stop end what waits for its interval', async () => {
  const { reactor, clock } = await started()
  const [leaves, stays] = [new StubPeer('a'), new StubPeer('b')]
  for (const peer of [leaves, stays]) await connect(reactor, peer)
  reactor.setHeight(1n)
  await clock.run(1)
  assert.equal(clock.pending, 2)
  await disconnect(reactor, leaves)
  assert.equal(clock.pending, 1)
  await reactor.stop()
  assert.equal(clock.pending, 0)
})

test("a peer's height lies under Go's key from initPeer on, and follows its NewRoundSteps", async () => {
  const { reactor } = await started()
  const peer = new StubPeer('a')
  await reactor.initPeer(peer.asPeer())
  const state = peer.get(PEER_STATE_KEY) as PeerHeight
  assert.equal(state.getHeight(), 0n)
  await receive(reactor, peer, { height: 7n })
  assert.equal(state.getHeight(), 7n)
  await receive(reactor, peer, { height: 6n, step: 8 })
  assert.equal(state.getHeight(), 7n)
  await reactor.stop()
})

test('whoever syncs hears of each new height of a peer, once', async () => {
  const heard: Array<[Peer, bigint]> = []
  const reactor = new FollowerReactor({ clock: new FakeClock() })
  await startAlone(reactor, { BLOCKSYNC: { onPeerHeight: (of: Peer, height: bigint) => heard.push([of, height]) } })
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  for (const fields of [{ height: 5n }, { height: 5n, step: 3 }, { height: 7n }, { height: 6n }])
    await receive(reactor, peer, fields)
  await receive(reactor, peer, { height: 9n }, 0x21)
  assert.deepEqual(heard, [
    [peer.asPeer(), 5n],
    [peer.asPeer(), 7n]
  ])
  await reactor.stop()
})

test('an impossible NewRoundStep stops its sender with protocol', async () => {
  const { reactor, stopped } = await started({ initialHeight: 5n })
  const bad: Array<[Partial<NewRoundStep>, number]> = [
    [{ step: 0, lastCommitRound: -1 }, 0x20],
    [{ height: 4n }, 0x20],
    [{ height: 5n, lastCommitRound: 0 }, 0x20],
    [{ height: 6n, lastCommitRound: -1 }, 0x20],
    [{ round: -1, height: 6n }, 0x22]
  ]
  for (const [fields, channelId] of bad) {
    const peer = new StubPeer('a')
    await connect(reactor, peer)
    await receive(reactor, peer, fields, channelId)
    const last = stopped.at(-1)
    assert.equal(last?.peer, peer.asPeer())
    const reason = last?.reason as { kind?: string; channelId?: number } | undefined
    assert.deepEqual([reason?.kind, reason?.channelId], ['protocol', channelId])
    await disconnect(reactor, peer)
  }
  assert.equal(stopped.length, bad.length)
  await reactor.stop()
})

test('everything else is accepted and ignored, on every channel, a NewRoundStep on the wrong one included', async () => {
  const { reactor, stopped } = await started()
  const peer = new StubPeer('a')
  await connect(reactor, peer)
  const others: ConsensusMessage[] = [
    { type: 'unknown' },
    { type: 'vote' },
    { type: 'hasVote', height: 1n, round: 0, voteType: 1, index: 0 }
  ]
  for (const channelId of [0x20, 0x21, 0x22, 0x23])
    for (const message of others) await reactor.receive({ src: peer.asPeer(), channelId, message })
  await receive(reactor, peer, { height: 9n }, 0x21)
  assert.deepEqual(stopped, [])
  assert.equal((peer.get(PEER_STATE_KEY) as PeerHeight).getHeight(), 0n)
  await reactor.stop()
})

test('block sync goes on beside a follower, which offers nothing to hand the chain over to', () => {
  assert.equal('switchToConsensus' in new FollowerReactor(), false)
})

test('a bad option or height is named', () => {
  const bad: Array<[string, object]> = [
    ['initialHeight', { initialHeight: 0n }],
    ['initialHeight', { initialHeight: 1 }],
    ['height', { initialHeight: 5n, height: 3n }],
    ['height', { height: 3 }],
    ['announceIntervalMs', { announceIntervalMs: -1 }]
  ]
  for (const [field, options] of bad)
    assert.throws(() => new FollowerReactor(options), { name: 'InvalidOptionError', field }, field)
  assert.throws(() => new FollowerReactor().setHeight(5 as unknown as bigint), {
    name: 'InvalidOptionError',
    field: 'height'
  })
})
