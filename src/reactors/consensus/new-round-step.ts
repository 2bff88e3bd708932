/**
 * When a NewRoundStep is one that an honest node sends (consensus/reactor.go NewRoundStepMessage.ValidateBasic and ValidateHeight;
 * spec/reactors-and-messages.md section 7.2).
 */
import type { ConsensusMessage } from '../../wire/consensus-message.ts'

export type NewRoundStep = Extract<ConsensusMessage, { type: 'newRoundStep' }>

/** RoundStepNewHeight and RoundStepCommit (consensus/types/round_state.go). */
export const STEP_NEW_HEIGHT = 1
const STEP_COMMIT = 8

/** Undefined if the fields can be true on some chain, else which one cannot. `secondsSinceStartTime` may be anything. */
export function checkNewRoundStep({ height, round, step, lastCommitRound }: NewRoundStep): string | undefined {
  if (height < 0n) return `height: ${height} is negative`
  if (round < 0) return `round: ${round} is negative`
  if (step < STEP_NEW_HEIGHT || step > STEP_COMMIT) return `step: ${step} is not one of 1 to 8`
  if (lastCommitRound < -1) return `last_commit_round: ${lastCommitRound} is below -1`
  return undefined
}

/** Undefined if the fields can be true on a chain whose first block is at `initialHeight`. */
export function checkAgainstInitialHeight(
  { height, lastCommitRound }: NewRoundStep,
  initialHeight: bigint
): string | undefined {
  if (height < initialHeight) return `height: ${height} is below the initial height ${initialHeight}`
  if (height === initialHeight && lastCommitRound !== -1)
    return `last_commit_round: ${lastCommitRound} at the initial height, where there is no last commit`
  if (height > initialHeight && lastCommitRound < 0)
    return `last_commit_round: ${lastCommitRound} above the initial height ${initialHeight}`
  return undefined
}
