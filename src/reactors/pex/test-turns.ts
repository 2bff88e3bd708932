/**
 * Whose turn it is to be test-dialled, of the addresses that the book wants tested: who has waited longest. One that was tried has its next turn after a wait that doubles, so
 * that no address is in the way of others, whatever its tests come to, and nobody whom a stranger names is dialled over and over. Pure but for the time it is given.
 *
 * Rejected: the book's own order, which is that of arrival. Two addresses whose tests came to nothing, of nodes that we were connected with, kept all others from theirs.
 */
import type { NetAddress } from '../../interface/net-address.ts'

/** Ours: by then a test that failed counts, where somebody far is a peer all the while. */
export const FIRST_WAIT_MS = 240_000
/** Ours: 64 minutes are the longest wait. */
const MAX_DOUBLINGS = 4
const LONGEST_WAIT_MS = FIRST_WAIT_MS * 2 ** MAX_DOUBLINGS
/** Ours: all that the book wants tested at once, and those that were tried in the last hours; past it the one that was tried longest ago is forgotten. */
const MAX_TURNS = 1_024

interface Turn {
  readonly dueAt: number
  readonly tries: number
}

export class TestTurns {
  readonly #turns = new Map<string, Turn>()

  /** Those of `wanted`, which are in order of arrival, whose turn it is, at most `n`. They count as tried from now on. */
  next(wanted: readonly NetAddress[], now: number, n: number): NetAddress[] {
    this.#forget(new Set(wanted.map(String)), now)
    for (const address of wanted)
      if (!this.#turns.has(String(address))) this.#put(String(address), { dueAt: now, tries: 0 })
    const dueAt = (address: NetAddress) => this.#turns.get(String(address))?.dueAt ?? now
    const due = wanted
      .filter((address) => dueAt(address) <= now)
      .sort((a, b) => dueAt(a) - dueAt(b))
      .slice(0, n)
    for (const address of due) this.#tried(String(address), now)
    return due
  }

  get size(): number {
    return this.#turns.size
  }

  #tried(key: string, now: number): void {
    const tries = this.#turns.get(key)?.tries ?? 0
    const waitMs = FIRST_WAIT_MS * 2 ** Math.min(tries, MAX_DOUBLINGS)
    this.#put(key, { dueAt: now + waitMs, tries: tries + 1 })
  }

  /** Who is not wanted any more may be told again at once: the wait goes on, and goes on growing. */
  #forget(wanted: ReadonlySet<string>, now: number): void {
    for (const [key, { dueAt, tries }] of this.#turns)
      if (!wanted.has(key) && (tries === 0 || now - dueAt >= LONGEST_WAIT_MS)) this.#turns.delete(key)
  }

  #put(key: string, turn: Turn): void {
    // last in the map, so that the first is the one to forget
    this.#turns.delete(key)
    this.#turns.set(key, turn)
    if (this.#turns.size <= MAX_TURNS) return
    const oldest = this.#turns.keys().next().value
    if (oldest !== undefined) this.#turns.delete(oldest)
  }
}
