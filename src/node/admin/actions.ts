/**
 * What an operator may ask of a running node and tell it: peers, bans, the address book, and why a node stands where it does (issue 5, section 4). Answers are plain
 * JSON. The socket is admin-socket.ts, the words for people are the commands'.
 */
import { InvalidOptionError } from '../../errors.ts'
import { netAddressFromParts, parseNetAddress } from '../../identity/net-address.ts'
import { parseNodeId } from '../../identity/node-id.ts'
import type { AddressBook, Ban, BookEntry, PeerBook } from '../../interface/address-book.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { NodeState, Standing, Switch } from '../../interface/switch.ts'
import { switchDefaults } from '../../options.ts'
import { PexReactor } from '../../reactors/pex/pex-reactor.ts'
import { importEntries } from './book-import.ts'

/** A peer as it is told. */
export interface AdminPeer {
  readonly id: NodeId
  readonly address: string
  readonly stack: string
  readonly direction: 'inbound' | 'outbound'
  readonly moniker: string
  readonly version: string
  readonly persistent: boolean
  readonly unconditional: boolean
  readonly connectedMs: number
  readonly sentBytes: number
  readonly receivedBytes: number
  readonly score: number
}

/** An entry of the book as it is told, exported and imported. Times are wall ms since 1970, 0: never. */
export interface AdminBookEntry {
  readonly id: NodeId
  readonly addresses: readonly string[]
  readonly source: string
  readonly kind: 'new' | 'old'
  readonly good: boolean
  readonly attempts: number
  readonly lastAttempt: number
  readonly lastSuccess: number
}

/** All that is known of one node. */
export interface NodeFacts {
  readonly id: NodeId
  readonly self: boolean
  readonly state?: NodeState
  readonly peer?: AdminPeer
  readonly ban?: Ban
  /** Why nobody dials it unasked, as the switch and peer exchange tell it. */
  readonly standing: readonly Standing[]
  readonly entry?: AdminBookEntry
  readonly persistent: boolean
  readonly unconditional: boolean
  readonly private: boolean
  readonly score: number
  readonly slots: { readonly freeOutbound: number; readonly outbound: number; readonly inbound: number }
}

export interface AdminContext {
  readonly switch: Switch
  readonly book: AddressBook
}

export type AdminActions = Readonly<Record<string, (args: Readonly<Record<string, unknown>>) => unknown>>

const DIAL_TIMEOUT_MS = 15_000

/** The actions by name. Each throws, or rejects with, an error whose message is for the operator. */
export function adminActions({ switch: sw, book }: AdminContext): AdminActions {
  const wholeBook = (): PeerBook => {
    if (!isPeerBook(book)) throw new Error('this node keeps no address book: it runs without peer exchange (pex)')
    return book
  }
  // what the operator was told is done holds also if the process is killed next
  const stored = async () => {
    if (isPeerBook(book)) await book.save()
  }
  const peerOf = (args: Readonly<Record<string, unknown>>): Peer => {
    const id = idOf(args)
    const peer = sw.peers().get(id)
    if (peer === undefined) throw new Error(`${id} is not connected`)
    return peer
  }
  return {
    peers: () =>
      sw
        .peers()
        .list()
        .map((peer) => peerFacts(peer, sw)),
    dial: async (args) => {
      const address = parseNetAddress(String(args.address ?? ''))
      const peer = await sw.dialPeerWithAddress(address, { signal: AbortSignal.timeout(DIAL_TIMEOUT_MS) })
      return peerFacts(peer, sw)
    },
    drop: async (args) => {
      const peer = peerOf(args)
      await sw.stopPeerGracefully(peer)
      return { id: peer.id() }
    },
    bans: () => book.banned(),
    ban: async (args) => {
      const id = idOf(args)
      const banMs = durationOf(args.banMs)
      const peer = sw.peers().get(id)
      if (id === sw.nodeInfo().id) throw new Error(`${id} is this node, which does not ban itself`)
      const role = isPersistent(id, sw) ? 'persistent' : sw.isPeerUnconditional(id) ? 'unconditional' : undefined
      if (role !== undefined) throw new Error(`${id} is ${role} by configuration: such peers are never banned`)
      const reason = String(args.reason ?? 'by the operator').slice(0, 200)
      book.markBad(id, peer?.socketAddr(), banMs, reason, { byOperator: true })
      if (peer !== undefined)
        await sw.stopPeerForError(peer, { kind: 'refused', refusal: 'banned', message: 'banned by the operator' })
      await stored()
      return book.banned().find((ban) => ban.id === id)
    },
    unban: async (args) => {
      const id = idOf(args)
      if (book.unban?.(id) !== true) throw new Error(`${id} is not banned`)
      await stored()
      return { id }
    },
    book: () => wholeBook().entries().map(entryFacts),
    import: async (args) => {
      const imported = await importEntries(wholeBook(), sw.nodeInfo(), args.entries)
      await stored()
      return imported
    },
    facts: (args) => nodeFacts(idOf(args), sw, book)
  }
}

/** All that is known of one node, from everybody who knows something. */
export function nodeFacts(id: NodeId, sw: Switch, book: AddressBook): NodeFacts {
  const { outbound, inbound } = sw.numPeers()
  const whole = isPeerBook(book) ? book : undefined
  const peer = sw.peers().get(id)
  const entry = whole?.entry(id)
  const state = sw.nodeStates().find((one) => one.id === id)
  const ban = book.banned().find((one) => one.id === id)
  return {
    id,
    self: sw.nodeInfo().id === id,
    ...(state === undefined ? {} : { state }),
    ...(peer === undefined ? {} : { peer: peerFacts(peer, sw) }),
    ...(ban === undefined ? {} : { ban }),
    ...(entry === undefined ? {} : { entry: entryFacts(entry) }),
    standing: peer === undefined ? standingOf(id, sw) : [],
    persistent: isPersistent(id, sw),
    unconditional: sw.isPeerUnconditional(id),
    private: whole?.isPrivate(id) ?? false,
    score: sw.score(id),
    slots: { freeOutbound: sw.freeOutboundSlots(), outbound, inbound }
  }
}

function standingOf(id: NodeId, sw: Switch): Standing[] {
  const exchange = sw.reactor('PEX')
  const found = [...(sw.standing?.(id) ?? []), ...(exchange instanceof PexReactor ? exchange.standing(id) : [])]
  // a network that both have found to be another's is said once, with the later end
  return found.filter(({ why }, i) => found.findIndex((other) => other.why === why) === i)
}

/** Connected or not. An address that names an id is its node's, whatever else it says; an id that was learnt at an address without one counts too. */
function isPersistent(id: NodeId, sw: Switch): boolean {
  return sw.isPeerPersistent(netAddressFromParts(id, '127.0.0.1', 1))
}

function peerFacts(peer: Peer, sw: Switch): AdminPeer {
  const { duration, sentBytes, receivedBytes } = peer.status()
  const { moniker, version } = peer.nodeInfo()
  return {
    id: peer.id(),
    address: String(peer.socketAddr()),
    stack: peer.stack(),
    direction: peer.isOutbound() ? 'outbound' : 'inbound',
    moniker,
    version,
    persistent: peer.isPersistent(),
    unconditional: sw.isPeerUnconditional(peer.id()),
    connectedMs: duration,
    sentBytes,
    receivedBytes,
    score: sw.score(peer.id())
  }
}

function entryFacts(entry: BookEntry): AdminBookEntry {
  const { id, addresses, source, kind, good, attempts, lastAttempt, lastSuccess } = entry
  return {
    id,
    addresses: addresses.map(String),
    source: String(source),
    kind,
    good,
    attempts,
    lastAttempt,
    lastSuccess
  }
}

function isPeerBook(book: AddressBook): book is PeerBook {
  return typeof (book as Partial<PeerBook>).entries === 'function'
}

function idOf(args: Readonly<Record<string, unknown>>): NodeId {
  return parseNodeId('id', String(args.id ?? ''))
}

function durationOf(given: unknown): number {
  if (given === undefined) return switchDefaults.banMs
  if (typeof given !== 'number' || !(given > 0)) throw new InvalidOptionError('banMs', given, 'a positive number of ms')
  return given
}
