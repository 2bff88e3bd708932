/**
 * What the book knows of one node (p2p/pex/known_address.go). One entry per id, with a place for each stack the node may be reached on. Which sources told of a place
 * is kept as the sources' groups: several groups that agree are worth more than one that says it often. Who they were is kept beside (tellers.ts).
 */
import { equals } from 'uint8arrays/equals'
import { formatIp, parseIp } from '../identity/ip.ts'
import { toMultiaddr } from '../identity/net-address.ts'
import { recordSeq } from '../identity/record-seq.ts'
import type { BookEntry, Hearsay } from '../interface/address-book.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { type Confirmation, MAX_CONFIRMATIONS, type Telling, tellersOf } from './tellers.ts'

/** The classic stack (or memory), or libp2p in any of its forms. */
export type Slot = 'classic' | 'libp2p'

export function slotOf(address: NetAddress): Slot {
  return address.form === 'hex' ? 'classic' : 'libp2p'
}

/** One address, whatever form it was given in: Go's bootstrap form is QUIC on its port. */
export function isSameAddress(a: NetAddress, b: NetAddress): boolean {
  if (a.form === b.form) return a.equals(b)
  if (slotOf(a) !== slotOf(b)) return false
  return toMultiaddr(a, 'quic').toString() === toMultiaddr(b, 'quic').toString()
}

/** Who told of an address, as far as the book weighs it. */
export interface Told {
  readonly source: NetAddress
  readonly sourceGroup: string
  /** The node itself, from an address of the same group: it cannot speak for others so. */
  readonly byItself: boolean
  readonly record?: Uint8Array
}

/** One address of a node, and who has told of it. */
export interface Place extends Telling {
  readonly slot: Slot
  readonly address: NetAddress
  source: NetAddress
  sourceGroup: string
  confirmedBy: readonly Confirmation[]
  /** A dial of ours has reached the node here. */
  proven: boolean
  /** Of a proven name: the IP that our last connection by it led to, where one was told. */
  leadsTo: string | undefined
  /** The node has signed that this is its address. */
  signed: boolean
  byItself: boolean
  /** The groups of tellers that it counts for, at most `BUCKETS.maxNewPerEntry`; never empty. The entry's buckets follow from those of its home. */
  sourceGroups: string[]
  /** Proven addresses that this one has followed, at most `MAX_FORMER`: told again, they are no reason for a test while this one works. */
  formerly: readonly string[]
}

/** Whose an address is goes by that host: a name says nothing of it, where it led to does. */
export function hostOf({ address, leadsTo }: Place): string {
  return leadsTo ?? address.host
}

/** The IP that a connection by a name led to; undefined where the address says its IP itself, or nothing is known. */
export function placeOfName({ host }: NetAddress, ip: string | undefined): string | undefined {
  const bytes = ip === undefined || parseIp(host) !== undefined ? undefined : parseIp(ip)
  return bytes === undefined ? undefined : formatIp(bytes)
}

/** Is that node, which tells of the place, there itself: have we gone to it, and hear it now? */
export function isThere(place: Place, id: NodeId, source: NetAddress): boolean {
  if (!place.proven || source.id !== id || source.port !== place.address.port) return false
  return source.host.toLowerCase() === hostOf(place).toLowerCase()
}

/** As many addresses as a signed record may name: a node with all of them is tested once for each, not for ever. */
const MAX_FORMER = 8

export class KnownAddress {
  readonly id: NodeId
  /** One per slot, the first told first. */
  readonly places: Place[] = []
  /** The place that decides the buckets. */
  home: Place
  kind: 'new' | 'old' = 'new'
  /** Indices in the table of its kind. */
  buckets: number[] = []
  /** Under which it counts in `Shares` while it is new. */
  shareKeys: readonly string[] = []
  attempts = 0
  lastAttempt: number
  lastSuccess = 0
  good = false
  /** Replaced by `sign`. */
  record: Uint8Array | undefined
  /** Who told the record: the first of them, and at most `MAX_CONFIRMATIONS` others. Empty where there is none. */
  recordTellers: ReadonlyArray<NodeId | ''> = []

  /** `now`: Go counts the first telling as an attempt, so that a newcomer is not the oldest at once. */
  constructor(address: NetAddress, told: Told, now: number) {
    this.id = address.id
    this.lastAttempt = now
    this.home = this.put(address, told)
  }

  /** Who told of the home. */
  get source(): NetAddress {
    return this.home.source
  }

  place(slot: Slot): Place | undefined {
    return this.places.find((place) => place.slot === slot)
  }

  /** Sets the address of its stack, in place of another one. The home follows. */
  put(
    address: NetAddress,
    { source, sourceGroup, byItself, record }: Told,
    confirmedBy: readonly Confirmation[] = []
  ): Place {
    const slot = slotOf(address)
    const at = this.places.findIndex((other) => other.slot === slot)
    const previous = this.places[at]
    const former = previous?.proven ? [String(previous.address)] : []
    const place: Place = {
      slot,
      address,
      source,
      sourceGroup,
      confirmedBy,
      proven: false,
      leadsTo: undefined,
      signed: false,
      byItself,
      sourceGroups: [sourceGroup],
      formerly: [...former, ...(previous?.formerly ?? [])].slice(0, MAX_FORMER)
    }
    if (previous === undefined) this.places.push(place)
    else this.places[at] = place
    if (previous !== undefined && this.home === previous) this.home = place
    if (record !== undefined) this.sign(place, record, source.id)
    return place
  }

  /** The record that names the place is the one that is kept; what another one has named, it may not. */
  sign(place: Place, record: Uint8Array, source: NodeId | ''): void {
    if (recordSeq(record) !== recordSeq(this.record)) for (const other of this.places) other.signed = false
    place.signed = true
    const known = this.record !== undefined && equals(record, this.record) ? this.recordTellers : []
    this.record = known.length === 0 ? record : this.record
    if (!known.includes(source)) this.recordTellers = [...known, source].slice(0, 1 + MAX_CONFIRMATIONS)
  }

  /** What is later was written by a clock that was ahead, and counts as now. */
  endTimesAt(now: number): void {
    this.lastAttempt = Math.min(this.lastAttempt, now)
    this.lastSuccess = Math.min(this.lastSuccess, now)
  }

  forgetRecord(): void {
    for (const place of this.places) place.signed = false
    this.record = undefined
    this.recordTellers = []
  }

  /** Proven first; among equals the first told. */
  ordered(): Place[] {
    return this.places.toSorted((a, b) => Number(b.proven) - Number(a.proven))
  }

  /** See `PeerBook.hearsay`. The record goes with those who have told it. */
  hearsay(): Hearsay[] {
    const { record, recordTellers } = this
    const first = this.home
    return [first, ...this.places.filter((place) => place !== first)].flatMap((place) =>
      tellersOf(place).flatMap(({ id, source }) => {
        if (source === undefined) return []
        const withRecord = record !== undefined && place.signed && recordTellers.includes(id)
        return [{ address: place.address, source, ...(withRecord && { record }) }]
      })
    )
  }

  /** The read-only copy that others get, with some of the places only; the record goes with the place that it was seen with. */
  view(places: readonly Place[] = this.ordered()): BookEntry {
    return Object.freeze({
      id: this.id,
      addresses: Object.freeze(places.map(({ address }) => address)),
      source: this.source,
      kind: this.kind,
      attempts: this.attempts,
      lastAttempt: this.lastAttempt,
      lastSuccess: this.lastSuccess,
      good: this.good,
      ...(this.record === undefined || !places.some(({ signed }) => signed) ? {} : { record: this.record })
    })
  }
}
