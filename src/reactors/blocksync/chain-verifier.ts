/**
 * Proves blocks one after another, from a root (spec reactors-and-messages sections 5, 6 and 8.5). Block h is proven by the commit in block h + 1,
 * checked in full by the set that decides on h; that set is known from the root or named by hash in the header of h - 1, which was proven before.
 * The commit is first checked for the block that it names itself: if it does not hold, whoever sent h + 1 made it up; if it holds and names another
 * block than the h we have, whoever sent h did. Go blames both, and so an honest peer each time.
 *
 * Not verified, because it takes the application or its state: app_hash, results, consensus parameters, app version, evidence, median time.
 */
import { equalBlockIds, isZeroBlockId, showBlockId } from '../../chain/block-id.ts'
import { equalBytes, toHex } from '../../chain/bytes.ts'
import type { Ed25519Verifier } from '../../chain/ed25519.ts'
import { ChainDataError, InvalidCommitError } from '../../chain/errors.ts'
import { extensionsEnabled } from '../../chain/genesis.ts'
import { blockIdOf, headerHash } from '../../chain/hash.ts'
import type { ValidatorSet } from '../../chain/validator-set.ts'
import { verifyCommit, verifyCommitExtended } from '../../chain/verify-commit.ts'
import {
  type Block,
  type BlockID,
  block as blockCodec,
  type Commit,
  commit as commitCodec,
  type ExtendedCommit,
  extendedCommit
} from '../../wire/codec.ts'
import type { BlockRecord, ChainHead } from './block-store.ts'

/** Where trust begins. */
export interface SyncRoot {
  readonly chainId: string
  readonly initialHeight: bigint
  /** 0: never. */
  readonly voteExtensionsEnableHeight: bigint
  /** The genesis validators: the chain is verified from its first block. */
  readonly validators?: ValidatorSet
  /** A header hash from a source the user trusts: the chain is verified from that block on. Wins over `validators`. */
  readonly trusted?: { readonly height: bigint; readonly hash: Uint8Array }
}

/** Who is to blame, by the block they sent. */
export type Blame = 'first' | 'second' | 'both'

export type Verdict =
  /** Proven: store it, then call `accept`. */
  | { readonly ok: true; readonly record: BlockRecord; readonly blockId: BlockID }
  | { readonly ok: false; readonly blame: Blame; readonly kind: 'misbehaviour' | 'incompatible'; readonly cause: Error }

/** What arrived for a height: validated in itself (`validateBlock`, `validateExtendedCommit`) and of that height. */
export interface Candidate {
  readonly block: Block
  readonly extCommit?: ExtendedCommit
}

/** Which set is missing, and what it must hash to. */
export interface ValidatorsNeeded {
  readonly height: bigint
  readonly hash: Uint8Array
  readonly previous: ValidatorSet | undefined
}

interface CheckedAhead {
  readonly commit: Commit
  readonly validators: ValidatorSet
  /** Never rejects. */
  readonly outcome: Promise<{ err: unknown } | undefined>
}

/** Ours: with five validators, enough for four threads; more would only waste work on a bad peer's blocks. */
export const LOOK_AHEAD_BLOCKS = 8n

export class ChainVerifier {
  readonly #root: SyncRoot
  readonly #verifier: Ed25519Verifier
  /** After the last accepted block; undefined before the first. */
  #head: ChainHead | undefined
  /** The set that decides on the next height. */
  #validators: ValidatorSet | undefined
  /** Commits being checked before their turn, by the height they prove; at most LOOK_AHEAD_BLOCKS. */
  readonly #ahead = new Map<bigint, CheckedAhead>()

  /** `head`: where a store ends, to go on from there. */
  constructor(root: SyncRoot, verifier: Ed25519Verifier, head?: ChainHead) {
    this.#root = root
    this.#verifier = verifier
    this.#head = head
    if (head !== undefined) this.#validators = head.validators
    else if (root.trusted === undefined) this.#validators = root.validators
  }

  get chainId(): string {
    return this.#root.chainId
  }

  get head(): ChainHead | undefined {
    return this.#head
  }

  /** The height to be proven next. */
  get next(): bigint {
    if (this.#head !== undefined) return this.#head.height + 1n
    return this.#root.trusted?.height ?? this.#root.initialHeight
  }

  /** The set that decides on `next`, if known. */
  get validators(): ValidatorSet | undefined {
    return this.#validators
  }

  /** A set that must be supplied before `first` can be judged; undefined if nothing is missing. */
  needs(first: Candidate): ValidatorsNeeded | undefined {
    if (this.#validators !== undefined) return undefined
    // at a trusted height the header itself names the set, once it is known to be that header
    const hash = this.#head?.nextValidatorsHash ?? first.block.header.validatorsHash
    return { height: this.next, hash, previous: this.#head?.lastValidators }
  }

  /**
   * Begins to check the commit for a height to come, in case the set does not change until then: the signatures of several blocks keep the threads busy that
   * those of one, with few validators, would leave idle. A wrong guess costs its work, of at most 8 commits, and nothing else.
   */
  lookAhead(height: bigint, { header }: Block, { lastCommit }: Block, signal: AbortSignal): void {
    const validators = this.#validators
    if (validators === undefined || lastCommit === undefined || height <= this.next) return
    if (this.#ahead.get(height)?.commit === lastCommit || height > this.next + LOOK_AHEAD_BLOCKS) return
    if (!equalBytes(header.validatorsHash, validators.hash())) return
    const options = { verifier: this.#verifier, signal }
    const checked = verifyCommit(this.#root.chainId, validators, lastCommit.blockId, height, lastCommit, options)
    const outcome = checked.then(
      () => undefined,
      (err: unknown) => ({ err })
    )
    this.#ahead.set(height, { commit: lastCommit, validators, outcome })
  }

  /** Takes the set that was missing; false if it is not that set. */
  supply(set: ValidatorSet, needed: ValidatorsNeeded): boolean {
    if (needed.height !== this.next || !equalBytes(set.hash(), needed.hash)) return false
    this.#validators = set
    return true
  }

  /** Faults of `first` that need neither its successor nor a validator set. */
  precheck(first: Candidate): Verdict | undefined {
    const { header } = first.block
    if (header.chainId !== this.#root.chainId)
      return fault('first', `is of chain ${header.chainId}, not ${this.#root.chainId}`, 'incompatible')
    const { trusted } = this.#root
    // also where a store begins below it: two roots that contradict each other must not both be believed
    if (header.height !== trusted?.height) return undefined
    const hash = headerHash(header)
    if (equalBytes(hash, trusted.hash)) return undefined
    return fault('first', `has hash ${toHex(hash)}, trusted is ${toHex(trusted.hash)}`)
  }

  /**
   * Judges `first`, of height `next`, by the last commit of `second`. Rejects with `UnsupportedKeyTypeError` where it cannot, and with the signal's
   * reason; nobody is to blame then. Call only when nothing `needs` to be supplied.
   */
  async verify(first: Candidate, second: Candidate, signal?: AbortSignal): Promise<Verdict> {
    const early = this.precheck(first)
    if (early !== undefined) return early
    const validators = this.#validators!
    const height = this.next
    const bytes = blockCodec.encode(first.block)
    const blockId = blockIdOf(first.block, bytes)
    const options = { verifier: this.#verifier, ...(signal === undefined ? {} : { signal }) }
    const commit = second.block.lastCommit!
    try {
      await this.#verifyCommit(validators, height, commit, options)
    } catch (err) {
      if (!(err instanceof InvalidCommitError)) throw err
      return (
        this.#foreignRoot(first, blockId, second) ?? { ok: false, blame: 'second', kind: 'misbehaviour', cause: err }
      )
    }
    if (!equalBlockIds(commit.blockId, blockId))
      return fault('first', `is ${showBlockId(blockId)}, decided was ${showBlockId(commit.blockId)}`)
    const wrong = this.#misfit(first.block)
    if (wrong !== undefined) return fault('first', wrong)
    const unproven = await this.#verifyCarried(first, blockId, options)
    if (unproven !== undefined) return unproven
    return { ok: true, blockId, record: this.#record(first, second, blockId, bytes) }
  }

  /** The block of this verdict is stored: the next one is due. */
  accept(record: BlockRecord): void {
    this.#ahead.delete(record.head.height)
    this.#head = record.head
    this.#validators = record.head.validators
  }

  async #verifyCommit(
    validators: ValidatorSet,
    height: bigint,
    commit: Commit,
    options: { verifier: Ed25519Verifier; signal?: AbortSignal }
  ): Promise<void> {
    const ahead = this.#ahead.get(height)
    if (ahead?.commit !== commit || ahead.validators !== validators)
      return await verifyCommit(this.#root.chainId, validators, commit.blockId, height, commit, options)
    const failure = await ahead.outcome
    if (failure !== undefined) throw failure.err
  }

  /** A chain under the same name but with other first validators than ours: not ours, and nobody's lie. */
  #foreignRoot(first: Candidate, blockId: BlockID, second: Candidate): Verdict | undefined {
    if (this.#head !== undefined || this.#root.trusted !== undefined) return undefined
    const { validatorsHash } = first.block.header
    const consistent = equalBlockIds(second.block.lastCommit!.blockId, blockId)
    if (!consistent || equalBytes(validatorsHash, this.#validators!.hash())) return undefined
    const ours = toHex(this.#validators!.hash())
    return fault('both', `begins with validators ${toHex(validatorsHash)}, our genesis with ${ours}`, 'incompatible')
  }

  /** How a decided block does not fit the chain we know. */
  #misfit({ header, lastCommit }: Block): string | undefined {
    const validators = this.#validators!
    if (!equalBytes(header.validatorsHash, validators.hash()))
      return `names validators ${toHex(header.validatorsHash)}, due are ${toHex(validators.hash())}`
    if (!validators.has(header.proposerAddress)) return `was proposed by ${toHex(header.proposerAddress)}, no validator`
    if (header.nextValidatorsHash.length === 0) return 'names no next validators'
    if (this.#head !== undefined) {
      if (equalBlockIds(header.lastBlockId, this.#head.blockId)) return undefined
      return `follows ${showBlockId(header.lastBlockId)}, not ${showBlockId(this.#head.blockId)}`
    }
    if (header.height !== this.#root.initialHeight) return undefined
    if (!isZeroBlockId(header.lastBlockId)) return 'is the first and follows another'
    if (lastCommit!.signatures.length > 0) return 'is the first and carries a commit'
    return undefined
  }

  /** What `first` brought along: its own last commit, if it is not the one that proved the block before, and its extended commit. */
  async #verifyCarried(
    first: Candidate,
    blockId: BlockID,
    options: { verifier: Ed25519Verifier; signal?: AbortSignal }
  ): Promise<Verdict | undefined> {
    const { header, lastCommit } = first.block
    const { chainId, voteExtensionsEnableHeight } = this.#root
    const enabled = extensionsEnabled(voteExtensionsEnableHeight, header.height)
    if (enabled !== (first.extCommit !== undefined))
      return fault('first', enabled ? 'lacks its extended commit' : 'has an extended commit where none belongs')
    const { height, blockId: lastId, commitHash: proven, lastValidators } = this.#head ?? {}
    try {
      if (height !== undefined && lastValidators !== undefined && !same(proven, header.lastCommitHash))
        await verifyCommit(chainId, lastValidators, lastId!, height, lastCommit!, options)
      if (first.extCommit !== undefined)
        await verifyCommitExtended(chainId, this.#validators!, blockId, header.height, first.extCommit, options)
    } catch (err) {
      if (!(err instanceof InvalidCommitError)) throw err
      return { ok: false, blame: 'first', kind: 'misbehaviour', cause: err }
    }
    return undefined
  }

  #record(first: Candidate, second: Candidate, blockId: BlockID, bytes: Uint8Array): BlockRecord {
    const { header } = first.block
    const validators = this.#validators!
    const commit = second.block.lastCommit!
    const unchanged = equalBytes(header.nextValidatorsHash, validators.hash())
    return {
      block: bytes,
      ...(first.extCommit === undefined ? {} : { extCommit: extendedCommit.encode(first.extCommit) }),
      seenCommit: commitCodec.encode(commit),
      head: {
        chainId: header.chainId,
        height: header.height,
        blockId,
        time: header.time,
        nextValidatorsHash: header.nextValidatorsHash,
        ...(unchanged ? { validators } : {}),
        lastValidators: validators,
        // validateBlock held it against the commit
        commitHash: second.block.header.lastCommitHash
      }
    }
  }
}

function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  return a !== undefined && equalBytes(a, b)
}

function fault(blame: Blame, why: string, kind: 'misbehaviour' | 'incompatible' = 'misbehaviour'): Verdict {
  return { ok: false, blame, kind, cause: new ChainDataError('block', why) }
}
