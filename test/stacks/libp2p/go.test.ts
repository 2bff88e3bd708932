/**
 * Links to Go CometBFT's lp2p, against a stand-in that does on the wire what Go does: one stream per message, FIN once it has read it. The real Go
 * node is in interop/; here are the cases that a real one produces seldom.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identify } from '@libp2p/identify'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p, type Libp2p } from 'libp2p'
import { goChannels, goProtocol } from '../../../src/stacks/libp2p/go/go-protocol.ts'
import { deferred } from '../../../src/util/deferred.ts'
import { LISTEN, type NodeInit, started, startNode, type TestNode, transportOptions, write } from './nodes.ts'

type Context = { after(fn: () => unknown): void }
const IDS = [0x20, 0x30, 0x38, 0x40]
const CHANNELS = IDS.map((id) => ({ id, recvMessageCapacity: 1_000, priority: 1 }))

/** What Go does with a stream: reads the message, then ends its side. */
class FakeGo {
  readonly libp2p: Libp2p
  readonly read: Array<{ id: number; bytes: Uint8Array }> = []
  open = 0
  most = 0
  /** Streams to be reset unread before any is read. */
  resets = 0
  /** While set, messages are read but not finished. */
  gate: Promise<void> | undefined
  #waiters: Array<{ count: number; resolve(): void }> = []

  constructor(libp2p: Libp2p) {
    this.libp2p = libp2p
  }

  static async start(t: Context, services: Record<string, any> = { identify: identify() }, ids = IDS): Promise<FakeGo> {
    const libp2p = (await createLibp2p({
      ...(await transportOptions('tcp')),
      addresses: { listen: [LISTEN.tcp] },
      services
    })) as Libp2p
    const go = new FakeGo(libp2p)
    for (const id of ids)
      await libp2p.handle(goProtocol(id), (stream) => go.#onStream(id, stream), {
        maxInboundStreams: 1_000,
        maxOutboundStreams: 1_000
      })
    t.after(() => libp2p.stop())
    return go
  }

  get address(): string {
    return String(this.libp2p.getMultiaddrs()[0])
  }

  received(count: number): Promise<void> {
    if (this.read.length >= count) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push({ count, resolve }))
  }

  #onStream(id: number, stream: Stream): void {
    if (this.resets > 0) {
      this.resets--
      stream.abort(new Error('resource limit exceeded'))
      return
    }
    this.open++
    this.most = Math.max(this.most, this.open)
    let all = Buffer.alloc(0)
    let done = false
    stream.addEventListener('message', ({ data }) => {
      all = Buffer.concat([all, data.subarray()])
      // test messages are shorter than 128 bytes: one byte of length
      if (done || all.length < 1 || all.length < 1 + (all[0] as number)) return
      done = true
      void Promise.resolve(this.gate).then(async () => {
        this.open--
        this.read.push({ id, bytes: new Uint8Array(all.subarray(1)) })
        await stream.close()
        this.#waiters = this.#waiters.filter(({ count, resolve }) => {
          if (this.read.length < count) return true
          resolve()
          return false
        })
      })
    })
  }
}

/** A message as Go sends it: lazily negotiated or not makes no difference to us. */
async function goSend(connection: Connection, id: number, frame: Uint8Array, finish = true): Promise<Stream> {
  const stream = await connection.newStream(goProtocol(id), { maxOutboundStreams: 1_000 })
  stream.send(frame)
  if (finish) await stream.close()
  return stream
}

async function ours(t: Context, init: NodeInit = {}): Promise<TestNode> {
  const node = await startNode('tcp', {
    channels: CHANNELS,
    libp2p: { services: { identify: identify() } as any },
    ...init
  })
  t.after(() => node.stop())
  return node
}

test('a dialled Go node becomes a link: channels from identify, an empty message on 0x38 first, then ours', async (t) => {
  const go = await FakeGo.start(t, undefined, [0x20, 0x38, 0x40])
  const node = await ours(t)
  const end = started(await node.dial(go.address))
  assert.equal(end.link.outbound, true)
  assert.equal(end.link.traits.splits, false)
  assert.deepEqual(
    [0x20, 0x30, 0x38, 0x40].map((id) => end.link.serves(id)),
    [true, false, true, true]
  )
  await write(end, 0x40, Uint8Array.of(1, 2))
  await go.received(2)
  assert.deepEqual(
    go.read.map(({ id, bytes }) => [id, [...bytes]]),
    [
      [0x38, []],
      [0x40, [1, 2]]
    ]
  )
  assert.equal(await end.link.flushed(), true)
  assert.equal(await end.link.probe(5_000), true)
})

test('the first stream is alone until it has been answered: what is opened beside it on a cold connection is lost', async (t) => {
  const go = await FakeGo.start(t)
  const gate = deferred()
  go.gate = gate.promise
  const node = await ours(t)
  const end = started(await node.dial(go.address))
  while (go.open < 1) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(end.link.writable(0x30), false)
  gate.resolve()
  await write(end, 0x30, Uint8Array.of(1))
  await go.received(2)
})

test('no more is in flight than Go admits: 60 on a channel, one on 0x20 where order matters', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  const end = started(await node.dial(go.address))
  await go.received(1)
  for (const { id, want } of [
    { id: 0x30, want: 60 },
    { id: 0x20, want: 1 }
  ]) {
    const gate = deferred()
    go.gate = gate.promise
    go.most = 0
    const before = go.read.length
    const sending = (async () => {
      for (let i = 0; i < 100; i++) await write(end, id, Uint8Array.of(i))
    })()
    while (go.open < want) await new Promise((resolve) => setImmediate(resolve))
    gate.resolve()
    await sending
    await go.received(before + 100)
    assert.equal(go.most <= want, true, `${go.most} open`)
    if (want === 1)
      assert.deepEqual(
        go.read.slice(before).map(({ bytes }) => bytes[0]),
        Array.from({ length: 100 }, (_, i) => i)
      )
  }
  assert.equal(end.sink.ends, 0)
})

test('goInFlight: 1 keeps the order on every channel, as a bridge needs', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t, { stack: { goInFlight: 1 } })
  const end = started(await node.dial(go.address))
  await go.received(1)
  go.most = 0
  for (let i = 0; i < 50; i++) await write(end, 0x30, Uint8Array.of(i))
  await go.received(51)
  assert.equal(go.most, 1)
  assert.deepEqual(
    go.read.slice(1).map(({ bytes }) => bytes[0]),
    Array.from({ length: 50 }, (_, i) => i)
  )
})

test('D-23: a message that was not read is sent again, and order is kept where it matters', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  const end = started(await node.dial(go.address))
  await go.received(1)
  go.resets = 3
  for (let i = 0; i < 4; i++) await write(end, 0x20, Uint8Array.of(i))
  await go.received(5)
  assert.deepEqual(
    go.read.slice(1).map(({ bytes }) => bytes[0]),
    [0, 1, 2, 3]
  )
  assert.equal(end.sink.ends, 0)
})

for (const { name, services } of [
  { name: 'as soon as identify says what it is', services: { identify: identify() } },
  { name: 'with its first message where there is no identify', services: {} }
])
  test(`a Go node that dials us becomes an inbound link ${name}`, async (t) => {
    const go = await FakeGo.start(t, services)
    const node = await ours(t, { libp2p: { services: services as any } })
    const link = node.host.link()
    const connection = await go.libp2p.dial(multiaddr(node.address))
    const sent = 'identify' in services ? undefined : goSend(connection, 0x40, Uint8Array.of(1, 7))
    const end = started(await link)
    await (sent ?? goSend(connection, 0x40, Uint8Array.of(1, 7)))
    await end.sink.received(1)
    assert.deepEqual(end.sink.messages, [{ channelId: 0x40, bytes: Uint8Array.of(7) }])
    assert.deepEqual([end.link.outbound, node.host.asked[0]?.wire], [false, 'go'])
    assert.equal(node.host.asked[0]?.nodeInfo, undefined)
  })

test('a stream stays until its message is consumed, which is how Go feels a slow reactor; then its place is free', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  const link = node.host.link()
  const connection = await go.libp2p.dial(multiaddr(node.address))
  const end = started(await link, { consume: false })
  const streams: Stream[] = []
  for (let i = 0; i < 3; i++) streams.push(await goSend(connection, 0x30, Uint8Array.of(1, i)))
  await end.sink.received(3)
  assert.deepEqual(
    streams.map(({ status }) => status === 'closed' || status === 'reset'),
    [false, false, false]
  )
  const freed = Promise.all(
    streams.map((stream) => new Promise((resolve) => stream.addEventListener('close', resolve)))
  )
  end.link.consumed(0x30, 3)
  await freed
  assert.equal(end.sink.ends, 0)
})

test('a truncated message is dropped and counted, an oversized one ends the peer with protocol', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  const link = node.host.link()
  const connection = await go.libp2p.dial(multiaddr(node.address))
  const end = started(await link)
  await goSend(connection, 0x30, Uint8Array.of(5, 1, 2))
  await goSend(connection, 0x30, Uint8Array.of(1, 9))
  await end.sink.received(1)
  while ((end.link.stats().droppedMessages ?? 0) < 1) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(end.sink.ends, 0)
  // 1 001 bytes announced
  await goSend(connection, 0x40, Uint8Array.of(0xe9, 0x07), false)
  const { reason } = await end.sink.end.promise
  assert.deepEqual([reason.kind, (reason as { channelId?: number }).channelId], ['protocol', 0x40])
})

test('resetRemote sends one byte that is no message on 0x40 and ends the link, so that it is dialled anew', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  const end = started(await node.dial(go.address))
  await go.received(1)
  await end.link.resetRemote?.()
  assert.deepEqual(go.read.at(-1), { id: 0x40, bytes: Uint8Array.of(0xff) })
  assert.equal((await end.sink.end.promise).reason.kind, 'communication')
  await end.link.close({ kind: 'communication', message: 'reset' }, false)
  started(await node.dial(go.address))
})

test('a stranger is no peer: with identify and without', async (t) => {
  for (const services of [{ identify: identify() }, {}]) {
    const stranger = await FakeGo.start(t, services, [])
    const node = await ours(t, { libp2p: { services: services as any } })
    await assert.rejects(node.dial(stranger.address), { name: 'DialFailedError', message: /not a CometBFT node/ })
  }
})

test("goLp2p: 'off' knows no Go nodes, 'known' tells the host to admit only those it knows", async (t) => {
  const go = await FakeGo.start(t)
  const off = await ours(t, { stack: { goLp2p: 'off' } })
  await assert.rejects(off.dial(go.address), { name: 'DialFailedError', message: /not wanted/ })
  assert.deepEqual(goChannels(off.libp2p.getProtocols()), new Set())
  const known = await ours(t, { stack: { goLp2p: 'known' } })
  const link = known.host.link()
  await go.libp2p.dial(multiaddr(known.address))
  await link
  assert.equal(known.host.asked[0]?.knownOnly, true)
})

test('a Go node that is refused is not asked about for every message, and holds nothing', async (t) => {
  const go = await FakeGo.start(t)
  const node = await ours(t)
  node.host.verdict = async () => ({ allow: false, refusal: 'inbound-full', detail: 'full' })
  const gone = new Promise((resolve) => node.libp2p.addEventListener('connection:close', resolve, { once: true }))
  const connection = await go.libp2p.dial(multiaddr(node.address))
  await Promise.allSettled(Array.from({ length: 5 }, () => goSend(connection, 0x30, Uint8Array.of(1, 1))))
  connection.abort(new Error('done'))
  await gone
  assert.equal(node.host.asked.length, 1)
})

test('a node of our kind whose switch has stopped is no Go node, though the identify of before lists its channels', async (t) => {
  const node = await ours(t)
  const other = await ours(t)
  const identified = deferred()
  node.libp2p.addEventListener('peer:identify', () => identified.resolve(), { once: true })
  const connection = await node.libp2p.dial(multiaddr(other.address))
  await identified.promise
  await other.stack.stop()
  await assert.rejects(node.dial(other), { name: 'DialFailedError', message: /its switch does not run/ })
  assert.equal(connection.status, 'open', "the connection is the user's")
})

test('a node whose identify lists hello does not become a Go peer by a message of that kind', async (t) => {
  const node = await ours(t)
  const other = await ours(t)
  const identified = deferred()
  node.libp2p.addEventListener('peer:identify', () => identified.resolve(), { once: true })
  const connection = await other.libp2p.dial(multiaddr(node.address))
  await identified.promise
  // reset as soon as it is seen, maybe before its opener has it
  const opened = connection.newStream(goProtocol(0x38), { maxOutboundStreams: 1_000 })
  const stream = await opened.catch(() => undefined)
  const reset = deferred()
  stream?.addEventListener('close', () => reset.resolve(), { once: true })
  if (stream?.status === 'open') await reset.promise
  assert.equal(node.host.asked.length, 0)
})
