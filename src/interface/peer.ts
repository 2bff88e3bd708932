import type { PeerId } from '@libp2p/interface'
import type { Envelope } from './envelope.ts'
import type { NetAddress } from './net-address.ts'
import type { NodeId, NodeInfo } from './node-info.ts'

/** Figures of one channel of a connection. */
export interface ChannelStatus {
  id: number
  priority: number
  sendQueueCapacity: number
  /** Messages waiting to be sent. */
  sendQueueSize: number
  recentlySent: number
  /** Bytes of messages handed to the link so far, without what the wire adds. */
  sentBytes: number
  /** Bytes of messages handed to the reactor so far. */
  receivedBytes: number
}

/**
 * How fast bytes flow in one direction (libs/flowrate Status; spec/mconnection.md section 6): over samples of about 100 ms, those that have ended. Rates are
 * bytes per second. What Go knows of a transfer's size is always 0 for a connection.
 */
export interface FlowStatus {
  /** Wall time, ms since 1970. */
  start: number
  bytes: number
  samples: number
  /** Of the last sample. */
  instRate: number
  /** Moving average of about a second. */
  curRate: number
  /** Since the start. */
  avgRate: number
  /** Of the fastest sample. */
  peakRate: number
  bytesRem: number
  /** From the start to the end of the last sample, ms. */
  duration: number
  /** Since the last byte, ms. */
  idle: number
  timeRem: number
  progress: number
  active: boolean
}

/** Figures of a connection (p2p/conn ConnectionStatus). */
export interface ConnectionStatus {
  /** Age of the connection, ms. */
  duration: number
  sendMonitor: FlowStatus
  recvMonitor: FlowStatus
  sentBytes: number
  receivedBytes: number
  sentMessages: number
  receivedMessages: number
  /** Messages that the remote began and cut short, where its wire makes nothing worse of that (Go lp2p). */
  droppedMessages: number
  /** Messages that were refused because the peer does not serve their channel, or because they cannot be encoded. */
  unsendableMessages: number
  channels: ChannelStatus[]
}

/**
 * One connection to one node, as reactors see it. Every connection has a new Peer; what stays equal over reconnects is `id()`.
 */
export interface Peer {
  /** The same on every stack for the same key. */
  id(): NodeId
  /** libp2p's name for the same key. */
  peerId(): PeerId
  stack(): string
  /** Started and not stopped. */
  isRunning(): boolean
  /** Aborts when the peer is stopped. */
  quit(): AbortSignal
  /** What any reactor stored under `key` on this very handle. */
  get(key: string): unknown
  set(key: string, value: unknown): void
  /**
   * Queues a message: true means queued, not delivered. Waits up to 10 s while the channel's queue is full, then false. False at once
   * when stopped, on a channel the peer does not serve, or when the message cannot be encoded. Rejects for two things only: an abort, with
   * `signal.reason`, and options that are none, with `InvalidOptionError`.
   */
  send(envelope: Envelope, options?: { signal?: AbortSignal }): Promise<boolean>
  /** As `send`, but never waits: false when the queue is full. */
  trySend(envelope: Envelope): boolean
  /** Refuses new sends, hands over all that was accepted, then stops the peer gracefully. */
  flushStop(): Promise<void>
  /** Closes the connection; the peer then stops with `communication`. */
  closeConn(): Promise<void>
  /** Our side opened hello (toward Go: dialled), whatever the connection's direction. */
  isOutbound(): boolean
  /**
   * Only on peers whose stack has it (Go lp2p), for one that answers nothing: makes the remote forget a connection that died without its notice, and ends
   * this peer, which is then dialled again (spec/lp2p.md section 8).
   */
  resetRemote?(): Promise<void>
  isPersistent(): boolean
  nodeInfo(): NodeInfo
  status(): ConnectionStatus
  /** Outbound: the address dialled. Inbound: the remote's id with the socket's address. */
  socketAddr(): NetAddress
  remoteIP(): string
}

/** An immutable snapshot of the connected peers. */
export interface PeerSet extends Iterable<Peer> {
  readonly size: number
  has(id: NodeId): boolean
  get(id: NodeId): Peer | undefined
  list(): Peer[]
  /** A uniformly chosen peer, undefined when empty. */
  random(): Peer | undefined
}
