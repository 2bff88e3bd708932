/**
 * What is signed and what is hashed (spec/reactors-and-messages.md sections 3 to 5). Sign bytes are these messages behind a uvarint of their length;
 * making them from votes is `chain`'s business.
 */
import { bytes, embedded, int32, int64, nullable, string, time, uint32 } from '../proto/fields.ts'
import { message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import type { BlockID, PartSetHeader, Timestamp } from './chain-types.ts'

const { canonical } = tendermint

// sfixed64 differs from int64 on the wire only, which is in the .proto file
const sfixed64 = int64

/** The same fields as in `PartSetHeader` and `BlockID`, and the same bytes. */
export const canonicalPartSetHeader = message<PartSetHeader>(
  'tendermint.types.CanonicalPartSetHeader',
  canonical.CanonicalPartSetHeader,
  { total: uint32, hash: bytes }
)
export const canonicalBlockId = message<BlockID>('tendermint.types.CanonicalBlockID', canonical.CanonicalBlockID, {
  hash: bytes,
  partSetHeader: embedded(canonicalPartSetHeader)
})

/** What a vote's signature covers. */
export interface CanonicalVote {
  type: number
  height: bigint
  round: bigint
  /** Left out for a nil vote. */
  blockId?: BlockID
  timestamp: Timestamp
  chainId: string
}
export const canonicalVote = message<CanonicalVote>('tendermint.types.CanonicalVote', canonical.CanonicalVote, {
  type: int32,
  height: sfixed64,
  round: sfixed64,
  blockId: nullable(canonicalBlockId),
  timestamp: time,
  chainId: string
})

/** What a proposal's signature covers. */
export interface CanonicalProposal {
  type: number
  height: bigint
  round: bigint
  polRound: bigint
  blockId?: BlockID
  timestamp: Timestamp
  chainId: string
}
export const canonicalProposal = message<CanonicalProposal>(
  'tendermint.types.CanonicalProposal',
  canonical.CanonicalProposal,
  {
    type: int32,
    height: sfixed64,
    round: sfixed64,
    polRound: int64,
    blockId: nullable(canonicalBlockId),
    timestamp: time,
    chainId: string
  }
)

/** What the signature of a vote extension covers. */
export interface CanonicalVoteExtension {
  extension: Uint8Array
  height: bigint
  round: bigint
  chainId: string
}
export const canonicalVoteExtension = message<CanonicalVoteExtension>(
  'tendermint.types.CanonicalVoteExtension',
  canonical.CanonicalVoteExtension,
  { extension: bytes, height: sfixed64, round: sfixed64, chainId: string }
)

/** What the consensus hash is made of. */
export interface HashedParams {
  blockMaxBytes: bigint
  blockMaxGas: bigint
}
export const hashedParams = message<HashedParams>('tendermint.types.HashedParams', canonical.HashedParams, {
  blockMaxBytes: int64,
  blockMaxGas: int64
})

/** The deterministic fields of abci.ExecTxResult: what the last results hash is made of. */
export interface ExecTxResult {
  code: number
  data: Uint8Array
  gasWanted: bigint
  gasUsed: bigint
}
export const execTxResult = message<ExecTxResult>('tendermint.abci.ExecTxResult', canonical.ExecTxResult, {
  code: uint32,
  data: bytes,
  gasWanted: int64,
  gasUsed: int64
})
