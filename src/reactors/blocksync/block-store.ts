/**
 * The port of a block store (store/store.go as far as block sync needs it): an unbroken run of verified blocks from `base` to `height`, as the
 * bytes that are served, and what is known of the chain after the last of them. Implementations: memory-block-store.ts,
 * datastore-block-store.ts.
 */
import type { ValidatorSet } from '../../chain/validator-set.ts'
import type { BlockID, Timestamp } from '../../wire/codec.ts'

/** The chain after a block. */
export interface ChainHead {
  readonly chainId: string
  readonly height: bigint
  readonly blockId: BlockID
  readonly time: Timestamp
  /** Hash of the set that decides on the next block: the header's `nextValidatorsHash`. */
  readonly nextValidatorsHash: Uint8Array
  /** That set; absent where nobody could name it yet. */
  readonly validators?: ValidatorSet
  /** The set that decided on this block. */
  readonly lastValidators?: ValidatorSet
  /** Hash of the commit that proved this block; absent for a block taken on trust. */
  readonly commitHash?: Uint8Array
}

/** A block to be stored. All bytes are canonical encodings. */
export interface BlockRecord {
  readonly head: ChainHead
  /** Block. */
  readonly block: Uint8Array
  /** ExtendedCommit, exactly where vote extensions are enabled. */
  readonly extCommit?: Uint8Array
  /** Commit that proves the block: the next block's `lastCommit`. */
  readonly seenCommit?: Uint8Array
}

/** A block as it is served. */
export interface StoredBlock {
  readonly block: Uint8Array
  readonly extCommit?: Uint8Array
}

export interface BlockStore {
  /** First height, 0 when empty. */
  base(): bigint
  /** Last height, 0 when empty. */
  height(): bigint
  /** The chain after the last block, undefined when empty. */
  head(): ChainHead | undefined
  /** Appends the block after `height()`, or any first one, all of it or nothing. `BlockStoreError` for another height or chain. One call at a time. */
  append(record: BlockRecord): Promise<void>
  /** Undefined outside base..height. */
  load(height: bigint): Promise<StoredBlock | undefined>
  /** The commit that proved the block at `height`. */
  loadSeenCommit(height: bigint): Promise<Uint8Array | undefined>
}

/** The store cannot do what was asked, or what it holds is not what it wrote. */
export class BlockStoreError extends Error {
  static override readonly name = 'BlockStoreError'
  override readonly name = 'BlockStoreError'
}

/** Does `next` go on where `head` ends? Throws if not. */
export function mustFollow(head: ChainHead | undefined, next: ChainHead): void {
  if (next.height <= 0n) throw new BlockStoreError(`cannot store a block of height ${next.height}`)
  if (head === undefined) return
  if (next.chainId !== head.chainId)
    throw new BlockStoreError(`holds chain ${head.chainId}, cannot take a block of ${next.chainId}`)
  if (next.height !== head.height + 1n)
    throw new BlockStoreError(`ends at ${head.height}, cannot take block ${next.height}`)
}
