/**
 * The port between the switch and a stack: a link is one authenticated connection to one node that carries whole messages on channels.
 * Every stack implements it, the outbox writes to it, the switch listens to it. Conformance suite: test/conformance/link.ts.
 */
import type { PeerId } from '@libp2p/interface'
import type { NetAddress } from './net-address.ts'
import type { NodeId, NodeInfo } from './node-info.ts'
import type { StopReason } from './stop-reason.ts'

/**
 * One write of the outbox: either whole messages of one channel, or one piece of a message longer than the link's quantum.
 * The link must be done with `parts` (copied or handed on) when `write` returns: the message's bytes are shared between peers of a broadcast
 * and must not be changed, but may be kept.
 */
export interface Slice {
  readonly channelId: number
  /** Whole messages in order, or exactly one piece. */
  readonly parts: readonly Uint8Array[]
  /** Sum of the parts' lengths, bytes. */
  readonly bytes: number
  /** Undefined for whole messages. Offset of the piece in its message, and that message's whole length, both bytes. */
  readonly piece?: { readonly offset: number; readonly total: number }
}

/** What a link tells about the wire. Sizes in bytes. */
export interface LinkTraits {
  /** The most the outbox puts in one slice. */
  readonly quantumBytes: number
  /** Bytes a message costs beside its payload when coalesced; the outbox counts them toward the quantum. */
  readonly overheadBytes: number
  /** False: the link takes whole messages only, one per slice, of any length (message-per-stream). */
  readonly splits: boolean
}

/** What a started link reports to. Implemented by the switch; no method throws. */
export interface LinkSink {
  /** A whole message arrived. The link owes nothing after this, but must not reuse the bytes. */
  deliver(channelId: number, bytes: Uint8Array): void
  /** `writable` may have become true for some channel. Called only after it was seen false; may be spurious. */
  onWritable(): void
  /**
   * The link is gone or the remote broke the protocol. Called at most once, after the last `deliver`. `drain` true: the remote left in good
   * order (flushStop), so what was delivered before is still given to the reactors.
   */
  onEnd(reason: StopReason, drain: boolean): void
}

export interface Link {
  /** 'libp2p' | 'comet' | 'memory' */
  readonly stack: string
  /** Our side opened hello (toward Go: dialled). */
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  /** Outbound: the address dialled. Inbound: remote id and the socket's address. */
  readonly socketAddr: NetAddress
  /** IP literal of the socket as `canonicalIp` writes it, '' where there is none or it is not known: policy compares texts. */
  readonly remoteIP: string
  readonly traits: LinkTraits
  /** Does the remote serve this channel? */
  serves(channelId: number): boolean
  /** Begins reading and writing. Nothing is delivered before; what arrived in between waits, bounded, in the link. */
  start(sink: LinkSink): void
  /** May `write` be called for this channel now? */
  writable(channelId: number): boolean
  /** Takes one slice. Called only when `writable`. Does not throw: a broken link reports through `onEnd`. */
  write(slice: Slice): void
  /**
   * `receive` is done with `bytes` bytes of the oldest messages of this channel, so the remote may send that much more. An empty message is told by a
   * call of its own with 0.
   */
  consumed(channelId: number, bytes: number): void
  /** Settles true once all written is with the remote (acknowledged where the wire can tell), false if the link ended before. */
  flushed(): Promise<boolean>
  /** Is the remote still there? Settles true at any sign of life within `timeoutMs`, else false. */
  probe(timeoutMs: number): Promise<boolean>
  /** Our side ends it: tells the remote the kind where the wire can, frees everything. Never rejects; bounded in time. `flushed` true: say so, the remote then drains. */
  close(reason: StopReason, flushed: boolean): Promise<void>
  /**
   * Only where the remote may hold state of an earlier connection of ours that it does not know to be dead (Go lp2p): makes it drop that, then the link
   * ends with `communication`, so that the redial finds a fresh peer. Never rejects; bounded in time.
   */
  resetRemote?(): Promise<void>
  /** Bytes in and out, as far as the link knows, before encryption where it can tell; messages cut short by the remote, where that alone does not end the link. */
  stats(): { sentBytes: number; receivedBytes: number; droppedMessages?: number }
}
