/**
 * Fills a store from a recording (chain/block-file.ts) that the user trusts: nothing is verified but that the blocks follow one another. The last block
 * of a recording is proven by none after it; it is stored all the same, because whoever syncs from this store needs it to prove the last but one.
 */
import { readBlockFile } from '../../chain/block-file.ts'
import { equalBlockIds } from '../../chain/block-id.ts'
import { equalBytes } from '../../chain/bytes.ts'
import type { Genesis } from '../../chain/genesis.ts'
import { blockIdOf } from '../../chain/hash.ts'
import type { ValidatorSet } from '../../chain/validator-set.ts'
import { block as blockCodec, commit as commitCodec, extendedCommit } from '../../wire/codec.ts'
import { type BlockRecord, type BlockStore, BlockStoreError, type ChainHead } from './block-store.ts'
import type { ValidatorSource } from './validator-source.ts'

export interface ImportOptions {
  genesis: Genesis
  /** Lets whoever goes on from this store verify. Left out: the set is stored only until its first change. */
  validatorSource?: ValidatorSource
  signal?: AbortSignal
}

/** Appends the recorded blocks (uvarint-delimited `BlockResponse`s, not compressed) that the store does not have yet. How many. */
export async function importRecording(bytes: Uint8Array, store: BlockStore, options: ImportOptions): Promise<number> {
  const { genesis, validatorSource, signal = new AbortController().signal } = options
  let pending: BlockRecord | undefined
  let head = store.head()
  let validators = head === undefined ? genesis.validators : head.validators
  let count = 0
  for (const { response } of readBlockFile(bytes)) {
    signal.throwIfAborted()
    const { block, extCommit } = response
    if (block === undefined) throw new BlockStoreError('the recording has a response without a block')
    const { header, lastCommit } = block
    if (head !== undefined && header.height <= head.height) continue
    if (head !== undefined && !equalBlockIds(header.lastBlockId, head.blockId))
      throw new BlockStoreError(`recorded block ${header.height} does not follow block ${head.height}`)
    if (pending !== undefined && lastCommit !== undefined) {
      const proven = { ...pending.head, commitHash: header.lastCommitHash }
      await store.append({ ...pending, head: proven, seenCommit: commitCodec.encode(lastCommit) })
      count++
    }
    const encoded = blockCodec.encode(block)
    const lastValidators: ValidatorSet | undefined = validators
    if (validators === undefined || !equalBytes(validators.hash(), header.nextValidatorsHash)) {
      const request = {
        chainId: genesis.chainId,
        height: header.height + 1n,
        hash: header.nextValidatorsHash,
        previous: validators,
        signal
      }
      const named = await validatorSource?.(request)
      validators = named !== undefined && equalBytes(named.hash(), request.hash) ? named : undefined
    }
    const next: ChainHead = {
      chainId: header.chainId,
      height: header.height,
      blockId: blockIdOf(block, encoded),
      time: header.time,
      nextValidatorsHash: header.nextValidatorsHash,
      ...(validators === undefined ? {} : { validators }),
      ...(lastValidators === undefined ? {} : { lastValidators })
    }
    head = next
    pending = {
      head: next,
      block: encoded,
      ...(extCommit === undefined ? {} : { extCommit: extendedCommit.encode(extCommit) })
    }
  }
  if (pending === undefined) return count
  await store.append(pending)
  return count + 1
}
