/**
 * One iterative lookup, as Kademlia has it: servers are asked who is closer to a key, and those they name are asked in turn. Which of them next is what this file decides, since
 * anybody may name whom he likes: servers that have answered before come first, then those of whoever has fewest that did not answer. One that is slow to answer lends its place to
 * another and is still heard, so neither those who never answer hold up the others nor is a slow line left out.
 *
 * Rejected: kad-dht's own query, in which one server that names twenty which say nothing has all places for as long as a question may take; and a shorter time for a question, which cuts off
 * who is far away.
 */
import type { PeerId } from '@libp2p/interface'
import { sha256 } from '@noble/hashes/sha2.js'
import { compare } from 'uint8arrays/compare'
import { xor } from 'uint8arrays/xor'
import type { Clock } from '../../../interface/clock.ts'
import { type Deferred, deferred } from '../../../util/deferred.ts'

/** Servers in an honest answer, and those that are told of a provider (kad-dht `kBucketSize`). */
export const CLOSEST = 20
/** Asked at once. Ours: three times Kademlia's alpha, as kad-dht does on three paths. */
const PLACES = 9
/** Under way in all, those that have lent their place among them. Ours. */
const MAX_UNDER_WAY = 2 * PLACES
/** Of those that one has named. Ours: a third, so that others' word is followed, too, while nobody of his answers. */
const MAX_UNDER_WAY_OF_TELLER = 6
/** In one lookup. Ours: several times what finds the closest of ten thousand servers. */
const MAX_ASKED = 100
/** So late an answer is slow. Ours: a connection and a question are some six round trips. */
export const SLOW_ASK_MS = 1_000

/** What one server has answered. */
export interface Answer {
  /** Whom it names; at most `CLOSEST`. */
  readonly closer: readonly PeerId[]
  /** Under what it counts (told-by.ts). */
  readonly teller: string
}

export interface LookupInit {
  readonly clock: Clock
  readonly key: Uint8Array
  /** This node, which is not asked. */
  readonly self: PeerId
  /** Those that have answered before; more of them by `know`. */
  readonly known: Iterable<PeerId>
  /** Asks one; undefined: it has not answered. Never rejects, and settles soon after `signal` has aborted. */
  ask(server: PeerId): Promise<Answer | undefined>
  /** Nobody is asked any more once it has aborted. */
  readonly signal: AbortSignal
}

interface Named {
  readonly id: PeerId
  readonly distance: Uint8Array
  readonly teller: string
}

/** How many of those that one has named have been asked in vain, so far, and how many of them are being asked. */
interface Followed {
  inVain: number
  underWay: number
}

/** The teller of those that were known before. No network and no PeerId is called that. */
const KNOWN = ''

export class Lookup {
  readonly #init: LookupInit
  /** Those that have answered. */
  readonly #closest: Closest
  readonly #seen: Set<string>
  /** Whom nobody has asked yet: no more than `MAX_ASKED` answers have named. */
  readonly #waiting = new Set<Named>()
  readonly #followed = new Map<string, Followed>()
  readonly #looked: Deferred<void> = deferred()
  readonly #ended: Deferred<void> = deferred()
  #asked = 0
  #underWay = 0
  #slow = 0
  #answers = 0

  /** Begins at once. */
  constructor(init: LookupInit) {
    this.#init = init
    this.#closest = new Closest(init.key)
    this.#seen = new Set([String(init.self)])
    for (const id of init.known) this.#learn(id, KNOWN)
    this.#step()
  }

  /** Resolves when somebody has answered, and all who have not are slow; or with `ended`. */
  get looked(): Promise<void> {
    return this.#looked.promise
  }

  /** Resolves when there is nobody left to be asked, and nobody to be waited for. */
  get ended(): Promise<void> {
    return this.#ended.promise
  }

  /** One more that has answered before: it is asked, too. */
  know(id: PeerId): void {
    this.#learn(id, KNOWN)
    if (this.#underWay > 0) this.#step()
  }

  #learn(id: PeerId, teller: string): void {
    const name = String(id)
    if (this.#seen.has(name)) return
    this.#seen.add(name)
    this.#waiting.add({ id, distance: this.#closest.distance(id), teller })
  }

  #step(): void {
    while (this.#underWay - this.#slow < PLACES && this.#underWay < MAX_UNDER_WAY) {
      const next = this.#next()
      if (next === undefined) break
      void this.#ask(next)
    }
    if (this.#underWay === this.#slow && this.#answers > 0) this.#looked.resolve()
    if (this.#underWay > 0) return
    this.#looked.resolve()
    this.#ended.resolve()
  }

  /** Of those known before, or else of whoever has fewest that did not answer, the closest. */
  #next(): Named | undefined {
    if (this.#asked >= MAX_ASKED || this.#init.signal.aborted) return undefined
    let best: Named | undefined
    let least = Number.POSITIVE_INFINITY
    for (const one of this.#waiting) {
      // twenty closer ones have answered
      if (!this.#closest.canAdd(one.distance)) {
        this.#waiting.delete(one)
        continue
      }
      const { inVain, underWay } = this.#of(one.teller)
      if (one.teller !== KNOWN && underWay >= MAX_UNDER_WAY_OF_TELLER) continue
      const rank = one.teller === KNOWN ? -1 : inVain
      if (best !== undefined && (rank - least || compare(one.distance, best.distance)) >= 0) continue
      best = one
      least = rank
    }
    if (best !== undefined) this.#waiting.delete(best)
    return best
  }

  async #ask({ id, distance, teller }: Named): Promise<void> {
    const { clock, ask } = this.#init
    const followed = this.#of(teller)
    this.#asked++
    this.#underWay++
    followed.underWay++
    // until it has answered
    followed.inVain++
    let slow = false
    const timer = clock.setTimeout(() => {
      slow = true
      this.#slow++
      this.#step()
    }, SLOW_ASK_MS)
    const answer = await ask(id)
    clock.clearTimeout(timer)
    this.#underWay--
    followed.underWay--
    if (slow) this.#slow--
    if (answer !== undefined) {
      followed.inVain--
      this.#answers++
      this.#closest.add(distance)
      for (const closer of answer.closer.slice(0, CLOSEST)) this.#learn(closer, answer.teller)
    }
    this.#step()
  }

  #of(teller: string): Followed {
    const known = this.#followed.get(teller) ?? { inVain: 0, underWay: 0 }
    this.#followed.set(teller, known)
    return known
  }
}

/** The closest to a key of those that were added. */
export class Closest {
  readonly #target: Uint8Array
  /** The smallest first. */
  readonly #distances: Uint8Array[] = []

  constructor(key: Uint8Array) {
    this.#target = sha256(key)
  }

  distance(id: PeerId): Uint8Array {
    return xor(sha256(id.toMultihash().bytes), this.#target)
  }

  /** Would it be among the closest `CLOSEST` so far? */
  canAdd(distance: Uint8Array): boolean {
    return this.#distances.length < CLOSEST || compare(distance, this.#distances.at(-1) as Uint8Array) < 0
  }

  /** True: it is among the closest `CLOSEST` so far. */
  add(distance: Uint8Array): boolean {
    if (!this.canAdd(distance)) return false
    const farther = this.#distances.findIndex((other) => compare(distance, other) < 0)
    this.#distances.splice(farther < 0 ? this.#distances.length : farther, 0, distance)
    this.#distances.length = Math.min(this.#distances.length, CLOSEST)
    return true
  }
}
