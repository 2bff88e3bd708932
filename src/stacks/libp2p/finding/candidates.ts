/**
 * Nodes that may be peers, found by the DHT or whatever else discovers on the node, and what came of dialling them. Pure but for the clock: it says who is to be
 * dialled next, others dial. A stranger can name any number of nodes, so it is bounded, and one who names a node again does not undo what we know of it.
 */
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../../errors.ts'
import { groupOf } from '../../../identity/groups.ts'
import type { Clock, Random } from '../../../interface/clock.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { MAX_ADDRESSES } from '../peer-addresses.ts'

/** Ours: past it the one not heard of for longest goes. */
export const MAX_CANDIDATES = 1_000
/** Ours: nodes remembered as not to be dialled, apart from the candidates, so that a flood of new names does not wash them out. */
const MAX_AVOIDED = 10_000
/** Another network: that does not change from hour to hour. */
export const FOREIGN_MS = 12 * 3_600_000
/** Connected, and it is no CometBFT node; or one whose switch does not run, or whose identify was late. */
export const STRANGER_MS = 30 * 60_000
/** Between dials that reach nobody: doubling. Ours; a lost uplink must not cost more than the last. */
const UNREACHABLE_MIN_MS = 15_000
const UNREACHABLE_MAX_MS = 10 * 60_000
/** So many in a row and it is forgotten until somebody names it again. Ours. */
const MAX_FAILURES = 8
/** It is full, or does not want us now. */
const REFUSED_MS = 2 * 60_000
/** Our own policy does not want it: an IP that we have already, a filter. */
const UNWANTED_MS = 10 * 60_000

export interface Candidate {
  readonly id: NodeId
  /** At most `MAX_ADDRESSES`, never empty. */
  readonly addresses: readonly NetAddress[]
}

interface Entry extends Candidate {
  /** Of each address, its group: worked out once, since it is asked for at every choice. */
  readonly groups: readonly string[]
  failures: number
  /** On the clock's `now`. */
  dueAt: number
  /** Which of its addresses is next. */
  turn: number
}

export class Candidates {
  readonly #clock: Clock
  readonly #random: Random
  readonly #entries = new Map<NodeId, Entry>()
  readonly #avoided = new Map<NodeId, number>()

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  get size(): number {
    return this.#entries.size
  }

  /** Addresses of one node, which they all name. True if it was not known, and may be dialled at once. */
  add(addresses: readonly NetAddress[]): boolean {
    const id = addresses[0]?.id ?? ''
    if (id === '' || addresses.some((one) => one.id !== id)) return false
    if ((this.#avoided.get(id) ?? 0) > this.#clock.now()) return false
    const known = this.#entries.get(id)
    const kept = addresses.slice(0, MAX_ADDRESSES)
    const entry: Entry = {
      failures: 0,
      dueAt: this.#clock.now(),
      turn: 0,
      ...known,
      id,
      addresses: kept,
      groups: kept.map(candidateGroup)
    }
    this.#entries.delete(id)
    this.#entries.set(id, entry)
    if (this.#entries.size > MAX_CANDIDATES) this.#entries.delete(this.#entries.keys().next().value as NodeId)
    return known === undefined
  }

  /** The groups of all addresses. */
  groups(): Set<string> {
    const groups = new Set<string>()
    for (const entry of this.#entries.values()) for (const group of entry.groups) groups.add(group)
    return groups
  }

  /**
   * One that is due, by chance among those that failed least, and the address to dial it at. `wanted`: not a peer already, say. `hasRoom`: may another one of that group
   * be dialled?
   */
  next(wanted: (candidate: Candidate) => boolean, hasRoom: (group: string) => boolean): NetAddress | undefined {
    const now = this.#clock.now()
    let chosen: Entry | undefined
    let alike = 0
    for (const entry of this.#entries.values()) {
      if (entry.dueAt > now || (chosen !== undefined && entry.failures > chosen.failures)) continue
      if (!entry.groups.some(hasRoom) || !wanted(entry)) continue
      if (chosen === undefined || entry.failures < chosen.failures) alike = 0
      // each of those alike has the same chance, in one pass
      if (this.#random() * ++alike < 1) chosen = entry
    }
    if (chosen === undefined) return undefined
    // nobody else may choose it until it is settled; whoever does not settle it loses it for so long
    chosen.dueAt = now + UNREACHABLE_MAX_MS
    const { addresses, groups } = chosen
    while (!hasRoom(groups[chosen.turn % groups.length]!)) chosen.turn++
    return addresses[chosen.turn++ % addresses.length]
  }

  /** When the next one falls due that is not yet, on the clock's `now`; Infinity: there is none. */
  nextDueAt(): number {
    const now = this.#clock.now()
    let first = Number.POSITIVE_INFINITY
    for (const { dueAt } of this.#entries.values()) if (dueAt > now && dueAt < first) first = dueAt
    return first
  }

  /** What came of dialling it: `err` undefined is a peer. */
  settled(id: NodeId, err: unknown): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    const now = this.#clock.now()
    const jittered = (ms: number) => now + ms * (0.8 + 0.4 * this.#random())
    if (err === undefined) {
      entry.failures = 0
      entry.dueAt = jittered(REFUSED_MS)
    } else if (err instanceof IncompatiblePeerError) this.#avoid(id, jittered(FOREIGN_MS))
    else if (isStranger(err)) this.#avoid(id, jittered(STRANGER_MS))
    else if (err instanceof PeerRefusedError) {
      // no slot was free: nobody was dialled
      if (err.by === 'us' && err.refusal === 'outbound-full') entry.dueAt = now
      else entry.dueAt = jittered(err.by === 'us' ? UNWANTED_MS : REFUSED_MS)
    } else if (err instanceof DialFailedError || err instanceof WrongIdentityError) {
      entry.failures++
      // each of its addresses has its turn before it is left alone for a while
      const round = Math.ceil(entry.failures / entry.addresses.length) - 1
      const again = entry.failures % entry.addresses.length !== 0
      entry.dueAt = again ? now : jittered(Math.min(UNREACHABLE_MIN_MS * 2 ** round, UNREACHABLE_MAX_MS))
      if (round >= MAX_FAILURES - 1 && !again) this.#entries.delete(id)
    } else entry.dueAt = jittered(UNWANTED_MS)
  }

  #avoid(id: NodeId, until: number): void {
    this.#entries.delete(id)
    this.#avoided.delete(id)
    this.#avoided.set(id, until)
    if (this.#avoided.size > MAX_AVOIDED) this.#avoided.delete(this.#avoided.keys().next().value as NodeId)
  }
}

/**
 * Which candidates are likely to be one owner's. Unlike a strict book's, addresses of local networks are told apart as others are: a discovery that finds those is the
 * local network's own.
 */
export function candidateGroup({ host }: NetAddress): string {
  return groupOf(host, false)
}

/** A dial that connected and found no CometBFT node is the one whose error has no cause. */
function isStranger(err: unknown): boolean {
  return err instanceof DialFailedError && err.cause === undefined
}
