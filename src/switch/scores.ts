import type { AddressBook, KeptScore, ScoreSource } from '../interface/address-book.ts'
import type { Clock } from '../interface/clock.ts'
import type { NodeId } from '../interface/node-info.ts'
import { decayed, recalled, type Score, type ScoreEvent, scored, worthKeeping } from './score.ts'

/** Ours: about 100 bytes each. */
const MAX_SCORES = 10_000

/**
 * The scores of nodes, by id. Bounded: past `MAX_SCORES` those that have not changed for longest are forgotten first. They are this object's; a book that can keeps the
 * strongest of them over a restart.
 */
export class Scores implements ScoreSource {
  readonly #clock: Clock
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
    return decayed(this.#scores.get(id), this.#clock.wall())
  }

  add(id: NodeId, event: ScoreEvent): void {
    const score = scored(this.#scores.get(id), event, this.#clock.wall())
    this.#scores.delete(id)
    this.#scores.set(id, score)
    if (this.#scores.size > MAX_SCORES) this.#scores.delete(this.#scores.keys().next().value as NodeId)
    this.#changed?.()
  }

  get size(): number {
    return this.#scores.size
  }

  kept(): KeptScore[] {
    return worthKeeping(this.#scores, this.#clock.wall())
  }

  recall(kept: readonly KeptScore[]): void {
    const now = this.#clock.wall()
    // the oldest are forgotten first, whatever order they are told in
    for (const one of kept.toSorted((a, b) => a.at - b.at)) {
      const known = this.#scores.get(one.id)
      const score = recalled(known, one, now)
      if (score === undefined || (known === undefined && this.#scores.size >= MAX_SCORES)) continue
      this.#scores.set(one.id, score)
    }
  }
}
