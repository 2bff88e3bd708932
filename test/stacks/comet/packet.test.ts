import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import {
  decodePacket,
  encodePacket,
  MAX_PACKET_OVERHEAD_BYTES,
  maxAcceptedPacketBytes,
  maxDataBytes,
  maxPacketBytes,
  type Packet,
  packetBodyBytes,
  uvarintBytes
} from '../../../src/stacks/comet/packet.ts'
import { PacketWriter } from '../../../src/stacks/comet/packet-writer.ts'
import { slicesOf } from './packets.ts'

const text = (value: string) => new TextEncoder().encode(value)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const TRANSMITTED = text('data transmitted over the wire')

/** spec/mconnection.md section 1; the first three are Go's TestConnVectors. */
const GOLDEN: ReadonlyArray<{ name: string; packet: Packet; body: string }> = [
  { name: 'ping', packet: { type: 'ping' }, body: '0a00' },
  { name: 'pong', packet: { type: 'pong' }, body: '1200' },
  {
    name: 'a piece on channel 1',
    packet: { type: 'msg', channelId: 1, eof: false, data: TRANSMITTED },
    body: '1a2208011a1e64617461207472616e736d6974746564206f766572207468652077697265'
  },
  {
    name: 'a whole message on channel 1',
    packet: { type: 'msg', channelId: 1, eof: true, data: TRANSMITTED },
    body: '1a24080110011a1e64617461207472616e736d6974746564206f766572207468652077697265'
  },
  {
    name: 'a whole message on channel 0x20',
    packet: { type: 'msg', channelId: 0x20, eof: true, data: text('hi') },
    body: '1a08082010011a026869'
  },
  {
    name: 'an empty message on channel 0',
    packet: { type: 'msg', channelId: 0, eof: true, data: new Uint8Array(0) },
    body: '1a021001'
  }
]

describe("packets are Go's, byte for byte", () => {
  for (const { name, packet, body } of GOLDEN)
    test(name, () => {
      const delimited = encodePacket(packet)
      assert.equal(hex(delimited), (body.length / 2).toString(16).padStart(2, '0') + body)
      const decoded = decodePacket(delimited.subarray(1))
      assert.deepEqual({ ...decoded, data: undefined }, { ...packet, data: undefined })
      if (decoded.type === 'msg' && packet.type === 'msg') assert.equal(hex(decoded.data), hex(packet.data))
    })
})

test('full packets are as long as in Go, and one of Go is longer than Go takes', () => {
  const sizes = [0, 0x01, 0x7f, 0x80, 0xff].map((id) => [
    packetBodyBytes(id, false, 1024),
    packetBodyBytes(id, true, 1024)
  ])
  assert.deepEqual(sizes, [
    [1030, 1032],
    [1032, 1034],
    [1032, 1034],
    [1033, 1035],
    [1033, 1035]
  ])
  assert.deepEqual([maxPacketBytes(1024), maxAcceptedPacketBytes(1024)], [1034, 1035])
  assert.deepEqual(
    [0, 1, 0x7f, 0x80, 0xff].map((id) => maxDataBytes(id, true, 1024)),
    [1024, 1024, 1024, 1023, 1023]
  )
})

describe('the writer', () => {
  const write = (maxPayloadBytes: number, channelId: number, messages: Uint8Array[], quantumBytes: number) => {
    const writer = new PacketWriter(maxPayloadBytes)
    const written: Uint8Array[] = []
    for (const slice of slicesOf(channelId, messages, quantumBytes)) {
      const room = writer.roomFor(slice)
      const target = new Uint8Array(room + 3)
      const end = writer.write(slice, target, 3)
      assert.ok(end - 3 <= room, `${end - 3} bytes in room for ${room}`)
      written.push(target.slice(3, end))
    }
    return Buffer.concat(written)
  }

  /** The plain twin: each message cut as spec section 4.2 says, but for D-19. */
  const plain = (maxPayloadBytes: number, channelId: number, messages: Uint8Array[]) => {
    const packets: Uint8Array[] = []
    for (const message of messages) {
      const last = maxDataBytes(channelId, true, maxPayloadBytes)
      const more = maxDataBytes(channelId, false, maxPayloadBytes)
      let from = 0
      while (message.length - from > last) {
        const take = message.length - from > more ? more : Math.max(last, 1)
        packets.push(encodePacket({ type: 'msg', channelId, eof: false, data: message.subarray(from, from + take) }))
        from += take
      }
      packets.push(encodePacket({ type: 'msg', channelId, eof: true, data: message.subarray(from) }))
    }
    return Buffer.concat(packets)
  }

  const channel = fc.constantFrom(0, 1, 0x20, 0x7f, 0x80, 0xff)
  const length = fc.oneof(fc.nat(10), fc.integer({ min: 1_000, max: 1_050 }), fc.integer({ min: 2_040, max: 9_000 }))
  const message = length.map((bytes) => new Uint8Array(bytes).map((_, i) => i * 31 + bytes))

  test('writes what protobuf would, whatever the messages, the channel and the payload size', () => {
    const payload = fc.oneof(fc.constant(1024), fc.integer({ min: 1, max: 3_000 }))
    fc.assert(
      fc.property(channel, fc.array(message, { maxLength: 6 }), payload, (channelId, messages, maxPayloadBytes) => {
        // whole messages only: a quantum that every message fits
        const written = write(maxPayloadBytes, channelId, messages, 100_000)
        assert.ok(written.equals(plain(maxPayloadBytes, channelId, messages)))
      }),
      { numRuns: 300 }
    )
  })

  test('a message in pieces has the same packets where the pieces are whole payloads', () => {
    const long = new Uint8Array(300 * 1024 + 5).map((_, i) => i * 7)
    for (const channelId of [0, 0x21])
      assert.ok(
        write(1024, channelId, [long], 64 * 1024 + 16).equals(plain(1024, channelId, [long])),
        `channel ${channelId}`
      )
  })

  test('D-19: no packet is longer than a Go node with the same payload size takes', () => {
    fc.assert(
      fc.property(
        channel,
        fc.array(message, { maxLength: 4 }),
        fc.integer({ min: 1, max: 20_000 }),
        fc.integer({ min: 200, max: 5_000 }),
        (channelId, messages, maxPayloadBytes, quantumBytes) => {
          const written = write(maxPayloadBytes, channelId, messages, quantumBytes)
          let at = 0
          while (at < written.length) {
            const { value, bytes } = uvarint(written, at)
            assert.ok(value <= maxPacketBytes(maxPayloadBytes), `${value} bytes`)
            assert.ok(decodePacket(written.subarray(at + bytes, at + bytes + value)).type === 'msg')
            at += bytes + value
          }
          assert.equal(at, written.length)
        }
      ),
      { numRuns: 200 }
    )
  })

  test('the overhead of a packet is never more than its constant', () => {
    for (const dataBytes of [0, 1, 127, 128, 16_383, 16_384, 2 ** 21, 2 ** 28 - 20]) {
      const body = packetBodyBytes(0xff, true, dataBytes)
      assert.ok(uvarintBytes(body) + body - dataBytes <= MAX_PACKET_OVERHEAD_BYTES)
    }
  })
})

function uvarint(bytes: Uint8Array, at: number): { value: number; bytes: number } {
  let value = 0
  let scale = 1
  for (let i = at; ; i++) {
    const byte = bytes[i] as number
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return { value, bytes: i - at + 1 }
    scale *= 0x80
  }
}
