import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkTxsBytes, MAX_TXS_PER_MESSAGE } from '../../../src/reactors/mempool/txs-filter.ts'
import { type MempoolMessage, mempoolMessage } from '../../../src/wire/channel-messages.ts'

const limits = { maxTxBytes: 10, maxBatchBytes: 0 }
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'))
const txs = (...lengths: number[]) =>
  mempoolMessage.encode({ type: 'txs', txs: lengths.map((length) => new Uint8Array(length)) })

const cases: Array<{ name: string; given: Uint8Array; want?: RegExp; limits?: typeof limits }> = [
  { name: 'the vector of the spec', given: hex('0a 03 0a 01 7b') },
  { name: 'one transaction at the limit', given: txs(10) },
  { name: 'several within the limit together', given: txs(3, 3, 4) },
  { name: 'no bytes at all', given: new Uint8Array(0), want: /no transaction/ },
  { name: 'a Txs without transactions', given: hex('0a 00'), want: /no transaction/ },
  { name: 'only an unknown member', given: hex('12 00'), want: /no transaction/ },
  { name: 'an unknown member beside a transaction', given: hex('12 01 00 0a 03 0a 01 7b') },
  { name: 'unknown fields of every wire type', given: hex('10 01 19 0000000000000000 25 00000000 0a 03 0a 01 7b') },
  { name: 'an unknown field inside Txs', given: hex('0a 05 10 01 0a 01 7b') },
  { name: 'an empty transaction', given: hex('0a 02 0a 00'), want: /empty transaction/ },
  { name: 'an empty transaction behind a good one', given: hex('0a 05 0a 01 7b 0a 00'), want: /empty transaction/ },
  { name: 'an empty transaction in a second Txs', given: hex('0a 03 0a 01 7b 0a 02 0a 00'), want: /empty transaction/ },
  { name: 'a transaction above the limit', given: txs(11), want: /of 11 bytes, at most 10/ },
  { name: 'more than the limit together', given: txs(6, 5), want: /more than 10 bytes/ },
  {
    name: 'more than max_tx_bytes within max_batch_bytes',
    given: txs(6, 5),
    limits: { maxTxBytes: 10, maxBatchBytes: 11 }
  },
  {
    name: 'more than max_batch_bytes',
    given: txs(6, 6),
    limits: { maxTxBytes: 10, maxBatchBytes: 11 },
    want: /more than 11 bytes/
  },
  { name: 'cut inside a transaction', given: hex('0a 03 0a 01'), want: /a field of 3 bytes where 2 are left/ },
  {
    name: 'a transaction longer than its Txs',
    given: hex('0a 02 0a 05 00 00 00 00 00'),
    want: /a field of 5 bytes where 0 are left/
  },
  { name: 'cut inside a length', given: hex('0a 83'), want: /ends inside a number/ },
  { name: 'a number of eleven bytes', given: hex('0a ff ff ff ff ff ff ff ff ff ff 01'), want: /more than 10 bytes/ },
  { name: 'a length near 2^64', given: hex('0a ff ff ff ff ff ff ff ff ff 01'), want: /are left/ },
  { name: 'field number 0', given: hex('00 00'), want: /illegal field tag/ },
  {
    name: 'a tag that 32 bits would take for field 1',
    given: hex('8a 80 80 80 10 02 0a 00'),
    want: /illegal field tag/
  },
  { name: 'a group', given: hex('0b 0c'), want: /wire type 3/ }
]

for (const { name, given, want, limits: own = limits } of cases)
  test(`mempool message, ${want === undefined ? 'accepted' : 'refused'}: ${name}`, () => {
    const found = checkTxsBytes(given, own)
    if (want === undefined) assert.equal(found, undefined)
    else assert.match(String(found?.message), want)
  })

test('a fault of form is a DecodeError, one of content a ProtocolViolationError', () => {
  assert.equal(checkTxsBytes(hex('0a 83'), limits)?.name, 'DecodeError')
  assert.equal(checkTxsBytes(txs(11), limits)?.name, 'ProtocolViolationError')
})

test('the number of transactions in one message is bounded', () => {
  const wide = { maxTxBytes: 4_194_304, maxBatchBytes: 0 }
  const some = (count: number) => mempoolMessage.encode({ type: 'txs', txs: Array(count).fill(Uint8Array.of(1)) })
  assert.equal(checkTxsBytes(some(MAX_TXS_PER_MESSAGE), wide), undefined)
  assert.match(String(checkTxsBytes(some(MAX_TXS_PER_MESSAGE + 1), wide)?.message), /more than 65536 transactions/)
})

test('what passes the filter decodes to what it allows, or not at all, whatever the bytes', () => {
  const seed = fc.uint8Array({ maxLength: 40 })
  const near = fc
    .tuple(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 4 }), fc.nat(), fc.nat({ max: 255 }), fc.boolean())
    .map(([list, at, value, cut]) => {
      const bytes = Uint8Array.from(mempoolMessage.encode({ type: 'txs', txs: list }))
      if (bytes.length > 0) bytes[at % bytes.length] = value
      return cut ? bytes.subarray(0, at % (bytes.length + 1)) : bytes
    })
  fc.assert(
    fc.property(fc.oneof(seed, near), (bytes) => {
      if (checkTxsBytes(bytes, limits) !== undefined) return
      let message: MempoolMessage
      try {
        message = mempoolMessage.decode(bytes)
      } catch (err) {
        assert.equal((err as Error).name, 'DecodeError')
        return
      }
      assert.equal(message.type, 'txs')
      if (message.type === 'txs') for (const tx of message.txs) assert.ok(tx.length > 0 && tx.length <= 10)
    }),
    { numRuns: 3000 }
  )
})
