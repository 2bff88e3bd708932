import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodedMessageBytes, encodedTxBytes, recvMessageCapacity } from '../../../src/reactors/mempool/txs-size.ts'
import { mempoolMessage } from '../../../src/wire/channel-messages.ts'

test('the channel takes exactly what Go takes for its default transaction sizes', () => {
  assert.equal(recvMessageCapacity(4_194_304), 4_194_314)
  assert.equal(recvMessageCapacity(1_048_576), 1_048_584)
})

test('the sizes are those of the encoder', () => {
  const lengths = fc.array(fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(127, 128, 16_383, 16_384)), {
    minLength: 1,
    maxLength: 20
  })
  fc.assert(
    fc.property(lengths, (each) => {
      const bytes = mempoolMessage.encode({ type: 'txs', txs: each.map((length) => new Uint8Array(length)) })
      const body = each.reduce((sum, length) => sum + encodedTxBytes(length), 0)
      assert.equal(bytes.length, encodedMessageBytes(body))
    })
  )
})
