/** The look before decoding, against its plain twin: decode and count. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { scanBlocksyncMessage } from '../../../src/reactors/blocksync/response-scan.ts'
import { type BlocksyncMessage, blocksyncMessage } from '../../../src/wire/codec.ts'
import { chain, ext } from './sync-cast.ts'

test('signatures are counted as the decoder finds them, in every recorded block', () => {
  for (const response of [...chain.responses, ...ext.responses]) {
    assert.deepEqual(scanBlocksyncMessage(blocksyncMessage.encode(response)), {
      isBlockResponse: true,
      commitSignatures: response.block!.lastCommit!.signatures.length,
      extendedSignatures: response.extCommit?.extendedSignatures.length ?? 0
    })
  }
})

test('other messages are no block responses, and unknown fields are passed over', () => {
  const none = { isBlockResponse: false, commitSignatures: 0, extendedSignatures: 0 }
  const messages: BlocksyncMessage[] = [
    { type: 'blockRequest', height: 2n ** 63n - 1n },
    { type: 'noBlockResponse', height: -1n },
    { type: 'statusRequest' },
    { type: 'statusResponse', height: 5n, base: 1n }
  ]
  for (const message of messages) assert.deepEqual(scanBlocksyncMessage(blocksyncMessage.encode(message)), none)
  // field 15 as varint, fixed64, bytes and fixed32
  const unknown = [0x78, 0x96, 0x01, 0x79, 1, 2, 3, 4, 5, 6, 7, 8, 0x7a, 2, 9, 9, 0x7d, 1, 2, 3, 4]
  assert.deepEqual(scanBlocksyncMessage(new Uint8Array(unknown)), none)
})

test('commits split over several occurrences count together, as they merge when decoded', () => {
  const sig = [0x22, 0]
  const commit = [0x22, 4, ...sig, ...sig]
  const block = [0x0a, 12, ...commit, ...commit]
  const bytes = new Uint8Array([0x1a, 14, ...block])
  assert.equal(scanBlocksyncMessage(bytes)?.commitSignatures, 4)
  const decoded = blocksyncMessage.decode(bytes)
  assert.equal(decoded.type === 'blockResponse' && decoded.block!.lastCommit!.signatures.length, 4)
})

test('any bytes are scanned without an exception, and never for fewer signatures than the decoder finds', () => {
  const recorded = blocksyncMessage.encode(chain.responses[30]!)
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc
      .tuple(fc.nat(recorded.length - 1), fc.nat(255))
      .map(([at, value]) => recorded.map((byte, i) => (i === at ? value : byte))),
    fc.nat(recorded.length).map((length) => recorded.subarray(0, length))
  )
  fc.assert(
    fc.property(bytes, (input) => {
      const scan = scanBlocksyncMessage(input)
      let decoded: BlocksyncMessage
      try {
        decoded = blocksyncMessage.decode(input)
      } catch {
        return
      }
      // groups are the one thing a decoder skips and the scan refuses
      if (scan === undefined) return
      if (decoded.type !== 'blockResponse' || decoded.block?.lastCommit === undefined) return
      assert.ok(scan.isBlockResponse)
      assert.ok(scan.commitSignatures >= decoded.block.lastCommit.signatures.length)
    }),
    { numRuns: 2_000 }
  )
})
