/** The bare loop of the bench speaks what the classic stack speaks: its code is none of ours, so ours is what it is held against. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameOpener, FrameSealer } from '../../bench/classic-frames.ts'
import { coalesce, messagePackets, PacketParser } from '../../bench/classic-packets.ts'
import { PacketReader } from '../../src/stacks/comet/packet-reader.ts'
import { PacketWriter } from '../../src/stacks/comet/packet-writer.ts'
import { nodePrimitives } from '../../src/stacks/comet/primitives-node.ts'
import { Opener, Sealer } from '../../src/stacks/comet/secret-frames.ts'

const SIZES = [1, 100, 200, 1_023, 1_024, 1_025, 65_536, 524_288]
const cipher = () => nodePrimitives().frameCipher(new Uint8Array(32).fill(9))

function payload(size: number): Uint8Array {
  return new Uint8Array(size).map((_, i) => i * 31)
}

/** Chunks of all lengths. */
function* chunks(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7) % 70_001) yield bytes.slice(at, at + step)
}

test("a message's packets are those of our packet writer", () => {
  for (const size of SIZES) {
    const slice = { channelId: 0x70, parts: [payload(size)], bytes: size }
    const writer = new PacketWriter(1024)
    const buffer = new Uint8Array(writer.roomFor(slice))
    const want = buffer.subarray(0, writer.write(slice, buffer, 0))
    const got = Buffer.concat(messagePackets(0x70, payload(size)).map(({ bytes }) => bytes))
    assert.equal(Buffer.compare(got, want), 0, `size ${size}`)
  }
})

test('coalesced writes are whole packets up to the bound, and as many messages as they say', () => {
  for (const size of SIZES)
    for (const channels of [1, 10]) {
      const ids = Array.from({ length: channels }, (_, i) => 0x70 + i)
      const packets = ids.flatMap((id) => messagePackets(id, payload(size)))
      let found = 0
      const reader = new PacketReader(
        { ping() {}, pong() {}, message: () => void found++ },
        { channels: ids.map((id) => ({ id, recvMessageCapacity: size })), maxPayloadBytes: 1024 }
      )
      let said = 0
      for (const { bytes, messages, endsMessage } of coalesce(packets, 65_536)) {
        assert.ok(bytes.length <= 65_536)
        reader.push(bytes)
        said += messages
        assert.equal(found, said, `size ${size}`)
        if (size > 1_024) assert.equal(endsMessage, reader.partialBytes === 0, `size ${size}`)
      }
      assert.equal(found % channels, 0)
      assert.equal(reader.partialBytes, 0)
    }
})

test('frames are those of our sealer, and what it seals comes back through chunks of any length', () => {
  const ours = new Sealer(cipher())
  const bare = new FrameSealer(cipher())
  const got: Uint8Array[] = []
  const opener = new FrameOpener(cipher(), (data) => got.push(data.slice()))
  const sent: Uint8Array[] = []
  for (const size of SIZES) {
    const want = ours.seal(payload(size))
    assert.equal(Buffer.compare(bare.seal(payload(size)), want), 0, `size ${size}`)
    sent.push(payload(size))
    for (const chunk of chunks(want)) opener.push(chunk)
  }
  assert.equal(Buffer.compare(Buffer.concat(got), Buffer.concat(sent)), 0)
})

test('what the bare loop seals is opened by ours', () => {
  const { data, fault } = new Opener(cipher()).open(new FrameSealer(cipher()).seal(payload(3_000)))
  assert.equal(fault, undefined)
  assert.equal(Buffer.compare(data, payload(3_000)), 0)
})

test('packets of several channels, cut anywhere, are the messages again', () => {
  for (const size of SIZES) {
    const ids = [0x70, 0x71, 0x72]
    const each = ids.map((id) => messagePackets(id, payload(size)))
    // packets of the channels take turns
    const mixed = (each[0] as unknown[]).flatMap((_, i) => each.map((packets) => packets[i]!.bytes))
    const bytes = Buffer.concat([...mixed, ...mixed])
    const got: number[] = []
    const parser = new PacketParser((id, message) => {
      assert.equal(Buffer.compare(message, payload(size)), 0, `size ${size}`)
      got.push(id)
    })
    for (const chunk of chunks(bytes)) parser.push(chunk)
    assert.deepEqual(got, [...ids, ...ids], `size ${size}`)
  }
})
