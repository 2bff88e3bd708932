/** ValidateBasic of blocks and of the evidence in them (spec reactors-and-messages section 3); as in validate-basic.ts, faults are thrown. */
import {
  type Block,
  type Evidence,
  type LightBlock,
  simpleValidator,
  type Validator,
  type ValidatorSet as WireSet
} from '../wire/codec.ts'
import { compareBlockIds } from './block-id.ts'
import { equalBytes, toHex } from './bytes.ts'
import { ChainDataError } from './errors.ts'
import { commitHash, dataHash, evidenceHash, headerHash } from './hash.ts'
import { merkleRoot } from './merkle.ts'
import { addressOf } from './public-key.ts'
import { validateCommit, validateHeader, validateVote } from './validate-basic.ts'
import { MAX_TOTAL_VOTING_POWER, MAX_VALIDATORS } from './validator-set.ts'

/** A block in itself: its parts are well formed and its header's hashes are theirs. Costs one pass of hashing over the block; `txsHash`: its `dataHash`, where that is known. */
export function validateBlock(block: Block, field = 'block', txsHash?: Uint8Array): void {
  const { header, lastCommit } = block
  validateHeader(header, `${field}.header`)
  if (lastCommit === undefined) throw new ChainDataError(`${field}.lastCommit`, 'is missing')
  validateCommit(lastCommit, `${field}.lastCommit`)
  expectHash(header.lastCommitHash, commitHash(lastCommit), `${field}.header.lastCommitHash`)
  expectHash(header.dataHash, txsHash ?? dataHash(block.data.txs), `${field}.header.dataHash`)
  const { evidence } = block.evidence
  for (const [index, each] of evidence.entries()) validateEvidence(each, `${field}.evidence[${index}]`)
  expectHash(header.evidenceHash, evidenceHash(evidence), `${field}.header.evidenceHash`)
}

/** Evidence in itself; whether it is true takes the chain's state. */
export function validateEvidence(evidence: Evidence, field = 'evidence'): void {
  if (evidence.type === 'unknown') throw new ChainDataError(field, 'is of an unknown kind')
  if (evidence.type === 'duplicateVoteEvidence') {
    const { voteA, voteB } = evidence
    if (voteA === undefined || voteB === undefined) throw new ChainDataError(field, 'lacks a vote')
    validateVote(voteA, `${field}.voteA`)
    validateVote(voteB, `${field}.voteB`)
    if (compareBlockIds(voteA.blockId, voteB.blockId) >= 0)
      throw new ChainDataError(field, 'its votes are for the same block, or in the wrong order')
    return
  }
  const conflicting = evidence.conflictingBlock
  const header = conflicting?.signedHeader?.header
  if (conflicting === undefined || header === undefined) throw new ChainDataError(field, 'lacks the conflicting header')
  if (evidence.totalVotingPower <= 0n)
    throw new ChainDataError(`${field}.totalVotingPower`, `is not positive: ${evidence.totalVotingPower}`)
  if (evidence.commonHeight <= 0n || evidence.commonHeight > header.height)
    throw new ChainDataError(`${field}.commonHeight`, `expected 1 to ${header.height}, found ${evidence.commonHeight}`)
  validateLightBlock(conflicting, `${field}.conflictingBlock`)
}

function validateLightBlock(block: LightBlock, field: string): void {
  const { header, commit } = block.signedHeader ?? {}
  if (header === undefined || commit === undefined || block.validatorSet === undefined)
    throw new ChainDataError(field, 'lacks its header, commit or validators')
  validateHeader(header, `${field}.header`)
  validateCommit(commit, `${field}.commit`)
  if (commit.height !== header.height)
    throw new ChainDataError(`${field}.commit.height`, `expected ${header.height}, found ${commit.height}`)
  expectHash(commit.blockId.hash, headerHash(header), `${field}.commit.blockId.hash`)
  const hash = validateWireSet(block.validatorSet, `${field}.validatorSet`)
  expectHash(header.validatorsHash, hash, `${field}.header.validatorsHash`)
}

/** Checks a set that came over the wire as Go does, which neither sorts it nor minds double members; its hash. */
function validateWireSet(set: WireSet, field: string): Uint8Array {
  if (set.validators.length === 0 || set.validators.length > MAX_VALIDATORS)
    throw new ChainDataError(`${field}.validators`, `expected 1 to ${MAX_VALIDATORS}, found ${set.validators.length}`)
  let total = 0n
  for (const [index, validator] of set.validators.entries()) {
    validateValidator(validator, `${field}.validators[${index}]`)
    total += validator.votingPower
  }
  if (total > MAX_TOTAL_VOTING_POWER) throw new ChainDataError(field, `a total power of ${total} is too much`)
  const { proposer } = set
  if (proposer === undefined || !set.validators.some(({ address }) => equalBytes(address, proposer.address)))
    throw new ChainDataError(`${field}.proposer`, 'is not one of the validators')
  validateValidator(proposer, `${field}.proposer`)
  return merkleRoot(set.validators.map(({ pubKey, votingPower }) => simpleValidator.encode({ pubKey, votingPower })))
}

function validateValidator({ address, pubKey, votingPower }: Validator, field: string): void {
  if (pubKey.type === 'unknown') throw new ChainDataError(`${field}.pubKey`, 'is missing or of an unknown type')
  if (votingPower < 0n) throw new ChainDataError(`${field}.votingPower`, `is negative: ${votingPower}`)
  // the address of an Ethereum key takes curve arithmetic that nothing else here needs; the set's hash covers the key
  if (pubKey.type === 'secp256k1eth') return
  if (!equalBytes(address, addressOf(pubKey))) throw new ChainDataError(`${field}.address`, 'is not that of its key')
}

function expectHash(found: Uint8Array, want: Uint8Array, field: string): void {
  if (!equalBytes(found, want)) throw new ChainDataError(field, `expected ${toHex(want)}, found ${toHex(found)}`)
}
