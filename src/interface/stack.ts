/**
 * The port of a stack: turns dialling and accepting into links. A stack decides nothing about who may be a peer: it asks its host, the switch.
 */
import type { PeerId } from '@libp2p/interface'
import type { Link } from './link.ts'
import type { NetAddress } from './net-address.ts'
import type { NodeId, NodeInfo } from './node-info.ts'
import type { Refusal } from './policy.ts'

/** A remote whose identity is proven and who wants to be a peer. */
export interface InboundCandidate {
  readonly id: NodeId
  readonly peerId: PeerId
  /** IP literal of the socket, '' where the stack has none. */
  readonly ip: string
  /** Port of the socket, where the stack has one. */
  readonly port?: number
  /** What it said of itself; absent where the wire has no such message (Go lp2p). */
  readonly nodeInfo?: NodeInfo
  /** `own`: it said hello in our protocol. `go`: a Go CometBFT lp2p node, which says nothing of itself. @default 'own' */
  readonly wire?: 'own' | 'go'
  /** The stack's options admit this remote only if it is persistent or unconditional: refuse it as `not-selected` otherwise. */
  readonly knownOnly?: boolean
  /**
   * What holds where both nodes dial each other at once. `by-id`: both know the rule by which the larger id answers first. `first-wins`: the remote does not
   * (Go's classic stack), so the connection that is ready first is kept and our own dial gives way. @default 'by-id'
   */
  readonly simultaneous?: 'by-id' | 'first-wins'
  /** The user's `filterConnection` was asked when it came in (`StackHost.arrive`). */
  readonly addressFiltered?: boolean
  /** Aborts when the remote went away while we think. */
  readonly signal?: AbortSignal
}

/** An admission: the slot is taken from the moment this object exists. Exactly one of the two methods is called, once. */
export interface Admission {
  /** The link is up: hand it to the switch, which runs the peer's life. */
  accept(link: Link): void
  /** It came to nothing: frees the slot. */
  abandon(): void
}

export type AdmissionVerdict =
  | { readonly allow: true; readonly admission: Admission }
  | { readonly allow: false; readonly refusal: Refusal; readonly detail: string }

/** A connection that may go on: it counts against the budget of strangers until `release`, which may be called again. */
export type ArrivalVerdict =
  | { readonly allow: true; release(): void }
  | { readonly allow: false; readonly refusal: Refusal; readonly detail: string }

/** The switch, as stacks see it. No method throws. */
export interface StackHost {
  /** Ours, to send in a handshake: its listen address is one of this stack's. */
  nodeInfo(): NodeInfo
  /**
   * A connection came in and nobody has authenticated yet (D-15): counted within the call, then the user's filter of addresses is asked. Release it when it has become
   * a link or has ended. Only for stacks that have no gater of their own in front. Absent: whoever comes may go on. Never rejects.
   */
  arrive?(remote: { readonly ip: string; readonly port: number }): Promise<ArrivalVerdict>
  /**
   * May this remote become an inbound peer? Waits where the rule for simultaneous dials says so (our own hello to a larger id unanswered), or while
   * an old, silent link to the same id is probed. Never rejects.
   */
  admit(candidate: InboundCandidate): Promise<AdmissionVerdict>
  /** Is that node persistent or unconditional: to be heard also where strangers have used up their share? Absent: none is. */
  expects?(id: NodeId): boolean
  /** Signed peer records that a refused remote may try instead of us, at most `n`. Absent: none. */
  alternatives?(n: number): readonly Uint8Array[]
  /** Which channels we serve, ascending, and what each may receive. */
  channels(): ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number; readonly priority: number }>
}

export interface DialOptions {
  readonly signal: AbortSignal
  /**
   * Called once, synchronously, when the remote's key is proven and right before our hello goes out (toward Go: before the link is made).
   * A refusal ends the dial with `PeerRefusedError`; `duplicate-id` means it became a peer meanwhile.
   */
  authenticated(remote: {
    id: NodeId
    peerId: PeerId
    ip: string
  }): { allow: true } | { allow: false; refusal: Refusal; detail: string }
}

export interface Stack {
  readonly name: string
  /** Can this stack dial that address? Asked in the order of the switch's stacks; the first that can is used first. */
  dials(address: NetAddress): boolean
  /** Begins accepting. Called once, after the reactors have started. */
  start(host: StackHost): Promise<void>
  /**
   * Connects, authenticates, exchanges NodeInfo and waits for the remote's verdict. Rejects with `PeerRefusedError` (either side refused),
   * `IncompatiblePeerError`, `DialFailedError`, `WrongIdentityError` where the address names an id and another node is there (nobody is asked then: the remote does not
   * hear who we are), or the signal's reason.
   */
  dial(address: NetAddress, options: DialOptions): Promise<Link>
  /** Stops accepting and ends what is half done. Called after the peers have stopped. Never rejects. */
  stop(): Promise<void>
  /** Where we can be reached, best first; the first one goes into NodeInfo.listenAddr unless `externalAddress` is set. Empty: does not listen. */
  listenAddrs(): string[]
}
