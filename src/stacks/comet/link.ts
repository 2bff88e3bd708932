/**
 * A link of the classic stack: MConnection over a SecretConnection (spec mconnection), between us and any CometBFT or Tendermint node. It owns the order of things
 * and how they end; what is written is sender.ts, what is read receiver.ts.
 *
 * What is under way below us is bounded by pings used as receipts (flight.ts). A slow reactor stops the reading (receive-queue.ts): pongs do not reach us either then,
 * so meanwhile only the socket bounds what we write, or two nodes that both wait would wait for ever. The wire has no goodbye: a remote that leaves closes its
 * side, in order (what came before is still given to the reactors) or not, and so do we.
 *
 * One way out: whatever ends it goes through `#end`, once, and nothing is delivered after. Freeing is `close`, which the switch always calls.
 */
import type { PeerId } from '@libp2p/interface'
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { Link, LinkSink, LinkTraits, Slice } from '../../interface/link.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { Probes } from '../../util/probes.ts'
import { KeepAlive } from './keep-alive.ts'
import type { MConnOptions } from './mconn-options.ts'
import { PacketFaultError } from './packet.ts'
import { PartialBudget } from './partial-budget.ts'
import { Receiver } from './receiver.ts'
import type { SecureStream } from './secret-stream.ts'
import { Sender } from './sender.ts'

/** How long `close` waits for the remote to take what was written and to close its side. Ours. */
const LINGER_MS = 1_000

export interface CometLinkInit {
  /** Authenticated, NodeInfo exchanged both ways, not started. The link's own from here on. */
  readonly stream: SecureStream
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  /** As the stack compares addresses. @default the stream's */
  readonly remoteIP?: string
  /** What we receive: all of it, whatever the remote announces (spec mconnection section 2). */
  readonly channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>
  /** Checked (`checkedMConnOptions`). */
  readonly options: Required<MConnOptions>
  readonly clock: Clock
  /** For messages that have not come whole, shared with the stack's other links. @default one of its own */
  readonly partial?: PartialBudget
  /** The socket is closed and the link holds nothing any more. Called once, by `close`. */
  released?(): void
}

/** `leaving`: the remote closed in order, and what it had sent is still being handed up. `ended`: told, or closed by us. */
type State = { is: 'new' } | { is: 'open' } | { is: 'leaving'; reason: StopReason } | { is: 'ended' }

export class CometLink implements Link {
  readonly stack = 'comet'
  readonly traits: LinkTraits
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  readonly remoteIP: string
  readonly #init: CometLinkInit
  readonly #stream: SecureStream
  readonly #served: ReadonlySet<number>
  readonly #sender: Sender
  readonly #receiver: Receiver
  readonly #keepAlive: KeepAlive
  readonly #probes: Probes
  // what changes
  #sink: LinkSink | undefined
  #state: State = { is: 'new' }
  #closing: Promise<void> | undefined
  #flushes: Array<{ readonly total: number; settle(all: boolean): void }> = []

  constructor(init: CometLinkInit) {
    const { stream, options, clock } = init
    this.#init = init
    this.#stream = stream
    this.outbound = init.outbound
    this.remoteId = init.remoteId
    this.remotePeerId = init.remotePeerId
    this.nodeInfo = init.nodeInfo
    this.socketAddr = init.socketAddr
    this.remoteIP = init.remoteIP ?? stream.remoteAddress
    this.#served = new Set(init.nodeInfo.channels)
    this.#sender = new Sender(stream, options, clock, () => this.#sink?.onWritable())
    this.traits = this.#sender.traits
    this.#receiver = new Receiver(stream, init.channels, options, clock, init.partial ?? new PartialBudget(), {
      ping: () => this.#sender.pinged(),
      pong: () => this.#onPong(),
      deliver: (channelId, bytes) => this.#sink?.deliver(channelId, bytes),
      full: (full) => this.#onFull(full)
    })
    this.#probes = new Probes(clock, () => this.#sender.ping())
    this.#keepAlive = new KeepAlive(clock, options, {
      ping: () => this.#sender.ping(),
      sign: () => this.#sign(),
      gone: () => this.#end({ kind: 'communication', message: 'pong timeout: the remote went silent' }, false)
    })
  }

  serves(channelId: number): boolean {
    return this.#served.has(channelId)
  }

  start(sink: LinkSink): void {
    if (this.#state.is !== 'new') return
    this.#sink = sink
    this.#state = { is: 'open' }
    this.#keepAlive.start()
    this.#stream.start({
      onData: (bytes) => this.#onData(bytes),
      onDrain: () => this.#onDrain(),
      onEnd: (error) => this.#onEnd(error)
    })
  }

  writable(channelId: number): boolean {
    return this.#state.is === 'open' && this.#sender.writable(channelId)
  }

  write(slice: Slice): void {
    if (this.#state.is === 'open') this.#sender.write(slice)
  }

  consumed(channelId: number, bytes: number): void {
    this.#receiver.consumed(channelId, bytes)
    this.#maybeLeave()
  }

  /**
   * True: a ping behind all that was written has been answered. While slow reactors keep us from reading, pongs cannot be seen, and it means that the kernel has
   * it all.
   */
  flushed(): Promise<boolean> {
    if (this.#state.is === 'leaving' || this.#state.is === 'ended') return Promise.resolve(false)
    const total = this.#sender.sent
    if (this.#sender.acknowledged >= total) return Promise.resolve(true)
    return new Promise((settle) => {
      this.#flushes.push({ total, settle })
      this.#sender.flush()
      this.#settleFlushes()
    })
  }

  /** While slow reactors keep us from reading, a link that has not broken counts as alive: a slow reader never loses its peer. */
  probe(timeoutMs: number): Promise<boolean> {
    if (this.#state.is === 'new') return Promise.resolve(!this.#stream.closed.aborted)
    if (this.#state.is !== 'open') return Promise.resolve(false)
    if (!this.#receiver.full) return this.#probes.probe(timeoutMs)
    this.#sender.ping()
    return Promise.resolve(true)
  }

  /** The wire cannot tell the remote why: it sees the connection closed, in order unless it broke the protocol. */
  close(reason: StopReason, _flushed: boolean): Promise<void> {
    this.#closing ??= this.#close(reason)
    return this.#closing
  }

  /** Packets, as Go counts them: on the wire each of their frames is 1044 bytes, so the two ends of a connection would tell different stories. */
  stats(): { sentBytes: number; receivedBytes: number } {
    return { sentBytes: this.#sender.written, receivedBytes: this.#receiver.read }
  }

  async #close({ kind }: StopReason): Promise<void> {
    const started = this.#state.is !== 'new'
    this.#stop()
    // whoever breaks the protocol is owed nothing; for anybody else what was written goes out first
    if (kind !== 'protocol' && kind !== 'misbehaviour' && !this.#stream.closed.aborted) await this.#leave(started)
    this.#stream.destroy()
    this.#init.released?.()
  }

  /** Closes our side and reads on, dropping what comes: to close with bytes unread would reset the connection, and what is on its way with it. */
  async #leave(started: boolean): Promise<void> {
    const { clock } = this.#init
    const { closed } = this.#stream
    const over = new Promise<void>((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }))
    let timer: TimerHandle
    const late = new Promise<void>((resolve) => {
      timer = clock.setTimeout(resolve, LINGER_MS)
    })
    if (!started) this.#stream.start({ onData: () => {}, onDrain: () => {}, onEnd: () => {} })
    this.#stream.resume()
    await Promise.race([this.#stream.end().then(() => over), over, late])
    clock.clearTimeout(timer)
  }

  #onData(bytes: Uint8Array): void {
    if (this.#state.is !== 'open') return
    this.#keepAlive.heard()
    this.#probes.heard()
    this.#sender.received(bytes.length)
    try {
      this.#receiver.data(bytes)
    } catch (error) {
      this.#violation(error as Error)
      return
    }
    // all pings of the chunk in one write
    this.#sender.answer()
  }

  #onPong(): void {
    this.#sender.ponged()
    this.#settleFlushes()
  }

  #onDrain(): void {
    this.#sender.drained()
    this.#settleFlushes()
  }

  #onFull(full: boolean): void {
    this.#keepAlive.deaf(full)
    this.#sender.unbound(full)
    this.#settleFlushes()
  }

  /** A pong that nobody asked for, as far as we know. */
  #sign(): void {
    this.#sender.pinged()
    this.#sender.answer()
  }

  #onEnd(error: Error | undefined): void {
    if (this.#state.is !== 'open') return
    if (error === undefined) {
      this.#state = { is: 'leaving', reason: { kind: 'communication', message: 'the remote closed the connection' } }
      this.#receiver.end()
      this.#release()
      this.#maybeLeave()
    } else if (error.name === 'SecretConnectionError') this.#violation(error)
    else this.#end({ kind: 'communication', message: error.message, cause: error }, false)
  }

  #maybeLeave(): void {
    if (this.#state.is === 'leaving' && this.#receiver.delivered) this.#end(this.#state.reason, true)
  }

  #violation(error: Error): void {
    const channelId = error instanceof PacketFaultError ? error.channelId : undefined
    const channel = channelId === undefined ? {} : { channelId }
    this.#end({ kind: 'protocol', message: error.message, cause: error, ...channel }, false)
  }

  /** The one way out that is told. */
  #end(reason: StopReason, drain: boolean): void {
    const sink = this.#sink
    this.#stop()
    sink?.onEnd(reason, drain)
  }

  #stop(): void {
    this.#state = { is: 'ended' }
    this.#sink = undefined
    this.#receiver.stop()
    this.#release()
  }

  /** Timers and whoever waits: no more pongs come. */
  #release(): void {
    this.#sender.stop()
    this.#keepAlive.stop()
    this.#probes.stop()
    for (const { settle } of this.#flushes.splice(0)) settle(false)
  }

  #settleFlushes(): void {
    if (this.#flushes.length === 0) return
    const { acknowledged } = this.#sender
    const all = this.#receiver.full && this.#stream.bufferedBytes === 0
    while (this.#flushes[0] !== undefined && (all || this.#flushes[0].total <= acknowledged))
      this.#flushes.shift()?.settle(true)
    if (this.#flushes.length > 0) this.#sender.ping()
  }
}
