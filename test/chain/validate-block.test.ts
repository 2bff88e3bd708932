/** ValidateBasic as a table: a recorded block, evidence or commit with one thing wrong, and the field that is named (spec section 3). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitHash, dataHash, evidenceHash } from '../../src/chain/hash.ts'
import { validateCommit, validateExtendedCommit, validatePart, validateVote } from '../../src/chain/validate-basic.ts'
import { validateBlock, validateEvidence } from '../../src/chain/validate-block.ts'
import {
  BLOCK_ID_FLAG,
  type Block,
  type Commit,
  type Evidence,
  GO_ZERO_TIME,
  type Header,
  type LightBlock,
  type Vote
} from '../../src/wire/codec.ts'
import { openRecordedChain } from './recorded-chain.ts'

const chain = openRecordedChain('chain')
const good = chain.block(20)
const empty = new Uint8Array(0)

const refused = (field: RegExp) => (err: Error & { field?: string }) =>
  err.name === 'ChainDataError' && field.test(err.field ?? '')

const withHeader = (change: Partial<Header>): Block => ({ ...good, header: { ...good.header, ...change } })

/** The block with another last commit, and the header's hash of it made right. */
function withCommit(change: Partial<Commit>): Block {
  const lastCommit = { ...good.lastCommit!, ...change }
  return { ...withHeader({ lastCommitHash: commitHash(lastCommit) }), lastCommit }
}

function withSig(change: Partial<Commit['signatures'][number]>): Block {
  const [first, ...rest] = good.lastCommit!.signatures
  return withCommit({ signatures: [{ ...first!, ...change }, ...rest] })
}

test('a block with one thing wrong is a ChainDataError that names it', () => {
  const table: Array<{ name: string; block: Block; field: RegExp }> = [
    { name: 'block protocol', block: withHeader({ version: { block: 10n, app: 0n } }), field: /version/ },
    { name: 'long chain id', block: withHeader({ chainId: 'ü'.repeat(26) }), field: /chainId/ },
    { name: 'height 0', block: withHeader({ height: 0n }), field: /height/ },
    { name: 'negative height', block: withHeader({ height: -1n }), field: /height/ },
    {
      name: 'last block id',
      block: withHeader({ lastBlockId: { hash: new Uint8Array(31), partSetHeader: { total: 1, hash: empty } } }),
      field: /lastBlockId\.hash/
    },
    { name: 'validators hash', block: withHeader({ validatorsHash: new Uint8Array(5) }), field: /validatorsHash/ },
    { name: 'proposer', block: withHeader({ proposerAddress: new Uint8Array(19) }), field: /proposerAddress/ },
    { name: 'data hash', block: withHeader({ dataHash: new Uint8Array(32) }), field: /dataHash/ },
    { name: 'a transaction more', block: { ...good, data: { txs: [...good.data.txs, empty] } }, field: /dataHash/ },
    { name: 'commit hash', block: withHeader({ lastCommitHash: new Uint8Array(32) }), field: /lastCommitHash/ },
    {
      name: 'no commit',
      block: { header: good.header, data: good.data, evidence: good.evidence },
      field: /lastCommit/
    },
    { name: 'commit of negative height', block: withCommit({ height: -1n }), field: /lastCommit\.height/ },
    { name: 'commit of negative round', block: withCommit({ round: -1 }), field: /lastCommit\.round/ },
    { name: 'commit without votes', block: withCommit({ signatures: [] }), field: /signatures/ },
    {
      name: 'commit for nothing',
      block: withCommit({ blockId: { hash: empty, partSetHeader: { total: 0, hash: empty } } }),
      field: /lastCommit\.blockId/
    },
    { name: 'flag 0', block: withSig({ blockIdFlag: 0 }), field: /signatures\[0\]\.blockIdFlag/ },
    { name: 'flag 4', block: withSig({ blockIdFlag: 4 }), field: /blockIdFlag/ },
    { name: 'vote without signature', block: withSig({ signature: empty }), field: /signature/ },
    { name: 'long signature', block: withSig({ signature: new Uint8Array(3310) }), field: /signature/ },
    { name: 'vote without voter', block: withSig({ validatorAddress: empty }), field: /validatorAddress/ },
    { name: 'absent with voter', block: withSig({ blockIdFlag: BLOCK_ID_FLAG.absent }), field: /validatorAddress/ },
    {
      name: 'absent with time',
      block: withSig({ blockIdFlag: BLOCK_ID_FLAG.absent, validatorAddress: empty, signature: empty }),
      field: /timestamp/
    },
    {
      name: 'absent with signature',
      block: withSig({ blockIdFlag: BLOCK_ID_FLAG.absent, validatorAddress: empty, timestamp: GO_ZERO_TIME }),
      field: /signature/
    },
    { name: 'evidence not hashed', block: { ...good, evidence: { evidence: [evidence()] } }, field: /evidenceHash/ },
    {
      name: 'evidence of a new kind',
      block: { ...good, evidence: { evidence: [{ type: 'unknown' }] } },
      field: /evidence/
    }
  ]
  validateBlock(good)
  for (const { name, block, field } of table) assert.throws(() => validateBlock(block), refused(field), name)
})

function evidence(): Extract<Evidence, { type: 'duplicateVoteEvidence' }> {
  for (let height = 1; height <= chain.last; height++) {
    const found = chain.block(height).evidence.evidence[0]
    if (found?.type === 'duplicateVoteEvidence') return found
  }
  throw new Error('the recording has no evidence')
}

test('recorded evidence is valid and hashed as the header says; bent evidence is refused', () => {
  const found = evidence()
  validateEvidence(found)
  const carrier = Array.from({ length: chain.last }, (_, i) => chain.block(i + 1)).find(
    (b) => b.evidence.evidence.length
  )!
  assert.deepEqual(evidenceHash(carrier.evidence.evidence), carrier.header.evidenceHash)
  assert.deepEqual(dataHash(carrier.data.txs), carrier.header.dataHash)
  const { voteB, ...withoutB } = found
  const table: Array<{ name: string; bent: Evidence; field: RegExp }> = [
    { name: 'one vote', bent: withoutB, field: /evidence/ },
    { name: 'the other order', bent: { ...found, voteA: found.voteB!, voteB: found.voteA! }, field: /evidence/ },
    { name: 'the same vote', bent: { ...found, voteB: found.voteA! }, field: /evidence/ },
    { name: 'vote of no type', bent: { ...found, voteA: { ...found.voteA!, type: 0 } }, field: /voteA\.type/ }
  ]
  assert.ok(voteB)
  for (const { name, bent, field } of table) assert.throws(() => validateEvidence(bent), refused(field), name)
})

test('evidence of a light client attack: a light block of the chain holds, a bent one does not', () => {
  const height = 20
  const validators = chain.validatorsAt(height)
  const block: LightBlock = {
    signedHeader: { header: chain.block(height).header, commit: chain.block(height + 1).lastCommit! },
    validatorSet: { ...validators.toWire(), proposer: validators.validators[0]! }
  }
  const attack = {
    type: 'lightClientAttackEvidence' as const,
    conflictingBlock: block,
    commonHeight: 10n,
    byzantineValidators: [],
    totalVotingPower: 80n,
    timestamp: GO_ZERO_TIME
  }
  validateEvidence(attack)
  const { proposer, ...noProposer } = block.validatorSet!
  const bentBlock = (change: Partial<LightBlock>) => ({ ...attack, conflictingBlock: { ...block, ...change } })
  const table: Array<{ name: string; bent: Evidence; field: RegExp }> = [
    { name: 'no block', bent: { ...attack, conflictingBlock: {} }, field: /evidence/ },
    { name: 'no power', bent: { ...attack, totalVotingPower: 0n }, field: /totalVotingPower/ },
    { name: 'common height after', bent: { ...attack, commonHeight: 21n }, field: /commonHeight/ },
    { name: 'no proposer', bent: bentBlock({ validatorSet: noProposer }), field: /proposer/ },
    {
      name: 'no validators',
      bent: bentBlock({ validatorSet: { ...block.validatorSet!, validators: [] } }),
      field: /validators/
    },
    {
      name: 'other validators',
      bent: bentBlock({ validatorSet: { validators: [proposer!], proposer: proposer!, totalVotingPower: 0n } }),
      field: /validatorsHash/
    },
    {
      name: 'commit of another block',
      bent: bentBlock({
        signedHeader: { header: chain.block(height).header, commit: chain.block(height).lastCommit! }
      }),
      field: /commit\.height/
    }
  ]
  for (const { name, bent, field } of table) assert.throws(() => validateEvidence(bent), refused(field), name)
})

test('votes, parts and extended commits are refused for what they cannot be', () => {
  const vote: Vote = evidence().voteA!
  const nil = { hash: empty, partSetHeader: { total: 0, hash: empty } }
  const votes: Array<[Partial<Vote>, RegExp]> = [
    [{ height: 0n }, /height/],
    [{ round: -1 }, /round/],
    [{ validatorIndex: -1 }, /validatorIndex/],
    [{ blockId: { hash: new Uint8Array(32), partSetHeader: { total: 0, hash: empty } } }, /blockId/],
    [{ signature: empty }, /signature/],
    [{ extension: new Uint8Array(1), type: 1 }, /extension/],
    [{ extensionSignature: new Uint8Array(64), blockId: nil, type: 2 }, /extensionSignature/],
    [{ extension: new Uint8Array(1), type: 2 }, /extension/]
  ]
  validateVote(vote)
  for (const [change, field] of votes)
    assert.throws(() => validateVote({ ...vote, ...change }), refused(field), `${field}`)

  const proof = { total: 2n, index: 0n, leafHash: new Uint8Array(32), aunts: [new Uint8Array(32)] }
  const part = { index: 0, bytes: new Uint8Array(65_536), proof }
  validatePart(part)
  assert.throws(() => validatePart({ ...part, bytes: new Uint8Array(65_535) }), refused(/bytes/))
  assert.throws(() => validatePart({ ...part, index: 1 }), refused(/index/))
  assert.throws(() => validatePart({ ...part, proof: { ...proof, total: -1n } }), refused(/total/))

  const ext = openRecordedChain('chain-ext').responses[20]!.extCommit!
  validateExtendedCommit(ext)
  assert.throws(() => validateExtendedCommit({ ...ext, extendedSignatures: [] }), refused(/signatures/))
  const long = { ...ext.extendedSignatures[0]!, extension: new Uint8Array(1_048_577) }
  assert.throws(() => validateExtendedCommit({ ...ext, extendedSignatures: [long] }), refused(/extension/))
  const many = { ...good.lastCommit!, signatures: Array(10_001).fill(good.lastCommit!.signatures[0]) }
  assert.throws(() => validateCommit(many), refused(/signatures/))
})
