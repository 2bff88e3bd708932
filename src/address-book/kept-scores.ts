/**
 * Scores that are saved with the book (issue 5, "Judging peers": forgets nothing over a restart). They are the switch's, which decides what is worth keeping and how it
 * fades; here is what was read and nobody has taken yet, and who is asked before a save. Rejected: a score in each entry, which would bind it to an address: who
 * misbehaved is often in no book at all.
 */
import { isNodeId } from '../identity/node-id.ts'
import type { KeptScore, ScoreSource } from '../interface/address-book.ts'

/** As many as the switch judges in a run. Those beyond it are not read. */
const MAX_STORED = 10_000

export class KeptScores {
  #source: ScoreSource | undefined
  /** Read, and taken by nobody. */
  #waiting: readonly KeptScore[] = []

  /** See `AddressBook.keepScores`. */
  hand(source: ScoreSource): void {
    if (source === this.#source) return
    const known = this.all()
    this.#source = source
    this.#waiting = []
    if (known.length > 0) source.recall(known)
  }

  all(): readonly KeptScore[] {
    return this.#source?.kept() ?? this.#waiting
  }

  /** What is no score is left out. `allows`: may anything be known of that node? Returns how many were taken. */
  restore(stored: readonly KeptScore[], allows: (score: KeptScore) => boolean): number {
    const scores = stored.slice(0, MAX_STORED).filter((score) => isKeptScore(score) && allows(score))
    if (this.#source === undefined) this.#waiting = scores
    else if (scores.length > 0) this.#source.recall(scores)
    return scores.length
  }
}

export function isKeptScore(value: unknown): value is KeptScore {
  if (typeof value !== 'object' || value === null) return false
  const { id, value: score, at } = value as Record<string, unknown>
  return typeof id === 'string' && isNodeId(id) && Number.isFinite(score) && Number.isFinite(at) && (at as number) >= 0
}
