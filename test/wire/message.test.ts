import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { MAX_FIELDS } from '../../src/proto/message.ts'
import {
  block,
  blocksyncMessage,
  type CanonicalVote,
  canonicalProposal,
  canonicalVote,
  canonicalVoteExtension,
  consensusMessage,
  evidenceList,
  GO_ZERO_TIME,
  header,
  mempoolMessage,
  pexMessage,
  statesyncMessage,
  timestamp,
  vote
} from '../../src/wire/codec.ts'

// spec/reactors-and-messages.md section 12
const B = utf8ToBytes('add_more_exclamation_marks_code-')
const none = new Uint8Array()
const blockId = { hash: B, partSetHeader: { total: 1, hash: B } }
const noon = { seconds: 1_535_630_400n, nanos: 0 }
const BLOCK_ID_HEX =
  '0a206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d1224080112206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d'
const bits = { bits: 1n, elems: [0n] }
const sampleVote = {
  type: 2,
  height: 1n,
  round: 0,
  blockId,
  timestamp: noon,
  validatorAddress: utf8ToBytes('add_more_exclamation'),
  validatorIndex: 1,
  signature: none,
  extension: none,
  extensionSignature: none
}
const emptyHeader = header.decode(none)

describe('R-44: the samples of the Go code', () => {
  const snapshot = { height: 1n, format: 2 }
  const table: Array<{
    name: string
    type: { encode(m: any): Uint8Array; decode(b: Uint8Array): any }
    value: object
    hex: string
  }> = [
    {
      name: 'NewRoundStep',
      type: consensusMessage,
      value: { type: 'newRoundStep', height: 1n, round: 1, step: 1, secondsSinceStartTime: 1n, lastCommitRound: 1 },
      hex: '0a0a08011001180120012801'
    },
    {
      name: 'NewValidBlock',
      type: consensusMessage,
      value: {
        type: 'newValidBlock',
        height: 1n,
        round: 1,
        blockPartSetHeader: { total: 1, hash: B },
        blockParts: bits,
        isCommit: false
      },
      hex: '1231080110011a24080112206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d22050801120100'
    },
    {
      name: 'ProposalPOL',
      type: consensusMessage,
      value: { type: 'proposalPol', height: 1n, proposalPolRound: 1, proposalPol: { bits: 0n, elems: [] } },
      hex: '2206080110011a00'
    },
    {
      name: 'HasVote',
      type: consensusMessage,
      value: { type: 'hasVote', height: 1n, round: 1, voteType: 1, index: 1 },
      hex: '3a080801100118012001'
    },
    {
      name: 'BlockPart',
      type: consensusMessage,
      value: {
        type: 'blockPart',
        height: 1n,
        round: 1,
        part: { index: 1, bytes: utf8ToBytes('test'), proof: { total: 1n, index: 1n, leafHash: B, aunts: [] } }
      },
      hex: '2a36080110011a3008011204746573741a26080110011a206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d'
    },
    {
      name: 'Vote',
      type: consensusMessage,
      value: { type: 'vote', vote: sampleVote },
      hex: `32700a6e080210012248${BLOCK_ID_HEX}2a0608c0b89fdc0532146164645f6d6f72655f6578636c616d6174696f6e3801`
    },
    {
      name: 'VoteSetBits',
      type: consensusMessage,
      value: { type: 'voteSetBits', height: 1n, round: 1, voteType: 1, blockId, votes: bits },
      hex: `4a570801100118012248${BLOCK_ID_HEX}2a050801120100`
    },
    { name: 'BlockRequest', type: blocksyncMessage, value: { type: 'blockRequest', height: 1n }, hex: '0a020801' },
    {
      name: 'NoBlockResponse',
      type: blocksyncMessage,
      value: { type: 'noBlockResponse', height: 1n },
      hex: '12020801'
    },
    { name: 'StatusRequest', type: blocksyncMessage, value: { type: 'statusRequest' }, hex: '2200' },
    {
      name: 'StatusResponse',
      type: blocksyncMessage,
      value: { type: 'statusResponse', height: 1n, base: 2n },
      hex: '2a0408011002'
    },
    {
      name: 'BlockResponse',
      type: blocksyncMessage,
      value: {
        type: 'blockResponse',
        block: {
          header: {
            ...emptyHeader,
            version: { block: 11n, app: 0n },
            height: 3n,
            dataHash: hexToBytes('c4da88e876062aa1543400d50d0eaa0dac88096057949cfb7bca7f3a48c04bf9'),
            evidenceHash: hexToBytes('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
          },
          data: { txs: [utf8ToBytes('Hello World')] },
          evidence: { evidence: [] }
        }
      },
      hex: '1a700a6e0a5b0a02080b1803220b088092b8c398feffffff012a0212003a20c4da88e876062aa1543400d50d0eaa0dac88096057949cfb7bca7f3a48c04bf96a20e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855120d0a0b48656c6c6f20576f726c641a00'
    },
    { name: 'Txs', type: mempoolMessage, value: { type: 'txs', txs: [Uint8Array.of(0x7b)] }, hex: '0a030a017b' },
    { name: 'PexRequest', type: pexMessage, value: { type: 'pexRequest' }, hex: '0a00' },
    { name: 'SnapshotsRequest', type: statesyncMessage, value: { type: 'snapshotsRequest' }, hex: '0a00' },
    {
      name: 'ChunkRequest',
      type: statesyncMessage,
      value: { type: 'chunkRequest', ...snapshot, index: 3 },
      hex: '1a06080110021803'
    },
    {
      name: 'SnapshotsResponse',
      type: statesyncMessage,
      value: {
        type: 'snapshotsResponse',
        ...snapshot,
        chunks: 3,
        hash: utf8ToBytes('chuck hash'),
        metadata: utf8ToBytes('snapshot metadata')
      },
      hex: '1225080110021803220a636875636b20686173682a11736e617073686f74206d65746164617461'
    },
    {
      name: 'ChunkResponse',
      type: statesyncMessage,
      value: { type: 'chunkResponse', ...snapshot, index: 3, chunk: utf8ToBytes("it's a chunk"), missing: false },
      hex: '2214080110021803220c697427732061206368756e6b'
    },
    {
      name: 'sign bytes of a nil precommit',
      type: canonicalVote,
      value: { type: 2, height: 1n, round: 1n, timestamp: GO_ZERO_TIME, chainId: '' } satisfies CanonicalVote,
      hex: '08021101000000000000001901000000000000002a0b088092b8c398feffffff01'
    },
    {
      name: 'sign bytes of a precommit',
      type: canonicalVote,
      value: { type: 2, height: 1n, round: 0n, blockId, timestamp: noon, chainId: 'test-chain' },
      hex: `08021101000000000000002248${BLOCK_ID_HEX}2a0608c0b89fdc05320a746573742d636861696e`
    },
    {
      name: 'sign bytes of a proposal',
      type: canonicalProposal,
      value: { type: 32, height: 1n, round: 1n, polRound: -1n, blockId, timestamp: noon, chainId: 'test-chain' },
      hex: `082011010000000000000019010000000000000020ffffffffffffffffff012a48${BLOCK_ID_HEX}320608c0b89fdc053a0a746573742d636861696e`
    },
    {
      name: 'sign bytes of an extension',
      type: canonicalVoteExtension,
      value: { extension: utf8ToBytes('extension'), height: 1n, round: 0n, chainId: 'test-chain' },
      hex: '0a09657874656e73696f6e110100000000000000220a746573742d636861696e'
    }
  ]
  for (const { name, type, value, hex } of table)
    test(name, () => {
      assert.equal(bytesToHex(type.encode(value)), hex)
      assert.deepEqual(type.decode(hexToBytes(hex)), value)
    })
})

describe('times', () => {
  const withTime = (hex: string) => vote.decode(hexToBytes(hex)).timestamp
  test('absent is year 1, present and empty is 1970', () => {
    assert.deepEqual(withTime(''), GO_ZERO_TIME)
    assert.deepEqual(withTime('2a00'), { seconds: 0n, nanos: 0 })
  })
  test('outside years 1 to 9999, or with nanos beyond a second, they are refused on both ways', () => {
    const bad = [
      { seconds: -62_135_596_801n, nanos: 0 },
      { seconds: 253_402_300_800n, nanos: 0 },
      { seconds: 0n, nanos: -1 },
      { seconds: 0n, nanos: 1_000_000_000 }
    ]
    for (const time of bad) {
      const bytes = timestamp.encode(time)
      assert.throws(() => vote.decode(Uint8Array.of(0x2a, bytes.length, ...bytes)), {
        name: 'DecodeError',
        message: /Vote\.timestamp/
      })
      assert.throws(() => vote.encode({ ...sampleVote, timestamp: time }), {
        name: 'EncodeError',
        message: /Vote\.timestamp/
      })
    }
  })
})

describe('what cannot be sent is an EncodeError that names the field', () => {
  const step = { type: 'newRoundStep', height: 1n, round: 1, step: 1, secondsSinceStartTime: 1n, lastCommitRound: 1 }
  const table: Array<{ given: unknown; says: RegExp }> = [
    { given: undefined, says: /Message\.type.*undefined/ },
    { given: { type: 'newRoundstep' }, says: /Message\.type.*newRoundStep \|.*found "newRoundstep"/ },
    { given: { type: 'unknown' }, says: /Message\.type/ },
    { given: { type: 'constructor' }, says: /Message\.type/ },
    { given: { ...step, height: 1 }, says: /NewRoundStep\.height: expected a bigint.*found 1$/ },
    { given: { ...step, height: undefined }, says: /NewRoundStep\.height/ },
    { given: { ...step, height: 2n ** 63n }, says: /NewRoundStep\.height.*9223372036854775808n/ },
    { given: { ...step, round: 1.5 }, says: /NewRoundStep\.round: expected an int32, found 1.5/ },
    { given: { ...step, round: 2 ** 31 }, says: /NewRoundStep\.round/ },
    { given: { ...step, step: -1 }, says: /NewRoundStep\.step: expected a uint32/ },
    {
      given: { type: 'vote', vote: { ...sampleVote, signature: [1] } },
      says: /Vote\.signature: expected a Uint8Array/
    },
    { given: { type: 'vote', vote: 5 }, says: /Vote\.vote: expected a tendermint\.types\.Vote, found 5/ },
    {
      given: { type: 'proposalPol', height: 1n, proposalPolRound: 1, proposalPol: { bits: 1n, elems: [-1n] } },
      says: /BitArray\.elems: expected a bigint within uint64/
    },
    {
      given: { type: 'proposalPol', height: 1n, proposalPolRound: 1, proposalPol: { bits: 1n, elems: 1n } },
      says: /BitArray\.elems: expected an array/
    }
  ]
  for (const { given, says } of table)
    test(String(says), () =>
      assert.throws(() => consensusMessage.encode(given as never), { name: 'EncodeError', message: says })
    )

  test('a string with half a surrogate pair', () => {
    assert.throws(() => pexMessage.encode({ type: 'pexAddrs', addrs: [{ id: '\ud800', ip: '', port: 0 }] }), {
      name: 'EncodeError',
      message: /NetAddress\.id/
    })
  })
})

test('R-39: a member of a newer version decodes to unknown, so that its sender can stay', () => {
  // v1's HasProposalBlockPart, v2's HaveTx
  assert.deepEqual(consensusMessage.decode(hexToBytes('52020801')), { type: 'unknown' })
  assert.deepEqual(mempoolMessage.decode(hexToBytes('1200')), { type: 'unknown' })
  assert.deepEqual(mempoolMessage.decode(none), { type: 'unknown' })
})

describe('R-39: what occurs twice, as Go reads it', () => {
  test('a oneof member is replaced', () => {
    assert.deepEqual(mempoolMessage.decode(hexToBytes('0a030a01010a030a0102')), {
      type: 'txs',
      txs: [Uint8Array.of(2)]
    })
  })

  test('an embedded message is merged: scalars replaced, lists appended', () => {
    const both = block.decode(hexToBytes('0a02180512030a01010a02180612030a0102'))
    assert.deepEqual([both.header.height, both.data.txs], [6n, [Uint8Array.of(1), Uint8Array.of(2)]])
  })

  test('a time is replaced', () => {
    assert.deepEqual(vote.decode(hexToBytes('2a0208052a021007')).timestamp, { seconds: 0n, nanos: 7 })
  })
})

test('fields that we do not know are skipped, of every wire type', () => {
  for (const unknown of ['5001', '7a0100', '790102030405060708', '7d01020304', '7b08017c'])
    assert.deepEqual(blocksyncMessage.decode(lengthDelimited(0x0a, `${unknown}0801${unknown}`)), {
      type: 'blockRequest',
      height: 1n
    })
})

describe('a message cannot take more memory than its bytes are worth', () => {
  const repeated = (head: number[], entry: number[], count: number) => {
    const bytes = new Uint8Array(head.length + entry.length * count)
    bytes.set(head)
    for (let i = 0; i < count; i++) bytes.set(entry, head.length + i * entry.length)
    return bytes
  }
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)])

  test('entries of two bytes each are counted', () => {
    const txs = (count: number) => repeated([0x0a, ...varint(2 * count)], [0x0a, 0x00], count)
    assert.equal((mempoolMessage.decode(txs(1000)) as { txs: unknown[] }).txs.length, 1000)
    assert.throws(() => mempoolMessage.decode(txs(MAX_FIELDS)), {
      name: 'DecodeError',
      message: /more than 1000000 fields/
    })
  })

  test('unknown fields and packed numbers are counted too', () => {
    assert.throws(() => mempoolMessage.decode(repeated([], [0x78, 0x00], MAX_FIELDS + 1)), {
      name: 'DecodeError',
      message: /fields/
    })
    const packed = repeated([0x12, ...varint(MAX_FIELDS)], [0x00], MAX_FIELDS)
    const pol = [0x1a, ...varint(packed.length)]
    const bytes = Uint8Array.from([0x22, ...varint(pol.length + packed.length), ...pol, ...packed])
    assert.throws(() => consensusMessage.decode(bytes), { name: 'DecodeError', message: /fields/ })
  })

  test('a length that is not there is refused before anything is allocated', () => {
    assert.throws(() => mempoolMessage.decode(hexToBytes('0affffffff07')), { name: 'DecodeError' })
    assert.throws(() => mempoolMessage.decode(hexToBytes('0a060affffffff07')), { name: 'DecodeError' })
  })

  test('groups nested without end are refused', () => {
    assert.throws(() => mempoolMessage.decode(new Uint8Array(100_000).fill(0x7b)), { name: 'DecodeError' })
  })
})

test('D-18: an empty payload is a message: a list of no evidence', () => {
  assert.equal(evidenceList.encode({ evidence: [] }).length, 0)
  assert.deepEqual(evidenceList.decode(none), { evidence: [] })
})

test('decoded bytes are views, plain Uint8Arrays also where a Buffer came in', () => {
  const bytes = Buffer.from('0a030a017b', 'hex')
  const message = mempoolMessage.decode(bytes)
  assert.ok(message.type === 'txs')
  const [tx] = message.txs
  assert.equal(tx?.constructor, Uint8Array)
  assert.equal(tx?.buffer, bytes.buffer)
  assert.equal(mempoolMessage.encode(message).constructor, Uint8Array)
})

test('an encoded message holds no more memory than its bytes', () => {
  const tx = new Uint8Array(100_000)
  const bytes = mempoolMessage.encode({ type: 'txs', txs: [tx] })
  assert.equal(bytes.buffer.byteLength, bytes.length)
})

function lengthDelimited(tag: number, hex: string): Uint8Array {
  return Uint8Array.of(tag, hex.length / 2, ...hexToBytes(hex))
}
