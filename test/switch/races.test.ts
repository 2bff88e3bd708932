/**
 * Random lives: a few switches on a memory network, a random plan of what happens to them, and reactors that do anything in their callbacks. Whatever the plan,
 * the promises of contract.md hold at every event and after the end. Time and chance are the test's, so a failing plan fails again: fast-check prints it with
 * its seed (RACE_SEED, RACE_PATH run it again; RACE_RUNS makes a campaign of it).
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import type { Peer } from '../../src/interface/peer.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'
import type { CometSwitch } from '../../src/switch/switch.ts'
import {
  assertReactorGrammar,
  createMemoryNetwork,
  type RecordedCall,
  recordCalls,
  type TestNetwork
} from '../../src/testing/index.ts'
import { FakeClock, settle } from '../helpers/fake-clock.ts'
import { textType } from '../helpers/text-reactor.ts'

const RUNS = Number(process.env.RACE_RUNS ?? 60)
const CALLBACK_TIMEOUT_MS = 40
const CHANNELS = [0x10, 0x11]
const CALLBACKS = ['initPeer', 'addPeer', 'receive', 'removePeer'] as const

const escaped: unknown[] = []
process.on('unhandledRejection', (err) => escaped.push(err))
process.on('uncaughtException', (err) => escaped.push(err))
after(() => assert.deepEqual(escaped, [], 'nothing escapes'))

/** What a callback does, beside what it is for. */
const MISCHIEF = [
  ...Array<'nothing'>(14).fill('nothing'),
  'throw',
  'reject',
  'hang',
  'slow',
  'turns',
  'stop',
  'stop later',
  'stop gracefully',
  'flush',
  'close',
  'other peer',
  'stop another',
  'wrap',
  'dial',
  'send',
  'broadcast',
  'mark bad',
  'stop switch'
] as const
type Mischief = (typeof MISCHIEF)[number]

const node = fc.nat({ max: 4 })
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ op: fc.constant('dial' as const), a: node, b: node }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('dial both ways' as const), a: node, b: node }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('dial wrong id' as const), a: node, b: node }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('dial and abort' as const), a: node, b: node, n: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('dial async' as const), a: node }) },
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constantFrom('stop', 'stop gracefully', 'flush', 'close', 'mark bad', 'cut'),
      a: node,
      b: node
    })
  },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('isolate', 'stop switch'), a: node }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('heal' as const) }) },
  { weight: 6, arbitrary: fc.record({ op: fc.constant('send' as const), a: node, b: node, n: fc.nat(40) }) },
  { weight: 2, arbitrary: fc.record({ op: fc.constant('broadcast' as const), a: node }) },
  { weight: 8, arbitrary: fc.record({ op: fc.constant('turns' as const), n: fc.nat(12) }) },
  { weight: 3, arbitrary: fc.record({ op: fc.constant('ms' as const), n: fc.integer({ min: 1, max: 200 }) }) }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

const plan = fc.record({
  seed: fc.nat(),
  latencyMs: fc.constantFrom(0, 0, 1, 3),
  jitterMs: fc.constantFrom(0, 2),
  nodes: fc.array(
    fc.record({
      maxNumInboundPeers: fc.constantFrom(0, 1, 2, 40),
      maxNumOutboundPeers: fc.constantFrom(1, 2, 10),
      delivery: fc.constantFrom('sender' as const, 'reactor' as const),
      filters: fc.boolean(),
      knowsFirst: fc.constantFrom('persistent', 'unconditional', 'no', 'no'),
      mischief: fc.array(fc.constantFrom<Mischief>(...MISCHIEF), { minLength: 1, maxLength: 24 })
    }),
    { minLength: 3, maxLength: 5 }
  ),
  steps: fc.array(step, { minLength: 10, maxLength: 60, size: 'max' })
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

/** All that happens in one run. */
class World {
  readonly clock = new FakeClock()
  readonly net: TestNetwork
  readonly nodes: Node[] = []
  /** Whatever somebody waits for: it must come to an end. */
  readonly promised: Array<{ what: string; settled: boolean }> = []
  /** Messages by the connection they were sent on: the sender's handle and channel. */
  readonly sent = new Map<string, number[]>()
  readonly received = new Map<string, number[]>()
  calm = false
  #handles = 0
  readonly #names = new WeakMap<Peer, string>()

  constructor(given: Plan) {
    const { seed, latencyMs, jitterMs } = given
    this.net = createMemoryNetwork({ seed, latencyMs, jitterMs, clock: this.clock })
    for (const [i, options] of given.nodes.entries()) this.nodes.push(new Node(this, i, options))
  }

  expect(what: string, promise: Promise<unknown>): Promise<unknown> {
    const entry = { what, settled: false }
    this.promised.push(entry)
    return promise.then(
      (value) => {
        entry.settled = true
        return value
      },
      (err: unknown) => {
        entry.settled = true
        assert.ok(err instanceof Error, `${what}: ${String(err)}`)
      }
    )
  }

  name(peer: Peer): string {
    let name = this.#names.get(peer)
    if (name === undefined) {
      name = `h${this.#handles++}`
      this.#names.set(peer, name)
    }
    return name
  }

  async send(peer: Peer, channelId: number, wait: boolean): Promise<void> {
    const flow = `${this.name(peer)}/${channelId}`
    const list = this.sent.get(flow) ?? []
    this.sent.set(flow, list)
    const n = list.push(Number.NaN) - 1
    const envelope = { channelId, message: `${flow}/${n}` }
    const accepted = wait ? await this.expect(`send ${flow}`, peer.send(envelope)) : peer.trySend(envelope)
    if (accepted === true) list[n] = n
  }

  /** Holds at every moment. */
  check(): void {
    for (const { sw, index, options } of this.nodes) {
      let inbound = 0
      let outbound = 0
      for (const peer of sw.peers()) {
        if (peer.isPersistent() || sw.isPeerUnconditional(peer.id())) continue
        if (peer.isOutbound()) outbound++
        else inbound++
      }
      assert.ok(inbound <= options.maxNumInboundPeers, `node ${index}: ${inbound} inbound peers`)
      assert.ok(outbound <= options.maxNumOutboundPeers, `node ${index}: ${outbound} outbound peers`)
      const slots = sw.rules.ledger.slots()
      assert.ok(slots.inbound <= options.maxNumInboundPeers && slots.outbound <= options.maxNumOutboundPeers)
    }
  }
}

class Node {
  readonly world: World
  readonly index: number
  readonly options: Plan['nodes'][number]
  readonly sw: CometSwitch
  readonly id: string
  readonly address: string
  readonly traces: RecordedCall[][] = []
  stopped = false
  #next = 0

  constructor(world: World, index: number, options: Plan['nodes'][number]) {
    this.world = world
    this.index = index
    this.options = options
    const first = world.nodes[0]
    this.sw = world.net.createSwitch({
      network: 'chain',
      moniker: `node-${index}`,
      callbackTimeoutMs: CALLBACK_TIMEOUT_MS,
      maxNumInboundPeers: options.maxNumInboundPeers,
      maxNumOutboundPeers: options.maxNumOutboundPeers,
      delivery: options.delivery,
      ...(first !== undefined && options.knowsFirst === 'persistent' ? { persistentPeers: [first.address] } : {}),
      ...(first !== undefined && options.knowsFirst === 'unconditional' ? { unconditionalPeerIDs: [first.id] } : {}),
      ...(options.filters ? { filterPeer: () => settle(2).then(() => undefined) } : {})
    }) as CometSwitch
    this.id = this.sw.nodeInfo().id
    this.address = String(this.sw.nodeInfo().netAddress())
    for (const channelId of CHANNELS) {
      const reactor = new Mischievous(this, channelId)
      this.traces.push(recordCalls(reactor))
      this.sw.addReactor(`R${channelId}`, reactor)
    }
  }

  draw(): Mischief {
    const { mischief } = this.options
    return this.world.calm ? 'nothing' : (mischief[this.#next++ % mischief.length] as Mischief)
  }

  peer(b: Node): Peer | undefined {
    return this.sw.peers().get(b.id)
  }

  dial(b: Node, signal?: AbortSignal, address = b.address): Promise<unknown> {
    const dial = this.sw.dialPeerWithAddress(address, signal === undefined ? {} : { signal })
    return this.world.expect(
      `dial of ${b.index} by ${this.index}`,
      dial.then((peer) => assert.equal(peer.id(), b.id))
    )
  }

  stop(): Promise<unknown> {
    this.stopped = true
    return this.world.expect(`stop of switch ${this.index}`, this.sw.stop())
  }
}

class Mischievous extends BaseReactor {
  readonly #node: Node
  readonly #channelId: number

  constructor(node: Node, channelId: number) {
    super(`R${channelId}`)
    this.#node = node
    this.#channelId = channelId
  }

  override getChannels() {
    return [{ id: this.#channelId, priority: 1, sendQueueCapacity: 4, messageType: textType }]
  }

  override initPeer(peer: Peer): Peer | Promise<Peer> {
    const done = this.#act('initPeer', peer)
    if (done instanceof Promise) return done.then((other) => other ?? peer)
    return done ?? peer
  }

  override addPeer(peer: Peer): void | Promise<void> {
    return this.#act('addPeer', peer) as Promise<void> | undefined
  }

  override removePeer(peer: Peer): void | Promise<void> {
    assert.equal(peer.isRunning(), false)
    return this.#act('removePeer', peer) as Promise<void> | undefined
  }

  override receive({ src, channelId, message }: Parameters<BaseReactor['receive']>[0]): void | Promise<void> {
    assert.equal(channelId, this.#channelId)
    assert.equal(src?.isRunning(), true, 'nothing is received after a stop')
    const [flow, n] = splitLast(String(message))
    const { received } = this.#node.world
    received.set(flow, [...(received.get(flow) ?? []), Number(n)])
    return this.#act('receive', src as Peer) as Promise<void> | undefined
  }

  #act(callback: (typeof CALLBACKS)[number], peer: Peer): Peer | undefined | Promise<Peer | undefined> {
    const { world, sw } = this.#node
    world.check()
    const what = `${callback} of node ${this.#node.index}`
    const later = async (promise: Promise<unknown>) => {
      await world.expect(what, promise)
      return undefined
    }
    switch (this.#node.draw()) {
      case 'nothing':
        return undefined
      case 'throw':
        throw new Error('mischief')
      case 'reject':
        return Promise.reject(new Error('mischief'))
      case 'hang':
        return new Promise(() => {})
      case 'slow':
        return new Promise((resolve) => world.clock.setTimeout(() => resolve(undefined), 7))
      case 'turns':
        return settle(3).then(() => undefined)
      case 'stop':
        return later(sw.stopPeerForError(peer, what))
      case 'stop later':
        return later(settle(2).then(() => sw.stopPeerForError(peer, what)))
      case 'stop gracefully':
        return later(sw.stopPeerGracefully(peer))
      case 'flush':
        return later(peer.flushStop())
      case 'close':
        return later(peer.closeConn())
      case 'other peer':
        return sw.peers().random()
      case 'stop another': {
        const another = sw.peers().random()
        return another && later(sw.stopPeerForError(another, what))
      }
      case 'wrap':
        return callback === 'initPeer' ? wrapped(peer) : undefined
      case 'dial': {
        const other = world.nodes[(this.#node.index + 1) % world.nodes.length] as Node
        return other === this.#node ? undefined : later(this.#node.dial(other))
      }
      case 'send':
        return later(world.send(peer, this.#channelId, true))
      case 'broadcast':
        for (const each of sw.peers()) void world.send(each, this.#channelId, false)
        sw.tryBroadcast({ channelId: 0x99, message: 'nobody has this channel' })
        return undefined
      case 'mark bad':
        sw.markPeerAsBad(peer, 500)
        return undefined
      case 'stop switch':
        // seldom: most plans are about switches that live
        return peer.id() < '3' ? later(this.#node.stop()) : undefined
    }
  }
}

/** Another handle for the same connection. */
function wrapped(peer: Peer): Peer {
  return new Proxy(peer, {
    get(target, name) {
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    }
  })
}

function splitLast(text: string): [string, string] {
  const at = text.lastIndexOf('/')
  return [text.slice(0, at), text.slice(at + 1)]
}

async function take(world: World, one: Step): Promise<void> {
  const of = (n: number) => world.nodes[n % world.nodes.length] as Node
  const a = 'a' in one ? of(one.a) : (world.nodes[0] as Node)
  const b = 'b' in one ? of(one.b) : a
  const peer = a.peer(b)
  const { net } = world
  switch (one.op) {
    case 'dial':
      void a.dial(b)
      return
    case 'dial both ways':
      void a.dial(b)
      void b.dial(a)
      return
    case 'dial wrong id':
      void world.expect(
        'a dial to the wrong id',
        a.sw
          .dialPeerWithAddress(b.address.replace(b.id, 'f'.repeat(40)))
          .then(() => assert.fail('it connected'))
          .catch((err: Error) => {
            if (err instanceof assert.AssertionError) escaped.push(err)
          })
      )
      return
    case 'dial and abort': {
      const abort = new AbortController()
      void a.dial(b, abort.signal)
      void settle(one.n).then(() => abort.abort(new Error('given up')))
      return
    }
    case 'dial async':
      if (a.sw.isRunning()) a.sw.dialPeersAsync(world.nodes.map(({ address }) => address))
      return
    case 'stop':
      if (peer) void world.expect('stopPeerForError', a.sw.stopPeerForError(peer, 'a step'))
      return
    case 'stop gracefully':
      if (peer) void world.expect('stopPeerGracefully', a.sw.stopPeerGracefully(peer))
      return
    case 'flush':
      if (peer) void world.expect('flushStop', peer.flushStop())
      return
    case 'close':
      if (peer) void world.expect('closeConn', peer.closeConn())
      return
    case 'mark bad':
      if (peer) a.sw.markPeerAsBad(peer, 300)
      return
    case 'cut':
      net.cut(a.sw, b.sw)
      return
    case 'isolate':
      net.isolate(a.sw)
      return
    case 'stop switch':
      void a.stop()
      return
    case 'heal':
      net.heal()
      return
    case 'send':
      if (peer) for (let i = 0; i < one.n; i++) void world.send(peer, CHANNELS[i % 2] as number, i % 3 !== 0)
      return
    case 'broadcast':
      for (const each of a.sw.peers()) void world.send(each, 0x10, true)
      return
    case 'turns':
      await settle(one.n)
      return
    case 'ms':
      await world.clock.run(one.n)
  }
}

/** Lets time go on until it has happened. */
async function meanwhile(clock: FakeClock, what: string, event: Promise<unknown>): Promise<void> {
  let happened = false
  void event.finally(() => {
    happened = true
  })
  for (let i = 0; !happened; i++) {
    assert.ok(i < 400, `${what} takes for ever`)
    await clock.run(100)
  }
}

async function play(given: Plan): Promise<void> {
  const world = new World(given)
  const { nodes, clock } = world
  await Promise.all(nodes.map(({ sw }) => sw.start()))
  for (const one of given.steps) {
    await take(world, one)
    world.check()
  }
  world.calm = true
  world.net.heal()
  await clock.run(45_000)
  // persistent peers that are refused are dialled again and again: a moment between two dials
  for (let i = 0; i === 0 || nodes.some(({ sw }) => sw.numPeers().dialing > 0); i++) {
    assert.ok(i < 100, 'a dial takes for ever')
    await settle(60)
    await clock.run(20)
  }
  agree(nodes)
  await meanwhile(clock, 'stop', Promise.all(nodes.map((one) => one.stop())))
  await clock.run(1_500)
  ended(world)
}

/** When nothing has happened for a while, both ends of a connection know of each other. */
function agree(nodes: readonly Node[]): void {
  for (const a of nodes) {
    const connected = a.sw.nodeStates().filter(({ state }) => state === 'connected')
    const ids = a.sw
      .peers()
      .list()
      .map((peer) => peer.id())
    assert.deepEqual(connected.map(({ id }) => id).sort(), ids.sort(), 'nodeStates and peers() agree')
    assert.equal(a.sw.numPeers().dialing, 0)
    for (const b of nodes)
      if (a !== b)
        assert.equal(a.peer(b) !== undefined, b.peer(a) !== undefined, `nodes ${a.index} and ${b.index} do not agree`)
  }
}

function ended(world: World): void {
  for (const { sw, traces, index } of world.nodes) {
    for (const calls of traces) {
      assertReactorGrammar(calls)
      const of = (wanted: string) => calls.filter(({ call }) => call === wanted).map(({ peer }) => peer)
      assert.equal(of('removePeer').length, of('initPeer').length, 'D-1: as many removePeer as initPeer')
      assert.deepEqual(new Set(of('removePeer')), new Set(of('initPeer')))
      assert.equal(calls.at(-1)?.call, 'onStop')
    }
    assert.equal(sw.peers().size, 0)
    assert.deepEqual(sw.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
    assert.equal([...sw.rules.ledger.seats()].length, 0, `node ${index}: a seat is left`)
    assert.equal(sw.rules.ledger.jobs().size, 0, `node ${index}: a dial is left`)
  }
  assert.deepEqual(
    world.promised.filter(({ settled }) => !settled).map(({ what }) => what),
    [],
    'whatever was promised has settled'
  )
  for (const [flow, got] of world.received) {
    const accepted = (world.sent.get(flow) ?? []).filter((n) => !Number.isNaN(n))
    // in order, each once, none skipped, none that was refused
    assert.deepEqual(got, accepted.slice(0, got.length), `what was received on ${flow}`)
  }
  assert.equal(world.clock.pending, 0, 'a timer is left')
  assert.deepEqual(escaped, [], 'nothing escapes')
}

test('whatever happens to switches and whatever their reactors do, every life is whole and nothing is left behind', async () => {
  const { RACE_SEED, RACE_PATH } = process.env
  await fc.assert(fc.asyncProperty(plan, play), {
    numRuns: RUNS,
    ...(RACE_SEED === undefined ? {} : { seed: Number(RACE_SEED) }),
    ...(RACE_PATH === undefined ? {} : { path: RACE_PATH }),
    interruptAfterTimeLimit: Number(process.env.RACE_MS ?? 15_000)
  })
})
