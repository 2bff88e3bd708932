/**
 * A classic link on a stream and a clock in the test's hands: what the link suite cannot see or wait for. The first part are the behaviours that Go's own
 * tests of MConnection check (spec mconnection section 9).
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ConnectionLostError, SecretConnectionError } from '../../../src/errors.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { createNodeInfo } from '../../../src/identity/node-info.ts'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import type { StopReason } from '../../../src/interface/stop-reason.ts'
import { Outbox } from '../../../src/outbox/outbox.ts'
import { CometLink } from '../../../src/stacks/comet/link.ts'
import { checkedMConnOptions, type MConnOptions } from '../../../src/stacks/comet/mconn-options.ts'
import { encodePacket, PING_BYTES, PONG_BYTES } from '../../../src/stacks/comet/packet.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'
import { TestStream } from './test-stream.ts'

const BULK = 0x01
const URGENT = 0x02
const UNKNOWN = 0x03
const GRACEFUL: StopReason = { kind: 'graceful', message: 'done' }
const LINGER_MS = 1_000

const remote = nodeKeyFromSeed(new Uint8Array(32).fill(7))
const raw = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const msg = (channelId: number, length: number, eof = true) =>
  encodePacket({ type: 'msg', channelId, eof, data: new Uint8Array(length) })

const CHANNELS = [
  { id: BULK, recvMessageCapacity: 22_020_096 },
  { id: URGENT, recvMessageCapacity: 1_000 }
]

function given(options: MConnOptions = {}, queueCapacity = 100, receives = CHANNELS) {
  const clock = new FakeClock()
  const stream = new TestStream()
  const received: string[] = []
  const ends: Array<{ reason: StopReason; drain: boolean }> = []
  const link = new CometLink({
    stream,
    outbound: true,
    remoteId: remote.id,
    remotePeerId: remote.peerId,
    nodeInfo: createNodeInfo({
      id: remote.id,
      listenAddr: 'tcp://127.0.0.1:26656',
      network: 'test',
      version: '0.40.0',
      channels: Uint8Array.of(BULK, URGENT, UNKNOWN),
      moniker: 'remote'
    }),
    socketAddr: netAddressFromParts(remote.id, '127.0.0.1', 26656),
    channels: receives,
    options: checkedMConnOptions(options),
    clock
  })
  const channels = [
    { id: BULK, priority: 1, sendQueueCapacity: queueCapacity },
    { id: URGENT, priority: 10, sendQueueCapacity: queueCapacity }
  ]
  const outbox = new Outbox({ link, channels, clock }, { sendTimeoutMs: 10_000, maxWaitersPerChannel: 1_000 })
  const start = () => {
    outbox.start()
    link.start({
      deliver: (channelId, bytes) => received.push(`${channelId}:${bytes.length}`),
      onWritable: () => outbox.onWritable(),
      onEnd: (reason, drain) => void ends.push({ reason, drain })
    })
  }
  return { clock, stream, link, outbox, received, ends, start }
}

function started(options: MConnOptions = {}, queueCapacity = 100, receives = CHANNELS) {
  const all = given(options, queueCapacity, receives)
  all.start()
  return all
}

describe("what Go's MConnection does", () => {
  test('a remote that does not answer a ping in time is lost, and nothing is left behind', async () => {
    const { clock, stream, ends, link } = started()
    clock.advance(60_000)
    assert.deepEqual(stream.told, ['ping'])
    clock.advance(44_999)
    assert.equal(ends.length, 0)
    clock.advance(1)
    assert.equal(ends[0]?.reason.kind, 'communication')
    assert.match(ends[0]?.reason.message ?? '', /pong timeout/)
    const closed = link.close(GRACEFUL, false)
    await settle()
    clock.advance(LINGER_MS)
    await closed
    assert.deepEqual([clock.pending, stream.destroyed, ends.length], [0, true, 1])
  })

  test('three pongs in advance are harmless, and pings are answered as ever', () => {
    const { clock, stream, ends } = started()
    stream.give(PONG_BYTES, PONG_BYTES, PONG_BYTES)
    stream.give(PING_BYTES)
    assert.deepEqual(stream.told, ['pong'])
    clock.advance(60_000)
    assert.deepEqual(stream.told, ['pong', 'ping'])
    stream.give(PONG_BYTES)
    clock.advance(45_000)
    assert.equal(ends.length, 0)
  })

  test('three pings in a row have three pongs, together or one by one', () => {
    const { stream } = started()
    for (let i = 1; i <= 3; i++) {
      stream.give(PING_BYTES)
      assert.equal(stream.writes.length, i)
    }
    stream.give(PING_BYTES, PING_BYTES, PING_BYTES)
    assert.deepEqual(stream.told, Array(6).fill('pong'))
    assert.equal(stream.writes.length, 4)
  })

  const REFUSED: ReadonlyArray<{ name: string; bytes: Uint8Array; channelId?: number }> = [
    { name: 'bytes that are no packet', bytes: raw('0102030405') },
    { name: 'a channel that only the remote knows', bytes: msg(UNKNOWN, 7), channelId: UNKNOWN },
    { name: 'a packet of 1124 bytes', bytes: msg(BULK, 1_124) },
    { name: 'another message of protobuf', bytes: raw('03120178') },
    { name: 'channel 1025', bytes: msg(1_025, 2) },
    { name: 'a message beyond what its channel takes', bytes: msg(URGENT, 1_001), channelId: URGENT }
  ]
  for (const { name, bytes, channelId } of REFUSED)
    test(`${name} ends the connection: protocol`, async () => {
      const { stream, ends, received, link } = started()
      stream.give(msg(BULK, 1_024), bytes, msg(BULK, 1))
      stream.give(msg(BULK, 1))
      assert.deepEqual(received, ['1:1024'])
      assert.equal(ends.length, 1)
      const { reason, drain } = ends[0] as (typeof ends)[0]
      assert.deepEqual([reason.kind, drain], ['protocol', false])
      assert.equal((reason as { channelId?: number }).channelId, channelId)
      await link.close(reason, false)
      assert.deepEqual([stream.ending, stream.destroyed], [false, true], 'whoever breaks the protocol is owed nothing')
    })

  test('with a queue of one: trySend is true with the first message on its way, true with one queued, then false', async () => {
    const { outbox, stream } = started({}, 1)
    stream.accepts = false
    assert.equal(outbox.trySend(BULK, new Uint8Array(10)), true)
    await settle()
    assert.deepEqual(stream.told, ['1:10.'])
    assert.equal(outbox.trySend(BULK, new Uint8Array(10)), true)
    assert.equal(outbox.trySend(BULK, new Uint8Array(10)), false)
    stream.drain()
    await settle()
    assert.deepEqual(stream.told, ['1:10.', '1:10.'])
  })

  test('a flush waits until the pong of a ping behind everything', async () => {
    const { outbox, stream } = started()
    for (let i = 0; i < 3; i++) outbox.trySend(BULK, new Uint8Array(2_000))
    let flushed: boolean | undefined
    void outbox.flush().then((all) => {
      flushed = all
    })
    await settle()
    assert.equal(stream.told.at(-1), 'ping')
    assert.deepEqual([stream.told.length, flushed], [7, undefined])
    stream.give(PONG_BYTES)
    await settle()
    assert.equal(flushed, true)
  })
})

describe('writing', () => {
  test('what is sent in one turn, on whatever channels, is one write', async () => {
    const { outbox, stream } = started()
    outbox.trySend(BULK, new Uint8Array(10))
    outbox.trySend(URGENT, new Uint8Array(20))
    outbox.trySend(BULK, new Uint8Array(0))
    await settle()
    assert.equal(stream.writes.length, 1)
    assert.deepEqual(stream.told.sort(), ['1:0.', '1:10.', '2:20.'])
  })

  test('bulk stops at a bound of what is under way, an urgent message goes beyond it, and a pong makes room', async () => {
    const { outbox, stream } = started()
    for (let i = 0; i < 100; i++) outbox.trySend(BULK, new Uint8Array(64 * 1024))
    await settle(20)
    assert.equal(stream.told.filter((packet) => packet === 'ping').length, 1, 'one ping at a time')
    assert.ok(stream.sentBytes < 300_000, `${stream.sentBytes}`)
    const before = stream.sentBytes
    outbox.trySend(URGENT, new Uint8Array(100))
    await settle()
    assert.equal(stream.told.at(-1), '2:100.')
    stream.give(PONG_BYTES)
    await settle(20)
    assert.ok(stream.sentBytes > before + 60_000)
    assert.equal(stream.told.filter((packet) => packet === 'ping').length, 2)
  })

  test('never are two pings under way: Go would answer them with one pong', async () => {
    const { outbox, stream, link, clock } = started()
    for (let i = 0; i < 10; i++) outbox.trySend(BULK, new Uint8Array(64 * 1024))
    await settle(10)
    void outbox.flush()
    void link.probe(100_000)
    void link.probe(100_000)
    clock.advance(60_000)
    assert.equal(stream.told.filter((packet) => packet === 'ping').length, 1)
    stream.give(PONG_BYTES)
    await settle(10)
    assert.equal(stream.told.filter((packet) => packet === 'ping').length, 2)
  })

  test('nothing is written into a socket that takes nothing, pongs neither, however often it is pinged', async () => {
    const { outbox, stream } = started()
    stream.accepts = false
    outbox.trySend(BULK, new Uint8Array(10))
    await settle()
    for (let i = 0; i < 1_000; i++) stream.give(PING_BYTES, PING_BYTES)
    outbox.trySend(BULK, new Uint8Array(10))
    await settle()
    assert.deepEqual(stream.told, ['1:10.'])
    stream.drain()
    await settle()
    const pongs = stream.told.filter((packet) => packet === 'pong').length
    assert.ok(pongs >= 1 && pongs <= 64, `${pongs}`)
    assert.equal(stream.told.at(-1), '1:10.')
  })

  test('a flush throttle joins what comes in its time, and holds back neither pongs nor a full buffer', async () => {
    const { outbox, stream, clock } = started({ flushThrottleMs: 10 })
    outbox.trySend(BULK, new Uint8Array(10))
    await settle()
    clock.advance(5)
    outbox.trySend(BULK, new Uint8Array(20))
    await settle()
    assert.deepEqual(stream.told, [])
    clock.advance(5)
    assert.deepEqual(stream.told, ['1:10.', '1:20.'])
    assert.equal(stream.writes.length, 1)
    outbox.trySend(BULK, new Uint8Array(30))
    await settle()
    stream.give(PING_BYTES)
    assert.deepEqual(stream.told.slice(2), ['1:30.', 'pong'])
    outbox.trySend(BULK, new Uint8Array(60_000))
    outbox.trySend(BULK, new Uint8Array(60_000))
    await settle(10)
    assert.ok(stream.sentBytes >= 60_000)
  })

  test('stats count the bytes of packets, pings and pongs among them, as Go does', async () => {
    const { link, outbox, stream } = started()
    outbox.trySend(BULK, new Uint8Array(3_000))
    outbox.trySend(URGENT, new Uint8Array(10))
    await settle()
    stream.give(PING_BYTES, msg(URGENT, 20))
    const bytes = (packets: readonly Uint8Array[]) => packets.reduce((sum, { length }) => sum + length, 0)
    const sent = [msg(BULK, 1_024, false), msg(BULK, 1_024, false), msg(BULK, 952), msg(URGENT, 10), PONG_BYTES]
    assert.deepEqual(link.stats(), {
      sentBytes: bytes(sent),
      receivedBytes: bytes([PING_BYTES, msg(URGENT, 20)])
    })
  })

  test('a send limit is kept within 5 %, and no ping or pong waits for it', async () => {
    const rate = 1_000_000
    const { outbox, stream, clock } = started({ sendRate: rate, pingIntervalMs: 1_000, pongTimeoutMs: 900 }, 10)
    stream.onWrite = (bytes) => {
      // whatever was pinged is answered at once, so that only the limit holds
      if (bytes.length >= 3 && bytes.at(-2) === 0x0a) queueMicrotask(() => stream.give(PONG_BYTES))
    }
    const fill = () => {
      while (outbox.trySend(BULK, new Uint8Array(30_000)));
    }
    const seconds = 10
    for (let ms = 0; ms < seconds * 1_000; ms += 5) {
      fill()
      await clock.run(5)
      if (ms % 1_000 === 500) {
        const before = stream.packets.length
        stream.give(PING_BYTES)
        assert.deepEqual(stream.packets.slice(before), [{ type: 'pong' }])
      }
    }
    const measured = stream.sentBytes / seconds
    assert.ok(Math.abs(measured / rate - 1) <= 0.05, `${measured}`)
    assert.ok(stream.told.filter((packet) => packet === 'ping').length >= seconds - 1)
  })

  test('with packets of a single byte messages come out whole', async () => {
    const { outbox, stream } = started({ maxPacketMsgPayloadSize: 1 })
    outbox.trySend(BULK, new Uint8Array(3))
    await settle()
    assert.deepEqual(stream.told, ['1:1', '1:1', '1:1.'])
  })
})

describe('reading', () => {
  const BUFFER = 256 * 1024

  test('slow reactors stop the reading, and it goes on when they have caught up', () => {
    const { stream, link, received } = started({ receiveBufferBytes: BUFFER })
    while (!stream.paused) stream.give(msg(BULK, 1_024))
    const held = received.length
    assert.ok(held * 1_024 <= BUFFER && held * 1_024 > BUFFER / 2)
    // one more chunk may still come; it is held, not handed up
    stream.give(...Array.from({ length: 60 }, () => msg(BULK, 1_024)))
    assert.equal(received.length, held)
    let consumed = 0
    while (stream.paused) {
      link.consumed(BULK, 1_024)
      consumed++
    }
    assert.ok(consumed >= held / 3, 'not for every message')
    for (; consumed < received.length; consumed++) link.consumed(BULK, 1_024)
    assert.equal(received.length, held + 61)
  })

  test('a slow reader never loses its peer: it judges nobody meanwhile, and tells the remote that it lives', async () => {
    const { stream, clock, ends, link } = started({ receiveBufferBytes: BUFFER })
    while (!stream.paused) stream.give(msg(BULK, 1_024))
    for (let minute = 0; minute < 10; minute++) {
      const before = stream.packets.length
      clock.advance(45_000)
      assert.ok(stream.told.slice(before).includes('pong'), 'before any pong timeout of a Go node')
    }
    assert.equal(ends.length, 0)
    assert.equal(await link.probe(1_000), true)
  })

  test('two nodes that both wait for their reactors do not wait for each other: without pongs only the socket bounds', async () => {
    const { stream, outbox } = started({ receiveBufferBytes: BUFFER })
    for (let i = 0; i < 100; i++) outbox.trySend(BULK, new Uint8Array(64 * 1024))
    await settle(20)
    const before = stream.sentBytes
    while (!stream.paused) stream.give(msg(BULK, 1_024))
    await settle(50)
    assert.ok(stream.sentBytes > before + 1_000_000, `${stream.sentBytes - before}`)
    assert.equal(await outbox.flush(), true, 'the kernel has it all, more cannot be known')
  })

  test('a receive limit is kept within 5 %', () => {
    const rate = 1_000_000
    const { stream, clock, link } = started({ recvRate: rate })
    const chunk = Array.from({ length: 40 }, () => msg(BULK, 1_000))
    const seconds = 20
    for (let ms = 0; ms < seconds * 1_000; ms++) {
      if (!stream.paused) {
        stream.give(...chunk)
        for (let i = 0; i < 40; i++) link.consumed(BULK, 1_000)
      }
      clock.advance(1)
    }
    const measured = stream.receivedBytes / seconds
    assert.ok(Math.abs(measured / rate - 1) <= 0.05, `${measured}`)
    assert.ok(stream.pauses > 100)
  })

  test('a message that never ends is bounded by what its channel takes', () => {
    const { stream, ends } = started({ receiveBufferBytes: BUFFER })
    for (let bytes = 0; bytes <= 22_020_096 && ends.length === 0; bytes += 1_024) stream.give(msg(BULK, 1_024, false))
    assert.equal(ends[0]?.reason.kind, 'protocol')
  })

  test('the longest messages of several channels by turns, packet by packet, as Go sends them, all arrive', () => {
    const receives = [0x20, 0x21, 0x22].map((id) => ({ id, recvMessageCapacity: 22_020_096 }))
    const { stream, link, ends, received } = started({}, 100, receives)
    const packets = Math.ceil(22_020_096 / 1_024)
    const more = new Uint8Array(Buffer.concat(receives.map(({ id }) => msg(id, 1_024, false))))
    for (let i = 1; i < packets; i++) stream.give(more)
    for (const { id } of receives) {
      stream.give(msg(id, 1_024))
      // the reactor is done with it before the next
      link.consumed(id, 22_020_096)
    }
    assert.deepEqual([ends, stream.paused], [[], false])
    assert.deepEqual(
      received,
      receives.map(({ id }) => `${id}:22020096`)
    )
  })
})

describe('ends', () => {
  test('a remote that closes in order is drained: what came is handed up first, as reactors can take it', () => {
    const { stream, ends, received, link } = started({ receiveBufferBytes: 256 * 1024 })
    while (!stream.paused) stream.give(msg(BULK, 1_024))
    const before = received.length
    stream.give(msg(URGENT, 5))
    stream.finish()
    assert.equal(ends.length, 0)
    assert.deepEqual([link.writable(BULK), received.length], [false, before])
    for (let i = 0; i < before; i++) link.consumed(BULK, 1_024)
    assert.equal(received.at(-1), '2:5')
    assert.deepEqual([ends.length, ends[0]?.reason.kind, ends[0]?.drain], [1, 'communication', true])
  })

  test('a connection that breaks is not drained, and a bad frame is a breach of protocol', () => {
    for (const { error, kind } of [
      { error: new ConnectionLostError('inside-frame'), kind: 'communication' },
      { error: new SecretConnectionError('tampered-frame', 'test'), kind: 'protocol' }
    ]) {
      const { stream, ends } = started()
      stream.finish(error)
      assert.deepEqual([ends[0]?.reason.kind, ends[0]?.drain, ends.length], [kind, false, 1])
    }
  })

  test('a close lets out what was written, closes our side, and waits for the remote to close its own', async () => {
    const { stream, link, outbox, clock, ends, received } = started({ flushThrottleMs: 1_000 })
    outbox.trySend(BULK, new Uint8Array(10))
    await settle()
    const closed = link.close(GRACEFUL, false)
    assert.deepEqual([stream.told, stream.ending, stream.destroyed], [['1:10.'], true, false])
    stream.give(msg(BULK, 1))
    stream.takeAll()
    await settle()
    assert.equal(stream.destroyed, false)
    stream.finish()
    await closed
    assert.deepEqual([stream.destroyed, clock.pending, ends.length, received.length], [true, 0, 0, 0])
  })

  test('a close is bounded in time, also of a link that was never started', async () => {
    for (const make of [started, given]) {
      const { stream, link, clock } = make()
      const closed = link.close(GRACEFUL, false)
      await settle()
      clock.advance(LINGER_MS)
      await closed
      assert.deepEqual([stream.destroyed, clock.pending], [true, 0])
    }
  })

  test('a probe is answered by any byte, and false after its time', async () => {
    const { stream, link, clock } = started()
    const alive = link.probe(2_000)
    assert.deepEqual(stream.told, ['ping'])
    stream.give(PONG_BYTES)
    assert.equal(await alive, true)
    const dead = link.probe(2_000)
    clock.advance(2_000)
    assert.equal(await dead, false)
  })
})
