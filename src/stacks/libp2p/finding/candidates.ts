/**
 * Nodes that may be peers, found by the DHT or whatever else discovers on the node, and what came of dialling them. Pure but for the clock: it says who is to be
 * dialled next, others dial. A stranger can name any number of nodes, so it is bounded (room.ts), and one who names a node again does not undo what we know of it, nor what
 * others have told of it: of each we know who told, a few at most, of whom those stay that were right before, and the address that has led to it stays whoever tells what. Whoever
 * tells of many nodes has no larger part of the dials (tellers.ts).
 */
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../../errors.ts'
import { groupOf } from '../../../identity/groups.ts'
import { parseNetAddress } from '../../../identity/net-address.ts'
import type { Clock, Random } from '../../../interface/clock.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { NodeId } from '../../../interface/node-info.ts'
import { MAX_ADDRESSES } from '../peer-addresses.ts'
import { Room } from './room.ts'
import { Tellers } from './tellers.ts'

/** Ours: past it one goes, of whoever tells of most (room.ts). All take some 20 MB where four have told eight addresses of each. */
export const MAX_CANDIDATES = 1_000
/** Those who have told of one node, of whom we know it; past it the one that is trusted least goes, or is not heard. Ours: two are enough to be believed, and each may be wrong. */
const MAX_TELLERS_OF_ONE = 4
/** So many ids at one host and port have their turn before all others have had theirs. Ours: a node that has changed its key, once or twice. */
const MAX_IDS_OF_PLACE = 3
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

/** Worked out once, since it is asked for at every choice. */
interface Placed {
  readonly addresses: readonly NetAddress[]
  /** Of each address, its group. */
  readonly groups: readonly string[]
  /** Of each address, its host and port. */
  readonly places: readonly string[]
}

interface Entry extends Candidate, Placed {
  /** What each has told of it, as text: read, it takes twenty times as much. */
  readonly told: ReadonlyMap<string, readonly string[]>
  readonly tellers: readonly string[]
  failures: number
  /** On the clock's `now`. */
  dueAt: number
  /** Which of its addresses is next. */
  turn: number
  /** The one that it was last dialled at. */
  dialled: NetAddress | undefined
  /** The one that it was last reached at. */
  readonly reached: NetAddress | undefined
  /** It has been a peer. */
  readonly proven: boolean
}

/** How early an entry is dialled, of what a teller has told: all of the first before any of the second, and so on. */
type Rank = readonly [crowded: 0 | 1, failures: number, single: 0 | 1]

export class Candidates {
  readonly #clock: Clock
  readonly #random: Random
  readonly #entries = new Map<NodeId, Entry>()
  readonly #room = new Room<Entry>()
  readonly #avoided = new Map<NodeId, number>()
  readonly #tellers = new Tellers()
  /** Those that are being dialled: no more than are at once. */
  readonly #dialling = new Set<NodeId>()
  /** Those that are being dialled and have not lent their slot, and whose word that follows: no more than there are slots. */
  readonly #following = new Map<NodeId, string>()

  constructor(clock: Clock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  get size(): number {
    return this.#entries.size
  }

  /** Addresses of one node, which they all name; `teller`: who says so. True if it was not known, and may be dialled at once. */
  add(addresses: readonly NetAddress[], teller = ''): boolean {
    const id = addresses[0]?.id ?? ''
    if (id === '' || addresses.some((one) => one.id !== id)) return false
    if ((this.#avoided.get(id) ?? 0) > this.#clock.now()) return false
    const known = this.#entries.get(id)
    const told = new Map(known?.told)
    told.set(teller, addresses.slice(0, MAX_ADDRESSES).map(String))
    if (told.size > MAX_TELLERS_OF_ONE) told.delete(this.#tellers.leastTrusted(told.keys()))
    const entry: Entry = {
      failures: 0,
      dueAt: this.#clock.now(),
      turn: 0,
      dialled: undefined,
      reached: undefined,
      proven: false,
      ...known,
      id,
      told,
      tellers: [...told.keys()],
      ...placed(told, known?.reached, [...addresses, ...(known?.addresses ?? [])])
    }
    // where nobody was yet, and somebody new says that it is: what others have told wrongly must not delay that
    const fresh = entry.addresses.findIndex((one) => !known?.addresses.some((other) => String(other) === String(one)))
    if (known !== undefined && known.failures > 0 && !known.told.has(teller) && fresh >= 0) {
      entry.turn = fresh
      // while it is being dialled that goes on
      if (!this.#dialling.has(id)) entry.dueAt = Math.min(entry.dueAt, this.#clock.now())
    }
    this.#delete(id)
    this.#set(entry)
    if (this.#entries.size > MAX_CANDIDATES) this.#delete(this.#room.leastMissed(entry)?.id ?? id)
    return known === undefined && this.#entries.has(id)
  }

  /**
   * How many groups of addresses there seem to be: each counts as far as its likeliest node is there. Those beside the candidates, `others`, are there; of a node that does not
   * answer, nothing says that its group is. Names that somebody has made up in all groups would else leave each real one a small part of the slots.
   */
  groups(others: Iterable<string> = []): number {
    const likely = new Map<string, number>()
    for (const { groups, failures, proven, tellers } of this.#entries.values()) {
      const belief = proven ? 1 : failures > 0 ? 0 : this.#tellers.belief(tellers)
      for (const group of groups) if (belief > (likely.get(group) ?? 0)) likely.set(group, belief)
    }
    for (const group of others) likely.set(group, 1)
    let sum = 0
    for (const belief of likely.values()) sum += belief
    return sum
  }

  /**
   * One that is due, and the address to dial it at: of what the teller has told who was followed least, by chance among those that come first. `wanted`: not a peer already, say.
   * `hasRoom`: may another one of that group be dialled? `mostUntrusted`: so many dials at once follow the word of one who was not right about most, so far; the other slots are there for whom
   * somebody else tells of, any moment.
   */
  next(
    wanted: (candidate: Candidate) => boolean,
    hasRoom: (group: string) => boolean,
    mostUntrusted = Number.POSITIVE_INFINITY
  ): NetAddress | undefined {
    const now = this.#clock.now()
    const best = new Map<string, { rank: Rank; entry: Entry; alike: number }>()
    const idsOfPlace = new Map<string, number>()
    const full = this.#tellersWith(mostUntrusted)
    for (const entry of this.#entries.values()) {
      const crowded = this.#isCrowded(entry, idsOfPlace)
      if (entry.dueAt > now || !entry.groups.some(hasRoom) || !wanted(entry)) continue
      const rank: Rank = [crowded ? 1 : 0, entry.failures, entry.tellers.length > 1 ? 0 : 1]
      for (const teller of entry.tellers) {
        if (full.has(teller)) continue
        const before = best.get(teller)
        const order = before === undefined ? -1 : compare(rank, before.rank)
        if (order > 0) continue
        const alike = order < 0 ? 1 : before!.alike + 1
        // each of those alike has the same chance, in one pass
        const chosen = this.#random() * alike < 1 ? entry : before!.entry
        best.set(teller, { rank, entry: chosen, alike })
      }
    }
    const [teller, { entry }] = this.#leastFollowed(best) ?? [undefined, { entry: undefined }]
    if (entry === undefined) return undefined
    this.#tellers.follow(teller as string)
    this.#following.set(entry.id, teller as string)
    this.#dialling.add(entry.id)
    // nobody else may choose it until it is settled; whoever does not settle it loses it for so long
    entry.dueAt = now + UNREACHABLE_MAX_MS
    const { addresses, groups } = entry
    while (!hasRoom(groups[entry.turn % groups.length]!)) entry.turn++
    entry.dialled = addresses[entry.turn++ % addresses.length]
    return entry.dialled
  }

  /** When the next one falls due that is not yet, on the clock's `now`; Infinity: there is none. */
  nextDueAt(): number {
    const now = this.#clock.now()
    let first = Number.POSITIVE_INFINITY
    for (const { dueAt } of this.#entries.values()) if (dueAt > now && dueAt < first) first = dueAt
    return first
  }

  /** Its dial is slow, and has lent its slot. */
  lent(id: NodeId): void {
    this.#following.delete(id)
  }

  /**
   * What came of dialling it: `err` undefined is a peer. `reachedAt`: where our connection led, if that is known; the switch tries other addresses of a node, too, which may be the ones
   * that were right.
   */
  settled(id: NodeId, err: unknown, reachedAt?: NetAddress): void {
    this.#ended(id)
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    const refused = err instanceof PeerRefusedError
    const there = err === undefined || (refused && err.by === 'remote')
    const at = reachedAt ?? (refused ? err.reachedAt?.address : undefined) ?? entry.dialled
    // our own verdict says nothing of it
    if (there || !refused)
      // who has told another address of it is neither right nor wrong
      for (const [teller, addresses] of entry.told)
        if (addresses.includes(String(at))) this.#tellers.learnt(teller, there)
    const now = this.#clock.now()
    const jittered = (ms: number) => now + ms * (0.8 + 0.4 * this.#random())
    if (err === undefined) {
      this.#set({ ...this.#proven(entry), reached: at, turn: 0, ...placed(entry.told, at, entry.addresses) })
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
      if (round >= MAX_FAILURES - 1 && !again) this.#delete(id)
    } else entry.dueAt = jittered(UNWANTED_MS)
  }

  /** It is a peer, by a dial of its own: that says of no address whether it leads to it. */
  cameItself(id: NodeId): void {
    this.#ended(id)
    const entry = this.#entries.get(id)
    if (entry !== undefined) this.#set(this.#proven(entry))
  }

  #ended(id: NodeId): void {
    this.#following.delete(id)
    this.#dialling.delete(id)
  }

  #proven(entry: Entry): Entry {
    const dueAt = this.#clock.now() + REFUSED_MS * (0.8 + 0.4 * this.#random())
    return { ...entry, proven: true, failures: 0, dueAt }
  }

  /** Who is not trusted, and has his word followed so often at once. */
  #tellersWith(most: number): Set<string> {
    const counts = new Map<string, number>()
    for (const teller of this.#following.values()) counts.set(teller, (counts.get(teller) ?? 0) + 1)
    const full = new Set<string>()
    for (const [teller, count] of counts) if (count >= most && !this.#tellers.isTrusted(teller)) full.add(teller)
    return full
  }

  /** Whether others have had the places of all its addresses. Counts it as one of them. */
  #isCrowded({ places }: Entry, idsOfPlace: Map<string, number>): boolean {
    let crowded = true
    for (const place of new Set(places)) {
      const ids = (idsOfPlace.get(place) ?? 0) + 1
      idsOfPlace.set(place, ids)
      if (ids <= MAX_IDS_OF_PLACE) crowded = false
    }
    return crowded
  }

  /** By chance among several. */
  #leastFollowed<T>(best: ReadonlyMap<string, T>): [string, T] | undefined {
    let chosen: [string, T] | undefined
    let [least, alike] = [Number.POSITIVE_INFINITY, 0]
    for (const one of best) {
      const followed = this.#tellers.followed(one[0])
      if (followed > least) continue
      if (followed < least) [least, alike] = [followed, 0]
      if (this.#random() * ++alike < 1) chosen = one
    }
    return chosen
  }

  /** In the place of what was known of it. */
  #set(entry: Entry): void {
    const known = this.#entries.get(entry.id)
    if (known !== undefined) this.#room.delete(known)
    this.#entries.set(entry.id, entry)
    this.#room.add(entry)
  }

  #delete(id: NodeId): void {
    const known = this.#entries.get(id)
    if (known !== undefined) this.#room.delete(known)
    this.#entries.delete(id)
  }

  #avoid(id: NodeId, until: number): void {
    this.#delete(id)
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

function compare(a: Rank, b: Rank): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** The first of each, then the second of each, each address once: what one tells of a node does not put out what another does. At most `MAX_ADDRESSES`. */
function alternately(told: ReadonlyArray<readonly string[]>): string[] {
  const kept = new Set<string>()
  for (let i = 0; i < MAX_ADDRESSES; i++)
    for (const addresses of told) {
      const address = addresses[i]
      if (address !== undefined && kept.size < MAX_ADDRESSES) kept.add(address)
    }
  return [...kept]
}

/** What becomes of what all have told of one node: where it was reached comes before it, and stays. `known`: those that need not be read again. */
function placed(told: Entry['told'], reached: NetAddress | undefined, known: readonly NetAddress[]): Placed {
  const all = reached === undefined ? known : [...known, reached]
  const read = new Map(all.map((one) => [String(one), one]))
  const texts = alternately([...(reached === undefined ? [] : [[String(reached)]]), ...told.values()])
  const addresses = texts.map((text) => read.get(text) ?? parseNetAddress(text))
  const places = addresses.map(({ host, port }) => `${host} ${port}`)
  return { addresses, groups: addresses.map(candidateGroup), places }
}

/** A dial that connected and found no CometBFT node is the one whose error has no cause. */
function isStranger(err: unknown): boolean {
  return err instanceof DialFailedError && err.cause === undefined
}
