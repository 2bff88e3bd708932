import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Slice } from '../../../../src/interface/link.ts'
import { Assembly } from '../../../../src/stacks/libp2p/channels/assembly.ts'
import { FrameWriter, sliceWireBytes } from '../../../../src/stacks/libp2p/channels/frame-writer.ts'
import { FrameReader, type FrameSink, MAX_WRITE_BYTES } from '../../../../src/stacks/libp2p/channels/frames.ts'
import { putVarint, takeVarint, varintLength } from '../../../../src/util/varint.ts'

/** Collects messages the way a link does, without limits. */
function collector(): { sink: FrameSink; messages: Array<[number, string]> } {
  const messages: Array<[number, string]> = []
  const open = new Map<number, { assembly: Assembly; total: number }>()
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
  return {
    messages,
    sink: {
      frame(id, _kind, length, total) {
        if (!open.has(id)) open.set(id, { assembly: new Assembly(), total: total < 0 ? length : total })
      },
      message(id, bytes) {
        open.delete(id)
        messages.push([id, hex(bytes)])
      },
      part(id, bytes) {
        const message = open.get(id)
        if (message === undefined) throw new Error('part without frame')
        message.assembly.add(bytes, message.total)
        if (message.assembly.length < message.total) return
        open.delete(id)
        messages.push([id, hex(message.assembly.take())])
      }
    }
  }
}

function* slicesOf(id: number, messages: Uint8Array[], quantum: number): Generator<Slice> {
  let parts: Uint8Array[] = []
  let bytes = 0
  for (const message of messages) {
    if (message.length > quantum) {
      if (parts.length > 0) yield { channelId: id, parts, bytes }
      parts = []
      bytes = 0
      for (let offset = 0; offset < message.length; offset += quantum) {
        const part = message.subarray(offset, offset + quantum)
        yield { channelId: id, parts: [part], bytes: part.length, piece: { offset, total: message.length } }
      }
    } else {
      parts.push(message)
      bytes += message.length
    }
  }
  if (parts.length > 0) yield { channelId: id, parts, bytes }
}

test('messages of several channels survive any slicing, any corking and any cutting of the stream', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.integer({ min: 0, max: 255 }), fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 }))
      ),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 50 }),
      fc.boolean(),
      (batches, quantum, cut, flushEach) => {
        const chunks: Uint8Array[] = []
        const writer = new FrameWriter((bytes) => chunks.push(bytes))
        const want: Array<[number, string]> = []
        let wire = 0
        for (const [id, messages] of batches) {
          for (const slice of slicesOf(id, messages, quantum)) {
            const size = sliceWireBytes(slice)
            wire += size
            writer.write(slice, size)
            if (flushEach) writer.flush()
          }
          for (const message of messages) want.push([id, Buffer.from(message).toString('hex')])
        }
        writer.flush()
        const all = Buffer.concat(chunks)
        assert.equal(all.length, wire)
        const { sink, messages } = collector()
        const reader = new FrameReader(sink)
        for (let at = 0; at < all.length; at += cut) reader.push(all.subarray(at, at + cut))
        assert.deepEqual(messages, want)
        assert.equal(reader.atBoundary, true)
      }
    )
  )
})

test('no write is longer than one noise record, and slices written in one go share writes', () => {
  const sizes: number[] = []
  const writer = new FrameWriter((bytes) => sizes.push(bytes.length))
  const message = new Uint8Array(1_000)
  for (let i = 0; i < 200; i++) {
    const slice = { channelId: 1, parts: [message], bytes: 1_000 }
    writer.write(slice, sliceWireBytes(slice))
  }
  writer.flush()
  assert.equal(
    sizes.reduce((sum, size) => sum + size, 0),
    200 * 1_003
  )
  assert.equal(Math.max(...sizes) <= MAX_WRITE_BYTES, true)
  assert.equal(sizes.length, Math.ceil((200 * 1_003) / MAX_WRITE_BYTES))
})

test('the bytes of a frame are those of docs/protocol.md', () => {
  const out: string[] = []
  const writer = new FrameWriter((bytes) => out.push(Buffer.from(bytes).toString('hex')))
  const put = (slice: Slice) => {
    writer.write(slice, sliceWireBytes(slice))
    writer.flush()
  }
  put({ channelId: 0x30, parts: [Uint8Array.of(1, 2, 3)], bytes: 3 })
  put({ channelId: 0x40, parts: [Uint8Array.of(9)], bytes: 1, piece: { offset: 0, total: 300 } })
  put({ channelId: 0x40, parts: [new Uint8Array(40)], bytes: 40, piece: { offset: 1, total: 300 } })
  assert.deepEqual(out, ['300c010203', '4005ac0209', `40a201${'00'.repeat(40)}`])
})

test('a message that lies in the chunk is handed on without a copy, as a plain Uint8Array', () => {
  const chunk = Buffer.from('300c010203', 'hex')
  let seen: Uint8Array | undefined
  new FrameReader({
    frame() {},
    message(_id, bytes) {
      seen = bytes
    },
    part() {}
  }).push(chunk)
  assert.equal(seen?.buffer, chunk.buffer)
  assert.equal(Object.getPrototypeOf(seen), Uint8Array.prototype)
})

for (const { name, hex } of [
  { name: 'an unassigned frame kind', hex: '3003' },
  { name: 'a padded number', hex: '308000' },
  { name: 'a number of nine bytes', hex: '30ffffffffffffffffff01' },
  { name: 'a number beyond 2^53', hex: '30ffffffffffffff7f' }
])
  test(`${name} is refused by name`, () => {
    const { sink } = collector()
    assert.throws(() => new FrameReader(sink).push(Buffer.from(hex, 'hex')), { name: 'ProtocolViolationError' })
  })

test('a header is shown to the sink before any of its payload arrives', () => {
  const seen: unknown[] = []
  const reader = new FrameReader({
    frame: (...header) => void seen.push(header),
    message() {},
    part() {}
  })
  // 100 MB announced, nothing follows
  const header = new Uint8Array(8)
  header[0] = 0x40
  const length = putVarint(header, 1, 100_000_000 * 4)
  reader.push(header.subarray(0, length))
  assert.deepEqual(seen, [[0x40, 0, 100_000_000, -1]])
})

test('an announced length costs nothing: memory follows what has arrived, also in one-byte parts of large buffers', () => {
  const assembly = new Assembly()
  const parts = 5_000
  for (let i = 0; i < parts; i++) assembly.add(new Uint8Array(65_536).subarray(7, 8).fill(i & 0xff), 100_000_000)
  const whole = assembly.take()
  assert.equal(whole.length, parts)
  assert.equal(whole[259], 3)
  assert.equal(whole.buffer.byteLength <= 3 * parts, true)
})

test('a message is put together the same however it is cut, short or long', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300_000 }), fc.array(fc.nat(99_999), { maxLength: 20 }), (total, sizes) => {
      const message = new Uint8Array(total).map((_, i) => (i * 7 + (i >> 8)) & 0xff)
      const assembly = new Assembly()
      let at = 0
      for (const size of [...sizes, total]) {
        const part = message.subarray(at, Math.min(total, at + size))
        // the network reuses its buffers
        const borrowed = part.length < 1_000 ? part.slice() : part
        assembly.add(borrowed, total)
        at += part.length
      }
      assert.equal(Buffer.compare(assembly.take(), message), 0)
      assert.equal(assembly.length, 0)
    }),
    { numRuns: 50 }
  )
})

test('varints hold every safe integer in its shortest form', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      const bytes = new Uint8Array(9)
      const end = putVarint(bytes, 0, value)
      assert.equal(end, varintLength(value))
      const cursor = { offset: 0, value: 0 }
      assert.equal(takeVarint(bytes.subarray(0, end), cursor), true)
      assert.deepEqual(cursor, { offset: end, value })
      assert.equal(takeVarint(bytes.subarray(0, end - 1), { offset: 0, value: 0 }), false)
    })
  )
})
