/**
 * The chain's own types and their codecs (spec/reactors-and-messages.md section 3): what blocks are made of. Field names are Go's in camelCase; an optional
 * property is a nullable field. `decode` gives every other property, zero where the bytes have none.
 */
import {
  bytes,
  bytesList,
  embedded,
  int32,
  int64,
  nullable,
  repeated,
  string,
  time,
  uint32,
  uint64,
  uint64List
} from '../proto/fields.ts'
import { message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import type { Timestamp } from '../proto/timestamp.ts'
import { type PublicKey, publicKey } from './public-key.ts'

const { types } = tendermint

export { GO_ZERO_TIME, type Timestamp } from '../proto/timestamp.ts'
export { type KeyType, type PublicKey, publicKey } from './public-key.ts'

/** Go's SignedMsgType. */
export const SIGNED_MSG_TYPE = { unknown: 0, prevote: 1, precommit: 2, proposal: 32 } as const
/** Go's BlockIDFlag. */
export const BLOCK_ID_FLAG = { unknown: 0, absent: 1, commit: 2, nil: 3 } as const

/** google.protobuf.Timestamp on its own, as the header hash needs it; inside messages it is a field kind. */
export const timestamp = message<Timestamp>('google.protobuf.Timestamp', types.Timestamp, {
  seconds: int64,
  nanos: int32
})

/** The wrappers that the header hash puts around scalars: field 1, empty when zero. */
export const bytesValue = message<{ value: Uint8Array }>('google.protobuf.BytesValue', types.BytesValue, {
  value: bytes
})
export const stringValue = message<{ value: string }>('google.protobuf.StringValue', types.StringValue, {
  value: string
})
export const int64Value = message<{ value: bigint }>('google.protobuf.Int64Value', types.Int64Value, { value: int64 })

/** Block protocol and application version. */
export interface ConsensusVersion {
  block: bigint
  app: bigint
}
export const consensusVersion = message<ConsensusVersion>('tendermint.version.Consensus', types.ConsensusVersion, {
  block: uint64,
  app: uint64
})

/** How many parts of 65,536 bytes a block is cut into, and the root of their Merkle tree. */
export interface PartSetHeader {
  total: number
  hash: Uint8Array
}
export const partSetHeader = message<PartSetHeader>('tendermint.types.PartSetHeader', types.PartSetHeader, {
  total: uint32,
  hash: bytes
})

/** The hash of a header and of the parts; all zero for nil. */
export interface BlockID {
  hash: Uint8Array
  partSetHeader: PartSetHeader
}
export const blockId = message<BlockID>('tendermint.types.BlockID', types.BlockID, {
  hash: bytes,
  partSetHeader: embedded(partSetHeader)
})

/** A Merkle proof. `total` and `index` count leaves. */
export interface Proof {
  total: bigint
  index: bigint
  leafHash: Uint8Array
  aunts: Uint8Array[]
}
export const proof = message<Proof>('tendermint.crypto.Proof', types.Proof, {
  total: int64,
  index: int64,
  leafHash: bytes,
  aunts: bytesList
})

/** One piece of an encoded block, with the proof that it belongs to the part set. */
export interface Part {
  index: number
  bytes: Uint8Array
  proof: Proof
}
export const part = message<Part>('tendermint.types.Part', types.Part, { index: uint32, bytes, proof: embedded(proof) })

/** Hashes are 32 bytes or empty, `appHash` of any length, `proposerAddress` 20 bytes; none of it is checked here. */
export interface Header {
  version: ConsensusVersion
  chainId: string
  height: bigint
  time: Timestamp
  lastBlockId: BlockID
  lastCommitHash: Uint8Array
  dataHash: Uint8Array
  validatorsHash: Uint8Array
  nextValidatorsHash: Uint8Array
  consensusHash: Uint8Array
  appHash: Uint8Array
  lastResultsHash: Uint8Array
  evidenceHash: Uint8Array
  proposerAddress: Uint8Array
}
export const header = message<Header>('tendermint.types.Header', types.Header, {
  version: embedded(consensusVersion),
  chainId: string,
  height: int64,
  time,
  lastBlockId: embedded(blockId),
  lastCommitHash: bytes,
  dataHash: bytes,
  validatorsHash: bytes,
  nextValidatorsHash: bytes,
  consensusHash: bytes,
  appHash: bytes,
  lastResultsHash: bytes,
  evidenceHash: bytes,
  proposerAddress: bytes
})

/** The transactions of a block. */
export interface Data {
  txs: Uint8Array[]
}
export const data = message<Data>('tendermint.types.Data', types.Data, { txs: bytesList })

/** One validator's entry of a commit. */
export interface CommitSig {
  /** One of `BLOCK_ID_FLAG`. */
  blockIdFlag: number
  validatorAddress: Uint8Array
  timestamp: Timestamp
  signature: Uint8Array
}
const commitSigFields = { blockIdFlag: int32, validatorAddress: bytes, timestamp: time, signature: bytes }
export const commitSig = message<CommitSig>('tendermint.types.CommitSig', types.CommitSig, commitSigFields)

/** The precommits that made a block final, in the order of the validator set. */
export interface Commit {
  height: bigint
  round: number
  blockId: BlockID
  signatures: CommitSig[]
}
const commitFields = { height: int64, round: int32, blockId: embedded(blockId) }
export const commit = message<Commit>('tendermint.types.Commit', types.Commit, {
  ...commitFields,
  signatures: repeated(commitSig)
})

/** A CommitSig with the application's vote extension. */
export interface ExtendedCommitSig extends CommitSig {
  extension: Uint8Array
  extensionSignature: Uint8Array
}
export const extendedCommitSig = message<ExtendedCommitSig>(
  'tendermint.types.ExtendedCommitSig',
  types.ExtendedCommitSig,
  {
    ...commitSigFields,
    extension: bytes,
    extensionSignature: bytes
  }
)

/** A Commit with vote extensions, as block sync sends it where they are enabled. */
export interface ExtendedCommit {
  height: bigint
  round: number
  blockId: BlockID
  extendedSignatures: ExtendedCommitSig[]
}
export const extendedCommit = message<ExtendedCommit>('tendermint.types.ExtendedCommit', types.ExtendedCommit, {
  ...commitFields,
  extendedSignatures: repeated(extendedCommitSig)
})

/** A prevote or precommit. */
export interface Vote {
  /** One of `SIGNED_MSG_TYPE`. */
  type: number
  height: bigint
  round: number
  /** All zero for a nil vote. */
  blockId: BlockID
  timestamp: Timestamp
  validatorAddress: Uint8Array
  validatorIndex: number
  signature: Uint8Array
  extension: Uint8Array
  extensionSignature: Uint8Array
}
export const vote = message<Vote>('tendermint.types.Vote', types.Vote, {
  type: int32,
  height: int64,
  round: int32,
  blockId: embedded(blockId),
  timestamp: time,
  validatorAddress: bytes,
  validatorIndex: int32,
  signature: bytes,
  extension: bytes,
  extensionSignature: bytes
})

/** The proposer's signed announcement of a block. */
export interface Proposal {
  /** `SIGNED_MSG_TYPE.proposal`. */
  type: number
  height: bigint
  round: number
  /** -1: none. */
  polRound: number
  blockId: BlockID
  timestamp: Timestamp
  signature: Uint8Array
}
export const proposal = message<Proposal>('tendermint.types.Proposal', types.Proposal, {
  type: int32,
  height: int64,
  round: int32,
  polRound: int32,
  blockId: embedded(blockId),
  timestamp: time,
  signature: bytes
})

/** A member of a validator set. */
export interface Validator {
  address: Uint8Array
  pubKey: PublicKey
  votingPower: bigint
  proposerPriority: bigint
}
export const validator = message<Validator>('tendermint.types.Validator', types.Validator, {
  address: bytes,
  pubKey: embedded(publicKey),
  votingPower: int64,
  proposerPriority: int64
})

/** Ordered by voting power descending, then by address. */
export interface ValidatorSet {
  validators: Validator[]
  proposer?: Validator
  /** Go writes 0 and ignores what it reads. */
  totalVotingPower: bigint
}
export const validatorSet = message<ValidatorSet>('tendermint.types.ValidatorSet', types.ValidatorSet, {
  validators: repeated(validator),
  proposer: nullable(validator),
  totalVotingPower: int64
})

/** What the validator set hash is made of. */
export interface SimpleValidator {
  pubKey?: PublicKey
  votingPower: bigint
}
export const simpleValidator = message<SimpleValidator>('tendermint.types.SimpleValidator', types.SimpleValidator, {
  pubKey: nullable(publicKey),
  votingPower: int64
})

/** A header and the commit for it. */
export interface SignedHeader {
  header?: Header
  commit?: Commit
}
export const signedHeader = message<SignedHeader>('tendermint.types.SignedHeader', types.SignedHeader, {
  header: nullable(header),
  commit: nullable(commit)
})

/** What a light client verifies. */
export interface LightBlock {
  signedHeader?: SignedHeader
  validatorSet?: ValidatorSet
}
export const lightBlock = message<LightBlock>('tendermint.types.LightBlock', types.LightBlock, {
  signedHeader: nullable(signedHeader),
  validatorSet: nullable(validatorSet)
})

/** Bit i is bit i mod 64 of `elems[i / 64]`. */
export interface BitArray {
  bits: bigint
  elems: bigint[]
}
export const bitArray = message<BitArray>('tendermint.libs.bits.BitArray', types.BitArray, {
  bits: int64,
  elems: uint64List
})
