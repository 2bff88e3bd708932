import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SecretConnectionError, type SecretConnectionFault } from '../../../src/errors.ts'
import { MAX_FRAME_DATA_BYTES, PlainMemory, SealedMemory } from '../../../src/stacks/comet/frame-memory.ts'
import { FrameNonce } from '../../../src/stacks/comet/frame-nonce.ts'
import { PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES } from '../../../src/stacks/comet/primitives.ts'
import { nodePrimitives } from '../../../src/stacks/comet/primitives-node.ts'
import { sodiumPrimitives } from '../../../src/stacks/comet/primitives-sodium.ts'
import { MAX_EMPTY_FRAMES, Opener, Sealer } from '../../../src/stacks/comet/secret-frames.ts'

const sodium = sodiumPrimitives()
const LAST_NONCE = 2n ** 64n - 1n

function cipher(primitives = sodium) {
  return primitives.frameCipher(new Uint8Array(32).fill(1))
}

/** A frame as no Sealer makes it: any length field, any filler. */
function rawFrame(length: number, nonce: number, fill = 0xee): Uint8Array {
  const frame = new Uint8Array(SEALED_FRAME_BYTES).fill(fill, 0, PLAIN_FRAME_BYTES)
  new DataView(frame.buffer).setUint32(0, length, true)
  cipher().seal(frame.subarray(0, PLAIN_FRAME_BYTES), frame, new FrameNonce(BigInt(nonce)).bytes)
  return frame
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function pattern(length: number, from = 0): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => from + i * 7)
}

/** All that comes out of the chunks, up to a fault. */
function openAll(chunks: readonly Uint8Array[], opener = new Opener(cipher())) {
  const parts: Uint8Array[] = []
  for (const chunk of chunks) {
    const opened = opener.open(chunk.slice())
    parts.push(opened.data)
    if (opened.fault !== undefined) return { data: concat(parts), fault: opened.fault.fault }
  }
  return { data: concat(parts), fault: undefined }
}

function refused(fault: SecretConnectionFault) {
  return (error: unknown) => error instanceof SecretConnectionError && error.fault === fault
}

test('data is cut into frames of 1024 bytes, each 1044 bytes on the wire', () => {
  const table = [
    { length: 1, want: 1 },
    { length: MAX_FRAME_DATA_BYTES, want: 1 },
    { length: MAX_FRAME_DATA_BYTES + 1, want: 2 },
    { length: 65_536, want: 64 }
  ]
  for (const { length, want } of table) {
    const sealed = new Sealer(cipher()).seal(pattern(length))
    assert.equal(sealed.length, want * SEALED_FRAME_BYTES)
    assert.deepEqual(openAll([sealed]), { data: pattern(length), fault: undefined })
  }
})

test('what fills the last frame is zeros and nothing of earlier data', () => {
  const sealer = new Sealer(cipher())
  sealer.seal(pattern(MAX_FRAME_DATA_BYTES))
  const second = Uint8Array.from(sealer.seal(pattern(3)))
  const plain = new Uint8Array(PLAIN_FRAME_BYTES)
  assert.ok(cipher().open(second, plain, new FrameNonce(1n).bytes))
  assert.deepEqual(plain, concat([Uint8Array.of(3, 0, 0, 0, 0, 7, 14), new Uint8Array(1021)]))
})

test('the caller may reuse what it gave to seal', () => {
  const sealer = new Sealer(cipher())
  const given = pattern(2_000)
  const sealed = sealer.seal(given)
  given.fill(0)
  assert.deepEqual(openAll([sealed]).data, pattern(2_000))
})

test('memory that was used before gives the same frames, and the same data, as fresh memory', () => {
  const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 2_100 }), fc.constant(2_048)), {
    minLength: 1,
    maxLength: 8
  })
  const [sealed, plain] = [new SealedMemory(3), new PlainMemory(24)]
  sealed.bytes.fill(0xaa)
  plain.bytes.fill(0xbb)
  fc.assert(
    fc.property(lengths, (writes) => {
      const [fresh, used] = [new Sealer(cipher()), new Sealer(cipher())]
      const wire: Uint8Array[] = []
      for (const [i, length] of writes.entries()) {
        const frames = used.seal(pattern(length, i), sealed).slice()
        assert.deepEqual(frames, fresh.seal(pattern(length, i)))
        wire.push(frames)
      }
      const want = openAll([concat(wire)]).data
      assert.deepEqual(want, concat(writes.map((length, i) => pattern(length, i))))
      assert.deepEqual(new Opener(cipher()).open(concat(wire), plain).data.slice(), want)
    }),
    { numRuns: 50 }
  )
})

test('both twins of the cipher give the same frames', () => {
  const data = pattern(5_000)
  const [fast, plain] = [sodium, nodePrimitives()].map((each) => new Sealer(cipher(each)).seal(data))
  assert.deepEqual(fast, plain)
  assert.deepEqual(openAll([fast!], new Opener(cipher(nodePrimitives()))).data, data)
})

test('however the stream is cut into chunks, the same data comes out, joined for each chunk', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 5_000 })), { maxLength: 40 }),
      (writes, cuts) => {
        const sealer = new Sealer(cipher())
        const wire = concat(writes.map((length, i) => sealer.seal(pattern(length, i))))
        const opener = new Opener(cipher())
        const parts: Uint8Array[] = []
        let at = 0
        for (const cut of [...cuts, wire.length]) {
          const opened = opener.open(wire.slice(at, at + cut))
          at = Math.min(at + cut, wire.length)
          assert.equal(opened.fault, undefined)
          assert.equal(opener.insideFrame, at % SEALED_FRAME_BYTES !== 0)
          parts.push(opened.data)
        }
        assert.deepEqual(concat(parts), concat(writes.map((length, i) => pattern(length, i))))
      }
    ),
    { numRuns: 60 }
  )
})

test('one byte at a time gives the same data', () => {
  const wire = new Sealer(cipher()).seal(pattern(1_500))
  assert.deepEqual(openAll(Array.from(wire, (byte) => Uint8Array.of(byte))).data, pattern(1_500))
})

test('a frame with any part changed is refused, and what came before it is still given', () => {
  const sealer = new Sealer(cipher())
  const wire = sealer.seal(pattern(3 * MAX_FRAME_DATA_BYTES))
  for (const at of [0, 4, PLAIN_FRAME_BYTES - 1, PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES - 1]) {
    const tampered = wire.slice()
    tampered[SEALED_FRAME_BYTES + at]! ^= 1
    for (const chunks of [[tampered], [tampered.subarray(0, 1_500), tampered.subarray(1_500)]])
      assert.deepEqual(openAll(chunks), { data: pattern(MAX_FRAME_DATA_BYTES), fault: 'tampered-frame' })
  }
})

test('a frame that is repeated, left out or out of turn is refused', () => {
  const frames = [rawFrame(1, 0, 1), rawFrame(1, 1, 2), rawFrame(1, 2, 3)] as const
  const table = [
    { name: 'in order', given: [0, 1, 2], want: { data: Uint8Array.of(1, 2, 3), fault: undefined } },
    { name: 'replayed', given: [0, 0], want: { data: Uint8Array.of(1), fault: 'tampered-frame' } },
    { name: 'left out', given: [0, 2], want: { data: Uint8Array.of(1), fault: 'tampered-frame' } },
    { name: 'reordered', given: [1, 0], want: { data: new Uint8Array(0), fault: 'tampered-frame' } }
  ]
  for (const { name, given, want } of table)
    assert.deepEqual(openAll([concat(given.map((i) => frames[i]!))]), want, name)
})

test('a frame that says it holds more than 1024 bytes is refused, however much it says', () => {
  assert.equal(openAll([rawFrame(MAX_FRAME_DATA_BYTES, 0)]).data.length, MAX_FRAME_DATA_BYTES)
  for (const length of [MAX_FRAME_DATA_BYTES + 1, 0x1_0000, 0x100_0000, 0x8000_0000, 0xffff_ffff])
    assert.deepEqual(openAll([rawFrame(length, 0)]), { data: new Uint8Array(0), fault: 'chunk-too-long' }, `${length}`)
})

test('frames without data are passed over, up to a hundred in a row', () => {
  const empty = (count: number, from = 0) => Array.from({ length: count }, (_, i) => rawFrame(0, from + i))
  const some = [
    ...empty(MAX_EMPTY_FRAMES),
    rawFrame(1, MAX_EMPTY_FRAMES, 5),
    ...empty(MAX_EMPTY_FRAMES, MAX_EMPTY_FRAMES + 1)
  ]
  assert.deepEqual(openAll([concat(some)]), { data: Uint8Array.of(5), fault: undefined })
  assert.deepEqual(openAll(empty(MAX_EMPTY_FRAMES + 1)), { data: new Uint8Array(0), fault: 'empty-frames' })
})

test('a frame without data is passed over also when it comes in two chunks', () => {
  const opener = new Opener(cipher())
  const frame = rawFrame(0, 0)
  assert.deepEqual(opener.open(frame.slice(0, 700)), { data: new Uint8Array(0) })
  assert.deepEqual(opener.open(frame.slice(700)), { data: new Uint8Array(0) })
})

test('the counter of frames carries into its upper half', () => {
  const nonce = new FrameNonce(2n ** 32n - 1n)
  nonce.advance()
  assert.deepEqual(nonce.bytes, Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0))
  const before = new FrameNonce(2n ** 32n - 2n)
  const wire = new Sealer(cipher(), before).seal(pattern(5_000))
  assert.deepEqual(openAll([wire], new Opener(cipher(), new FrameNonce(2n ** 32n - 2n))).data, pattern(5_000))
})

test('the last counter is never used, neither to send nor to believe', () => {
  const sealer = new Sealer(cipher(), new FrameNonce(LAST_NONCE - 1n))
  const last = sealer.seal(pattern(3))
  assert.throws(() => sealer.seal(pattern(1)), refused('nonces-exhausted'))
  assert.throws(
    () => new Sealer(cipher(), new FrameNonce(LAST_NONCE - 1n)).seal(pattern(1_025)),
    refused('nonces-exhausted'),
    'also in the midst of a write'
  )
  const beyond = new Uint8Array(SEALED_FRAME_BYTES)
  beyond[0] = 1
  cipher().seal(beyond.subarray(0, PLAIN_FRAME_BYTES), beyond, new FrameNonce(LAST_NONCE).bytes)
  const opener = new Opener(cipher(), new FrameNonce(LAST_NONCE - 1n))
  assert.deepEqual(openAll([last, beyond], opener), { data: pattern(3), fault: 'nonces-exhausted' })
})
