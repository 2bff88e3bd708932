/**
 * What a node can check of the chain's types without knowing the chain (ValidateBasic, spec reactors-and-messages section 3). Every function
 * returns, or throws a `ChainDataError` naming the field: who sent it made it up.
 */
import {
  BLOCK_ID_FLAG,
  type BlockID,
  type Commit,
  type CommitSig,
  type ExtendedCommit,
  GO_ZERO_TIME,
  type Header,
  type Part,
  type PartSetHeader,
  type Proof,
  SIGNED_MSG_TYPE,
  type Vote
} from '../wire/codec.ts'
import { isCompleteBlockId, isZeroBlockId } from './block-id.ts'
import { ChainDataError } from './errors.ts'
import { MAX_CHAIN_ID_BYTES } from './genesis.ts'
import { BLOCK_PART_BYTES } from './hash.ts'
import { HASH_BYTES } from './merkle.ts'
import { ADDRESS_BYTES } from './public-key.ts'
import { MAX_VALIDATORS } from './validator-set.ts'

/** version.BlockProtocol. */
export const BLOCK_PROTOCOL = 11n
/** types.MaxSignatureSize of v0.40 (an ML-DSA-65 signature), bytes. */
export const MAX_SIGNATURE_BYTES = 3_309
/** types.MaxVoteExtensionSize, bytes. */
export const MAX_EXTENSION_BYTES = 1_048_576
const MAX_AUNTS = 100

export function validateHash(hash: Uint8Array, field: string): void {
  if (hash.length !== 0 && hash.length !== HASH_BYTES)
    throw new ChainDataError(field, `expected 0 or ${HASH_BYTES} bytes, found ${hash.length}`)
}

export function validatePartSetHeader(header: PartSetHeader, field: string): void {
  validateHash(header.hash, `${field}.hash`)
}

export function validateBlockId(id: BlockID, field: string): void {
  validateHash(id.hash, `${field}.hash`)
  validatePartSetHeader(id.partSetHeader, `${field}.partSetHeader`)
}

export function validateProof(proof: Proof, field: string): void {
  if (proof.total < 0n) throw new ChainDataError(`${field}.total`, `is negative: ${proof.total}`)
  if (proof.index < 0n) throw new ChainDataError(`${field}.index`, `is negative: ${proof.index}`)
  if (proof.leafHash.length !== HASH_BYTES)
    throw new ChainDataError(`${field}.leafHash`, `expected ${HASH_BYTES} bytes, found ${proof.leafHash.length}`)
  if (proof.aunts.length > MAX_AUNTS)
    throw new ChainDataError(`${field}.aunts`, `expected at most ${MAX_AUNTS}, found ${proof.aunts.length}`)
  for (const aunt of proof.aunts)
    if (aunt.length !== HASH_BYTES)
      throw new ChainDataError(`${field}.aunts`, `expected ${HASH_BYTES} bytes each, found ${aunt.length}`)
}

/** A part of a block. All but the last are full. */
export function validatePart(part: Part, field = 'part'): void {
  const { length } = part.bytes
  const inner = BigInt(part.index) < part.proof.total - 1n
  if (length > BLOCK_PART_BYTES || (inner && length !== BLOCK_PART_BYTES))
    throw new ChainDataError(
      `${field}.bytes`,
      `expected ${inner ? '' : 'at most '}${BLOCK_PART_BYTES} bytes, found ${length}`
    )
  if (BigInt(part.index) !== part.proof.index)
    throw new ChainDataError(`${field}.index`, `is ${part.index}, but its proof is for ${part.proof.index}`)
  validateProof(part.proof, `${field}.proof`)
}

export function validateHeader(header: Header, field = 'header'): void {
  if (header.version.block !== BLOCK_PROTOCOL)
    throw new ChainDataError(`${field}.version.block`, `expected ${BLOCK_PROTOCOL}, found ${header.version.block}`)
  const chainIdBytes = new TextEncoder().encode(header.chainId).length
  if (chainIdBytes > MAX_CHAIN_ID_BYTES)
    throw new ChainDataError(`${field}.chainId`, `expected at most ${MAX_CHAIN_ID_BYTES} bytes, found ${chainIdBytes}`)
  if (header.height <= 0n) throw new ChainDataError(`${field}.height`, `is not positive: ${header.height}`)
  validateBlockId(header.lastBlockId, `${field}.lastBlockId`)
  const hashes = [
    'lastCommitHash',
    'dataHash',
    'evidenceHash',
    'validatorsHash',
    'nextValidatorsHash',
    'consensusHash',
    'lastResultsHash'
  ] as const
  for (const name of hashes) validateHash(header[name], `${field}.${name}`)
  validateAddress(header.proposerAddress, `${field}.proposerAddress`)
}

export function validateCommitSig(sig: CommitSig, field: string): void {
  const { blockIdFlag, validatorAddress, timestamp, signature } = sig
  if (blockIdFlag === BLOCK_ID_FLAG.absent) {
    if (validatorAddress.length > 0)
      throw new ChainDataError(`${field}.validatorAddress`, 'is there for an absent vote')
    if (timestamp.seconds !== GO_ZERO_TIME.seconds || timestamp.nanos !== GO_ZERO_TIME.nanos)
      throw new ChainDataError(`${field}.timestamp`, 'is there for an absent vote')
    if (signature.length > 0) throw new ChainDataError(`${field}.signature`, 'is there for an absent vote')
    return
  }
  if (blockIdFlag !== BLOCK_ID_FLAG.commit && blockIdFlag !== BLOCK_ID_FLAG.nil)
    throw new ChainDataError(`${field}.blockIdFlag`, `expected 1 to 3, found ${blockIdFlag}`)
  validateAddress(validatorAddress, `${field}.validatorAddress`)
  validateSignature(signature, `${field}.signature`)
}

export function validateCommit(commit: Commit, field = 'commit'): void {
  validateCommitFrame(commit, commit.signatures.length, field)
  if (commit.height < 1n) return
  for (const [index, sig] of commit.signatures.entries()) validateCommitSig(sig, `${field}.signatures[${index}]`)
}

/** As `validateCommit`, and what can be said of extensions without knowing whether they are enabled. */
export function validateExtendedCommit(commit: ExtendedCommit, field = 'extCommit'): void {
  validateCommitFrame(commit, commit.extendedSignatures.length, field)
  if (commit.height < 1n) return
  for (const [index, sig] of commit.extendedSignatures.entries()) {
    const at = `${field}.extendedSignatures[${index}]`
    validateCommitSig(sig, at)
    if (sig.blockIdFlag === BLOCK_ID_FLAG.commit) {
      if (sig.extension.length > MAX_EXTENSION_BYTES)
        throw new ChainDataError(`${at}.extension`, `is longer than ${MAX_EXTENSION_BYTES} bytes`)
      if (sig.extensionSignature.length > MAX_SIGNATURE_BYTES)
        throw new ChainDataError(`${at}.extensionSignature`, `is longer than ${MAX_SIGNATURE_BYTES} bytes`)
    } else if (sig.extensionSignature.length === 0 && sig.extension.length > 0)
      throw new ChainDataError(`${at}.extension`, 'is there without a signature')
  }
}

export function validateVote(vote: Vote, field = 'vote'): void {
  if (vote.type !== SIGNED_MSG_TYPE.prevote && vote.type !== SIGNED_MSG_TYPE.precommit)
    throw new ChainDataError(`${field}.type`, `expected a prevote or precommit, found ${vote.type}`)
  if (vote.height <= 0n) throw new ChainDataError(`${field}.height`, `is not positive: ${vote.height}`)
  if (vote.round < 0) throw new ChainDataError(`${field}.round`, `is negative: ${vote.round}`)
  validateBlockId(vote.blockId, `${field}.blockId`)
  if (!isZeroBlockId(vote.blockId) && !isCompleteBlockId(vote.blockId))
    throw new ChainDataError(`${field}.blockId`, 'is neither empty nor complete')
  validateAddress(vote.validatorAddress, `${field}.validatorAddress`)
  if (vote.validatorIndex < 0)
    throw new ChainDataError(`${field}.validatorIndex`, `is negative: ${vote.validatorIndex}`)
  validateSignature(vote.signature, `${field}.signature`)
  validateVoteExtension(vote, field)
}

function validateVoteExtension(vote: Vote, field: string): void {
  const extensible = vote.type === SIGNED_MSG_TYPE.precommit && !isZeroBlockId(vote.blockId)
  if (!extensible && vote.extension.length > 0)
    throw new ChainDataError(`${field}.extension`, 'is there on a vote that carries none')
  if (!extensible && vote.extensionSignature.length > 0)
    throw new ChainDataError(`${field}.extensionSignature`, 'is there on a vote that carries none')
  if (vote.extensionSignature.length > MAX_SIGNATURE_BYTES)
    throw new ChainDataError(`${field}.extensionSignature`, `is longer than ${MAX_SIGNATURE_BYTES} bytes`)
  if (vote.extension.length > 0 && vote.extensionSignature.length === 0)
    throw new ChainDataError(`${field}.extension`, 'is there without a signature')
}

function validateCommitFrame(
  commit: Pick<Commit, 'height' | 'round' | 'blockId'>,
  signatures: number,
  field: string
): void {
  if (commit.height < 0n) throw new ChainDataError(`${field}.height`, `is negative: ${commit.height}`)
  if (commit.round < 0) throw new ChainDataError(`${field}.round`, `is negative: ${commit.round}`)
  validateBlockId(commit.blockId, `${field}.blockId`)
  if (signatures > MAX_VALIDATORS)
    throw new ChainDataError(`${field}.signatures`, `expected at most ${MAX_VALIDATORS}, found ${signatures}`)
  if (commit.height < 1n) return
  if (isZeroBlockId(commit.blockId)) throw new ChainDataError(`${field}.blockId`, 'names no block')
  if (signatures === 0) throw new ChainDataError(`${field}.signatures`, 'there are none')
}

function validateAddress(address: Uint8Array, field: string): void {
  if (address.length !== ADDRESS_BYTES)
    throw new ChainDataError(field, `expected ${ADDRESS_BYTES} bytes, found ${address.length}`)
}

function validateSignature(signature: Uint8Array, field: string): void {
  if (signature.length === 0 || signature.length > MAX_SIGNATURE_BYTES)
    throw new ChainDataError(field, `expected 1 to ${MAX_SIGNATURE_BYTES} bytes, found ${signature.length}`)
}
