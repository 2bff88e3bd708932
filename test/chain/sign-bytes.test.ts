/** Sign bytes and the header hash against the vectors of CometBFT's own tests (spec reactors-and-messages section 12). */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { toHex } from '../../src/chain/bytes.ts'
import { headerHash } from '../../src/chain/hash.ts'
import { extensionSignBytes, proposalSignBytes, voteSignBytes } from '../../src/chain/sign-bytes.ts'
import { type BlockID, GO_ZERO_TIME } from '../../src/wire/codec.ts'

const ascii = (text: string) => new TextEncoder().encode(text)
const B = ascii('add_more_exclamation_marks_code-')
const none: BlockID = { hash: new Uint8Array(0), partSetHeader: { total: 0, hash: new Uint8Array(0) } }
const someBlock: BlockID = { hash: B, partSetHeader: { total: 1, hash: B } }
const noon2018 = { seconds: BigInt(Date.UTC(2018, 7, 30, 12) / 1000), nanos: 0 }
const zero = { type: 0, height: 0n, round: 0, blockId: none, timestamp: GO_ZERO_TIME }

test('vote sign bytes are those of CometBFT', () => {
  const table = [
    { chainId: '', vote: zero, want: '0d2a0b088092b8c398feffffff01' },
    {
      chainId: '',
      vote: { ...zero, type: 2, height: 1n, round: 1 },
      want: '2108021101000000000000001901000000000000002a0b088092b8c398feffffff01'
    },
    {
      chainId: 'test_chain_id',
      vote: { ...zero, height: 1n, round: 1 },
      want: '2e1101000000000000001901000000000000002a0b088092b8c398feffffff01320d746573745f636861696e5f6964'
    },
    {
      chainId: 'test-chain',
      vote: { type: 2, height: 1n, round: 0, blockId: someBlock, timestamp: noon2018 },
      want: '69080211010000000000000022480a206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d1224080112206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d2a0608c0b89fdc05320a746573742d636861696e'
    }
  ]
  for (const { chainId, vote, want } of table) assert.equal(toHex(voteSignBytes(chainId, vote)), want)
})

test('proposal and extension sign bytes are those of CometBFT', () => {
  const proposal = {
    type: 32,
    height: 1n,
    round: 1,
    polRound: -1,
    blockId: someBlock,
    timestamp: noon2018,
    signature: new Uint8Array(0)
  }
  assert.equal(
    toHex(proposalSignBytes('test-chain', proposal)),
    '7d082011010000000000000019010000000000000020ffffffffffffffffff012a480a206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d1224080112206164645f6d6f72655f6578636c616d6174696f6e5f6d61726b735f636f64652d320608c0b89fdc053a0a746573742d636861696e'
  )
  assert.equal(
    toHex(extensionSignBytes('test-chain', { height: 1n, round: 0 }, ascii('extension'))),
    '200a09657874656e73696f6e110100000000000000220a746573742d636861696e'
  )
})

test('the header hash is that of types/block_test.go', () => {
  const sha = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())
  const hash = headerHash({
    version: { block: 1n, app: 2n },
    chainId: 'chainId',
    height: 3n,
    time: { seconds: BigInt(Date.UTC(2019, 9, 13, 16, 14, 44) / 1000), nanos: 0 },
    lastBlockId: { hash: new Uint8Array(32), partSetHeader: { total: 6, hash: new Uint8Array(32) } },
    lastCommitHash: sha('last_commit_hash'),
    dataHash: sha('data_hash'),
    validatorsHash: sha('validators_hash'),
    nextValidatorsHash: sha('next_validators_hash'),
    consensusHash: sha('consensus_hash'),
    appHash: sha('app_hash'),
    lastResultsHash: sha('last_results_hash'),
    evidenceHash: sha('evidence_hash'),
    proposerAddress: sha('proposer_address').slice(0, 20)
  })
  assert.equal(toHex(hash).toUpperCase(), 'F740121F553B5418C3EFBD343C2DBFE9E007BB67B0D020A0741374BAB65242A4')
})
