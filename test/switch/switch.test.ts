/** The switch over a stack of puppets: what needs a remote that misbehaves, or a moment that no real stack can be held at. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DialFailedError, PeerRefusedError } from '../../src/errors.ts'
import { nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import type { PeerPolicyOptions } from '../../src/interface/policy.ts'
import type { SwitchOptions } from '../../src/options.ts'
import { recordCalls } from '../../src/testing/index.ts'
import { deferred } from '../../src/util/deferred.ts'
import { settle } from '../helpers/fake-clock.ts'
import { TextReactor } from '../helpers/text-reactor.ts'
import { FakePeerLink, FakeStack, puppet } from './fake-stack.ts'
import { puppetSwitch } from './puppet-switch.ts'

const kindOf = (reason: unknown) => (reason as { kind?: unknown } | undefined)?.kind
const bytes = (text: string) => new TextEncoder().encode(text)

function setUp(
  policy: PeerPolicyOptions = {},
  options: Partial<Omit<SwitchOptions, 'clock'>> = {},
  stacks = [new FakeStack()]
) {
  return { ...puppetSwitch(stacks, policy, options), stack: stacks[0] as FakeStack }
}

test('R-20: a status tells the age of its connection; net_info whether anybody can come', async () => {
  const { sw, clock, stack, reactor, end } = setUp()
  await sw.start()
  stack.listenAddrs = () => []
  assert.deepEqual([sw.netInfo().listening, sw.netInfo().listeners], [false, []])
  stack.listenAddrs = () => ['tcp://10.0.0.1:1']
  assert.deepEqual([sw.netInfo().listening, sw.netInfo().listeners], [true, ['tcp://10.0.0.1:1']])
  await stack.comes(puppet(1))
  await reactor.until(() => reactor.added.length === 1)
  clock.advance(12_345)
  assert.equal(sw.peers().list()[0]?.status().duration, 12_345)
  await end()
})

test('a new connection from a node whose old link is silent replaces it; one whose link lives is a duplicate', async () => {
  const { sw, stack, reactor, calls, end } = setUp()
  await sw.start()
  const remote = puppet(1)
  const first = (await stack.comes(remote)) as FakePeerLink
  await reactor.until(() => reactor.added.length === 1)
  assert.deepEqual(await stack.comes(remote), { allow: false, refusal: 'duplicate-id', detail: 'already connected' })
  assert.equal(first.closed, undefined)
  first.alive = false
  const second = await stack.comes(remote)
  assert.ok(second instanceof FakePeerLink)
  await reactor.until(() => reactor.added.length === 2)
  // the first probe measured how fast it answers when it was new
  assert.deepEqual([first.probes, kindOf(reactor.removed[0]?.reason)], [3, 'communication'])
  assert.deepEqual(
    calls.filter(({ peer }) => peer !== undefined).map(({ call }) => call),
    ['initPeer', 'addPeer', 'removePeer', 'initPeer', 'addPeer']
  )
  await end()
})

test('a remote that comes back while its old peer still drains is let in when that is done, and refused if it takes too long', async () => {
  const { sw, stack, reactor, clock, end } = setUp()
  await sw.start()
  const remote = puppet(1)
  for (const inTime of [true, false]) {
    const slow = deferred()
    reactor.onReceive = () => slow.promise
    const old = (await stack.comes(remote)) as FakePeerLink
    await settle()
    const { length } = reactor.received
    old.sink?.deliver(0x10, bytes('1'))
    old.sink?.deliver(0x10, bytes('2'))
    old.sink?.onEnd({ kind: 'graceful', message: 'bye' }, true)
    const again = stack.comes(remote)
    await settle()
    assert.equal(reactor.removed.length, inTime ? 0 : 2)
    if (inTime) {
      slow.resolve()
      const link = await again
      assert.ok(link instanceof FakePeerLink)
      await settle()
      assert.equal(reactor.received.length, length + 2)
      link.sink?.onEnd({ kind: 'communication', message: 'lost' }, false)
      await settle()
    } else {
      await clock.run(5_000)
      const refused = await again
      assert.equal('refusal' in refused && refused.refusal, 'duplicate-id')
      slow.resolve()
      await settle()
    }
  }
  await end()
})

test('flushStop by the remote: everything it sent is received before removePeer, however slow receive is', async () => {
  const { sw, stack, reactor, calls, end } = setUp()
  await sw.start()
  const steps: Array<() => void> = []
  reactor.onReceive = () => new Promise<void>((resolve) => steps.push(resolve))
  const link = (await stack.comes(puppet(1))) as FakePeerLink
  await settle()
  for (const text of ['1', '2', '3']) link.sink?.deliver(0x10, bytes(text))
  link.sink?.onEnd({ kind: 'graceful', message: 'bye' }, true)
  const [peer] = sw.peers()
  assert.deepEqual(
    [peer?.isRunning(), peer?.trySend({ channelId: 0x10, message: 'to nobody' })],
    [true, false],
    'nothing is accepted that nobody can get'
  )
  for (let n = 1; n <= 3; n++) {
    await settle()
    assert.deepEqual([reactor.received.length, reactor.removed.length], [n, 0])
    steps.shift()?.()
  }
  await settle()
  assert.equal(kindOf(reactor.removed[0]?.reason), 'graceful')
  assert.equal(calls.at(-1)?.call, 'removePeer')
  await end()
})

test('D-15: a persistent address without an id is dialled though every slot is taken, and its node takes none', async () => {
  const { sw, stack, end } = setUp({ maxNumOutboundPeers: 1, persistentPeers: ['/ip4/10.0.1.1/tcp/26656'] })
  const [one, two, three] = [puppet(1), puppet(2), puppet(3)]
  stack.answer = ({ host }) => [one, two, three].find(({ address }) => address.host === host) as typeof one
  await sw.start()
  await sw.dialPeerWithAddress(two.address)
  const peer = await sw.dialPeerWithAddress('/ip4/10.0.1.1/tcp/26656')
  assert.equal(peer.isPersistent(), true)
  assert.equal(sw.rules.freeOutboundSlots(), 0)
  await assert.rejects(sw.dialPeerWithAddress(three.address), { refusal: 'outbound-full' })
  await end()
})

test('who answers at a persistent address without an id is persistent, its predecessor no longer', async () => {
  const { sw, stack, reactor, end } = setUp({ persistentPeers: ['/ip4/10.0.1.1/tcp/26656'] })
  await sw.start()
  for (const n of [1, 2, 3]) {
    stack.answer = () => puppet(n)
    const peer = await sw.dialPeerWithAddress('/ip4/10.0.1.1/tcp/26656')
    assert.deepEqual(
      [1, 2, 3].map((of) => sw.rules.isPersistent(puppet(of).id)),
      [1, 2, 3].map((of) => of === n)
    )
    await sw.stopPeerGracefully(peer)
  }
  assert.equal(reactor.removed.length, 3)
  await end()
})

test('two dials by addresses without ids that lead to one node resolve to its one peer, and leave one entry in nodeStates', async () => {
  const { sw, stack, end } = setUp()
  const gate = deferred()
  stack.answer = () => puppet(1)
  stack.verdict = () => gate.promise
  await sw.start()
  const dials = [sw.dialPeerWithAddress('/ip4/10.0.1.1/tcp/1'), sw.dialPeerWithAddress('/ip4/10.0.1.1/tcp/2')]
  await settle()
  gate.resolve()
  const [first, second] = await Promise.all(dials)
  assert.equal(first, second)
  assert.equal(stack.links.length, 1)
  assert.equal(await sw.dialPeerWithAddress('/ip4/10.0.1.1/tcp/3'), first)
  assert.deepEqual(
    sw.nodeStates().map(({ id, state }) => [id, state]),
    [[puppet(1).id, 'connected']]
  )
  await end()
})

test('two dials by different addresses of one node, given up while initPeer runs: the peer stops with the last of them', async () => {
  for (const order of [
    [0, 1],
    [1, 0]
  ]) {
    const { sw, stack, reactor, end } = setUp()
    stack.answer = () => puppet(1)
    await sw.start()
    const initialised = deferred<undefined>()
    reactor.onInit = () => initialised.promise
    const aborts = [new AbortController(), new AbortController()]
    const dials = aborts.map(({ signal }, i) => sw.dialPeerWithAddress(`/ip4/10.0.1.1/tcp/${i + 1}`, { signal }))
    await settle()
    const [first, second] = order as [0, 1]
    const link = stack.links[0] as FakePeerLink
    aborts[first]?.abort(new Error('first'))
    await assert.rejects(dials[first] as Promise<unknown>, { message: 'first' })
    assert.equal(link.closed, undefined)
    aborts[second]?.abort(new Error('second'))
    await assert.rejects(dials[second] as Promise<unknown>, { message: 'second' })
    assert.equal(kindOf((link.closed as FakePeerLink['closed'])?.reason), 'shutdown')
    initialised.resolve(undefined)
    await settle()
    assert.deepEqual([reactor.removed.length, stack.links.length], [1, 1])
    await end()
  }
})

test('a dial given up while an inbound peer of that node is being added leaves it alone', async () => {
  const { sw, stack, reactor, end } = setUp()
  await sw.start()
  const initialised = deferred<undefined>()
  reactor.onInit = () => initialised.promise
  await stack.comes(puppet(1))
  const abort = new AbortController()
  const dial = sw.dialPeerWithAddress(puppet(1).address, { signal: abort.signal })
  await settle()
  abort.abort(new Error('mine'))
  await assert.rejects(dial, { message: 'mine' })
  initialised.resolve(undefined)
  await settle()
  assert.deepEqual([sw.peers().size, reactor.removed.length], [1, 0])
  await end()
})

test('D-15: only a failure to connect leads to the next stack, and the slot goes with it', async () => {
  const stacks = [new FakeStack('one'), new FakeStack('two')]
  const { sw, end } = setUp({ maxNumOutboundPeers: 1 }, {}, stacks)
  const [one, two] = stacks as [FakeStack, FakeStack]
  one.answer = () => {
    throw new DialFailedError('nobody there')
  }
  two.answer = () => puppet(1)
  await sw.start()
  const peer = await sw.dialPeerWithAddress(puppet(1).address)
  assert.equal(two.links.length, 1)
  await sw.stopPeerGracefully(peer)
  one.answer = () => puppet(9)
  await assert.rejects(sw.dialPeerWithAddress(puppet(1).address), { name: 'WrongIdentityError' })
  assert.equal(two.links.length, 1)
  await end()
})

test('a test dial that leads to another node proves nothing, whatever the stack makes of it', async () => {
  const { sw, end, stack } = setUp()
  stack.answer = (address) => (address.equals(puppet(1).address) ? puppet(1) : puppet(9))
  await sw.start()
  assert.deepEqual(await sw.testAddress(puppet(1).address), { ip: '10.0.1.1' })
  await assert.rejects(sw.testAddress(puppet(2).address), { name: 'WrongIdentityError', message: /led to node/ })
  await end()
})

test('R-10: start does not wait for peers, and a stop during it leaves no stack running', async () => {
  for (const when of ['onStart', 'first stack', 'second stack'] as const) {
    const stacks = [new FakeStack('one'), new FakeStack('two')]
    const { sw, reactor, calls, end } = setUp({}, {}, stacks)
    const [one, two] = stacks as [FakeStack, FakeStack]
    let stopped: Promise<void> | undefined
    const stop = async () => {
      stopped = sw.stop()
      await settle(1)
    }
    if (when === 'onStart') reactor.whenStarted = stop
    if (when === 'first stack') one.onStart = stop
    if (when === 'second stack') two.onStart = stop
    await assert.rejects(sw.start(), { name: 'AlreadyStoppedError' })
    await stopped
    await settle()
    for (const { log, host } of stacks) {
      assert.equal(host, undefined)
      assert.equal(log.at(-1), 'stop')
    }
    assert.equal(two.log.includes('start'), when === 'second stack')
    assert.equal(sw.isRunning(), false)
    assert.equal(sw.quit().aborted, true)
    assert.equal(calls.filter(({ call }) => call === 'onStop').length, 1)
    await end()
  }
})

test('a stack that cannot start fails the start, and everything is undone', async () => {
  const stacks = [new FakeStack('one'), new FakeStack('two')]
  const { sw, calls, end } = setUp({}, {}, stacks)
  ;(stacks[1] as FakeStack).onStart = () => {
    throw new Error('port taken')
  }
  await assert.rejects(sw.start(), { message: 'port taken' })
  assert.equal(stacks[0]?.log.at(-1), 'stop')
  assert.equal(calls.at(-1)?.call, 'onStop')
  await assert.rejects(sw.start(), { name: 'AlreadyStoppedError' })
  await end()
})

test('a reactor that is not started is not stopped, one that is is stopped once', async () => {
  const { sw, calls, end } = setUp()
  await sw.stop()
  assert.equal(
    calls.some(({ call }) => call === 'onStop'),
    false
  )
  await end()
  const other = setUp()
  other.reactor.whenStarted = () => {
    throw new Error('no')
  }
  const second = new TextReactor({ channels: [{ id: 1, priority: 1 }] })
  const trace = recordCalls(second)
  other.sw.addReactor('SECOND', second)
  await assert.rejects(other.sw.start(), { message: 'no' })
  await other.sw.stop()
  assert.deepEqual(
    trace.map(({ call }) => call),
    ['getChannels', 'setSwitch']
  )
})

test('a filter that never answers is not waited for once the switch stops', async () => {
  const { sw, stack, end } = setUp({ filterPeer: () => new Promise(() => {}) })
  await sw.start()
  const comes = stack.comes(puppet(1))
  stack.answer = () => puppet(2)
  const dial = sw.dialPeerWithAddress(puppet(2).address).catch((err: Error) => err)
  await settle()
  await sw.stop()
  const refused = await comes
  assert.equal('refusal' in refused && refused.refusal, 'stopping')
  assert.equal(((await dial) as Error).name, 'NotRunningError')
  await settle()
  await end()
})

test('an admission that comes to nothing frees its slot, and one that is used after the stop runs no callback', async () => {
  const { sw, stack, calls, end } = setUp({ maxNumInboundPeers: 1 })
  await sw.start()
  const ask = async (n: number) => {
    const verdict = await stack.host?.admit({ ...puppet(n), ip: puppet(n).address.host })
    assert.ok(verdict?.allow)
    return verdict.admission
  }
  const first = await ask(1)
  const refused = await stack.comes(puppet(2))
  assert.equal('refusal' in refused && refused.refusal, 'inbound-full')
  first.abandon()
  first.abandon()
  const second = await ask(3)
  await sw.stop()
  const link = new FakePeerLink(puppet(3), false)
  second.accept(link)
  await settle()
  assert.equal(kindOf(link.closed?.reason), 'shutdown')
  assert.equal(
    calls.some(({ call }) => call === 'initPeer'),
    false
  )
  await end()
})

test('a filter’s objection is what the remote is told; null, as in Go, is none', async () => {
  let answer: unknown = null
  const { sw, stack, end } = setUp({ filterPeer: () => answer as never })
  await sw.start()
  assert.ok((await stack.comes(puppet(1))) instanceof FakePeerLink)
  answer = 'not you'
  assert.deepEqual(await stack.comes(puppet(2)), { allow: false, refusal: 'filtered', detail: 'not you' })
  await end()
})

test('the smaller id, whose own hello goes out while its filter is asked about the other’s, answers only after its own was answered', async () => {
  // whoever this switch is, this one is larger
  const ownId = nodeKeyFromSeed(new Uint8Array(32).fill(200)).id
  const larger = Array.from({ length: 100 }, (_, n) => puppet(n)).find(({ id }) => id > ownId) as ReturnType<
    typeof puppet
  >
  for (const accepted of [true, false]) {
    const filter = deferred<undefined>()
    const verdict = deferred()
    let asked = 0
    const { sw, stack, reactor, end } = setUp({ filterPeer: () => (asked++ === 0 ? filter.promise : undefined) })
    stack.answer = () => larger
    stack.verdict = () => verdict.promise
    await sw.start()
    const comes = stack.comes(larger)
    await settle()
    const dial = sw.dialPeerWithAddress(larger.address).catch((err: Error) => err)
    await settle()
    filter.resolve(undefined)
    await settle()
    assert.equal(reactor.added.length, 0)
    if (accepted) verdict.resolve()
    else verdict.reject(new PeerRefusedError('inbound-full', 'remote', 'full'))
    const answer = await comes
    assert.equal('refusal' in answer ? answer.refusal : 'admitted', accepted ? 'duplicate-id' : 'admitted')
    await settle()
    assert.equal(reactor.added.length, 1)
    assert.equal((await dial) instanceof Error, !accepted)
    await end()
  }
})

test('R-63, R-64: a link’s error reaches removePeer as it is, and only the first counts', async () => {
  const { sw, stack, reactor, end } = setUp()
  await sw.start()
  const link = (await stack.comes(puppet(1))) as FakePeerLink
  await settle()
  const reason = { kind: 'communication', message: 'reset', cause: new Error('ECONNRESET') } as const
  link.sink?.onEnd(reason, false)
  link.sink?.onEnd({ kind: 'protocol', message: 'later' }, false)
  await settle()
  assert.deepEqual(
    reactor.removed.map((one) => one.reason),
    [reason]
  )
  assert.equal(reactor.removed[0]?.reason, reason)
  await end()
})

test('after a stop was decided nothing more is received, whatever still arrives', async () => {
  const { sw, stack, reactor, end } = setUp()
  await sw.start()
  reactor.onReceive = ({ src }) => void sw.stopPeerForError(src as never, 'enough')
  const link = (await stack.comes(puppet(1))) as FakePeerLink
  await settle()
  for (const text of ['1', '2', '3']) link.sink?.deliver(0x10, bytes(text))
  link.sink?.onWritable()
  await settle()
  assert.deepEqual(reactor.texts(), ['1'])
  await end()
})

test('D-22: freeOutboundSlots counts what nobody has and nobody dials for; unconditional and persistent peers take none', async () => {
  const [two, three] = [puppet(2), puppet(3)]
  const { sw, stack, end } = setUp({
    maxNumOutboundPeers: 3,
    unconditionalPeerIDs: [two.id],
    persistentPeers: [String(three.address)]
  })
  const gate = deferred()
  stack.answer = ({ id }) => [1, 2, 3, 4].map((n) => puppet(n)).find((one) => one.id === id) as typeof two
  await sw.start()
  assert.equal(sw.rules.freeOutboundSlots(), 3)
  await sw.dialPeerWithAddress(puppet(1).address)
  await sw.dialPeerWithAddress(two.address)
  await sw.dialPeerWithAddress(three.address)
  assert.equal(sw.rules.freeOutboundSlots(), 2)
  // D-12: as Go, numPeers leaves out unconditional peers only
  assert.deepEqual(sw.numPeers(), { outbound: 2, inbound: 0, dialing: 0 })
  stack.verdict = () => gate.promise
  const dial = sw.dialPeerWithAddress(puppet(4).address)
  assert.equal(sw.numPeers().dialing, 1)
  await settle()
  assert.equal(sw.rules.freeOutboundSlots(), 1)
  gate.resolve()
  await dial
  assert.equal(sw.rules.freeOutboundSlots(), 1)
  await end()
})

test('R-8, D-8: a switch that is stopped by the first initPeer still removes that peer before onStop', async () => {
  const { sw, stack, reactor, calls, end } = setUp()
  await sw.start()
  let stopped: Promise<void> | undefined
  reactor.onInit = async () => {
    stopped = sw.stop()
    await stopped
    return undefined
  }
  await stack.comes(puppet(1))
  await settle()
  await stopped
  await settle()
  assert.deepEqual(
    calls.map(({ call }) => call),
    ['getChannels', 'setSwitch', 'onStart', 'initPeer', 'removePeer', 'onStop']
  )
  await end()
})

test('a link whose probe fails refuses the newcomer, and a stack that knows no way says so', async () => {
  const { sw, stack, end } = setUp()
  await sw.start()
  const link = (await stack.comes(puppet(1))) as FakePeerLink
  link.probe = () => Promise.reject(new Error('a stack with a bug'))
  const answer = await stack.comes(puppet(1))
  assert.equal('refusal' in answer && answer.refusal, 'filtered')
  stack.dials = () => false
  await assert.rejects(sw.dialPeerWithAddress(puppet(2).address), { name: 'DialFailedError', message: /fake/ })
  await end()
})

test('a remote that turns out to be of another network after its verdict is incompatible, and sees no callback', async () => {
  const { sw, stack, calls, end } = setUp()
  await sw.start()
  stack.answer = () => puppet(1, 'another')
  await assert.rejects(sw.dialPeerWithAddress(puppet(1).address), { name: 'IncompatiblePeerError' })
  await settle()
  assert.equal(kindOf(stack.links[0]?.closed?.reason), 'incompatible')
  assert.equal(
    calls.some(({ peer }) => peer !== undefined),
    false
  )
  await end()
})

test('a reactor that does not stop in time is left behind; a link that does not close neither', async () => {
  const { sw, stack, reactor, clock } = setUp({}, { callbackTimeoutMs: 1_000 })
  await sw.start()
  const link = (await stack.comes(puppet(1))) as FakePeerLink
  await settle()
  link.close = () => new Promise(() => {})
  reactor.stop = () => new Promise(() => {})
  let stopped = false
  void sw.stop().then(() => {
    stopped = true
  })
  await clock.run(31_999)
  assert.deepEqual([stopped, reactor.removed.length], [false, 1])
  await clock.run(1_001)
  assert.equal(stopped, true)
  assert.equal(clock.pending, 0)
})

test('R-61: an inbound peer that was stopped by a passing fault is dialled by what it says of itself, if that can be dialled', async () => {
  const { sw, stack, clock, end } = setUp()
  await sw.start()
  const dialled: string[] = []
  stack.answer = (address) => {
    dialled.push(String(address))
    throw new DialFailedError('nobody there')
  }
  const passing = Object.assign(new Error('busy'), { name: 'ErrorTransient' })
  const silent = puppet(2)
  Object.assign(silent, { nodeInfo: { ...silent.nodeInfo, netAddress: () => assert.fail('no address') } })
  for (const remote of [puppet(1), silent]) {
    await stack.comes(remote)
    await settle()
    await sw.stopPeerForError(sw.peers().get(remote.id) as never, passing)
  }
  await clock.run(1)
  assert.deepEqual(dialled, [String(puppet(1).address)])
  assert.equal(sw.nodeStates().find(({ id }) => id === puppet(1).id)?.state, 'reconnecting')
  await end()
})

test('R-8, R-10: no peer is let in or dialled before every onStart has returned', async () => {
  const { sw, stack, reactor, calls, end } = setUp()
  const started = deferred()
  const refusals: unknown[] = []
  reactor.whenStarted = async () => {
    refusals.push(await sw.dialPeerWithAddress(puppet(1).address).catch((err: Error) => err.name))
    assert.throws(() => sw.dialPeersAsync([String(puppet(1).address)]), { name: 'NotRunningError' })
    await started.promise
  }
  const start = sw.start()
  await settle()
  assert.deepEqual([refusals, stack.log, sw.isRunning()], [['NotRunningError'], [], false])
  started.resolve()
  await start
  assert.ok((await stack.comes(puppet(1))) instanceof FakePeerLink)
  await reactor.until(() => reactor.added.length === 1)
  const host = stack.host
  await sw.stop()
  const late = await host?.admit({ ...puppet(2), ip: '10.0.2.1' })
  assert.equal(late?.allow === false && late.refusal, 'stopping')
  assert.equal(calls.at(-1)?.call, 'onStop')
  await end()
})

test('D-15: stacks are told whom the configuration expects, as soon as it does', async () => {
  const persistent = puppet(1)
  const [unconditional, stranger] = ['b'.repeat(40), 'c'.repeat(40)]
  const { sw, stack, end } = setUp({ persistentPeers: [String(persistent.address)] })
  await sw.start()
  const expects = () => [persistent.id, unconditional, stranger].map((id) => stack.host?.expects?.(id))
  assert.deepEqual(expects(), [true, false, false])
  sw.addUnconditionalPeerIDs([unconditional])
  assert.deepEqual(expects(), [true, true, false])
  await end()
})

test('our own address, and one that only found no slot, count no failed attempt in nodeStates', async () => {
  const { sw, clock, stack, end } = setUp({ maxNumOutboundPeers: 1 })
  const [one, two] = [puppet(1), puppet(2)]
  stack.answer = () => one
  await sw.start()
  await sw.dialPeerWithAddress(one.address)
  await assert.rejects(sw.dialPeerWithAddress(two.address), { refusal: 'outbound-full' })
  sw.dialPeersAsync([`${sw.nodeInfo().id}@10.0.9.9:26656`])
  const others = () => sw.nodeStates().filter(({ id }) => id !== one.id)
  assert.deepEqual(
    others().map(({ id, state, attempts }) => ({ id, state, attempts })),
    [{ id: two.id, state: 'candidate', attempts: 0 }]
  )
  clock.advance(3_001)
  await end()
})
