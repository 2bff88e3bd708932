/**
 * One connection to one node, as reactors see it (p2p/peer.go, seed 001 "Peer API"). It holds no socket: what it is told to send goes to its outbox.
 */
import type { PeerId } from '@libp2p/interface'
import { InvalidOptionError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'
import type { Envelope } from '../interface/envelope.ts'
import type { Link } from '../interface/link.ts'
import type { Logger } from '../interface/logger.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { ConnectionStatus, Peer } from '../interface/peer.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { ChannelTable } from '../wire/channel-table.ts'
import { isPromise, promised } from './foreign.ts'
import type { TrafficMeter } from './traffic-meter.ts'

/** The rest of a peer's life, as its handle needs it. */
export interface PeerControl {
  isPersistent(id: NodeId): boolean
  /** Messages and bytes handed to reactors. */
  received(): { messages: number; bytes: number }
  receivedOn(channelId: number): number
  flushStop(): Promise<void>
  closeConn(): Promise<void>
}

export interface PeerComponents {
  readonly link: Link
  readonly outbox: Outbox
  readonly meter: TrafficMeter
  readonly table: ChannelTable
  readonly control: PeerControl
  readonly clock: Clock
  readonly logger: Logger
}

export class SwitchPeer implements Peer {
  /** Is this one of ours, and not a handle around one? A Proxy passes `instanceof`. */
  static owns(peer: Peer): peer is SwitchPeer {
    return #components in peer
  }

  readonly #components: PeerComponents
  readonly #values = new Map<string, unknown>()
  readonly #quit = new AbortController()
  readonly #since: number
  /** See `Peer`. Absent where the link has nothing to reset. */
  readonly resetRemote?: () => Promise<void>
  #state: 'new' | 'running' | 'stopped' = 'new'
  #unsendable = 0

  constructor(components: PeerComponents) {
    this.#components = components
    this.#since = components.clock.now()
    const { link } = components
    if (link.resetRemote !== undefined) this.resetRemote = () => link.resetRemote?.() ?? Promise.resolve()
  }

  id(): NodeId {
    return this.#components.link.remoteId
  }

  peerId(): PeerId {
    return this.#components.link.remotePeerId
  }

  stack(): string {
    return this.#components.link.stack
  }

  isRunning(): boolean {
    return this.#state === 'running'
  }

  quit(): AbortSignal {
    return this.#quit.signal
  }

  get(key: string): unknown {
    return this.#values.get(key)
  }

  set(key: string, value: unknown): void {
    this.#values.set(key, value)
  }

  async send(envelope: Envelope, options?: { signal?: AbortSignal }): Promise<boolean> {
    if (options !== undefined) checkSendOptions(options)
    const bytes = this.#encode(envelope)
    return bytes === undefined ? false : await this.#components.outbox.send(envelope.channelId, bytes, options ?? {})
  }

  trySend(envelope: Envelope): boolean {
    const bytes = this.#encode(envelope)
    return bytes !== undefined && this.#components.outbox.trySend(envelope.channelId, bytes)
  }

  /** For broadcasts, which encode once: as `send` and `trySend`, with the bytes made. */
  async sendBytes(channelId: number, bytes: Uint8Array): Promise<boolean> {
    return this.#serves(channelId) && (await this.#components.outbox.send(channelId, bytes))
  }

  trySendBytes(channelId: number, bytes: Uint8Array): boolean {
    return this.#serves(channelId) && this.#components.outbox.trySend(channelId, bytes)
  }

  async flushStop(): Promise<void> {
    await this.#components.control.flushStop()
  }

  async closeConn(): Promise<void> {
    await this.#components.control.closeConn()
  }

  isOutbound(): boolean {
    return this.#components.link.outbound
  }

  isPersistent(): boolean {
    return this.#components.control.isPersistent(this.id())
  }

  nodeInfo(): NodeInfo {
    return this.#components.link.nodeInfo
  }

  status(): ConnectionStatus {
    const { link, outbox, meter, control, clock } = this.#components
    const { sentBytes, receivedBytes, droppedMessages = 0 } = link.stats()
    return {
      duration: clock.now() - this.#since,
      ...meter.status(),
      sentBytes,
      receivedBytes,
      sentMessages: outbox.sentMessages,
      receivedMessages: control.received().messages,
      droppedMessages,
      unsendableMessages: this.#unsendable,
      channels: outbox.status().map((channel) => ({ ...channel, receivedBytes: control.receivedOn(channel.id) }))
    }
  }

  socketAddr(): NetAddress {
    return this.#components.link.socketAddr
  }

  remoteIP(): string {
    return this.#components.link.remoteIP
  }

  toString(): string {
    return `Peer{${this.stack()} ${this.socketAddr().dialString()} ${this.id()} ${this.isOutbound() ? 'out' : 'in'}}`
  }

  /** The lifecycle's own: called when the routines start. */
  markStarted(): void {
    if (this.#state === 'new') this.#state = 'running'
  }

  /** The lifecycle's own: called once, when the stop is decided. */
  markStopped(): void {
    this.#state = 'stopped'
    this.#quit.abort()
  }

  #serves(channelId: number): boolean {
    if (!this.isRunning()) return false
    if (this.#components.table.get(channelId) === undefined || !this.#components.link.serves(channelId)) {
      this.#unsendable++
      this.#components.logger.debug('Not sent: the peer does not serve the channel', { peer: this.id(), channelId })
      return false
    }
    this.#components.meter.traffic()
    return true
  }

  #encode(envelope: Envelope): Uint8Array | undefined {
    if (!this.#serves(envelope?.channelId)) return undefined
    const bytes = encodeEnvelope(envelope, this.#components.table, this.#components.logger)
    if (bytes === undefined) this.#unsendable++
    return bytes
  }
}

/** What is wrong with a message is false and logged; what is wrong with the options is the caller's mistake, and told. */
function checkSendOptions(options: { readonly signal?: unknown }): void {
  if (typeof options !== 'object') throw new InvalidOptionError('options', options, 'an object')
  const signal = options?.signal
  if (signal === undefined) return
  if (!(signal instanceof AbortSignal)) throw new InvalidOptionError('options.signal', signal, 'an AbortSignal')
  signal.throwIfAborted()
}

/** The message's bytes; undefined, logged, if the channel is not ours or the message cannot be encoded. */
export function encodeEnvelope(envelope: Envelope, table: ChannelTable, logger: Logger): Uint8Array | undefined {
  const channelId: unknown = envelope?.channelId
  const channel = typeof channelId === 'number' ? table.get(channelId) : undefined
  if (channel === undefined) {
    logger.error('Not sent: no reactor has this channel', { channelId })
    return undefined
  }
  const { typeName } = channel.messageType
  try {
    const bytes: unknown = channel.messageType.encode(envelope.message)
    if (bytes instanceof Uint8Array) return bytes
    const what = isPromise(bytes) ? `its reactor ${promised(bytes)}` : 'encode gave no bytes'
    logger.error(`Not sent: ${what}`, { channelId, type: typeName })
  } catch (err) {
    logger.error('Not sent: the message cannot be encoded', { channelId, type: typeName, err })
  }
  return undefined
}
