/**
 * The address book (p2p/pex/addrbook.go; spec/addrbook-and-pex.md sections 2 to 5). Buckets and their rules are Go's. What Go lacks: an entry is old only once we have
 * reached it ourselves, and nobody loses that place without a test dial; one proven address per id and stack; shares for groups of sources and owners; hearsay is not
 * carried on; bans with an end and a reason that outlive a restart; anchors. Rejected: Go's promotion by `markGood`, which also an inbound peer earns, wherever it says
 * that it listens.
 */
import { NAMES } from '../identity/groups.ts'
import { MAX_ADDRESS_CHARACTERS } from '../identity/net-address.ts'
import type {
  AddressRefusal,
  Ban,
  BanOptions,
  BookEntry,
  Hearsay,
  PeerBook,
  ScoreSource
} from '../interface/address-book.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { endOfTerm } from '../util/clock.ts'
import { Bans } from './bans.ts'
import { BookKeeper } from './book-keeper.ts'
import { type AddressBookOptions, checkBookOptions } from './book-options.ts'
import type { StoredBook } from './book-store.ts'
import { MAX_RETRIES } from './buckets.ts'
import { endTimesAt, restoreInto, snapshotOf } from './contents.ts'
import { Exclusions } from './exclusions.ts'
import { Hosts } from './hosts.ts'
import { KeptScores } from './kept-scores.ts'
import { KnownAddress, type Told } from './known-address.ts'
import { KnownPlaces } from './known-places.ts'
import { Rivals } from './rivals.ts'
import { forgetAllSecrets } from './secrets.ts'
import { clampBias, picksOld, sample } from './selection.ts'
import { operatorGroup } from './shares.ts'
import { Shelves } from './shelves.ts'
import { MAX_ATTEMPTS, MAX_RECORD_BYTES } from './stored.ts'
import { biasedSelection, isGood, randomSelection, tellable } from './telling.ts'
import { WallTime } from './wall-time.ts'

/** p2p/pex/addrbook.go needAddressThreshold. */
const NEED_ADDRESS_THRESHOLD = 1_000
/** issue 5: a full node gives at most so many others. */
const MAX_ALTERNATIVES = 32
/** Ours: enough that one of them is up, too few to be all of a node's outbound peers. */
const MAX_ANCHORS = 4

type Options = ReturnType<typeof checkBookOptions>

/** A book in memory, kept in `store` between runs. Throws `InvalidOptionError` naming the field. `start` loads it. */
export function createAddressBook(options: AddressBookOptions = {}): Required<PeerBook> {
  return new CometAddressBook(options)
}

export class CometAddressBook implements PeerBook {
  readonly #options: Options
  readonly #time: WallTime
  readonly #shelves: Shelves
  readonly #bans: Bans
  readonly #rivals = new Rivals()
  readonly #places: KnownPlaces
  readonly #keeper: BookKeeper
  readonly #exclusions: Exclusions
  readonly #scores = new KeptScores()
  #anchors: readonly NetAddress[] = []

  constructor(given: AddressBookOptions = {}) {
    const options = checkBookOptions(given)
    const { store, clock, logger, saveIntervalMs, key, strict, groupShare, maxBans } = options
    this.#options = options
    this.#time = new WallTime(clock, (now) => endTimesAt(this.#contents(), now))
    this.#bans = new Bans(maxBans)
    const hosts = new Hosts(strict)
    this.#exclusions = new Exclusions(strict, hosts)
    this.#shelves = new Shelves({
      key,
      hosts,
      groupShare,
      wall: () => this.#now(),
      onGone: (entry) => this.#rivals.forget(entry)
    })
    this.#places = new KnownPlaces({ shelves: this.#shelves, rivals: this.#rivals, random: options.random })
    this.#keeper = new BookKeeper({
      store,
      clock,
      logger,
      saveIntervalMs,
      snapshot: () => snapshotOf(this.#contents(), this.#anchors, this.#now()),
      restore: (book) => this.#restore(book)
    })
  }

  async start(): Promise<void> {
    await this.#keeper.start()
  }

  async stop(): Promise<void> {
    await this.#keeper.stop()
  }

  async save(): Promise<void> {
    await this.#keeper.save()
  }

  addOurAddress(address: NetAddress): void {
    this.#exclusions.addOurs(address)
    this.removeAddress(address.id)
  }

  /** One of those added, or another one of the same id. */
  ourAddress(address: NetAddress): boolean {
    return this.#exclusions.isOurs(address)
  }

  /** Unlike Go, what the book has of them, or was told by them, leaves it. */
  addPrivateIDs(ids: NodeId[]): void {
    this.#exclusions.addPrivate(ids)
    forgetAllSecrets({ ...this.#contents(), rivals: this.#rivals }, this.#now())
    this.#anchors = this.#anchors.filter((anchor) => !this.#exclusions.isSecret(anchor))
    this.#keeper.touch()
  }

  isPrivate(id: NodeId): boolean {
    return this.#exclusions.isPrivate(id)
  }

  addAddress(
    address: NetAddress,
    source: NetAddress,
    { record }: { record?: Uint8Array } = {}
  ): AddressRefusal | undefined {
    const refusal = this.#refusal(address, source)
    if (refusal !== undefined) return refusal
    this.#exclusions.endSecret(address)
    const told = this.#told(address, source, record)
    this.#endBan(address.id)
    const known = this.#shelves.get(address.id)
    this.#keeper.touch()
    if (known !== undefined) return this.#places.tell(known, address, told)
    const entry = new KnownAddress(address, told, this.#now())
    // what the operator has said is not bounded by a share, but by the room there is: an import must not throw out what is known
    if (this.ourAddress(source)) return this.#shelves.admitOfOperator(entry) ? undefined : 'no-room'
    return this.#shelves.admit(entry) ? undefined : 'source-full'
  }

  removeAddress(id: NodeId): void {
    const entry = this.#shelves.get(id)
    if (entry !== undefined) this.#remove(entry)
  }

  hasAddress(address: NetAddress): boolean {
    return this.#shelves.get(address.id) !== undefined
  }

  entry(id: NodeId): BookEntry | undefined {
    return this.#shelves.get(id)?.view()
  }

  hearsay(id: NodeId): Hearsay[] {
    return this.#shelves.get(id)?.hearsay() ?? []
  }

  entries(): BookEntry[] {
    return [...this.#shelves.values()].map((entry) => entry.view())
  }

  addressesOf(id: NodeId): readonly NetAddress[] {
    return this.#shelves.get(id)?.view().addresses ?? []
  }

  /** A reactor has called it good. (Go's IsGood asks whether it is old.) */
  isGood(id: NodeId): boolean {
    return this.#shelves.get(id)?.good ?? false
  }

  isBanned(id: NodeId): boolean {
    return this.#bans.isInForce(id, this.#now())
  }

  bannedUntil(id: NodeId): number | undefined {
    const now = this.#now()
    return this.#bans.isInForce(id, now) ? this.#bans.get(id, now)?.until : undefined
  }

  banned(): Ban[] {
    return this.#bans.inForce(this.#now()).map(({ entry: _, ...ban }) => ban)
  }

  markBad(id: NodeId, address: NetAddress | undefined, banMs: number, reason?: string, options: BanOptions = {}): void {
    const now = this.#now()
    const entry = this.#shelves.get(id)
    if (entry !== undefined) this.#remove(entry)
    this.#bans.add(
      {
        id,
        address: String(address ?? entry?.home.address ?? '').slice(0, MAX_ADDRESS_CHARACTERS),
        since: now,
        until: endOfTerm(now, banMs),
        ...(reason === undefined ? {} : { reason }),
        ...(options.byOperator ? { byOperator: true } : {}),
        ...(entry === undefined ? {} : { entry })
      },
      now,
      options.byOperator
    )
    this.#keeper.touch()
  }

  unban(id: NodeId): boolean {
    if (!this.isBanned(id)) return false
    this.#reinstate(id)
    return true
  }

  reinstateBadPeers(): number {
    return this.#bans.over(this.#now()).filter(({ id }) => this.#reinstate(id)).length
  }

  /** Lapses when dials fail; does not make the entry old. */
  markGood(id: NodeId): void {
    const entry = this.#shelves.get(id)
    if (entry === undefined) return
    entry.good = true
    entry.lastAttempt = this.#now()
    this.#keeper.touch()
  }

  markAttempt(address: NetAddress): void {
    const entry = this.#shelves.get(address.id)
    if (entry === undefined) return
    this.#countFailure(entry)
    this.#places.fail(entry, address)
  }

  markReached(address: NetAddress, ip?: string): void {
    // what a private node has told is not known for being true
    if (this.#refusal(address, address) !== undefined || this.#exclusions.isSecret(address)) return
    const now = this.#now()
    const told = this.#told(address, address)
    this.#endBan(address.id)
    let entry = this.#shelves.get(address.id)
    if (entry === undefined) {
      entry = new KnownAddress(address, { ...told, byItself: false }, now)
      this.#shelves.insert(entry)
    }
    const moved = this.#places.prove(entry, address, told, ip)
    entry.attempts = 0
    entry.lastAttempt = now
    entry.lastSuccess = now
    this.#shelves.reached(entry, moved)
    this.#keeper.touch()
  }

  needMoreAddrs(): boolean {
    return this.size() < NEED_ADDRESS_THRESHOLD
  }

  isEmpty(): boolean {
    return this.size() === 0
  }

  size(): number {
    return this.#shelves.size
  }

  pickAddress(bias: number): NetAddress | undefined {
    const { nOld, nNew } = this.#shelves
    const { random } = this.#options
    const kind = picksOld(nOld, nNew, clampBias(bias), random) ? 'old' : 'new'
    return this.#shelves.pick(kind, random)?.ordered()[0]?.address
  }

  getSelection(): BookEntry[] {
    return randomSelection(this.#tellable(), this.size(), this.#options)
  }

  getSelectionWithBias(bias: number): BookEntry[] {
    return biasedSelection(this.#tellable(), bias, this.size(), this.#options)
  }

  alternatives(n: number): Uint8Array[] {
    const proven = [...this.#shelves.values()].filter(
      ({ kind, places, record }) =>
        kind === 'old' && record !== undefined && places.some(({ proven, signed }) => proven && signed)
    )
    const count = Math.min(MAX_ALTERNATIVES, Math.max(0, n))
    return sample(proven, count, this.#options.random, isGood).map(({ record }) => record!)
  }

  keepScores(source: ScoreSource): () => void {
    this.#scores.hand(source)
    return () => this.#keeper.touch()
  }

  wantTest(n: number): NetAddress[] {
    const incumbents = this.#shelves.challenged().map((entry) => entry.ordered()[0]!.address)
    return [...incumbents, ...[...this.#rivals.ofProven()].map(({ address }) => address)].slice(0, Math.max(0, n))
  }

  testFailed(address: NetAddress): void {
    const entry = this.#shelves.get(address.id)
    if (entry !== undefined && this.#places.failTest(entry, address)) this.#countFailure(entry)
  }

  groupOf(address: NetAddress): string {
    return this.#shelves.groupOf(address)
  }

  anchors(): NetAddress[] {
    return this.#anchors.filter(({ id }) => !this.isBanned(id))
  }

  /** The first few that may be kept. */
  setAnchors(addresses: readonly NetAddress[]): void {
    const usable = addresses.filter(
      (address) => this.#exclusions.isValid(address) && !this.#exclusions.isSecret(address)
    )
    this.#anchors = usable.slice(0, MAX_ANCHORS)
    this.#keeper.touch()
  }

  #refusal(address: NetAddress, source: NetAddress): AddressRefusal | undefined {
    return this.#exclusions.refusal(address, source, (id) => this.isBanned(id))
  }

  #told(address: NetAddress, source: NetAddress, record?: Uint8Array): Told {
    const sourceGroup = this.ourAddress(source) ? operatorGroup(address.id) : this.#shelves.groupOf(source)
    return {
      source,
      sourceGroup,
      byItself: source.id === address.id && this.#speaksFor(source, address),
      ...(record !== undefined && this.#mayKeep(record) ? { record } : {})
    }
  }

  #mayKeep(record: Uint8Array): boolean {
    return record.length <= MAX_RECORD_BYTES && !this.#exclusions.recordNamesPrivate(record)
  }

  /** Of one group; of names, which are all one group, only for the very same. */
  #speaksFor(source: NetAddress, address: NetAddress): boolean {
    const group = this.#shelves.groupOf(address)
    return group === this.#shelves.groupOf(source) && (group !== NAMES || source.host === address.host)
  }

  #countFailure(entry: KnownAddress): void {
    entry.attempts = Math.min(entry.attempts + 1, MAX_ATTEMPTS)
    entry.lastAttempt = this.#now()
    if (entry.attempts >= MAX_RETRIES) entry.good = false
    this.#keeper.touch()
  }

  /** A ban that is over says nothing once the node is heard of again. */
  #endBan(id: NodeId): void {
    if (this.#bans.get(id, this.#now()) !== undefined) this.#reinstate(id)
  }

  /** The ban is over; true if what was known of the node is in the book again, as new. */
  #reinstate(id: NodeId): boolean {
    const entry = this.#bans.delete(id)?.entry
    this.#keeper.touch()
    if (entry === undefined || this.#shelves.get(id) !== undefined) return false
    entry.kind = 'new'
    entry.attempts = 0
    this.#shelves.insert(entry)
    return true
  }

  #remove(entry: KnownAddress): void {
    this.#shelves.remove(entry)
    this.#keeper.touch()
  }

  #tellable(): KnownAddress[] {
    return tellable([...this.#shelves.values()], this.#options.tells)
  }

  #now(): number {
    return this.#time.now()
  }

  #contents(): { shelves: Shelves; bans: Bans; exclusions: Exclusions; scores: KeptScores } {
    return { shelves: this.#shelves, bans: this.#bans, exclusions: this.#exclusions, scores: this.#scores }
  }

  #restore(stored: StoredBook): number {
    const { anchors, dropped, scored, unreadable } = restoreInto(this.#contents(), stored, this.#now())
    if (this.#anchors.length === 0) this.#anchors = anchors.slice(0, MAX_ANCHORS)
    this.#options.logger.info('Read the address book', {
      entries: this.size(),
      bans: this.#bans.size,
      scores: scored,
      dropped,
      unreadable
    })
    return unreadable
  }
}
