/**
 * The libp2p stack: turns dials and hellos on the user's libp2p node into links (architecture.md). Between our own nodes by our protocol
 * (docs/protocol.md), toward Go CometBFT's lp2p by its own (go-peers.ts). Hello is tried first on every dial; a remote that does not know it is
 * Go or a stranger.
 *
 * Decides nothing about who may be a peer: it asks its host. Takes of libp2p only what a service is given, and leaves connections alone that are
 * not its own to close.
 */
import type { Connection, Stream } from '@libp2p/interface'
import {
  DialFailedError,
  IncompatiblePeerError,
  NotRunningError,
  PeerRefusedError,
  WrongIdentityError
} from '../../errors.ts'
import { nodeIdFromPeerId } from '../../identity/node-id.ts'
import { compatibleWith } from '../../identity/node-info.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Link } from '../../interface/link.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { Admission, DialOptions, Stack, StackHost } from '../../interface/stack.ts'
import { systemClock } from '../../util/clock.ts'
import { withSignal } from '../../util/deadline.ts'
import { type Deferred, deferred } from '../../util/deferred.ts'
import { nullLogger } from '../../util/logger.ts'
import { safeLogger } from '../../util/safe-logger.ts'
import { channelProtocol } from './channels/channel-stream.ts'
import { ReceiveCredit } from './channels/credit.ts'
import { OwnLink } from './channels/link.ts'
import { RecordStream } from './channels/record-stream.ts'
import { type ConnectInit, connectTo } from './connect.ts'
import { Connections, closesSoon, dialledAddress, inboundAddress, socketOf } from './connections.ts'
import { clockSignal } from './deadline-signal.ts'
import { dialableBy } from './dial-target.ts'
import { isRefusalOnly, keepConnection } from './gater.ts'
import { GoPeers, PEER_TAG } from './go/go-peers.ts'
import { goProtocol } from './go/go-protocol.ts'
import { hearHello, type Introduced, introduce, sayAccepted, sayHello, sayRefused } from './hello/hello.ts'
import { HelloBudget } from './hello/hello-budget.ts'
import { HELLO_PROTOCOL, MAX_ALTERNATIVES } from './hello/hello-codec.ts'
import { openStream } from './open-stream.ts'
import { boundPeerIds } from './short-peer-ids.ts'
import { learnIp } from './socket-ip.ts'
import { type CheckedInit, checkedInit, type Libp2pStackComponents, type Libp2pStackInit } from './stack-options.ts'
import { StoredStrangers } from './stored-strangers.ts'

export type { Libp2pStackComponents, Libp2pStackInit } from './stack-options.ts'

/** Streams of one protocol and connection: one of ours each way, and room for a reconnect that overlaps. Ours. */
const MAX_STREAMS_PER_CHANNEL = 4
const MAX_HELLO_STREAMS = 4
/** How long a connection may stay that was let in only to be refused. Ours. */
const REFUSAL_ONLY_MS = 1_000

export class Libp2pStack implements Stack {
  readonly name = 'libp2p'
  readonly #components: Libp2pStackComponents
  readonly #libp2p: Pick<Libp2pStackComponents, 'registrar' | 'connectionManager' | 'peerStore' | 'peerId'>
  readonly #init: CheckedInit
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #connections: Connections
  readonly #go: GoPeers | undefined
  readonly #dialling: Omit<ConnectInit, 'signal'>
  readonly #hellos = new HelloBudget()
  readonly #stored: StoredStrangers
  // what changes
  #handled: string[] = []
  #host: StackHost | undefined
  #started: Deferred<StackHost> = deferred()
  #stopped = new AbortController()

  constructor(components: Libp2pStackComponents, init: Libp2pStackInit = {}) {
    boundPeerIds()
    this.#components = components
    // the node's own object is a slow proxy
    const { registrar, connectionManager, peerStore, peerId } = components
    this.#libp2p = { registrar, connectionManager, peerStore, peerId }
    this.#init = checkedInit(init)
    this.#clock = init.clock ?? systemClock
    this.#logger = safeLogger(init.logger ?? nullLogger).child({ stack: this.name })
    this.#connections = new Connections(this.#clock, this.#init.mode === 'exclusive')
    this.#dialling = {
      connectionManager,
      connections: this.#connections,
      clock: this.#clock,
      timeoutMs: this.#init.dialTimeoutMs
    }
    this.#stored = new StoredStrangers(
      { events: components.events, peerStore, connectionManager, clock: this.#clock, logger: this.#logger },
      [PEER_TAG]
    )
    if (this.#init.goLp2p !== 'off')
      this.#go = new GoPeers(
        {
          registrar,
          peerStore,
          events: components.events,
          connections: this.#connections,
          clock: this.#clock,
          logger: this.#logger
        },
        {
          knownOnly: this.#init.goLp2p === 'known',
          receiveBufferBytes: this.#init.receiveBufferBytes,
          inFlight: this.#init.goInFlight
        }
      )
  }

  dials(address: NetAddress): boolean {
    return dialableBy(address) && !this.#init.dialledElsewhere(address)
  }

  /**
   * Registers the protocol handlers: in the service's `beforeStart`, so that identify lists them from the first connection on. Hellos that come before
   * `start` wait for it.
   */
  async prepare(channelIds: Iterable<number>): Promise<void> {
    const { registrar, peerStore, peerId } = this.#libp2p
    const handle = async (
      protocol: string,
      maxStreams: number,
      take: (stream: Stream, connection: Connection) => void
    ) => {
      if (this.#handled.includes(protocol)) return
      this.#handled.push(protocol)
      const limits = { maxInboundStreams: maxStreams, maxOutboundStreams: maxStreams }
      await registrar.handle(protocol, (stream, connection) => void take(stream, connection), limits)
    }
    await handle(HELLO_PROTOCOL, MAX_HELLO_STREAMS, (stream, connection) => this.#onHello(stream, connection))
    const ids = [...channelIds]
    if (this.#go !== undefined) {
      this.#go.listen()
      for (const id of ids) if (!this.#handled.includes(goProtocol(id))) this.#handled.push(await this.#go.handle(id))
    }
    for (const id of ids)
      await handle(channelProtocol(id), MAX_STREAMS_PER_CHANNEL, (stream, connection) =>
        this.#connections.onChannelStream(connection, id, stream)
      )
    // after a crash a stored list would announce what nobody handles
    await peerStore.patch(peerId, { protocols: registrar.getProtocols() })
  }

  async start(host: StackHost): Promise<void> {
    await this.prepare(host.channels().map(({ id }) => id))
    this.#host = host
    this.#go?.start(host)
    if (this.#init.mode === 'exclusive') {
      this.#components.events.addEventListener('connection:open', this.#onOpen)
      this.#stored.start()
    }
    this.#started.resolve(host)
  }

  async dial(address: NetAddress, options: DialOptions): Promise<Link> {
    const host = this.#host
    if (host === undefined) throw new NotRunningError('the libp2p stack is not started')
    let asked = false
    const authenticated: DialOptions['authenticated'] = (remote) => {
      asked = true
      return options.authenticated(remote)
    }
    for (;;) {
      const { connection, fresh } = await connectTo(address, { ...this.#dialling, signal: options.signal })
      try {
        const id = nodeIdFromPeerId(connection.remotePeer)
        if (address.id !== '' && id !== address.id)
          throw new WrongIdentityError(`${address} led to ${id} (${connection.remotePeer})`)
        return await this.#dialHello(connection, address, host, { signal: options.signal, authenticated })
      } catch (error) {
        // an old connection may still count as open while it is being closed: without a muxer it is of no use to anybody
        if (!fresh && isMuxerClosed((error as Error).cause)) {
          connection.abort(error as Error)
          continue
        }
        // nor is one that the remote is closing while our hello stream is on its way: nothing was said on it yet
        const unopened = !fresh && !asked && error instanceof DialFailedError && error.cause !== undefined
        if (unopened && (await closesSoon(connection, this.#clock, options.signal))) continue
        void this.#connections.release(connection)
        throw error
      }
    }
  }

  async stop(): Promise<void> {
    this.#host = undefined
    this.#go?.stop()
    this.#components.events.removeEventListener('connection:open', this.#onOpen)
    this.#stored.stop()
    this.#stopped.abort(new NotRunningError('the libp2p stack has stopped'))
    this.#started = deferred()
    this.#stopped = new AbortController()
    const handled = this.#handled.splice(0)
    await Promise.all(
      handled.map((protocol) =>
        this.#libp2p.registrar.unhandle(protocol).catch((error) => {
          // the handler itself is gone; only the stored list could not be written
          this.#logger.debug('protocols could not be stored', { protocol, error })
        })
      )
    )
  }

  listenAddrs(): string[] {
    return this.#components.addressManager.getAddresses().map(String)
  }

  async #dialHello(connection: Connection, address: NetAddress, host: StackHost, options: DialOptions): Promise<Link> {
    const deadline = clockSignal(this.#clock, this.#init.handshakeTimeoutMs, `hello with ${address}`, options.signal)
    let records: RecordStream | undefined
    this.#connections.expect(connection)
    try {
      await learnIp(connection, deadline.signal)
      const stream = await openStream(connection, HELLO_PROTOCOL, {
        signal: deadline.signal,
        maxStreams: MAX_HELLO_STREAMS
      })
      records = new RecordStream(stream)
      const id = nodeIdFromPeerId(connection.remotePeer)
      const { ip } = socketOf(connection)
      const verdict = options.authenticated({ id, peerId: connection.remotePeer, ip })
      if (!verdict.allow) throw new PeerRefusedError(verdict.refusal, 'us', verdict.detail)
      const credit = this.#newCredit(host)
      const ours = introduce(host.nodeInfo(), credit.windows())
      const introduced = await sayHello(records, connection, ours, deadline.signal)
      const fault = compatibleWith(host.nodeInfo(), introduced.nodeInfo)
      if (fault !== undefined) throw new IncompatiblePeerError(`${address}: ${fault}`)
      return this.#newLink(connection, records, credit, introduced, host, address)
    } catch (error) {
      records?.abort(error as Error)
      options.signal.throwIfAborted()
      if (records === undefined && (error as Error).name === 'UnsupportedProtocolError') {
        if (this.#go !== undefined) return await this.#go.dial(connection, address, host, options)
        throw new DialFailedError(`${address}: it does not speak hello, and Go lp2p nodes are not wanted`)
      }
      if (error instanceof PeerRefusedError || error instanceof IncompatiblePeerError) throw error
      throw new DialFailedError(`${address}: ${(error as Error).message}`, { cause: error })
    } finally {
      deadline.clear()
      this.#connections.settled(connection)
    }
  }

  /** A remote wants to be a peer. Attaches to the stream before anything else; never throws. */
  #onHello(stream: Stream, connection: Connection): void {
    const records = new RecordStream(stream)
    let done: (() => void) | undefined
    try {
      const id = nodeIdFromPeerId(connection.remotePeer)
      done = this.#hellos.open(id, socketOf(connection).ip, this.#host?.expects?.(id) === true)
    } catch {
      // a key that no CometBFT node has
    }
    if (done === undefined) {
      records.abort(new Error('too many hellos at once, or a key of another kind'))
      return
    }
    this.#connections.expect(connection)
    void this.#accept(records, connection)
      .catch((error) => {
        this.#logger.debug('hello failed', { remote: connection.remotePeer, error })
        records.abort(error as Error)
      })
      .finally(() => {
        done()
        this.#connections.settled(connection)
        void this.#connections.release(connection)
      })
  }

  async #accept(records: RecordStream, connection: Connection): Promise<void> {
    const deadline = clockSignal(this.#clock, this.#init.handshakeTimeoutMs, 'hello', this.#stopped.signal)
    let introduced: Introduced
    let host: StackHost
    try {
      host = await withSignal(this.#started.promise, deadline.signal)
      introduced = await hearHello(records, connection, deadline.signal)
    } catch (error) {
      const refusal = error instanceof NotRunningError ? 'stopping' : 'filtered'
      await sayRefused(records, { refusal, detail: (error as Error).message }, this.#clock)
      throw error
    } finally {
      deadline.clear()
    }
    const gone = new AbortController()
    void records.ended.then(() => gone.abort(new Error('the remote went away')))
    const verdict = await host.admit({
      id: introduced.nodeInfo.id,
      peerId: connection.remotePeer,
      ...socketOf(connection),
      nodeInfo: introduced.nodeInfo,
      wire: 'own',
      signal: gone.signal
    })
    if (!verdict.allow) {
      const { refusal, detail } = verdict
      this.#logger.debug('Inbound peer refused', { peer: introduced.nodeInfo.id, refusal, detail })
      const alternatives = refusal === 'inbound-full' ? host.alternatives?.(MAX_ALTERNATIVES) : undefined
      await sayRefused(records, { ...verdict, alternatives }, this.#clock)
      return
    }
    this.#admit(records, connection, introduced, host, verdict.admission, gone.signal)
  }

  #admit(
    records: RecordStream,
    connection: Connection,
    introduced: Introduced,
    host: StackHost,
    admission: Admission,
    gone: AbortSignal
  ): void {
    if (gone.aborted || connection.status !== 'open' || this.#host !== host) {
      admission.abandon()
      records.abort(new Error('the remote went away, or we stopped'))
      return
    }
    const credit = this.#newCredit(host)
    const accepted = sayAccepted(records, introduce(host.nodeInfo(), credit.windows()))
    if (!accepted) {
      admission.abandon()
      return
    }
    admission.accept(this.#newLink(connection, records, credit, introduced, host, undefined))
  }

  /** `exclusive` mode: an inbound connection that does not become a peer has no business here. */
  readonly #onOpen = ({ detail: connection }: CustomEvent<Connection>): void => {
    if (connection.direction !== 'inbound') return
    const ms = isRefusalOnly(connection) ? REFUSAL_ONLY_MS : this.#init.handshakeTimeoutMs
    const timer = this.#clock.setTimeout(() => void this.#connections.release(connection), ms)
    connection.addEventListener('close', () => this.#clock.clearTimeout(timer), { once: true })
  }

  #newCredit(host: StackHost): ReceiveCredit {
    const ids = host.channels().map(({ id }) => id)
    return new ReceiveCredit(ids, this.#init.receiveBufferBytes)
  }

  /** `dialled` is the address for an outbound link. */
  #newLink(
    connection: Connection,
    records: RecordStream,
    receiveCredit: ReceiveCredit,
    { nodeInfo, windows }: Introduced,
    host: StackHost,
    dialled: NetAddress | undefined
  ): OwnLink {
    const link: OwnLink = new OwnLink({
      connection,
      records,
      outbound: dialled !== undefined,
      remoteId: nodeInfo.id,
      nodeInfo,
      socketAddr: dialled === undefined ? inboundAddress(nodeInfo.id, connection) : dialledAddress(dialled, connection),
      remoteIP: socketOf(connection).ip,
      windows,
      receiveCredit,
      channels: host.channels(),
      streams: this.#init.streams,
      liveness: this.#init.liveness,
      clock: this.#clock,
      release: async () => {
        this.#connections.detach(connection, link)
        await this.#connections.release(connection)
      }
    })
    keepConnection(connection)
    this.#connections.attach(connection, link)
    return link
  }
}

function isMuxerClosed(cause: unknown): boolean {
  const { name } = (cause ?? {}) as Error
  return name === 'ConnectionClosedError' || name === 'MuxerClosedError'
}
