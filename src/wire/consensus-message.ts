/**
 * The messages of channels 0x20 to 0x23 (spec/reactors-and-messages.md section 7). A vote's type is `voteType` where Go has `type`, because `type` names the
 * message. Which message belongs on which channel is the reactor's business.
 */
import { bool, embedded, int32, int64, nullable, uint32 } from '../proto/fields.ts'
import { envelope, message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'
import {
  type BitArray,
  type BlockID,
  bitArray,
  blockId,
  type Part,
  type PartSetHeader,
  type Proposal,
  part,
  partSetHeader,
  proposal,
  type Vote,
  vote
} from './chain-types.ts'

const { consensus } = tendermint

export type ConsensusMessage =
  | {
      type: 'newRoundStep'
      height: bigint
      round: number
      /** 1 to 8. */
      step: number
      /** May be negative. */
      secondsSinceStartTime: bigint
      /** -1 at the initial height. */
      lastCommitRound: number
    }
  | {
      type: 'newValidBlock'
      height: bigint
      round: number
      blockPartSetHeader: PartSetHeader
      blockParts?: BitArray
      isCommit: boolean
    }
  | { type: 'proposal'; proposal: Proposal }
  | { type: 'proposalPol'; height: bigint; proposalPolRound: number; proposalPol: BitArray }
  | { type: 'blockPart'; height: bigint; round: number; part: Part }
  | { type: 'vote'; vote?: Vote }
  | { type: 'hasVote'; height: bigint; round: number; voteType: number; index: number }
  | { type: 'voteSetMaj23'; height: bigint; round: number; voteType: number; blockId: BlockID }
  | { type: 'voteSetBits'; height: bigint; round: number; voteType: number; blockId: BlockID; votes: BitArray }
  | { type: 'unknown' }

const hrt = { height: int64, round: int32, voteType: int32 }

export const consensusMessage = envelope<ConsensusMessage>('tendermint.consensus.Message', consensus.Message, {
  newRoundStep: message('tendermint.consensus.NewRoundStep', consensus.NewRoundStep, {
    height: int64,
    round: int32,
    step: uint32,
    secondsSinceStartTime: int64,
    lastCommitRound: int32
  }),
  newValidBlock: message('tendermint.consensus.NewValidBlock', consensus.NewValidBlock, {
    height: int64,
    round: int32,
    blockPartSetHeader: embedded(partSetHeader),
    blockParts: nullable(bitArray),
    isCommit: bool
  }),
  proposal: message('tendermint.consensus.Proposal', consensus.Proposal, { proposal: embedded(proposal) }),
  proposalPol: message('tendermint.consensus.ProposalPOL', consensus.ProposalPOL, {
    height: int64,
    proposalPolRound: int32,
    proposalPol: embedded(bitArray)
  }),
  blockPart: message('tendermint.consensus.BlockPart', consensus.BlockPart, {
    height: int64,
    round: int32,
    part: embedded(part)
  }),
  vote: message('tendermint.consensus.Vote', consensus.Vote, { vote: nullable(vote) }),
  hasVote: message('tendermint.consensus.HasVote', consensus.HasVote, { ...hrt, index: int32 }),
  voteSetMaj23: message('tendermint.consensus.VoteSetMaj23', consensus.VoteSetMaj23, {
    ...hrt,
    blockId: embedded(blockId)
  }),
  voteSetBits: message('tendermint.consensus.VoteSetBits', consensus.VoteSetBits, {
    ...hrt,
    blockId: embedded(blockId),
    votes: embedded(bitArray)
  })
})
