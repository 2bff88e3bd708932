/**
 * The DHT's streams and connections. kad-dht dials whom it wants to ask and keeps every connection; here one that it alone has dialled is closed as soon as nobody
 * uses it, so that queries hold nobody's slots (in `exclusive` mode each connection takes one). Bounded both ways: bytes of a request and of an answer, what is in
 * them (dht-frames.ts), and requests at once (request-slots.ts); kad-dht would read 4 MB of each, whatever it is.
 *
 * Rejected: limiting the queries by the switch's slots. A full node still has to find and be found.
 */
import type { AbortOptions, Connection, PeerId, Stream, StreamHandler } from '@libp2p/interface'
import type { ConnectionManager } from '@libp2p/interface-internal'
import { CODE_P2P, CODE_TCP, type Multiaddr } from '@multiformats/multiaddr'
import { DialFailedError } from '../../../errors.ts'
import type { Clock, TimerHandle } from '../../../interface/clock.ts'
import { settlesWithin, withSignal } from '../../../util/deadline.ts'
import { deferred } from '../../../util/deferred.ts'
import { closeConnection } from '../close-connection.ts'
import { socketOf } from '../connections.ts'
import { clockSignal } from '../deadline-signal.ts'
import { openStream } from '../open-stream.ts'
import { DhtFrames } from './dht-frames.ts'
import type { DhtPeers } from './dht-peers.ts'
import { RequestSlots } from './request-slots.ts'

/** Ours: the questions of one lookup follow one another faster. As long as `exclusive` mode lets a connection stay that is to be refused. */
const IDLE_MS = 1_000
/** Ours: how often we look whether others still use a connection that was dialled for the DHT. */
const BUSY_MS = 10_000
/** A question, a dial included. Ours: libp2p's own adaptive ones end sooner or much later. */
const STREAM_TIMEOUT_MS = 5_000
/** The largest honest request: ourselves as provider, with all our addresses. Ours. */
const MAX_REQUEST_BYTES = 16_384
/** The largest honest answer: 32 providers and 20 servers with 8 addresses each (dht-records.ts, walks.ts), and room. Ours. */
const MAX_ANSWER_BYTES = 65_536
/** Between the dials of one node's addresses. As RFC 8305 has it. */
const NEXT_DIAL_MS = 250
/** What libp2p runs on every connection by itself, all the time; identify once, and it may be why we dialled. */
const NOBODYS = /^\/ipfs\/ping\//
const SHORT = /^(\/ipfs\/id\/.*|)$/
/** A message of type PING with its length in front (kad-dht's message/dht.proto). */
const PING = Uint8Array.of(2, 0x08, 5)

export class DhtStreams {
  readonly #connectionManager: Pick<ConnectionManager, 'getConnections' | 'openConnection'>
  readonly #peers: DhtPeers
  readonly #clock: Clock
  readonly #protocol: string
  readonly #isDenied: (peerId: PeerId) => Promise<boolean> | boolean
  /** Connections that were dialled for the DHT alone, with the timer that looks at each. */
  readonly #dialled = new Map<Connection, TimerHandle>()
  readonly #requests = new RequestSlots()

  constructor(
    connectionManager: Pick<ConnectionManager, 'getConnections' | 'openConnection'>,
    peers: DhtPeers,
    clock: Clock,
    protocol: string,
    isDenied: (peerId: PeerId) => Promise<boolean> | boolean = () => false
  ) {
    this.#connectionManager = connectionManager
    this.#peers = peers
    this.#clock = clock
    this.#protocol = protocol
    this.#isDenied = isDenied
  }

  /** How many connections are open that the DHT has dialled. */
  get connections(): number {
    return this.#dialled.size
  }

  /** A stream to that node, over a connection that is there or a new one. Rejects with `DialFailedError`, libp2p's error, or the signal's reason. */
  async open(peerId: PeerId, { signal }: AbortOptions = {}): Promise<Stream> {
    const deadline = clockSignal(this.#clock, STREAM_TIMEOUT_MS, `asking ${peerId}`, signal)
    try {
      const connection = await withSignal(this.#connect(peerId, deadline.signal), deadline.signal)
      const stream = await openStream(connection, this.#protocol, { signal: deadline.signal })
      bound(stream, MAX_ANSWER_BYTES)
      return stream
    } finally {
      deadline.clear()
    }
  }

  /** Dials one of these addresses and leaves the rest to identify. Rejects as `open`. */
  async join(addresses: Multiaddr[], signal: AbortSignal): Promise<void> {
    const deadline = clockSignal(this.#clock, STREAM_TIMEOUT_MS, 'joining the DHT', signal)
    try {
      await withSignal(this.#dial(addresses, deadline.signal), deadline.signal)
    } finally {
      deadline.clear()
    }
  }

  /** Is it there, and a server of this DHT? Settles with the ms it took. What kad-dht asks of libp2p's ping service, which proves neither. */
  async ping(peerId: PeerId, options: AbortOptions = {}): Promise<number> {
    const began = this.#clock.now()
    const deadline = clockSignal(this.#clock, STREAM_TIMEOUT_MS, `pinging ${peerId}`, options.signal)
    try {
      const stream = await this.open(peerId, { signal: deadline.signal })
      const answered = deferred<void>()
      stream.addEventListener('message', () => answered.resolve(), { once: true })
      stream.addEventListener('close', () => answered.reject(new DialFailedError(`${peerId} did not answer`)))
      try {
        stream.send(PING)
        await withSignal(answered.promise, deadline.signal)
        return this.#clock.now() - began
      } finally {
        // the answer's rest is of no interest, and nobody may wait for it
        answered.promise.catch(() => undefined)
        stream.abort(new Error('pinged'))
      }
    } finally {
      deadline.clear()
    }
  }

  /** kad-dht's handler of requests, within our bounds. */
  serve(handler: StreamHandler): StreamHandler {
    return async (stream, connection) => {
      const reset = () => stream.abort(new Error('too many requests at once'))
      const done = this.#requests.take(String(connection.remotePeer), socketOf(connection).ip, reset)
      if (done === undefined) return reset()
      bound(stream, MAX_REQUEST_BYTES)
      try {
        await handler(stream, connection)
      } catch (error) {
        stream.abort(error as Error)
      } finally {
        done()
      }
    }
  }

  /** The node stops, and closes what is open. */
  stop(): void {
    for (const timer of this.#dialled.values()) this.#clock.clearTimeout(timer)
    this.#dialled.clear()
  }

  async #connect(peerId: PeerId, signal: AbortSignal): Promise<Connection> {
    for (const connection of this.#connectionManager.getConnections(peerId))
      if (connection.status === 'open' && connection.limits === undefined) return connection
    try {
      return await this.#reach(peerId, await this.#peers.ways(peerId), signal)
    } catch (err) {
      this.#peers.doubt(peerId)
      throw err
    }
  }

  /**
   * What others say of a node may be a lie: each of those addresses is dialled by itself, one soon after the other, and without the node's name, as libp2p would have every other dial of
   * that node, the switch's too, wait for this one. Who answers there is asked for his key all the same.
   */
  async #reach(
    peerId: PeerId,
    { own, heard }: { own: Multiaddr[]; heard: Multiaddr[] },
    signal: AbortSignal
  ): Promise<Connection> {
    const named = [...own, ...heard.filter((one) => !isNameless(one))]
    const nameless = heard.filter(isNameless).map((one) => one.decapsulateCode(CODE_P2P))
    // by name, whoever is not to be dialled is refused
    if (nameless.length === 0 || (await this.#isDenied(peerId))) return await this.#dial([...own, ...heard], signal)
    const done = new AbortController()
    const either = AbortSignal.any([signal, done.signal])
    const dials: Promise<Connection>[] = named.length > 0 ? [this.#dial(named, either)] : []
    for (const address of nameless) {
      if (dials.length > 0 && (await this.#wins(dials))) break
      dials.push(this.#dialNameless(address, peerId, either))
    }
    try {
      return await withSignal(Promise.any(dials), signal)
    } catch (err) {
      throw err instanceof AggregateError ? err.errors[0] : err
    } finally {
      done.abort(new Error('reached elsewhere'))
    }
  }

  /** Waits a moment; true: one of those dials has got there. */
  async #wins(dials: readonly Promise<Connection>[]): Promise<boolean> {
    const won = Promise.any(dials).then(
      () => true,
      () => false
    )
    return (await settlesWithin(won, this.#clock, NEXT_DIAL_MS)) && (await won)
  }

  async #dialNameless(address: Multiaddr, peerId: PeerId, signal: AbortSignal): Promise<Connection> {
    const connection = await this.#dial([address], signal)
    // somebody else's is left to whoever uses it, as any other
    if (!connection.remotePeer.equals(peerId)) throw new DialFailedError(`${connection.remotePeer} is at ${address}`)
    return connection
  }

  async #dial(addresses: Multiaddr[], signal: AbortSignal): Promise<Connection> {
    // libp2p would ask the user's other DHT where that node is
    if (addresses.length === 0) throw new DialFailedError('no address is known')
    const before = new Set(this.#connectionManager.getConnections())
    const connection = await this.#connectionManager.openConnection(addresses, { signal })
    if (!before.has(connection) && connection.direction === 'outbound') this.#watch(connection)
    return connection
  }

  #watch(connection: Connection): void {
    if (this.#dialled.has(connection) || connection.status !== 'open') return
    const look = () => {
      const { streams, status } = connection
      if (status !== 'open') return
      const busy = streams.some(({ protocol }) => !NOBODYS.test(protocol))
      const soonOver = streams.some(({ protocol }) => protocol === this.#protocol || SHORT.test(protocol))
      if (busy) this.#dialled.set(connection, this.#clock.setTimeout(look, soonOver ? IDLE_MS : BUSY_MS))
      else void closeConnection(connection, this.#clock)
    }
    this.#dialled.set(connection, this.#clock.setTimeout(look, IDLE_MS))
    connection.addEventListener(
      'close',
      () => {
        this.#clock.clearTimeout(this.#dialled.get(connection))
        this.#dialled.delete(connection)
      },
      { once: true }
    )
  }
}

/** Can it be dialled without a PeerId? Those of other transports than TCP and WebSockets may need one. */
function isNameless(address: Multiaddr): boolean {
  return address.getComponents().some(({ code }) => code === CODE_TCP)
}

/** Ends the stream when more than so many bytes have come, or what must not be decoded; to nobody who listens after this call comes any of that. */
function bound(stream: Stream, maxBytes: number): void {
  let left = maxBytes
  const frames = new DhtFrames(maxBytes)
  stream.addEventListener('message', (event) => {
    left -= event.data.byteLength
    if (left >= 0 && frames.take(event.data.subarray())) return
    event.stopImmediatePropagation()
    stream.abort(new Error(left < 0 ? `more than ${maxBytes} bytes` : 'a message that no node of this DHT sends'))
  })
}
