/** What validators sign (spec reactors-and-messages section 5): canonical messages behind a uvarint of their length. */
import {
  BLOCK_ID_FLAG,
  type BlockID,
  type Commit,
  canonicalProposal,
  canonicalVote,
  canonicalVoteExtension,
  type ExtendedCommit,
  type Proposal,
  SIGNED_MSG_TYPE,
  type Vote
} from '../wire/codec.ts'
import { isZeroBlockId } from './block-id.ts'

/** A vote's sign bytes. Neither the voter nor the extension is in them. */
export function voteSignBytes(
  chainId: string,
  vote: Pick<Vote, 'type' | 'height' | 'round' | 'blockId' | 'timestamp'>
): Uint8Array {
  const { type, height, timestamp } = vote
  const message = { type, height, round: BigInt(vote.round), timestamp, chainId }
  return delimited(canonicalVote.encode(isZeroBlockId(vote.blockId) ? message : { ...message, blockId: vote.blockId }))
}

const NO_BLOCK: BlockID = { hash: new Uint8Array(0), partSetHeader: { total: 0, hash: new Uint8Array(0) } }

/** What the validator at `index` of a commit signed: a precommit for its block, or for nil. */
export function commitSignBytes(chainId: string, commit: Commit, index: number): Uint8Array {
  const { blockIdFlag, timestamp } = commit.signatures[index]!
  const blockId = blockIdFlag === BLOCK_ID_FLAG.commit ? commit.blockId : NO_BLOCK
  const { height, round } = commit
  return voteSignBytes(chainId, { type: SIGNED_MSG_TYPE.precommit, height, round, blockId, timestamp })
}

/** What the validator at `index` of an extended commit signed beside its vote. */
export function extensionSignBytes(
  chainId: string,
  commit: Pick<ExtendedCommit, 'height' | 'round'>,
  extension: Uint8Array
): Uint8Array {
  const { height, round } = commit
  return delimited(canonicalVoteExtension.encode({ extension, height, round: BigInt(round), chainId }))
}

export function proposalSignBytes(chainId: string, proposal: Proposal): Uint8Array {
  const { height, timestamp, blockId } = proposal
  const message = {
    type: SIGNED_MSG_TYPE.proposal,
    height,
    round: BigInt(proposal.round),
    polRound: BigInt(proposal.polRound),
    timestamp,
    chainId
  }
  return delimited(canonicalProposal.encode(isZeroBlockId(blockId) ? message : { ...message, blockId }))
}

function delimited(message: Uint8Array): Uint8Array {
  const prefix: number[] = []
  let length = message.length
  while (length >= 0x80) {
    prefix.push((length & 0x7f) | 0x80)
    length >>>= 7
  }
  prefix.push(length)
  const bytes = new Uint8Array(prefix.length + message.length)
  bytes.set(prefix)
  bytes.set(message, prefix.length)
  return bytes
}
