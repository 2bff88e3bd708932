/**
 * The two tables of the book and what moves between them (p2p/pex/addrbook.go addToNewBucket, moveToOld, expireNew; spec section 4). An entry is in exactly one table,
 * in at least one bucket of it, and under its id. Old ones are reached ones; a new one becomes old where its bucket has room, or after the test of `Challenges`. Unlike
 * in Go, an old one that has to go becomes new again (Go means that and drops it).
 */
import type { Random } from '../interface/clock.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { age, BUCKETS, isBad, Placement, victimOf, weakestOf } from './buckets.ts'
import { Challenges, FRESH_MS } from './challenges.ts'
import type { Hosts } from './hosts.ts'
import { hostOf, type KnownAddress } from './known-address.ts'
import { isOperatorGroup, ownerKeys, Shares, shareKeys } from './shares.ts'
import { BucketTable } from './table.ts'

interface Init {
  readonly key: string
  readonly hosts: Hosts
  readonly groupShare: number
  readonly wall: () => number
  /** An entry has left the book, whatever the cause. */
  readonly onGone: (entry: KnownAddress) => void
}

export class Shelves {
  readonly #init: Init
  readonly #entries = new Map<NodeId, KnownAddress>()
  readonly #shares: Shares
  readonly #challenges = new Challenges()
  readonly #new = new BucketTable<KnownAddress>(BUCKETS.new, BUCKETS.capacity)
  readonly #old = new BucketTable<KnownAddress>(BUCKETS.old, BUCKETS.capacity)
  #key: string
  #placement: Placement

  constructor(init: Init) {
    this.#init = init
    this.#key = init.key
    this.#placement = new Placement(init.key)
    this.#shares = new Shares(init.groupShare)
  }

  get key(): string {
    return this.#key
  }

  get size(): number {
    return this.#entries.size
  }

  get nNew(): number {
    return this.#new.size
  }

  get nOld(): number {
    return this.#old.size
  }

  get(id: NodeId): KnownAddress | undefined {
    return this.#entries.get(id)
  }

  values(): Iterable<KnownAddress> {
    return this.#entries.values()
  }

  groupOf(address: NetAddress): string {
    return this.#init.hosts.of(address.host).group
  }

  /** The group that the entry counts as: that of its home, or of where that leads. */
  ownerOf({ home }: KnownAddress): string {
    return this.#init.hosts.of(hostOf(home)).group
  }

  pick(kind: 'new' | 'old', random: Random): KnownAddress | undefined {
    return (kind === 'old' ? this.#old : this.#new).pick(random, ({ good }) => good)
  }

  /** Old entries that want a test dial. */
  challenged(): KnownAddress[] {
    return [...this.#challenges.incumbents()].map((id) => this.#entries.get(id)!)
  }

  isChallenged(id: NodeId): boolean {
    return this.#challenges.isChallenged(id)
  }

  /** A new entry of an unknown id; false if its source or its own group has its share. What is bad of them makes room. */
  admit(entry: KnownAddress): boolean {
    if (!this.#fits(this.#keysOf(entry))) return false
    this.insert(entry)
    return true
  }

  /** As `admit`, for what the operator has told: beyond shares, but only where a place is free or has a bad entry; false if there is none. */
  admitOfOperator(entry: KnownAddress): boolean {
    if (!this.#hasRoom(this.#newBucket(entry, entry.home.sourceGroups[0]!))) return false
    this.insert(entry)
    return true
  }

  /** As `admit`, for what is beyond shares: an entry that was reached, or stored. An old one that has no room is new again. */
  insert(entry: KnownAddress): void {
    this.#entries.set(entry.id, entry)
    entry.buckets = []
    const bucket = entry.kind === 'old' && entry.home.proven ? this.#oldBucket(entry) : undefined
    if (bucket === undefined || this.#old.isFull(bucket)) this.#stand(entry)
    else this.#old.add(bucket, entry)
  }

  /** One more source of the home of a new entry; Go's chance makes each further bucket half as likely per bucket it has. */
  addSource(entry: KnownAddress, sourceGroup: string, random: Random): boolean {
    const { home, buckets } = entry
    if (home.sourceGroups.includes(sourceGroup) || home.sourceGroups.length >= BUCKETS.maxNewPerEntry) return false
    if (random() * 2 * buckets.length >= 1) return false
    const bucket = this.#newBucket(entry, sourceGroup)
    // what is known is imported too: that it is told once more throws nobody out
    if (isOperatorGroup(sourceGroup) && !buckets.includes(bucket) && !this.#hasRoom(bucket)) return false
    home.sourceGroups.push(sourceGroup)
    this.#standIn(bucket, entry)
    return true
  }

  /** Runs `change`, which may give the entry another home, and puts it where it then belongs. */
  change(entry: KnownAddress, change: () => void): void {
    if (entry.kind === 'new') {
      this.#new.removeAll(entry)
      this.#shares.remove(entry)
      change()
      // not among the new ones for a moment, where somebody might have to go for it
      if (!entry.home.proven || !this.#becomeOld(entry)) this.#stand(entry)
      return
    }
    const group = this.ownerOf(entry)
    change()
    const bucket = this.#oldBucket(entry)
    if (entry.buckets.includes(bucket)) return
    if (!this.#old.isFull(bucket)) {
      this.#old.removeAll(entry)
      this.#old.add(bucket, entry)
    } else if (this.ownerOf(entry) !== group) this.failed(entry)
    // otherwise it stays where it is until the book is loaded again: a full bucket of its own group is no reason to test somebody
  }

  /** The entry has been reached: as an incumbent it keeps its place, as a new one it becomes old or waits. `moved`: under another owner than before. */
  reached(entry: KnownAddress, moved: boolean): void {
    if (this.#challenges.isChallenged(entry.id)) this.#challenges.end(entry.id)
    if (entry.kind === 'old' || this.#becomeOld(entry)) return
    // it came into the book in the share of names, and is an address of somebody who may have his share
    if (moved && entry.home.leadsTo !== undefined && !this.#fitsOwner(entry)) this.remove(entry)
    else this.#challenge(entry)
  }

  /** An old entry was not there when it was tested, or has moved to where there is no room: who waited for it has its place. */
  failed(entry: KnownAddress): void {
    if (entry.kind === 'new') return
    this.#old.removeAll(entry)
    this.#admitWaiting(this.#challenges.end(entry.id))
    this.#stand(entry)
  }

  remove(entry: KnownAddress): void {
    if (!this.#entries.delete(entry.id)) return
    const { kind } = entry
    ;(kind === 'old' ? this.#old : this.#new).removeAll(entry)
    if (kind === 'new') this.#shares.remove(entry)
    this.#init.onGone(entry)
    this.#admitWaiting(this.#challenges.end(entry.id))
  }

  /** Another key: everything finds its place anew. */
  rekey(key: string): void {
    if (key === this.#key) return
    const entries = [...this.#entries.values()]
    for (const entry of entries) this.remove(entry)
    this.#key = key
    this.#placement = new Placement(key)
    for (const entry of entries) this.insert(entry)
  }

  /** False where the bucket of a new entry is full. */
  #becomeOld(entry: KnownAddress): boolean {
    const bucket = this.#oldBucket(entry)
    if (this.#old.isFull(bucket)) return false
    this.#challenges.end(entry.id)
    this.#new.removeAll(entry)
    this.#shares.remove(entry)
    entry.kind = 'old'
    this.#old.add(bucket, entry)
    return true
  }

  #challenge(entry: KnownAddress): void {
    if (this.#challenges.isWaiting(entry.id)) return
    const now = this.#init.wall()
    const weakest = weakestOf(
      this.#old.bucket(this.#oldBucket(entry)).filter(({ id }) => !this.#challenges.isChallenged(id)),
      now
    )
    if (weakest !== undefined && age(weakest.lastSuccess, now) >= FRESH_MS) this.#challenges.add(weakest.id, entry.id)
  }

  #admitWaiting(id: NodeId | undefined): void {
    const waiting = id === undefined ? undefined : this.#entries.get(id)
    if (waiting?.kind === 'new' && waiting.home.proven && !this.#becomeOld(waiting)) this.#challenge(waiting)
  }

  /** Into the buckets of new entries that its home's sources give. */
  #stand(entry: KnownAddress): void {
    entry.kind = 'new'
    entry.shareKeys = this.#keysOf(entry)
    this.#shares.add(entry)
    for (const source of entry.home.sourceGroups) this.#standIn(this.#newBucket(entry, source), entry)
  }

  #standIn(bucket: number, entry: KnownAddress): void {
    if (entry.buckets.includes(bucket)) return
    if (this.#new.isFull(bucket)) this.#leave(bucket, victimOf(this.#new.bucket(bucket), this.#init.wall())!)
    this.#new.add(bucket, entry)
  }

  /** Out of one bucket, and of the book if that was the last one. */
  #leave(bucket: number, entry: KnownAddress): void {
    if (entry.buckets.length === 1) {
      this.remove(entry)
      return
    }
    this.#new.remove(bucket, entry)
    const { home } = entry
    home.sourceGroups = home.sourceGroups.filter((source) => this.#newBucket(entry, source) !== bucket)
  }

  /** May one more have these keys? What is bad of those that have them makes room. */
  #fits(keys: readonly string[]): boolean {
    for (
      let used = this.#shares.usedUp(keys, this.size);
      used !== undefined;
      used = this.#shares.usedUp(keys, this.size)
    ) {
      const bad = this.#firstBad(used.members)
      if (bad === undefined) return false
      this.remove(bad)
    }
    return true
  }

  /** The same of an entry that is among the new ones, as an address of its owner. */
  #fitsOwner(entry: KnownAddress): boolean {
    this.#shares.remove(entry)
    const fits = this.#fits(ownerKeys(this.#init.hosts.of(hostOf(entry.home))))
    this.#shares.add(entry)
    return fits
  }

  #firstBad(entries: Iterable<KnownAddress>): KnownAddress | undefined {
    const now = this.#init.wall()
    for (const entry of entries) if (!entry.good && isBad(entry, now)) return entry
    return undefined
  }

  /** Is a place of that bucket of new entries free, or of no use to the one that has it? */
  #hasRoom(bucket: number): boolean {
    return !this.#new.isFull(bucket) || this.#firstBad(this.#new.bucket(bucket)) !== undefined
  }

  #newBucket(entry: KnownAddress, sourceGroup: string): number {
    return this.#placement.newBucket(this.ownerOf(entry), sourceGroup)
  }

  #oldBucket(entry: KnownAddress): number {
    return this.#placement.oldBucket(this.ownerOf(entry), String(entry.home.address))
  }

  #keysOf({ home, source }: KnownAddress): string[] {
    const { hosts } = this.#init
    const teller = home.sourceGroups.some(isOperatorGroup) ? undefined : hosts.of(source.host)
    return shareKeys(teller, hosts.of(hostOf(home)))
  }
}
