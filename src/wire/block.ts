/** Blocks and evidence (spec/reactors-and-messages.md section 3): apart from the other types because the two contain each other's parts. */
import { embedded, int64, nullable, repeated, time } from '../proto/fields.ts'
import { envelope, message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import {
  type Commit,
  commit,
  type Data,
  data,
  type Header,
  header,
  type LightBlock,
  lightBlock,
  type Timestamp,
  type Validator,
  type Vote,
  validator,
  vote
} from './chain-types.ts'

const { types } = tendermint

/** One validator signed two votes for the same height, round and type. */
export interface DuplicateVoteEvidence {
  voteA?: Vote
  voteB?: Vote
  totalVotingPower: bigint
  validatorPower: bigint
  timestamp: Timestamp
}
export const duplicateVoteEvidence = message<DuplicateVoteEvidence>(
  'tendermint.types.DuplicateVoteEvidence',
  types.DuplicateVoteEvidence,
  { voteA: nullable(vote), voteB: nullable(vote), totalVotingPower: int64, validatorPower: int64, timestamp: time }
)

/** Validators signed a block of another history. */
export interface LightClientAttackEvidence {
  conflictingBlock?: LightBlock
  commonHeight: bigint
  byzantineValidators: Validator[]
  totalVotingPower: bigint
  timestamp: Timestamp
}
export const lightClientAttackEvidence = message<LightClientAttackEvidence>(
  'tendermint.types.LightClientAttackEvidence',
  types.LightClientAttackEvidence,
  {
    conflictingBlock: nullable(lightBlock),
    commonHeight: int64,
    byzantineValidators: repeated(validator),
    totalVotingPower: int64,
    timestamp: time
  }
)

/** The evidence hash takes the bytes of the inner message (`duplicateVoteEvidence.encode`), not those of this wrapper. */
export type Evidence =
  | ({ type: 'duplicateVoteEvidence' } & DuplicateVoteEvidence)
  | ({ type: 'lightClientAttackEvidence' } & LightClientAttackEvidence)
  | { type: 'unknown' }
export const evidence = envelope<Evidence>('tendermint.types.Evidence', types.Evidence, {
  duplicateVoteEvidence,
  lightClientAttackEvidence
})

/** Also the message of channel 0x38, which has no oneof around it. */
export interface EvidenceList {
  evidence: Evidence[]
}
export const evidenceList = message<EvidenceList>('tendermint.types.EvidenceList', types.EvidenceList, {
  evidence: repeated(evidence)
})

/** A block; `lastCommit` is present in all that are valid. */
export interface Block {
  header: Header
  data: Data
  evidence: EvidenceList
  lastCommit?: Commit
}
export const block = message<Block>('tendermint.types.Block', types.Block, {
  header: embedded(header),
  data: embedded(data),
  evidence: embedded(evidenceList),
  lastCommit: nullable(commit)
})
