/**
 * Which addresses may be dialled again and when, and which dials have failed so often that the address is given up (p2p/pex/pex_reactor.go dialPeer;
 * spec/addrbook-and-pex.md section 6.2; R-81). Pure but for the time and chance it is given.
 *
 * D-21, a failure counts only while other dials succeed: it is held back until a dial or test dial comes through. If no more than `STRETCH_MS` have passed by then since the
 * first of them, or somebody has been a peer since before it, each address that failed in between has failed once. Otherwise our own line may have been down, and all of it is
 * forgotten, the waits too. Failed test dials are held back alike, or a lost uplink would cost the book its proven addresses. Who is near, on this machine or in a network of
 * ours, says nothing of those who are far, nor they of him: his line is another one.
 *
 * A full node may dial nobody but the dead. So a failure also counts, without any success, where somebody was a peer before it and is one still when he would have been lost
 * with our line.
 *
 * Rejected: looking at the time between the two successes, which counts all failures of an outage of minutes, and none of a node that dials once an hour.
 *
 * Rejected: Go's key, `ip:port` alone. Made-up ids told at a node's own address would then have that node given up.
 */
import { isNear } from '../../identity/reachability.ts'
import type { Random } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'

/** p2p/pex/pex_reactor.go maxAttemptsToDial. */
export const MAX_DIAL_ATTEMPTS = 16
/** Ours: ten dials that take their whole 3 s; a line that is down for longer costs nobody anything, and a shorter time each address one try of sixteen. */
export const STRETCH_MS = 30_000
/** Ours: by then a dead line has ended all peers that it led to; on the classic stack, as in Go, that takes 105 s. */
export const LINE_LOST_MS = 120_000
/** Ours: two test dials begin in 30 s. */
const MAX_TESTS = 64
/** Ours: beside the book's own bound of some 20 000 entries; past it the one that was dialled longest ago is forgotten. */
const MAX_HISTORIES = 4_096
/** Ours: who answered and refused is there, so it is asked again at least so often. 2^9 s is the last wait below it. */
const MAX_REFUSED_WAIT_MS = 600_000

export type DialVerdict = 'dial' | 'too-early' | 'exhausted'

/** What counts from now on: addresses whose dials have failed, and those whose test dials have. */
export interface Failures {
  readonly dials: readonly NetAddress[]
  readonly tests: readonly NetAddress[]
}

/** Failures of an address since a dial of whatever address last came through. */
interface HeldBack {
  /** As `Failures` names it. */
  readonly address: NetAddress
  readonly times: number
  /** Those of them before which somebody who is a peer now was one already, and when the first of these was, ms. */
  readonly witnessed: number
  readonly witnessedSince: number
}

interface History {
  readonly address: NetAddress
  /** Failures that count. */
  attempts: number
  heldBack: HeldBack | undefined
  /** Answers that were no. */
  refusals: number
  lastAt: number
  /** Drawn when it was last dialled, ms. */
  jitterMs: number
  /** What came of that, for people. */
  why: string
}

export class DialHistory {
  readonly #random: Random
  readonly #companySince: (near: boolean) => number
  readonly #histories = new Map<string, History>()
  /** Failed test dials. */
  readonly #tests = new Map<string, HeldBack>()
  /** When the first dial failed since one last came through, ms; of those who are near, and of the others. */
  readonly #failingSince = new Map<boolean, number>()

  /** `companySince`: since when, ms, somebody near or far has been a peer without a break. @default nobody is */
  constructor(random: Random, companySince: (near: boolean) => number = () => Number.POSITIVE_INFINITY) {
    this.#random = random
    this.#companySince = companySince
  }

  /** `maxWaitMs`: the longest wait, for a persistent address, which is never exhausted; undefined for others. */
  verdict(address: NetAddress, now: number, persistent: boolean, maxWaitMs = Number.POSITIVE_INFINITY): DialVerdict {
    const history = this.#histories.get(keyOf(address))
    if (history === undefined) return 'dial'
    if (!persistent && history.attempts > MAX_DIAL_ATTEMPTS) return 'exhausted'
    return now - history.lastAt < waitMs(history, persistent ? maxWaitMs : Number.POSITIVE_INFINITY)
      ? 'too-early'
      : 'dial'
  }

  /** Does the node rest that was there the last time, whatever came of it? That is about the node, and holds for its other addresses too. As `verdict`. */
  isResting(address: NetAddress, now: number, persistent: boolean, maxWaitMs = Number.POSITIVE_INFINITY): boolean {
    const history = this.#histories.get(keyOf(address))
    if (history === undefined) return false
    return now - history.lastAt < Math.min(restMs(history), persistent ? maxWaitMs : Number.POSITIVE_INFINITY)
  }

  /** Why the address waits, for people, and for how much longer, ms; undefined: it does not, or is exhausted. As `verdict`. */
  waiting(
    address: NetAddress,
    now: number,
    persistent: boolean,
    maxWaitMs = Number.POSITIVE_INFINITY
  ): { readonly why: string; readonly leftMs: number } | undefined {
    const history = this.#histories.get(keyOf(address))
    if (history === undefined || this.verdict(address, now, persistent, maxWaitMs) !== 'too-early') return undefined
    const leftMs = history.lastAt + waitMs(history, persistent ? maxWaitMs : Number.POSITIVE_INFINITY) - now
    return { why: history.why, leftMs }
  }

  /** The address is right: a dial or a test dial has reached the node. Whether it keeps us as a peer is still to be seen. */
  reached(address: NetAddress, now: number): Failures {
    const history = this.#histories.get(keyOf(address))
    if (history !== undefined) {
      history.attempts = 0
      history.heldBack = undefined
    }
    this.#tests.delete(keyOf(address))
    return this.#cameThrough(address, now)
  }

  /** Somebody was there, and it came to nothing all the same: a wait, no failure. */
  refused(address: NetAddress, now: number, why = 'it would not have us'): Failures {
    const history = this.#touch(address, now, why)
    history.attempts = 0
    history.heldBack = undefined
    history.refusals++
    return this.#cameThrough(address, now)
  }

  /** We did not want it before we had connected, or it was a peer for a moment only: a wait, and nothing is known. */
  postponed(address: NetAddress, now: number, why = 'the dial came to nothing'): void {
    this.#touch(address, now, why).refusals++
  }

  /** Nobody there, or not in time. `told`: the address that `Failures` names for it, another one of its node that the dial began with. */
  failed(address: NetAddress, now: number, { told = address, why = 'nobody was there' } = {}): void {
    const history = this.#touch(address, now, why)
    history.heldBack = { ...this.#failing(history.heldBack, address, now), address: told }
  }

  /** The same for a test dial, whose waits test-turns.ts keeps. */
  testFailed(address: NetAddress, now: number): void {
    const key = keyOf(address)
    this.#tests.set(key, this.#failing(this.#tests.get(key), address, now))
    if (this.#tests.size <= MAX_TESTS) return
    const oldest = this.#tests.keys().next().value
    if (oldest !== undefined) this.#tests.delete(oldest)
  }

  /** It was a peer for a good while, or is given up: it begins anew. */
  forget(address: NetAddress): void {
    this.#histories.delete(keyOf(address))
  }

  /** Failures that count, for people and tests. */
  attempts(address: NetAddress): number {
    return this.#histories.get(keyOf(address))?.attempts ?? 0
  }

  /** All failures since it was last reached, those that are held back too. */
  failures(address: NetAddress): number {
    const history = this.#histories.get(keyOf(address))
    return history === undefined ? 0 : failuresOf(history)
  }

  get size(): number {
    return this.#histories.size
  }

  /** Failures that count by now because somebody who was a peer before them has outlasted them. */
  outlasted(now: number): Failures {
    const failures = { dials: [] as NetAddress[], tests: [] as NetAddress[] }
    const lostSince = now - LINE_LOST_MS
    for (const [near, failingSince] of [...this.#failingSince]) {
      const companySince = failingSince > lostSince ? Number.POSITIVE_INFINITY : this.#companySince(near)
      if (companySince > lostSince) continue
      const { dials, tests } = this.#settle(near, ({ witnessed, witnessedSince }) => {
        if (witnessedSince > lostSince) return undefined
        // each of them, or the wait would begin anew; what failed before there was company says nothing any more
        return witnessedSince > companySince ? witnessed : 0
      })
      failures.dials.push(...dials)
      failures.tests.push(...tests)
    }
    return failures
  }

  #failing(before: HeldBack | undefined, address: NetAddress, now: number): HeldBack {
    const near = isNear(address.host)
    if (!this.#failingSince.has(near)) this.#failingSince.set(near, now)
    const times = (before?.times ?? 0) + 1
    return before !== undefined && this.#companySince(near) < before.witnessedSince
      ? { ...before, times, witnessed: before.witnessed + 1 }
      : { address, times, witnessed: 1, witnessedSince: now }
  }

  #cameThrough({ host }: NetAddress, now: number): Failures {
    const near = isNear(host)
    const since = this.#failingSince.get(near) ?? now
    const counts = now - since <= STRETCH_MS || this.#companySince(near) < since
    return this.#settle(near, () => (counts ? 1 : 0))
  }

  /** Ends what is held back of those who are near, or of the others. `timesOf`: how often it counts; undefined: it stays held back. */
  #settle(near: boolean, timesOf: (heldBack: HeldBack) => number | undefined): Failures {
    const failures = { dials: [] as NetAddress[], tests: [] as NetAddress[] }
    let failingSince = Number.POSITIVE_INFINITY
    const settled = (heldBack: HeldBack, counted: NetAddress[]) => {
      const times = timesOf(heldBack)
      if (times === undefined) failingSince = Math.min(failingSince, heldBack.witnessedSince)
      else if (times > 0) counted.push(heldBack.address)
      return times
    }
    for (const [key, test] of this.#tests)
      if (isNear(test.address.host) === near && settled(test, failures.tests) !== undefined) this.#tests.delete(key)
    for (const history of this.#histories.values()) {
      if (history.heldBack === undefined || isNear(history.address.host) !== near) continue
      const times = settled(history.heldBack, failures.dials)
      if (times === undefined) continue
      history.attempts += times
      history.heldBack = undefined
    }
    if (failingSince === Number.POSITIVE_INFINITY) this.#failingSince.delete(near)
    else this.#failingSince.set(near, failingSince)
    return failures
  }

  #touch(address: NetAddress, now: number, why: string): History {
    const key = keyOf(address)
    const known = this.#histories.get(key) ?? { address, attempts: 0, heldBack: undefined, refusals: 0 }
    const history: History = { ...known, lastAt: now, jitterMs: this.#random() * 1_000, why }
    // last in the map, so that the first is the one to forget
    this.#histories.delete(key)
    this.#histories.set(key, history)
    if (this.#histories.size > MAX_HISTORIES) {
      const oldest = this.#histories.keys().next().value
      if (oldest !== undefined) this.#histories.delete(oldest)
    }
    return history
  }
}

/** The id counts where there is one: two nodes behind one address are two. */
function keyOf(address: NetAddress): string {
  return address.host === '' ? String(address) : `${address.form} ${address.id}@${address.dialString()}`
}

/** Go's: up to a second, and 2 to the number of failures, in seconds. */
function waitMs(history: History, maxMs: number): number {
  const failures = failuresOf(history)
  const failed = failures === 0 ? 0 : history.jitterMs + 2 ** Math.min(failures, MAX_DIAL_ATTEMPTS + 1) * 1_000
  return Math.min(Math.max(failed, restMs(history)), maxMs)
}

function failuresOf({ attempts, heldBack }: History): number {
  return attempts + (heldBack?.times ?? 0)
}

function restMs({ refusals, jitterMs }: History): number {
  return refusals === 0 ? 0 : Math.min(jitterMs + 2 ** Math.min(refusals, 30) * 1_000, MAX_REFUSED_WAIT_MS)
}
