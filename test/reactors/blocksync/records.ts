/** Recorded blocks as records for a store. */
import { blockIdOf } from '../../../src/chain/hash.ts'
import type { BlockRecord } from '../../../src/reactors/blocksync/block-store.ts'
import { block as blockCodec, commit as commitCodec, extendedCommit } from '../../../src/wire/codec.ts'
import type { RecordedChain } from '../../chain/recorded-chain.ts'

export function recordOf(chain: RecordedChain, height: number): BlockRecord {
  const { block, extCommit } = chain.responses[height - 1]!
  const bytes = blockCodec.encode(block!)
  const next = chain.block(height + 1)
  return {
    block: bytes,
    ...(extCommit === undefined ? {} : { extCommit: extendedCommit.encode(extCommit) }),
    seenCommit: commitCodec.encode(next.lastCommit!),
    head: {
      chainId: block!.header.chainId,
      height: BigInt(height),
      blockId: blockIdOf(block!, bytes),
      time: block!.header.time,
      nextValidatorsHash: block!.header.nextValidatorsHash,
      validators: chain.validatorsAt(height + 1),
      lastValidators: chain.validatorsAt(height),
      commitHash: next.header.lastCommitHash
    }
  }
}
