import type { Clock } from '../interface/clock.ts'
import type { NodeId } from '../interface/node-info.ts'
import { decayed, type Score, type ScoreEvent, scored } from './score.ts'

/** Ours: about 100 bytes each. */
const MAX_SCORES = 10_000

/** The scores of nodes, by id. Bounded: past `MAX_SCORES` those that have not changed for longest are forgotten first. For this run only: what is to outlive it, the address book keeps. */
export class Scores {
  readonly #clock: Clock
  readonly #scores = new Map<NodeId, Score>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  of(id: NodeId): number {
    return decayed(this.#scores.get(id), this.#clock.wall())
  }

  add(id: NodeId, event: ScoreEvent): void {
    const score = scored(this.#scores.get(id), event, this.#clock.wall())
    this.#scores.delete(id)
    this.#scores.set(id, score)
    if (this.#scores.size <= MAX_SCORES) return
    const oldest = this.#scores.keys().next().value
    if (oldest !== undefined) this.#scores.delete(oldest)
  }

  get size(): number {
    return this.#scores.size
  }
}
