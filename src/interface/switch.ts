import type { Multiaddr } from '@multiformats/multiaddr'
import type { Envelope } from './envelope.ts'
import type { Logger } from './logger.ts'
import type { NetAddress } from './net-address.ts'
import type { NodeId, NodeInfo } from './node-info.ts'
import type { Peer, PeerSet } from './peer.ts'
import type { Reactor } from './reactor.ts'
import type { Service } from './service.ts'

/** Where a node stands with us (seed 004, "Node states"). */
export interface NodeState {
  id: NodeId
  address: string
  state: 'candidate' | 'dialing' | 'connected' | 'reconnecting' | 'bad'
  /** Wall time of the last change, ms since 1970. */
  since: number
  /** Failed dials since the last success. */
  attempts: number
  /** For `bad`: wall time when the ban ends. For `reconnecting`: when the next dial is due. */
  until?: number
}

/** Why nobody dials a node unasked, for people. */
export interface Standing {
  readonly why: string
  /** Wall time when that ends; undefined: not by itself. */
  readonly until?: number
}

/** The JSON of CometBFT's /net_info, with its 64-bit numbers as strings; `stack` is ours. */
export interface NetInfo {
  listening: boolean
  listeners: string[]
  n_peers: string
  peers: Array<{
    node_info: Record<string, unknown>
    is_outbound: boolean
    connection_status: Record<string, unknown>
    remote_ip: string
    /** 'libp2p' | 'comet' | 'memory' */
    stack: string
  }>
}

/** Runs reactors over one or more stacks (p2p/switch.go, seeds 001 and 003). */
export interface Switch extends Service {
  /** Before start only; names and channel ids are unique. Returns the reactor. */
  addReactor(name: string, reactor: Reactor): Reactor
  reactor(name: string): Reactor | undefined
  peers(): PeerSet
  /** Unconditional peers are left out, as in Go. `dialing` counts from a dial's call to its settlement. */
  numPeers(): { outbound: number; inbound: number; dialing: number }
  maxNumOutboundPeers(): number
  /** One `send` per connected peer, started at once, whether or not the result is read. Encodes once. */
  broadcast(envelope: Envelope): AsyncIterable<{ peer: Peer; sent: boolean }>
  broadcastAsync(envelope: Envelope): void
  tryBroadcast(envelope: Envelope): void
  /** Settles once every removePeer has run; called inside one of that peer's own callbacks, without waiting for that callback. */
  stopPeerForError(peer: Peer, reason: unknown): Promise<void>
  /** No reason, no reconnecting. */
  stopPeerGracefully(peer: Peer): Promise<void>
  markPeerAsGood(peer: Peer): void
  /**
   * Refuses that node both ways for `banMs` (default 24 h); does not disconnect it, but one that is still in `initPeer` becomes no peer. A persistent or unconditional
   * one only loses in score (D-6).
   */
  markPeerAsBad(peer: Peer, banMs?: number): void
  /**
   * Settles once addPeer has run on every reactor. A dial to a connected node resolves to its peer; several dials to one node are one. An abort rejects at
   * once with `signal.reason`. If nobody else waits for the same dial, the peer is then not wanted: should a reactor have seen its initPeer already, it stops
   * with `shutdown`, and removePeer follows. A persistent peer stays all the same, because the configuration wants it.
   */
  dialPeerWithAddress(address: NetAddress | Multiaddr | string, options?: { signal?: AbortSignal }): Promise<Peer>
  /** Dials in random order, each within 3 s, until the outbound slots are full. */
  dialPeersAsync(addresses: Array<string | Multiaddr>): void
  /** R-79, D-22: public outbound slots that nobody has and nobody is dialling for. */
  freeOutboundSlots(): number
  /**
   * A test dial: connects, has the remote prove its key, and closes. It takes no slot, and reactors see nothing of it. Rejects as a dial does: `DialFailedError`,
   * `WrongIdentityError`, the signal's reason; with `PeerRefusedError` (`self`, `duplicate-id`, `banned`, `pending-full`) where it was not tried: nothing is known of the address then.
   */
  testAddress(
    address: NetAddress | Multiaddr | string,
    options?: { signal?: AbortSignal }
  ): Promise<{ /** Where it led, '' where the stack has none. */ readonly ip: string }>
  /**
   * May that node be dialled without anybody having asked for it, by peer exchange or discovery? False for one that is banned, was stopped in good order by us (R-62; until
   * it is a peer again, or some minutes if it is not persistent), waits out a penalty (D-6), or was found incompatible. A dial by `dialPeerWithAddress` is tried all the same.
   */
  shouldDial(id: NodeId): boolean
  /** Why `shouldDial` says no of that node, in the switch's own view. Not part of the reactor API: for operators. */
  standing?(id: NodeId): Standing[]
  /** Peer exchange has given up dialling that node: `nodeStates` has it as `bad` for so long, or until it is a peer. Not part of the reactor API. */
  noteGivenUp?(address: NetAddress, forMs: number): void
  /** The stack that a dial to this address would use first; undefined: none of this switch's. */
  stackFor(address: NetAddress): string | undefined
  /** What we think of a node, from -100 to 100: 0 of one we know nothing about. See switch/score.ts for what counts. */
  score(id: NodeId): number
  addPersistentPeers(addresses: string[]): void
  addUnconditionalPeerIDs(ids: string[]): void
  addPrivatePeerIDs(ids: string[]): void
  isDialingOrExistingAddress(address: NetAddress): boolean
  isPeerPersistent(address: NetAddress): boolean
  isPeerUnconditional(id: NodeId): boolean
  nodeInfo(): NodeInfo
  /** The JSON of CometBFT's /net_info, without private peers (`privatePeerIDs`), which Go's has: it is served to anybody. `peers()` has them. */
  netInfo(): NetInfo
  nodeStates(): NodeState[]
  logger: Logger
}
