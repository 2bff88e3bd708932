/**
 * The address book in two ports. `AddressBook` is what the switch asks and tells: bans and marks. `PeerBook` is the whole book, which peer exchange works with
 * (p2p/pex/addrbook.go; spec/addrbook-and-pex.md); the book of address-book/ implements both.
 *
 * One entry per node id, whatever stacks it speaks: `id@host:port` is always its classic address (or that of the memory network), a multiaddr and Go's bootstrap
 * form are libp2p's. Go's MarkAttempt is in the second port only: peer exchange calls it, which knows which failed dials are the address's fault (D-21).
 */
import type { NetAddress } from './net-address.ts'
import type { NodeId } from './node-info.ts'

/** A ban in force. `since` and `until` are wall times, ms since 1970. */
export interface Ban {
  readonly id: NodeId
  /** '' where none was known. */
  readonly address: string
  readonly since: number
  readonly until: number
  /** For people. */
  readonly reason?: string
  /** The operator has said so: it makes room for others only where all are the operator's. */
  readonly byOperator?: true
}

/** Whose word a ban is. */
export interface BanOptions {
  /** The operator's: it takes the place of any that there is, also of one that ends later. Absent: a reactor's or the switch's, which make a ban longer only. */
  readonly byOperator?: boolean
}

/** What is thought of a node, as it is kept over a restart. */
export interface KeptScore {
  readonly id: NodeId
  /** -100 to 100, as it was at `at`. */
  readonly value: number
  /** Wall ms: it has been on its way back to 0 since. */
  readonly at: number
}

/** Whoever judges nodes, as the book sees it: the switch. */
export interface ScoreSource {
  /** What is worth keeping, now. Bounded, in any order. */
  kept(): readonly KeptScore[]
  /** What was kept, from whoever wrote it: well formed, but not more than that. It joins what has been learnt meanwhile. */
  recall(scores: readonly KeptScore[]): void
}

/** What the switch asks of a book and tells it. No method throws for anything that a remote can cause. */
export interface AddressBook {
  /** Until when (wall ms) that node is banned; undefined if it is not. */
  bannedUntil(id: NodeId): number | undefined
  /** Into the ban list and out of the book in one step. A later end wins over an earlier one, the operator's word over any. A ban of any length has an end that a Date can hold. */
  markBad(id: NodeId, address: NetAddress | undefined, banMs: number, reason?: string, options?: BanOptions): void
  /** A reactor's verdict: the node is worth keeping. */
  markGood(id: NodeId): void
  addPrivateIDs(ids: NodeId[]): void
  /** Is that node never to be told of? */
  isPrivate?(id: NodeId): boolean
  /** All bans in force. */
  banned(): Ban[]
  /** Lifts a ban; true if there was one. */
  unban?(id: NodeId): boolean
  /** Where else that node can be reached, proven addresses first: a dial that fails goes on with them (D-24). */
  addressesOf?(id: NodeId): readonly NetAddress[]
  /** Signed peer records of nodes that were reached, at most `n`: what a full node gives to those it refuses. */
  alternatives?(n: number): Uint8Array[]
  /**
   * Keeps scores over a restart, but those of private ids. `source.kept` is asked before each save; `source.recall` is told what was stored, within this call or once it
   * is read. A source that comes after another takes its place, and is told what that one had. Returns what is to be called when a score has changed.
   */
  keepScores?(source: ScoreSource): () => void
}

/** Why an address was not taken (Go's error list, spec/addrbook-and-pex.md section 6.4; the last four are ours). */
export type AddressRefusal =
  | 'invalid'
  | 'banned'
  | 'private'
  | 'private-source'
  | 'self'
  | 'non-routable'
  /** The source has its share of the book already. */
  | 'source-full'
  /** The operator tells it (the source is an address of ours), and there is no free place for it, nor one of a bad entry. */
  | 'no-room'
  /** A proven address of that id on that stack is known: another one has to prove itself first. */
  | 'proven-elsewhere'
  /** It came with a record of that node that is older than the one known. */
  | 'stale-record'

/** What is known of one node. Times are wall ms since 1970, 0: never. */
export interface BookEntry {
  readonly id: NodeId
  /** At most one per stack, proven ones first. Never empty. */
  readonly addresses: readonly NetAddress[]
  /** Who told us first: an id@host:port or multiaddr. */
  readonly source: NetAddress
  /** `old`: we have reached it ourselves, by a dial or a test dial. */
  readonly kind: 'new' | 'old'
  /** Failed dials since the last success. */
  readonly attempts: number
  readonly lastAttempt: number
  readonly lastSuccess: number
  /** A reactor has called it good. */
  readonly good: boolean
  /** Its signed peer record (libp2p's envelope), where it has been seen. */
  readonly record?: Uint8Array
}

/** What somebody has told of a node: the arguments of `addAddress`. */
export interface Hearsay {
  readonly address: NetAddress
  readonly source: NetAddress
  /** Where the source has told it with that record. */
  readonly record?: Uint8Array
}

/** The whole book. Sizes are numbers of entries. */
export interface PeerBook extends AddressBook {
  /** Loads what the store has. A damaged store is set aside with a word in the log; a second call does nothing. */
  start(): Promise<void>
  /** Writes what is unsaved, and ends the timers. */
  stop(): Promise<void>
  /** Writes now. Never rejects: a store that fails is logged and tried again at the next interval. */
  save(): Promise<void>

  addOurAddress(address: NetAddress): void
  ourAddress(address: NetAddress): boolean
  isPrivate(id: NodeId): boolean

  /**
   * An address and who told it. Undefined: taken, or known already. `record`: the node's own signed record that names this address.
   * An address for another stack than those known joins the node's entry.
   */
  addAddress(address: NetAddress, source: NetAddress, options?: { record?: Uint8Array }): AddressRefusal | undefined
  removeAddress(id: NodeId): void
  /** By id, as in Go. */
  hasAddress(address: NetAddress): boolean
  entry(id: NodeId): BookEntry | undefined
  /**
   * What is known of a node as it was told, each address by each of those who are known to have told it, the first one first; empty where nothing is known. At most 10. For
   * whoever takes a node out of the book for a while. Absent: the book does not know who has told what.
   */
  hearsay?(id: NodeId): Hearsay[]
  /** All entries, in no order. */
  entries(): BookEntry[]
  isGood(id: NodeId): boolean
  isBanned(id: NodeId): boolean

  /** A dial of ours to that address failed, and it is the address's fault. */
  markAttempt(address: NetAddress): void
  /**
   * A dial or a test dial of ours has reached the node at this address: proven. The entry becomes old, or waits for the test of the one in whose place it would
   * come. An address that is not in the book is added first. `ip`: where the connection led, in any text that may be none: a name counts as an address of whoever
   * has that IP, until a later connection leads elsewhere.
   */
  markReached(address: NetAddress, ip?: string): void

  needMoreAddrs(): boolean
  isEmpty(): boolean
  size(): number
  /** `bias` 0..100 toward new ones, clamped. Undefined where the book, or the chosen kind, has none. The address to dial first. */
  pickAddress(bias: number): NetAddress | undefined
  /** A random part of the book to tell others: private and banned nodes never among it. */
  getSelection(): BookEntry[]
  getSelectionWithBias(bias: number): BookEntry[]
  /** Those whose ban is over come back into the book; how many did. */
  reinstateBadPeers(): number

  /** Addresses that want a test dial, most urgent first: old ones in whose place another would come, and new addresses of known nodes. At most `n`. */
  wantTest(n: number): NetAddress[]
  /** The test dial of one of them came to nothing. `markReached` is the other outcome. */
  testFailed(address: NetAddress): void

  /** Which addresses are likely to be one owner's: those of one group. Absent: nothing is known of that, and peer exchange does not look at it. */
  groupOf?(address: NetAddress): string

  /** Outbound peers of the last run, dialled first after a restart. At most a few. */
  anchors(): NetAddress[]
  setAnchors(addresses: readonly NetAddress[]): void
}

/** Signed peer records (libp2p's envelope): made and proven where the libp2p stack is, carried by peer exchange. */
export interface PeerRecords {
  /** Ours, as it is now; undefined where the node listens on nothing that can be told. Never rejects. */
  own(): Promise<Uint8Array | undefined>
  /** The one that this peer has proven to us (identify), if it has. Never rejects. */
  of(id: NodeId): Promise<Uint8Array | undefined>
  /** Checks the signature; what the record says if it holds, undefined otherwise. Addresses carry the id. Never rejects. */
  open(
    envelope: Uint8Array
  ): Promise<{ readonly id: NodeId; readonly seq: bigint; readonly addresses: readonly NetAddress[] } | undefined>
}
