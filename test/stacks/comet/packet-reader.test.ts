import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import { decodePacket, encodePacket, type Packet, PING_BYTES, PONG_BYTES } from '../../../src/stacks/comet/packet.ts'
import { PacketReader, type PacketReaderInit } from '../../../src/stacks/comet/packet-reader.ts'

const INIT: PacketReaderInit = {
  channels: [
    { id: 0, recvMessageCapacity: 10_000 },
    { id: 1, recvMessageCapacity: 100_000 },
    { id: 0x23, recvMessageCapacity: 1_000 },
    { id: 0xff, recvMessageCapacity: 22_020_096 }
  ],
  maxPayloadBytes: 1024
}

/** Reads chunks one after the other and tells what came out of them, a message as `channel:length:checksum`. */
function read(chunks: Iterable<Uint8Array>, init: PacketReaderInit = INIT) {
  const got: string[] = []
  const reader = new PacketReader(
    {
      ping: () => got.push('ping'),
      pong: () => got.push('pong'),
      message: (channelId, bytes) => got.push(told(channelId, bytes))
    },
    init
  )
  let fault: { message: string; channelId: number | undefined } | undefined
  try {
    for (const chunk of chunks) {
      // whoever reads must not keep the chunk
      const own = Uint8Array.from(chunk)
      reader.push(own)
      own.fill(0xee)
    }
  } catch (error) {
    assert.equal((error as Error).name, 'ProtocolViolationError', String((error as Error).stack))
    fault = error as typeof fault & Error
  }
  return { got, fault, reader }
}

function told(channelId: number, bytes: Uint8Array): string {
  let sum = 0
  for (const byte of bytes) sum = (sum * 31 + byte) >>> 0
  return `${channelId}:${bytes.length}:${sum}`
}

const msg = (channelId: number, data: Uint8Array, eof = true) => encodePacket({ type: 'msg', channelId, eof, data })
const bytes = (length: number, mark = 0) => new Uint8Array(length).map((_, i) => i * 7 + mark)
const raw = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
/** A packet that protobuf would not write itself, with its length. */
const body = (hex: string) => Buffer.concat([Uint8Array.of(raw(hex).length), raw(hex)])

describe('what a reader makes of packets', () => {
  const TABLE: ReadonlyArray<{ name: string; given: Uint8Array[]; want: string[] }> = [
    { name: 'a ping and a pong', given: [PING_BYTES, PONG_BYTES], want: ['ping', 'pong'] },
    { name: 'a message in one packet', given: [msg(1, bytes(100))], want: [told(1, bytes(100))] },
    { name: 'D-18: an empty message', given: [msg(1, bytes(0))], want: [told(1, bytes(0))] },
    { name: 'an empty message on channel 0', given: [body('1a021001')], want: [told(0, bytes(0))] },
    {
      name: 'a message in pieces, with another channel in between',
      given: [msg(1, bytes(1024), false), msg(0, bytes(5)), PING_BYTES, msg(1, bytes(1024).subarray(0, 3))],
      want: [told(0, bytes(5)), 'ping', told(1, Buffer.concat([bytes(1024), bytes(3)]))]
    },
    {
      name: 'an end without data behind pieces, and pieces without data',
      given: [msg(1, bytes(0), false), msg(1, bytes(9), false), msg(1, bytes(0), false), msg(1, bytes(0))],
      want: [told(1, bytes(9))]
    },
    {
      name: 'the full last packet of a channel from 0x80 on, which Go sends and does not take (D-19)',
      given: [msg(0xff, bytes(1024))],
      want: [told(0xff, bytes(1024))]
    },
    {
      name: 'a message as long as its channel takes',
      given: [msg(0x23, bytes(999), false), msg(0x23, bytes(1))],
      want: [told(0x23, Buffer.concat([bytes(999), bytes(1)]))]
    },
    { name: 'a length that is padded', given: [raw('828000 0a00')], want: ['ping'] },
    {
      name: 'unknown fields around and within',
      given: [body('2001 1a08 08012005 10011a00 7a0161')],
      want: [told(1, bytes(0))]
    },
    { name: 'fields in another order', given: [body('1a08 1a02aabb 1001 0801')], want: [told(1, raw('aabb'))] },
    { name: 'of two members the last', given: [body('0a00 1200')], want: ['pong'] },
    {
      name: 'of a field that occurs twice the last',
      given: [body('1a08 0800 0801 1000 1001')],
      want: [told(1, bytes(0))]
    }
  ]
  for (const { name, given, want } of TABLE)
    test(name, () => {
      const { got, fault } = read(given)
      assert.deepEqual([got, fault], [want, undefined])
    })
})

describe('what a reader refuses', () => {
  const TABLE: ReadonlyArray<{ name: string; given: Uint8Array[]; message: RegExp; channelId?: number }> = [
    { name: "Go's bad encoding: 01 02 03 04 05", given: [raw('0102030405')], message: /undecodable/ },
    { name: 'a channel that we do not serve', given: [msg(3, bytes(5))], message: /do not serve/, channelId: 3 },
    {
      name: 'a channel id beyond a byte is not cut to one: 1025',
      given: [msg(1025, bytes(2))],
      message: /unknown channel 1025/
    },
    { name: 'a negative channel id', given: [msg(-1, bytes(2))], message: /unknown channel -1/ },
    { name: 'a packet of nothing', given: [raw('00')], message: /unknown message type/ },
    { name: 'a packet of an unknown member', given: [body('2200')], message: /unknown message type/ },
    { name: 'another message of protobuf (a Header with a chain id)', given: [body('120178')], message: /undecodable/ },
    { name: 'a known field of the wrong wire type', given: [body('0800')], message: /undecodable/ },
    { name: 'a packet cut short within', given: [body('1a05 0801')], message: /undecodable/ },
    { name: "Go's packet of 1124 bytes", given: [msg(1, bytes(1124))], message: /at most 1035/ },
    { name: 'a longer packet as soon as its length says so', given: [raw('8c08')], message: /at most 1035/ },
    { name: 'a length of eleven bytes', given: [raw('8080808080808080808000')], message: /10 bytes/ },
    { name: 'a length beyond all numbers', given: [raw('ffffffffffffffffff')], message: /at most 1035/ },
    {
      name: 'a message longer than its channel takes, at the packet that shows it',
      given: [msg(0x23, bytes(1_000), false), msg(0x23, bytes(1), false)],
      message: /more than 1000 bytes/,
      channelId: 0x23
    },
    {
      name: 'a message longer than its channel takes, in one packet',
      given: [msg(0x23, bytes(1_001))],
      message: /more than 1000 bytes/,
      channelId: 0x23
    }
  ]
  for (const { name, given, message, channelId } of TABLE)
    test(name, () => {
      const { got, fault } = read(given)
      assert.deepEqual(got, [])
      assert.match(fault?.message ?? 'no fault', message)
      assert.equal(fault?.channelId, channelId)
    })

  test('messages that do not end, at the capacity of their channel, with all channels under way', () => {
    const full = [0, 1, 0x23].flatMap((id) => {
      const capacity = INIT.channels.find((channel) => channel.id === id)?.recvMessageCapacity as number
      return Array.from({ length: capacity / 1_000 }, () => msg(id, bytes(1_000), false))
    })
    const { fault, reader } = read(full)
    assert.deepEqual([fault, reader.partialBytes], [undefined, 111_000])
    for (const id of [0, 1, 0x23]) {
      const { fault, reader } = read([...full, msg(id, bytes(1), false)])
      assert.deepEqual([fault?.channelId, reader.partialBytes], [id, 111_000])
    }
  })
})

const channelId = fc.constantFrom(0, 1, 0x23, 0xff)
const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.constant<Packet>({ type: 'ping' }),
  fc.constant<Packet>({ type: 'pong' }),
  fc.record({
    type: fc.constant('msg' as const),
    channelId,
    eof: fc.boolean(),
    data: fc.oneof(fc.nat(20), fc.integer({ min: 900, max: 1024 })).map((length) => bytes(length, length))
  })
)

/** Cut at any place, and as one. */
const cuts = fc.oneof(
  fc.constant<number[]>([]),
  fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
  fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1 })
)

function* cut(whole: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let at = 0
  for (let i = 0; at < whole.length; i++) {
    const length = lengths.length === 0 ? whole.length : (lengths[i % lengths.length] as number)
    yield whole.subarray(at, at + length)
    at += length
  }
}

/** The plain twin: packets one by one through protobufjs. */
function plainly(packets: readonly Packet[]): { got: string[]; fault: boolean } {
  const got: string[] = []
  const parts = new Map<number, Uint8Array[]>()
  for (const given of packets) {
    const delimited = encodePacket(given)
    const decoded = decodePacket(delimited.subarray(delimited.length < 130 ? 1 : 2))
    if (decoded.type !== 'msg') {
      got.push(decoded.type)
      continue
    }
    const list = parts.get(decoded.channelId) ?? []
    parts.set(decoded.channelId, list)
    list.push(decoded.data)
    const whole = Buffer.concat(list)
    const capacity = INIT.channels.find(({ id }) => id === decoded.channelId)?.recvMessageCapacity as number
    if (whole.length > capacity) return { got, fault: true }
    if (!decoded.eof) continue
    got.push(told(decoded.channelId, whole))
    parts.delete(decoded.channelId)
  }
  return { got, fault: false }
}

test('however it is cut, what is read is what the plain twin reads', () => {
  fc.assert(
    fc.property(fc.array(packet, { maxLength: 40 }), cuts, (packets, lengths) => {
      const { got, fault } = read(cut(Buffer.concat(packets.map(encodePacket)), lengths))
      const want = plainly(packets)
      assert.deepEqual(got, want.got)
      assert.equal(fault !== undefined, want.fault)
    }),
    { numRuns: 300 }
  )
})

test('a damaged packet is what the plain twin makes of it', () => {
  const damage = fc.record({ at: fc.nat(), byte: fc.nat(255) })
  fc.assert(
    fc.property(packet, damage, (given, { at, byte }) => {
      const inner = encodePacket(given).slice(encodePacket(given).length < 130 ? 1 : 2)
      inner[at % inner.length] = byte
      let want: string[]
      try {
        const decoded = decodePacket(inner)
        const known = decoded.type !== 'msg' || INIT.channels.some(({ id }) => id === decoded.channelId)
        const fits = decoded.type !== 'msg' || decoded.channelId !== 0x23 || decoded.data.length <= 1_000
        if (!known || !fits) want = ['fault']
        else if (decoded.type !== 'msg') want = [decoded.type]
        else want = decoded.eof ? [told(decoded.channelId, decoded.data)] : []
      } catch {
        want = ['fault']
      }
      const length = inner.length < 0x80 ? [inner.length] : [(inner.length & 0x7f) | 0x80, inner.length >> 7]
      const { got, fault } = read([Buffer.concat([Uint8Array.from(length), inner])])
      assert.deepEqual(fault === undefined ? got : ['fault'], want)
    }),
    { numRuns: 2_000 }
  )
})

test('whatever the bytes are, a reader throws nothing but a ProtocolViolationError and holds no more than has come', () => {
  const chunk = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    packet.map(encodePacket),
    fc.tuple(packet, fc.nat(), fc.nat(255)).map(([given, at, byte]) => {
      const damaged = encodePacket(given)
      damaged[at % damaged.length] = byte
      return damaged
    })
  )
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 30 }), (chunks) => {
      const { reader } = read(chunks)
      const came = chunks.reduce((sum, { length }) => sum + length, 0)
      assert.ok(reader.partialBytes <= came)
      // one packet, and per channel a first block or twice what has come
      assert.ok(reader.allocatedBytes <= 1_050 + INIT.channels.length * 4_096 + 2 * came, `${reader.allocatedBytes}`)
    }),
    { numRuns: 1_000 }
  )
})

test('an announced length alone takes no memory', () => {
  const { reader } = read([msg(0xff, bytes(1), false)])
  assert.ok(reader.allocatedBytes <= 4_096)
})

test('after a long message the next one of that channel holds at most 128 KiB before it has come', () => {
  const long = Array.from({ length: 1_000 }, (_, i) => msg(0xff, bytes(1024), i === 999))
  const { reader, got } = read([...long, msg(0xff, bytes(1), false)])
  assert.equal(got.length, 1)
  assert.ok(reader.allocatedBytes <= 128 * 1024)
})

test('messages are in memory of their own', () => {
  const messages: Uint8Array[] = []
  const reader = new PacketReader(
    { ping: () => {}, pong: () => {}, message: (_, message) => void messages.push(message) },
    INIT
  )
  const sizes = [0, 1, 100, 1024, 1025, 5_000, 4_096, 70_000, 3]
  for (const size of sizes)
    for (let from = 0; from === 0 || from < size; from += 1024) {
      const part = bytes(size, size).subarray(from, from + 1024)
      reader.push(msg(1, part, from + 1024 >= size))
    }
  assert.deepEqual(
    messages.map((message) => told(1, message)),
    sizes.map((size) => told(1, bytes(size, size)))
  )
  for (const message of messages) {
    message.fill(0xee)
    assert.equal(message.constructor, Uint8Array)
  }
  const { got } = read([msg(1, bytes(100))])
  assert.deepEqual(got, [told(1, bytes(100))])
})

test('after a stop nothing more is read, not even of the same chunk', () => {
  let count = 0
  const reader: PacketReader = new PacketReader(
    {
      ping: () => {},
      pong: () => {},
      message: () => {
        count++
        reader.stop()
      }
    },
    INIT
  )
  reader.push(Buffer.concat([msg(1, bytes(1)), msg(1, bytes(1)), raw('0102030405')]))
  reader.push(msg(1, bytes(1)))
  assert.equal(count, 1)
})
