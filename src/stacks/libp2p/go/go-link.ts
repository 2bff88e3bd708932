/**
 * A link to a Go CometBFT node on libp2p: one stream per message (spec/lp2p.md; docs/protocol.md section 9). Go knows no hello, no receipts and no
 * goodbye, so: a message is with the remote when its stream's FIN is here; what is in flight is bounded by what Go's resource manager admits;
 * a slow reactor holds the streams of what it has not consumed, and Go, which may have 256 open, waits.
 *
 * The link belongs to the node, not to one connection: Go sends on whichever it likes when there are two. It ends with the last of them.
 */
import { type Connection, type Stream, setMaxListeners } from '@libp2p/interface'
import type { Clock } from '../../../interface/clock.ts'
import type { Link, LinkSink, LinkTraits, Slice } from '../../../interface/link.ts'
import type { StopReason } from '../../../interface/stop-reason.ts'
import { pause } from '../../../util/pause.ts'
import { Unconsumed } from '../../../util/unconsumed.ts'
import { clockSignal } from '../deadline-signal.ts'
import { openStream } from '../open-stream.ts'
import { Remote, type RemoteInit } from '../remote.ts'
import { goProtocol } from './go-protocol.ts'
import { IncomingMessage, sendMessage } from './message-stream.ts'

/** Go's consensus reactor drops a block part that overtakes its proposal (lp2p.md section 7, row 2). */
const ORDERED = new Set([0x20, 0x21, 0x22, 0x23])
/** 256 per connection, less what ping and identify need. */
const MAX_IN_ALL = 250
/** Ours: bounds what one peer keeps in memory of what was sent. */
const MAX_IN_FLIGHT_BYTES = 32 * 1024 * 1024
/** A message that Go did not read (its limits, not yet active) is sent again after so long, doubling. Ours: 6 s in all. */
const FIRST_RETRY_MS = 50
const MAX_TRIES = 8
/** Evidence: an empty message decodes as an empty list there, and makes us a peer of a node that did not dial us. */
const PROVISION_CHANNEL = 0x38
/** Block sync: a byte that is no message makes Go drop its peer and every connection of it. */
const RESET_CHANNEL = 0x40
const CLOSE_MS = 1_000
/** Streams that wait for `start`. Ours. */
const MAX_EARLY_STREAMS = 256

const TRAITS: LinkTraits = Object.freeze({ quantumBytes: Number.MAX_SAFE_INTEGER, overheadBytes: 0, splits: false })

export interface GoLinkInit extends RemoteInit {
  readonly channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>
  /** From this connection's identify; undefined where there was none: the first message then shows. */
  readonly serves: ReadonlySet<number> | undefined
  /** Beyond this and one message the peer is stopped: Go has no credit to bound it by. */
  readonly receiveBufferBytes: number
  /** Messages at once per channel. */
  readonly inFlight: number
  readonly clock: Clock
  /** The link is done with its connections. Never rejects. Called once, by `close`. */
  release(connections: readonly Connection[]): Promise<void>
}

export class GoLink extends Remote implements Link {
  readonly traits = TRAITS
  readonly #init: GoLinkInit
  readonly #capacity = new Map<number, number>()
  readonly #connections = new Set<Connection>()
  readonly #over = new AbortController()
  // what changes
  #sink: LinkSink | undefined
  #ended: { reason: StopReason; drain: boolean } | undefined
  #closing: Promise<void> | undefined
  #serves: Set<number> | undefined
  #early: Array<{ channelId: number; stream: Stream }> = []
  // sending
  readonly #inFlight = new Map<number, number>()
  #inFlightAll = 0
  #inFlightBytes = 0
  /** Some stream has been answered: others may be opened beside it. */
  #answered = false
  #refused = false
  #flushes: Array<(all: boolean) => void> = []
  // receiving
  readonly #arriving = new Set<IncomingMessage>()
  /** Handed up and not consumed: their lengths and, as many, their streams. */
  readonly #waiting = new Map<number, { lengths: Unconsumed; messages: IncomingMessage[] }>()
  #heldBytes = 0
  /** Streams that ended before their message did: dropped, not held against the peer (Go resets a stream for reasons of its own). */
  #truncated = 0
  #sentBytes = 0
  #receivedBytes = 0

  constructor(init: GoLinkInit) {
    super(init)
    this.#init = init
    // one listener per message in flight
    setMaxListeners(Number.POSITIVE_INFINITY, this.#over.signal)
    this.#serves = init.serves === undefined ? undefined : new Set(init.serves)
    for (const { id, recvMessageCapacity } of init.channels) this.#capacity.set(id, recvMessageCapacity)
    this.addConnection(init.connection)
  }

  /** Another connection to the same node. */
  addConnection(connection: Connection): void {
    if (this.#connections.has(connection)) return
    this.#connections.add(connection)
    connection.addEventListener('close', () => this.#onConnectionClose(connection), { once: true })
    if (connection.status !== 'open') this.#onConnectionClose(connection)
  }

  serves(channelId: number): boolean {
    return this.#serves === undefined ? this.#capacity.has(channelId) : this.#serves.has(channelId)
  }

  start(sink: LinkSink): void {
    this.#sink = sink
    if (this.#ended !== undefined) {
      const { reason, drain } = this.#ended
      queueMicrotask(() => sink.onEnd(reason, drain))
      return
    }
    // before anything else: it also is the one stream that is alone until the remote has shown that it is ready
    if (this.outbound && this.#serves?.has(PROVISION_CHANNEL)) this.#send(PROVISION_CHANNEL, new Uint8Array(0))
    for (const { channelId, stream } of this.#early.splice(0)) this.#receive(channelId, stream)
  }

  /** A message stream arrived. Call synchronously. */
  adopt(channelId: number, stream: Stream): void {
    if (this.#ended !== undefined || this.#early.length >= MAX_EARLY_STREAMS) stream.abort(new Error('not taken'))
    else if (this.#sink === undefined) this.#early.push({ channelId, stream })
    else this.#receive(channelId, stream)
  }

  writable(channelId: number): boolean {
    if (this.#sink === undefined || this.#ended !== undefined) return false
    const most = ORDERED.has(channelId) ? 1 : this.#init.inFlight
    if (
      (this.#inFlight.get(channelId) ?? 0) < most &&
      this.#inFlightAll < (this.#answered ? MAX_IN_ALL : 1) &&
      (this.#inFlightBytes < MAX_IN_FLIGHT_BYTES || this.#inFlightAll === 0)
    )
      return true
    this.#refused = true
    return false
  }

  write({ channelId, parts }: Slice): void {
    if (this.#ended !== undefined) return
    for (const payload of parts) this.#send(channelId, payload)
  }

  consumed(channelId: number, bytes: number): void {
    const waiting = this.#waiting.get(channelId)
    if (waiting === undefined) return
    const before = waiting.lengths.bytes
    const done = waiting.messages.splice(0, waiting.lengths.consume(bytes))
    this.#heldBytes -= before - waiting.lengths.bytes
    for (const message of done) message.release()
  }

  flushed(): Promise<boolean> {
    if (this.#ended !== undefined) return Promise.resolve(false)
    if (this.#inFlightAll === 0) return Promise.resolve(true)
    return new Promise((settle) => this.#flushes.push(settle))
  }

  /** Go answers any negotiation, also of a protocol it does not know: that is a sign of life and leaves no trace. */
  async probe(timeoutMs: number): Promise<boolean> {
    const connection = this.#open()
    if (connection === undefined || this.#ended !== undefined) return false
    const deadline = clockSignal(this.#init.clock, timeoutMs, 'probe', this.#over.signal)
    try {
      const stream = await openStream(connection, '/ipfs/ping/1.0.0', { signal: deadline.signal })
      stream.abort(new Error('answered'))
      return true
    } catch (error) {
      // a refusal is an answer, a time-out or a broken connection is none
      return (error as Error).name === 'UnsupportedProtocolError'
    } finally {
      deadline.clear()
    }
  }

  /**
   * For a Go node that still holds our connection of before a restart and answers nothing: makes it drop its peer and all connections of it. The
   * link ends with `communication`; the redial then finds a fresh Go peer (lp2p.md section 8).
   */
  async resetRemote(): Promise<void> {
    const connection = this.#open()
    if (connection !== undefined && this.#ended === undefined) {
      const deadline = clockSignal(this.#init.clock, CLOSE_MS, 'reset', this.#over.signal)
      // 0xff begins no protobuf field
      await sendMessage(connection, goProtocol(RESET_CHANNEL), Uint8Array.of(0xff), deadline.signal)
      deadline.clear()
    }
    this.#end({
      kind: 'communication',
      transient: true,
      message: 'the remote held a dead connection of ours: it was reset'
    })
  }

  close(reason: StopReason): Promise<void> {
    this.#closing ??= this.#close(reason)
    return this.#closing
  }

  stats(): { sentBytes: number; receivedBytes: number; droppedMessages: number } {
    return { sentBytes: this.#sentBytes, receivedBytes: this.#receivedBytes, droppedMessages: this.#truncated }
  }

  async #close(reason: StopReason): Promise<void> {
    this.#ended ??= { reason, drain: false }
    this.#stop()
    const error = new Error(`link closed (${reason.kind}): ${reason.message}`)
    for (const { stream } of this.#early.splice(0)) stream.abort(error)
    for (const message of this.#arriving) message.abort(error)
    for (const { messages } of this.#waiting.values()) for (const message of messages) message.release()
    this.#waiting.clear()
    await this.#init.release([...this.#connections])
  }

  #open(): Connection | undefined {
    for (const connection of this.#connections) if (connection.status === 'open') return connection
    return undefined
  }

  #send(channelId: number, payload: Uint8Array): void {
    this.#inFlight.set(channelId, (this.#inFlight.get(channelId) ?? 0) + 1)
    this.#inFlightAll++
    this.#inFlightBytes += payload.length
    this.#sentBytes += payload.length
    void this.#deliverTo(channelId, payload).finally(() => {
      this.#inFlight.set(channelId, (this.#inFlight.get(channelId) ?? 1) - 1)
      this.#inFlightAll--
      this.#inFlightBytes -= payload.length
      if (this.#inFlightAll === 0 && this.#ended === undefined)
        for (const settle of this.#flushes.splice(0)) settle(true)
      this.#room()
    })
  }

  /** Sends one message, again as long as Go does not read it. Never rejects. */
  async #deliverTo(channelId: number, payload: Uint8Array): Promise<void> {
    for (let tries = 0; ; tries++) {
      const connection = this.#open()
      if (connection === undefined || this.#over.signal.aborted) return
      const outcome = await sendMessage(connection, goProtocol(channelId), payload, this.#over.signal)
      if (outcome.kind === 'delivered') {
        this.#answered = true
        return
      }
      if (this.#over.signal.aborted) return
      if (outcome.kind === 'unsupported') {
        this.#answered = true
        this.#unsupported(channelId)
        return
      }
      if (tries + 1 >= MAX_TRIES) {
        this.#end({
          kind: 'communication',
          message: `channel 0x${channelId.toString(16)}: not read`,
          cause: outcome.cause
        })
        return
      }
      await pause(this.#init.clock, FIRST_RETRY_MS * 2 ** tries, this.#over.signal)
    }
  }

  /** Without identify this is how we learn it; against identify it is a lie. */
  #unsupported(channelId: number): void {
    if (this.#serves !== undefined) {
      const message = `it does not serve channel 0x${channelId.toString(16)}, which its identify lists`
      this.#end({ kind: 'protocol', message, channelId })
      return
    }
    this.#capacity.delete(channelId)
  }

  #receive(channelId: number, stream: Stream): void {
    const maxBytes = this.#init.channels.find(({ id }) => id === channelId)?.recvMessageCapacity ?? 0
    const message: IncomingMessage = new IncomingMessage(stream, maxBytes, {
      onBytes: (count) => {
        this.#receivedBytes += count
        this.#heldBytes += count
        if (this.#heldBytes > this.#init.receiveBufferBytes + maxBytes)
          this.#end({
            kind: 'communication',
            message: 'more waits for our reactors than may: Go has no way to be told'
          })
      },
      onMessage: (bytes) => {
        this.#arriving.delete(message)
        this.#delivered(channelId, message, bytes)
      },
      onFault: (text) => {
        this.#arriving.delete(message)
        this.#end({ kind: 'protocol', message: `channel 0x${channelId.toString(16)}: ${text}`, channelId })
        message.abort(new Error(text))
      },
      onTruncated: () => {
        this.#arriving.delete(message)
        this.#heldBytes -= message.received
        this.#truncated++
      }
    })
    this.#arriving.add(message)
  }

  #delivered(channelId: number, message: IncomingMessage, bytes: Uint8Array): void {
    if (this.#ended !== undefined) {
      message.release()
      return
    }
    let waiting = this.#waiting.get(channelId)
    if (waiting === undefined) {
      waiting = { lengths: new Unconsumed(), messages: [] }
      this.#waiting.set(channelId, waiting)
    }
    waiting.lengths.add(bytes.length)
    waiting.messages.push(message)
    this.#sink?.deliver(channelId, bytes)
  }

  #onConnectionClose(connection: Connection): void {
    this.#connections.delete(connection)
    if (this.#connections.size === 0) this.#end({ kind: 'communication', message: 'the connection was closed' })
  }

  #end(reason: StopReason): void {
    if (this.#ended !== undefined) return
    this.#ended = { reason, drain: false }
    this.#stop()
    this.#sink?.onEnd(reason, false)
  }

  #stop(): void {
    this.#over.abort(new Error('the link has ended'))
    for (const settle of this.#flushes.splice(0)) settle(false)
  }

  #room(): void {
    if (!this.#refused || this.#ended !== undefined) return
    this.#refused = false
    this.#sink?.onWritable()
  }
}
