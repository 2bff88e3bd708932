/** The bytes of docs/protocol.md, sections 2 and 3. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Control, decodeControl, encodeControl } from '../../../src/stacks/libp2p/channels/control-codec.ts'
import { reasonFromGoodbye } from '../../../src/stacks/libp2p/channels/goodbye.ts'
import { frameRecord, MAX_RECORD_BYTES, RecordReader } from '../../../src/stacks/libp2p/channels/records.ts'
import { decodeAnswer, decodeHello, encodeAnswer, encodeHello } from '../../../src/stacks/libp2p/hello/hello-codec.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

const introduction = {
  version: 1,
  nodeInfo: Uint8Array.of(0xaa, 0xbb),
  windows: [
    { id: 0x20, window: 300 },
    { id: 0x40, window: 1 }
  ],
  features: 0
}

test('hello and its answer are the bytes of the protocol page', () => {
  assert.equal(hex(encodeHello(introduction)), '0102aabb0220ac02400100')
  assert.deepEqual(decodeHello(bytes('0102aabb0220ac02400100')), introduction)
  assert.equal(hex(encodeAnswer({ accepted: true, introduction })), '000102aabb0220ac02400100')
  assert.equal(
    hex(encodeAnswer({ accepted: false, refusal: 'inbound-full', detail: 'no', alternatives: [] })),
    '0105026e6f'
  )
  assert.deepEqual(decodeAnswer(bytes('0105026e6f')), {
    accepted: false,
    refusal: 'inbound-full',
    detail: 'no',
    alternatives: []
  })
})

test('fields appended by a later version are skipped, and numbers it added are read as the nearest we know', () => {
  assert.deepEqual(decodeHello(bytes('0202aabb0220ac02400100ffff')), { ...introduction, version: 2 })
  assert.deepEqual(decodeAnswer(bytes('016300')), {
    accepted: false,
    refusal: 'filtered',
    detail: '',
    alternatives: []
  })
  assert.equal(decodeControl(bytes('63010203')), undefined)
  assert.deepEqual(decodeControl(bytes('06630000000102')), {
    type: 'goodbye',
    kind: 'communication',
    flushed: false,
    total: 0,
    detail: ''
  })
})

for (const { name, given } of [
  { name: 'nothing', given: '' },
  { name: 'version 0', given: '00' },
  { name: 'a node info longer than what is there', given: '0105aabb' },
  { name: 'a node info beyond 10 240 bytes', given: '01815000' },
  { name: 'channel ids that do not ascend', given: '010002200120010000' },
  { name: 'more channels than there are ids', given: '01008102' },
  { name: 'no features', given: '010000' }
])
  test(`a hello with ${name} is refused by name`, () => {
    assert.throws(() => decodeHello(bytes(given)), { name: 'ProtocolViolationError' })
  })

const plain = { noNullPrototype: true }
const controls: fc.Arbitrary<Control> = fc.oneof(
  fc.record({ type: fc.constantFrom('receipt' as const, 'ask' as const), total: fc.maxSafeNat() }, plain),
  fc.record({ type: fc.constant('pace' as const), bytes: fc.maxSafeNat() }, plain),
  fc.record({ type: fc.constantFrom('ping' as const, 'pong' as const), token: fc.maxSafeNat() }, plain),
  fc.record(
    { type: fc.constant('credit' as const), channelId: fc.integer({ min: 0, max: 255 }), limit: fc.maxSafeNat() },
    plain
  ),
  fc.record(
    {
      type: fc.constant('goodbye' as const),
      kind: fc.constantFrom('graceful' as const, 'protocol' as const, 'shutdown' as const),
      flushed: fc.boolean(),
      total: fc.maxSafeNat(),
      detail: fc.string({ unit: fc.constantFrom('a', ' ', 'é'), maxLength: 40 })
    },
    plain
  )
)

test('control records survive the wire, however it is cut', () => {
  fc.assert(
    fc.property(fc.array(controls, { maxLength: 10 }), fc.integer({ min: 1, max: 9 }), (sent, cut) => {
      const wire = Buffer.concat(sent.map((control) => frameRecord(encodeControl(control))))
      const got: unknown[] = []
      const reader = new RecordReader((body) => got.push(decodeControl(body)))
      for (let at = 0; at < wire.length; at += cut) reader.push(wire.subarray(at, at + cut))
      assert.deepEqual(got, sent)
    })
  )
})

test('control records are the bytes of the protocol page', () => {
  assert.equal(hex(encodeControl({ type: 'receipt', total: 300 })), '01ac02')
  assert.equal(hex(encodeControl({ type: 'pace', bytes: 65_536 })), '07808004')
  assert.equal(hex(encodeControl({ type: 'credit', channelId: 0x40, limit: 5 })), '024005')
  assert.equal(
    hex(encodeControl({ type: 'goodbye', kind: 'graceful', flushed: true, total: 7, detail: 'x' })),
    '060901070178'
  )
})

test('a record longer than the limit is refused from its length alone', () => {
  const reader = new RecordReader(() => assert.fail('no record'))
  const length = MAX_RECORD_BYTES + 1
  assert.throws(() => reader.push(Uint8Array.of((length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14)), {
    name: 'ProtocolViolationError'
  })
})

test("a remote's verdict about us is no verdict of ours: D-20", () => {
  assert.equal(reasonFromGoodbye('graceful', '').kind, 'graceful')
  assert.equal(reasonFromGoodbye('shutdown', '').kind, 'shutdown')
  for (const kind of ['protocol', 'misbehaviour', 'reactor-failure', 'communication'] as const)
    assert.equal(reasonFromGoodbye(kind, 'x').kind, 'communication')
})

test('text from the wire cannot write control characters into a log', () => {
  const answer = decodeAnswer(
    encodeAnswer({ accepted: false, refusal: 'banned', detail: 'a\u001b[31m\nb', alternatives: [] })
  )
  assert.deepEqual(answer, { accepted: false, refusal: 'banned', detail: 'a [31m b', alternatives: [] })
})

test('a refusal gives up to 32 records of others, no more than fit, and a remote of before reads it all the same', () => {
  const records = Array.from({ length: 40 }, (_, i) => new Uint8Array(100).fill(i))
  const answer = encodeAnswer({ accepted: false, refusal: 'inbound-full', detail: 'no', alternatives: records })
  const read = decodeAnswer(answer)
  assert.deepEqual(!read.accepted && read.alternatives, records.slice(0, 32))
  const long = [3_000, 2_000, 2_000].map((length) => new Uint8Array(length))
  const some = decodeAnswer(encodeAnswer({ accepted: false, refusal: 'inbound-full', detail: '', alternatives: long }))
  assert.deepEqual(!some.accepted && some.alternatives.map(({ length }) => length), [2_000, 2_000])
  const heavy = Array.from({ length: 32 }, () => new Uint8Array(2_000))
  assert.ok(
    encodeAnswer({ accepted: false, refusal: 'inbound-full', detail: '', alternatives: heavy }).length < 16 * 1_024
  )
  assert.throws(() => decodeAnswer(bytes('0105026e6f21')), /alternatives: expected at most 32, found 33/)
  assert.throws(() => decodeAnswer(bytes('0105026e6f0103aa')), /alternative is cut off/)
})
