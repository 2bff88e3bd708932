/**
 * What we think of a node, as one number from -100 to 100 that halves every six hours (issue 5, "Judging peers"), also while we are down. Pure: no clock, no store;
 * scores.ts keeps them for a run, the address book over a restart.
 *
 * It moves by what a node did, not by what it said: how its connections ended, what reactors said of it, how many messages it brought. A connection that is merely
 * lost moves nothing, nor does a dial that fails: both happen to everybody at once when our own line is down (D-21), and the address book counts an address's failures.
 */
import type { KeptScore } from '../interface/address-book.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { StopKind } from '../interface/stop-reason.ts'

/** Ours: a day later a sixteenth is left of it. */
export const SCORE_HALF_LIFE_MS = 6 * 3_600_000
export const MAX_SCORE = 100

/** Ours: less than this makes a reconnection wait 3 % longer at most. */
export const LEAST_KEPT = 1
/** Ours, of the worst and of the best each: some 250 KB in a file. Bad names cost a stranger next to nothing, and must not push out the good ones. */
export const MAX_KEPT_OF_A_KIND = 1_000

/** As it was at a moment. */
export interface Score {
  readonly value: number
  /** ms, of whatever clock the caller reads. */
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
      /** How long it took to answer when it came; undefined: it did not. */
      readonly latencyMs?: number | undefined
    }

/** Ours: misbehaviour twice is as bad as it gets; a reactor's praise five times as good as half. */
const POINTS = { good: 10, bad: -60, misbehaviour: -50, protocol: -25, incompatible: -10, opaque: -5 } as const
/** An hour of company, and a thousand messages, are worth five each; more is not worth more than this. */
const MAX_COMPANY_POINTS = 10
/** An hour with one who answers at once, half of it per 200 ms. Little, since whoever sends all the time answers at once too. Ours. */
const NEAR_POINTS = 2
const NEAR_HALF_MS = 200

/** The score at `now`, decayed. A clock that went back decays nothing. */
export function decayed(score: Score | undefined, now: number): number {
  if (score === undefined) return 0
  const age = Math.max(0, now - score.at)
  return score.value * 0.5 ** (age / SCORE_HALF_LIFE_MS)
}

/** The score after an event. */
export function scored(before: Score | undefined, event: ScoreEvent, now: number): Score {
  return { value: bounded(decayed(before, now) + pointsOf(event)), at: now }
}

/** What is worth keeping over a restart: the strongest opinions, good or bad, as they are at `now`. */
export function worthKeeping(scores: Iterable<readonly [NodeId, Score]>, now: number): KeptScore[] {
  const strong = [...scores]
    .map(([id, score]) => ({ id, ...score, today: decayed(score, now) }))
    .filter(({ today }) => Math.abs(today) >= LEAST_KEPT)
    .sort((a, b) => Math.abs(b.today) - Math.abs(a.today))
  const bad = strong.filter(({ today }) => today < 0).slice(0, MAX_KEPT_OF_A_KIND)
  const good = strong.filter(({ today }) => today > 0).slice(0, MAX_KEPT_OF_A_KIND)
  return [...bad, ...good].map(({ id, value, at }) => ({ id, value, at }))
}

/**
 * The score of a node that has one of an earlier run as well: what was learnt since adds to it. A moment that is still to come counts as now, so that a clock that was
 * set back makes nothing last. Undefined: nothing worth knowing is left.
 */
export function recalled(known: Score | undefined, kept: Score, now: number): Score | undefined {
  const before = { value: bounded(kept.value), at: Math.min(kept.at, now) }
  if (Math.abs(decayed(before, now)) < LEAST_KEPT) return known
  return known === undefined ? before : { value: bounded(decayed(known, now) + decayed(before, now)), at: now }
}

/** What an event is worth, before the bounds. */
export function pointsOf(event: ScoreEvent): number {
  if (event.event !== 'stopped') return POINTS[event.event]
  const { kind, by, aliveMs, messages, latencyMs } = event
  const hours = Math.min(1, Math.max(0, aliveMs) / 3_600_000)
  const near = latencyMs === undefined ? 0 : NEAR_POINTS * 0.5 ** (Math.max(0, latencyMs) / NEAR_HALF_MS)
  const company = Math.min(MAX_COMPANY_POINTS, (5 + near) * hours + 0.5 * Math.log2(1 + Math.max(0, messages)))
  if (kind === 'misbehaviour' || kind === 'protocol' || kind === 'incompatible') return POINTS[kind]
  // Go's reactors give errors of their own as reasons, for faults and for trifles alike
  if (kind === undefined && by === 'us') return POINTS.opaque
  return company
}

function bounded(value: number): number {
  return Math.max(-MAX_SCORE, Math.min(MAX_SCORE, value))
}

/** By how much longer we wait before we dial that node again: 1 for a score of 0 and above, 4 at the worst. */
export function delayFactor(score: number): number {
  return 1 + (3 * Math.max(0, Math.min(MAX_SCORE, -score))) / MAX_SCORE
}
