/** What two nodes of this library say to each other on the classic stack beside what Go says: the mark in NodeInfo and the verdict (docs/protocol.md section 11). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNodeInfo, decodeNodeInfo, encodeNodeInfo } from '../../../src/identity/node-info.ts'
import { encodeMarkedNodeInfo, isMarked } from '../../../src/stacks/comet/own-mark.ts'
import { decodeVerdict, encodeVerdict, MAX_VERDICT_BYTES } from '../../../src/stacks/comet/verdict.ts'

const info = (moniker = 'm') =>
  createNodeInfo({
    id: 'deadbeef'.repeat(5),
    listenAddr: 'tcp://0.0.0.0:26656',
    network: 'test-chain',
    version: '0.40.0',
    channels: Uint8Array.of(0x40),
    moniker
  })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('the mark is field 1001 = 1 behind a NodeInfo that is otherwise the same', () => {
  const [plain, marked] = [encodeNodeInfo(info()), encodeMarkedNodeInfo(info())]
  assert.equal(hex(marked), `${hex(plain)}c83e01`)
  assert.deepEqual([isMarked(plain), isMarked(marked)], [false, true])
  assert.deepEqual(encodeNodeInfo(decodeNodeInfo(marked)), plain)
})

test('the mark is found wherever it stands, whatever its version; another field is not it', () => {
  const plain = encodeNodeInfo(info())
  const table: Array<[bytes: number[], want: boolean]> = [
    [[0xc8, 0x3e, 0x07], true],
    [[0xc8, 0x3e, 0x80, 0x01], true],
    [[0xc8, 0x3e, 0x00], false],
    [[0xd0, 0x3e, 0x01], false],
    // as bytes: a field of that number and of another kind
    [[0xca, 0x3e, 0x01, 0x01], false]
  ]
  for (const [bytes, want] of table) {
    assert.equal(isMarked(Uint8Array.from([...plain, ...bytes])), want)
    assert.equal(isMarked(Uint8Array.from([...bytes, ...plain])), want)
  }
  // the same bytes within a text
  assert.equal(isMarked(encodeNodeInfo({ ...info(), moniker: '\u023e\u0001' })), false)
  assert.throws(() => isMarked(Uint8Array.of(0x0a, 0x05, 0x01)), { name: 'DecodeError' })
})

test('a NodeInfo that the mark would make too long for Go goes without', () => {
  const room = 10_240 - encodeNodeInfo(info('')).length
  for (const [length, want] of [
    [room - 6, true],
    [room - 5, false],
    [room - 3, false]
  ] as const) {
    const encoded = encodeMarkedNodeInfo(info('m'.repeat(length)))
    assert.ok(encoded.length <= 10_240)
    assert.equal(isMarked(encoded), want, String(length))
  }
})

test('verdicts are the bytes of the protocol page', () => {
  assert.equal(hex(encodeVerdict({ accepted: true })), '00')
  assert.equal(hex(encodeVerdict({ accepted: false, refusal: 'inbound-full', detail: 'no' })), '01056e6f')
  assert.deepEqual(decodeVerdict(Uint8Array.of(1, 5, 0x6e, 0x6f)), {
    accepted: false,
    refusal: 'inbound-full',
    detail: 'no'
  })
  // what a later version adds to an acceptance; a refusal we do not know
  assert.deepEqual(decodeVerdict(Uint8Array.of(0, 1, 2, 3)), { accepted: true })
  assert.deepEqual(decodeVerdict(Uint8Array.of(1, 200)), { accepted: false, refusal: 'filtered', detail: '' })
})

test('the detail of a refusal is cut on a character, and cannot write control characters into a log', () => {
  const long = encodeVerdict({ accepted: false, refusal: 'banned', detail: '€'.repeat(1_000) })
  assert.ok(long.length <= 2 + 256 && long.length <= MAX_VERDICT_BYTES)
  assert.deepEqual(decodeVerdict(long), { accepted: false, refusal: 'banned', detail: '€'.repeat(85) })
  const nasty = encodeVerdict({ accepted: false, refusal: 'banned', detail: 'a\nb\u001b[31m' })
  assert.deepEqual(decodeVerdict(nasty), { accepted: false, refusal: 'banned', detail: 'a b [31m' })
})

test('what is no verdict is a violation', () => {
  for (const bytes of [[], [1], [2, 1]])
    assert.throws(() => decodeVerdict(Uint8Array.from(bytes)), { name: 'ProtocolViolationError' }, String(bytes))
})
