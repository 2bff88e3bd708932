import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recordSeq } from '../../src/identity/record-seq.ts'
import { keyOf, recordOf } from '../reactors/pex/records.ts'

const ADDRESSES = ['/ip4/30.0.0.1/tcp/26656', '/ip4/30.0.0.2/tcp/26656']

/** A field of a protobuf message, shorter than 128 bytes. */
const field = (tag: number, bytes: Uint8Array) => Uint8Array.of(tag, bytes.length, ...bytes)

test('the number of a record that libp2p has written is read, from 0 to the largest', async () => {
  for (const seq of [0n, 1n, 127n, 128n, 1_763_755_200_000n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n])
    assert.equal(recordSeq(await recordOf(keyOf(1), ADDRESSES, undefined, seq)), seq)
})

test('what is no record has number 0, wherever it ends', async () => {
  assert.equal(recordSeq(undefined), 0n)
  assert.equal(recordSeq(new Uint8Array(300).fill(0xff)), 0n)
  const whole = await recordOf(keyOf(1), ADDRESSES, undefined, 300n)
  for (let end = 0; end < whole.length; end++) assert.equal(recordSeq(whole.subarray(0, end)), 0n)
})

test('an envelope that was put together anew has no number but the signed one: a second payload, another order, more fields', async () => {
  const genuine = await recordOf(keyOf(1), ADDRESSES.slice(0, 1), undefined, 100n)
  const forged = await recordOf(keyOf(2), ADDRESSES.slice(0, 1), undefined, 2n ** 60n)
  const parts = (record: Uint8Array) => {
    const found: Uint8Array[] = []
    for (let at = 0; at < record.length; at += 2 + record[at + 1]!)
      found.push(record.subarray(at, at + 2 + record[at + 1]!))
    return found
  }
  const [key, type, payload, signature] = parts(genuine) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array]
  const other = parts(forged)[2]!
  for (const pieces of [
    [key, type, other, payload, signature],
    [key, type, payload, other, signature],
    [other, key, type, payload, signature],
    [key, type, payload, signature, other],
    [key, type, payload, signature, field(0x32, other)]
  ])
    assert.equal(recordSeq(Uint8Array.from(pieces.flatMap((piece) => [...piece]))), 0n)
})

test('a number beyond 64 bits is none', async () => {
  const record = await recordOf(keyOf(1), [], undefined, 2n ** 64n - 1n)
  const at = record.lastIndexOf(0x01, record.lastIndexOf(0x2a))
  assert.equal(record[at - 1], 0xff)
  record[at] = 0x03
  assert.equal(recordSeq(record), 0n)
})
