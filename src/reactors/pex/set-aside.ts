/**
 * Nodes that dialling has given up, or that cannot be peers of ours: out of the book for a while, then back in it (R-70, R-72, R-81, D-21).
 *
 * Rejected: the book's ban list, where Go puts them. Who is banned is refused as an inbound peer as well, and a node that cannot be dialled may still dial us; a
 * connection from it is also the proof that it lives, and ends this. Not persisted: after a restart it is tried again.
 */
import type { Hearsay } from '../../interface/address-book.ts'
import type { NodeId } from '../../interface/node-info.ts'

/** Ours, as many as a switch's bans. */
const MAX_ENTRIES = 10_000
/** Of one node; as many as the book remembers. */
const MAX_HEARSAY = 10

interface Kept {
  readonly hearsay: readonly Hearsay[]
  /** ms, of the clock that only grows. */
  readonly until: number
  readonly why: string
}

export class SetAside {
  readonly #kept = new Map<NodeId, Kept>()

  /** `forMs` from now on. `hearsay`: what comes back then, as it was told; past its bound, the first of it. `why` is for people. Past the bound the one that ends first makes room. */
  add(id: NodeId, hearsay: readonly Hearsay[], now: number, forMs: number, why: string): void {
    this.#kept.set(id, { hearsay: hearsay.slice(0, MAX_HEARSAY), until: now + forMs, why })
    if (this.#kept.size <= MAX_ENTRIES) return
    let soonest: [NodeId, number] | undefined
    for (const [other, { until }] of this.#kept)
      if (soonest === undefined || until < soonest[1]) soonest = [other, until]
    if (soonest !== undefined) this.#kept.delete(soonest[0])
  }

  has(id: NodeId, now: number): boolean {
    return (this.#kept.get(id)?.until ?? Number.NEGATIVE_INFINITY) > now
  }

  /** Why, and for how much longer, ms; undefined: it is not set aside. */
  standing(id: NodeId, now: number): { readonly why: string; readonly leftMs: number } | undefined {
    const kept = this.#kept.get(id)
    return kept !== undefined && kept.until > now ? { why: kept.why, leftMs: kept.until - now } : undefined
  }

  /** It lives: true if it had been set aside. */
  release(id: NodeId): boolean {
    return this.#kept.delete(id)
  }

  /** What was told of those whose time is over, taken out. */
  due(now: number): Hearsay[] {
    const over = [...this.#kept].filter(([, { until }]) => until <= now)
    for (const [id] of over) this.#kept.delete(id)
    return over.flatMap(([, { hearsay }]) => hearsay)
  }

  get size(): number {
    return this.#kept.size
  }
}
