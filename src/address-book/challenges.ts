/**
 * Test before evict: a node that we have reached wants into a full bucket of old ones. Go throws out the one that was tried longest ago, so whoever can offer many
 * reachable ids empties the bucket of honest nodes; here the newcomer waits while the weakest of the bucket is test-dialled, and has its place only if that fails. The
 * idea is Bitcoin Core's. Bounded: one newcomer per incumbent, `MAX_CHALLENGES` in all.
 */
import type { NodeId } from '../interface/node-info.ts'

/** Ours: half an hour of test dials at two each 30 s. */
export const MAX_CHALLENGES = 64

/** Ours (Bitcoin Core's is the same): who was reached that lately is not tested, and keeps its place. */
export const FRESH_MS = 4 * 3_600_000

export class Challenges {
  readonly #newcomers = new Map<NodeId, NodeId>()
  readonly #incumbents = new Map<NodeId, NodeId>()

  /** False if one of them is in a challenge already, or there are enough. */
  add(incumbent: NodeId, newcomer: NodeId): boolean {
    if (this.#newcomers.size >= MAX_CHALLENGES) return false
    if (this.#newcomers.has(incumbent) || this.#incumbents.has(newcomer)) return false
    this.#newcomers.set(incumbent, newcomer)
    this.#incumbents.set(newcomer, incumbent)
    return true
  }

  isWaiting(newcomer: NodeId): boolean {
    return this.#incumbents.has(newcomer)
  }

  isChallenged(incumbent: NodeId): boolean {
    return this.#newcomers.has(incumbent)
  }

  /** Those to be tested, the longest waited for first. */
  incumbents(): Iterable<NodeId> {
    return this.#newcomers.keys()
  }

  /** Ends the challenge in which `id` is either side; who was waiting, if `id` was the incumbent. */
  end(id: NodeId): NodeId | undefined {
    const newcomer = this.#newcomers.get(id)
    const incumbent = newcomer === undefined ? this.#incumbents.get(id) : id
    if (incumbent === undefined) return undefined
    this.#incumbents.delete(this.#newcomers.get(incumbent)!)
    this.#newcomers.delete(incumbent)
    return newcomer
  }
}
