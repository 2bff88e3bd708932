/**
 * Does a commit prove a block (types/validation.go VerifyCommit, spec reactors-and-messages section 5)? The full check: every signature that is
 * there must verify, those for nil too, and more than two thirds of the power must be for the block. What costs nothing is checked
 * before the first signature. Asynchronous and in batches, so that neither the thread pool nor the event loop belongs to one commit.
 */
import { macrotask } from '../util/macrotask.ts'
import {
  BLOCK_ID_FLAG,
  type BlockID,
  type Commit,
  type CommitSig,
  type ExtendedCommit,
  type PublicKey
} from '../wire/codec.ts'
import { equalBlockIds, showBlockId } from './block-id.ts'
import { equalBytes, toHex } from './bytes.ts'
import { type Ed25519Verifier, zip215Verifier } from './ed25519.ts'
import { InvalidCommitError, UnsupportedKeyTypeError } from './errors.ts'
import { commitSignBytes, extensionSignBytes } from './sign-bytes.ts'
import type { ValidatorSet } from './validator-set.ts'

/** Signatures in flight at once. Ours: keeps four threads busy, and bounds the work wasted after a bad one. */
const BATCH_SIGNATURES = 64
/** Signatures verified in this thread between two turns of the event loop. Ours: about 10 ms of the portable library. */
const SIGNATURES_PER_TURN = 8

export interface VerifyOptions {
  /** @default the portable ZIP-215 library */
  verifier?: Ed25519Verifier
  /** Ends the work early; rejects with its reason. */
  signal?: AbortSignal
}

interface Check {
  readonly index: number
  readonly what: string
  readonly key: PublicKey
  readonly message: () => Uint8Array
  readonly signature: Uint8Array
}

/**
 * Resolves if `commit` proves that `validators` decided on `blockId` at `height`; rejects with `InvalidCommitError` if not, and with
 * `UnsupportedKeyTypeError` where that cannot be told. `validateCommit` must have passed.
 */
export async function verifyCommit(
  chainId: string,
  validators: ValidatorSet,
  blockId: BlockID,
  height: bigint,
  commit: Commit,
  options: VerifyOptions = {}
): Promise<void> {
  await runChecks(commitChecks(chainId, validators, blockId, height, commit), options)
}

/** As `verifyCommit`, and every vote for the block carries an extension signed by its voter, no other vote does. */
export async function verifyCommitExtended(
  chainId: string,
  validators: ValidatorSet,
  blockId: BlockID,
  height: bigint,
  commit: ExtendedCommit,
  options: VerifyOptions = {}
): Promise<void> {
  const plain = plainCommit(commit)
  const checks = commitChecks(chainId, validators, blockId, height, plain)
  for (const [index, sig] of commit.extendedSignatures.entries()) {
    const { extension, extensionSignature } = sig
    if (sig.blockIdFlag !== BLOCK_ID_FLAG.commit) {
      if (extension.length > 0 || extensionSignature.length > 0)
        throw new InvalidCommitError('has an extension on a vote that is not for the block', index)
      continue
    }
    if (extensionSignature.length === 0) throw new InvalidCommitError('its extension is not signed', index)
    checks.push({
      index,
      what: 'extension signature',
      key: validators.validators[index]!.pubKey,
      message: () => extensionSignBytes(chainId, commit, extension),
      signature: extensionSignature
    })
  }
  await runChecks(checks, options)
}

/** The commit inside an extended commit. */
export function plainCommit(commit: ExtendedCommit): Commit {
  return {
    height: commit.height,
    round: commit.round,
    blockId: commit.blockId,
    signatures: commit.extendedSignatures.map(({ blockIdFlag, validatorAddress, timestamp, signature }): CommitSig => {
      return { blockIdFlag, validatorAddress, timestamp, signature }
    })
  }
}

/** All but the signatures, which are returned to be checked. */
function commitChecks(
  chainId: string,
  validators: ValidatorSet,
  blockId: BlockID,
  height: bigint,
  commit: Commit
): Check[] {
  if (commit.signatures.length !== validators.size)
    throw new InvalidCommitError(`has ${commit.signatures.length} signatures for ${validators.size} validators`)
  if (commit.height !== height) throw new InvalidCommitError(`is for height ${commit.height}, not ${height}`)
  if (!equalBlockIds(commit.blockId, blockId))
    throw new InvalidCommitError(`is for block ${showBlockId(commit.blockId)}, not ${showBlockId(blockId)}`)
  const checks: Check[] = []
  let power = 0n
  for (const [index, sig] of commit.signatures.entries()) {
    if (sig.blockIdFlag === BLOCK_ID_FLAG.absent) continue
    const { address, pubKey, votingPower } = validators.validators[index]!
    if (!equalBytes(sig.validatorAddress, address))
      throw new InvalidCommitError(`is of ${toHex(sig.validatorAddress)}, not of ${toHex(address)}`, index)
    if (sig.blockIdFlag === BLOCK_ID_FLAG.commit) power += votingPower
    const message = () => commitSignBytes(chainId, commit, index)
    checks.push({ index, what: 'vote signature', key: pubKey, message, signature: sig.signature })
  }
  const needed = (validators.totalVotingPower * 2n) / 3n
  if (power <= needed)
    throw new InvalidCommitError(`has a power of ${power} for its block, and needs more than ${needed}`)
  return checks
}

async function runChecks(
  checks: readonly Check[],
  { verifier = zip215Verifier, signal }: VerifyOptions
): Promise<void> {
  let sinceTurn = 0
  for (let from = 0; from < checks.length; from += BATCH_SIGNATURES) {
    const batch = checks.slice(from, from + BATCH_SIGNATURES)
    const answers: Array<boolean | Promise<boolean>> = []
    try {
      for (const check of batch) {
        signal?.throwIfAborted()
        if (check.key.type !== 'ed25519') throw new UnsupportedKeyTypeError(check.key.type)
        const valid = verifier.verify(check.key.value, check.message(), check.signature)
        answers.push(valid)
        if (typeof valid !== 'boolean') continue
        mustHold(valid, check)
        if (++sinceTurn % SIGNATURES_PER_TURN === 0) await new Promise<void>(macrotask)
      }
      // in order, so that the same commit always gives the same error
      for (const [i, valid] of (await Promise.all(answers)).entries()) mustHold(valid, batch[i]!)
    } finally {
      // a verifier that rejects in spite of its contract must not become an unhandled rejection
      await Promise.allSettled(answers)
    }
  }
}

function mustHold(valid: boolean, { index, what }: Check): void {
  if (!valid) throw new InvalidCommitError(`the ${what} does not verify`, index)
}
