/**
 * What we think of a node, as one number from -100 to 100 that halves every six hours (issue 5, "Judging peers"). Pure: no clock, no store; scores.ts keeps them.
 *
 * It moves by what a node did, not by what it said: how its connections ended, what reactors said of it, how many messages it brought. A connection that is merely
 * lost moves nothing, nor does a dial that fails: both happen to everybody at once when our own line is down (D-21), and the address book counts an address's failures.
 */
import type { StopKind } from '../interface/stop-reason.ts'

/** Ours: a day later a sixteenth is left of it. */
export const SCORE_HALF_LIFE_MS = 6 * 3_600_000
export const MAX_SCORE = 100

/** As it was at a moment. */
export interface Score {
  readonly value: number
  /** Wall ms. */
  readonly at: number
}

export type ScoreEvent =
  /** `switch.markPeerAsGood`, `markPeerAsBad`. */
  | { readonly event: 'good' | 'bad' }
  /** A peer has left. `kind` undefined: a reactor's own reason, given to stopPeerForError. */
  | {
      readonly event: 'stopped'
      readonly kind: StopKind | undefined
      readonly by: 'us' | 'remote'
      readonly aliveMs: number
      /** Messages that reactors took from it. */
      readonly messages: number
    }

/** Ours: misbehaviour twice is as bad as it gets; a reactor's praise five times as good as half. */
const POINTS = { good: 10, bad: -60, misbehaviour: -50, protocol: -25, incompatible: -10, opaque: -5 } as const
/** An hour of company, and a thousand messages, are worth five each; more is not worth more than this. */
const MAX_COMPANY_POINTS = 10

/** The score at `now`, decayed. A clock that went back decays nothing. */
export function decayed(score: Score | undefined, now: number): number {
  if (score === undefined) return 0
  const age = Math.max(0, now - score.at)
  return score.value * 0.5 ** (age / SCORE_HALF_LIFE_MS)
}

/** The score after an event. */
export function scored(before: Score | undefined, event: ScoreEvent, now: number): Score {
  const value = decayed(before, now) + pointsOf(event)
  return { value: Math.max(-MAX_SCORE, Math.min(MAX_SCORE, value)), at: now }
}

/** What an event is worth, before the bounds. */
export function pointsOf(event: ScoreEvent): number {
  if (event.event !== 'stopped') return POINTS[event.event]
  const { kind, by, aliveMs, messages } = event
  const hours = Math.max(0, aliveMs) / 3_600_000
  const company = Math.min(MAX_COMPANY_POINTS, Math.min(5, 5 * hours) + 0.5 * Math.log2(1 + Math.max(0, messages)))
  if (kind === 'misbehaviour' || kind === 'protocol' || kind === 'incompatible') return POINTS[kind]
  // Go's reactors give errors of their own as reasons, for faults and for trifles alike
  if (kind === undefined && by === 'us') return POINTS.opaque
  return company
}

/** By how much longer we wait before we dial that node again: 1 for a score of 0 and above, 4 at the worst. */
export function delayFactor(score: number): number {
  return 1 + (3 * Math.max(0, Math.min(MAX_SCORE, -score))) / MAX_SCORE
}
