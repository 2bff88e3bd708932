import type { AddressBook, KeptScore, ScoreSource } from '../interface/address-book.ts'
import type { Clock } from '../interface/clock.ts'
import type { NodeId } from '../interface/node-info.ts'
import { decayed, recalled, type Score, type ScoreEvent, scored, worthKeeping } from './score.ts'

/** Ours: about 100 bytes each. */
const MAX_SCORES = 10_000

/**
 * The scores of nodes, by id. Bounded: past `MAX_SCORES` those that have not changed for longest are forgotten first. They are this object's; a book that can keeps the
 * strongest of them over a restart. During a run they fade by the clock that only grows, whatever the wall clock is set to; only what is kept has wall times.
 */
export class Scores implements ScoreSource {
  readonly #clock: Clock
  /** `at`: of the clock that only grows; below 0 where it was before this run. */
  readonly #scores = new Map<NodeId, Score>()
  #changed: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** From now on they outlive the run, if the book is one that keeps them. Before the book is loaded, so that nobody is judged without what it knows. */
  keepIn(book: Pick<AddressBook, 'keepScores'>): void {
    this.#changed = book.keepScores?.(this)
  }

  of(id: NodeId): number {
    return decayed(this.#scores.get(id), this.#clock.now())
  }

  add(id: NodeId, event: ScoreEvent): void {
    const score = scored(this.#scores.get(id), event, this.#clock.now())
    this.#scores.delete(id)
    this.#scores.set(id, score)
    if (this.#scores.size > MAX_SCORES) this.#scores.delete(this.#scores.keys().next().value as NodeId)
    this.#changed?.()
  }

  get size(): number {
    return this.#scores.size
  }

  kept(): KeptScore[] {
    const now = this.#clock.now()
    const wall = this.#clock.wall()
    return worthKeeping(this.#scores, now).map(({ id, value, at }) => ({
      id,
      value,
      at: Math.max(0, Math.round(wall - (now - at)))
    }))
  }

  recall(kept: readonly KeptScore[]): void {
    const now = this.#clock.now()
    const wall = this.#clock.wall()
    // the oldest are forgotten first, whatever order they are told in
    for (const { id, value, at } of kept.toSorted((a, b) => a.at - b.at)) {
      const known = this.#scores.get(id)
      const score = recalled(known, { value, at: now - (wall - at) }, now)
      if (score === undefined || (known === undefined && this.#scores.size >= MAX_SCORES)) continue
      this.#scores.set(id, score)
    }
  }
}
