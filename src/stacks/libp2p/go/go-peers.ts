/**
 * How Go CometBFT lp2p nodes become links (spec/lp2p.md sections 4.1 and 8). They say no hello. A remote that we dialled is one if it does not know
 * hello and lists channels in this connection's identify (the peer store's list may be of another life); a remote that dialled us is one as soon
 * as identify says so, or, without identify, when its first message comes. Who may be a peer is the host's to say, as with hello.
 */
import type { Connection, IdentifyResult, Libp2pEvents, PeerStore, Stream, TypedEventTarget } from '@libp2p/interface'
import type { Registrar } from '@libp2p/interface-internal'
import { DialFailedError, IncompatiblePeerError, PeerRefusedError } from '../../../errors.ts'
import { nodeIdFromPeerId } from '../../../identity/node-id.ts'
import { createNodeInfo } from '../../../identity/node-info.ts'
import type { Clock } from '../../../interface/clock.ts'
import type { Logger } from '../../../interface/logger.ts'
import type { NetAddress } from '../../../interface/net-address.ts'
import type { DialOptions, StackHost } from '../../../interface/stack.ts'
import { withSignal } from '../../../util/deadline.ts'
import { type Deferred, deferred } from '../../../util/deferred.ts'
import { type Connections, dialledAddress, inboundAddress, socketOf } from '../connections.ts'
import { clockSignal } from '../deadline-signal.ts'
import { keepConnection } from '../gater.ts'
import { HELLO_PROTOCOL } from '../hello/hello-codec.ts'
import { GoLink } from './go-link.ts'
import { goChannels, goProtocol } from './go-protocol.ts'
import { sendMessage } from './message-stream.ts'

/** How long a dial waits for identify, which runs by itself once the connection is open. Ours: it takes 2 round trips. */
const IDENTIFY_WAIT_MS = 2_000
/** Whatever its prefix. */
const IDENTIFY = /\/id\/1\.0\.0$/
/** Go opens a stream per message. Our bound is the link's. */
const MAX_STREAMS = 1_000
/** Streams per node that wait for the host's verdict; more are reset, as Go does before its switch is active. */
const MAX_HELD_STREAMS = 256
/** A node that was refused is not asked about again for so long. Ours. */
const REFUSED_MS = 10_000
/** Beyond so many nodes those without link are forgotten, and asked about anew. Ours. */
const MAX_REMEMBERED = 1_024
/** Worth keeping when libp2p prunes: a quiet Go link has no streams. Never a keep-alive tag, which would make libp2p redial on its own. */
export const PEER_TAG = 'comet-peer'
const PEER_TAG_VALUE = 50
/** Every Go node serves it, and an empty message on it means nothing. */
const EVIDENCE = 0x38

export interface GoPeersComponents {
  readonly registrar: Pick<Registrar, 'handle' | 'getProtocols'>
  readonly peerStore: Pick<PeerStore, 'merge'>
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly connections: Connections
  readonly clock: Clock
  readonly logger: Logger
}

export interface GoPeersInit {
  readonly knownOnly: boolean
  readonly receiveBufferBytes: number
  readonly inFlight: number
}

/** One remote node, while it has connections. */
interface Remote {
  link: GoLink | undefined
  admitting: boolean
  refusedAt: number
  held: Array<{ channelId: number; stream: Stream }>
}

export class GoPeers {
  readonly #components: GoPeersComponents
  readonly #init: GoPeersInit
  /** What identify said on a connection; a waiter for those still to say it. */
  readonly #identified = new WeakMap<Connection, Deferred<readonly string[]>>()
  /** Connections whose identify has ever listed hello: nodes of our kind, whatever else they list and though their switch may have stopped. */
  readonly #ours = new WeakSet<Connection>()
  readonly #remotes = new Map<string, Remote>()
  #host: StackHost | undefined

  constructor(components: GoPeersComponents, init: GoPeersInit) {
    this.#components = components
    this.#init = init
  }

  /** Registers a channel's handler; called in `beforeStart`. Returns the protocol. */
  async handle(channelId: number): Promise<string> {
    const protocol = goProtocol(channelId)
    await this.#components.registrar.handle(
      protocol,
      (stream, connection) => this.#onStream(channelId, stream, connection),
      { maxInboundStreams: MAX_STREAMS, maxOutboundStreams: MAX_STREAMS }
    )
    return protocol
  }

  /** Listens for identify; called with the handlers, so that no connection is missed. Safe to call again. */
  listen(): void {
    this.#components.events.addEventListener('peer:identify', this.#onIdentify)
  }

  start(host: StackHost): void {
    this.#host = host
  }

  stop(): void {
    this.#host = undefined
    this.#components.events.removeEventListener('peer:identify', this.#onIdentify)
    for (const { held } of this.#remotes.values())
      for (const { stream } of held.splice(0)) stream.abort(new Error('stopped'))
    this.#remotes.clear()
  }

  /**
   * A dial led to a remote that does not know hello. Rejects with `DialFailedError` where it is no CometBFT node, else as `Stack.dial`.
   */
  async dial(connection: Connection, address: NetAddress, host: StackHost, options: DialOptions): Promise<GoLink> {
    const serves = await this.#channelsOf(connection, address, host, options.signal)
    const id = nodeIdFromPeerId(connection.remotePeer)
    const verdict = options.authenticated({ id, peerId: connection.remotePeer, ip: socketOf(connection).ip })
    if (!verdict.allow) throw new PeerRefusedError(verdict.refusal, 'us', verdict.detail)
    const remote = this.#remote(connection)
    if (remote.link !== undefined) throw new PeerRefusedError('duplicate-id', 'us', 'it became a peer meanwhile')
    return this.#newLink(connection, remote, serves, host, address)
  }

  /** The channels to be had there. Undefined: no identify, but it took a message that every Go node takes. */
  async #channelsOf(
    connection: Connection,
    address: NetAddress,
    host: StackHost,
    signal: AbortSignal
  ): Promise<ReadonlySet<number> | undefined> {
    const protocols = await this.#awaitIdentify(connection, address, signal)
    if (this.#ours.has(connection))
      throw new DialFailedError(`${address}: its switch does not run (identify lists hello, which it does not answer)`)
    if (protocols !== undefined) {
      const channels = goChannels(protocols)
      if (channels.size === 0)
        throw new DialFailedError(`${address}: not a CometBFT node (neither hello nor lp2p channels)`)
      if (!host.channels().some(({ id }) => channels.has(id)))
        throw new IncompatiblePeerError(`${address}: no channel in common`)
      return channels
    }
    const first = clockSignal(this.#components.clock, IDENTIFY_WAIT_MS, `first message to ${address}`, signal)
    const outcome = await sendMessage(connection, goProtocol(EVIDENCE), new Uint8Array(0), first.signal)
    first.clear()
    signal.throwIfAborted()
    if (outcome.kind === 'delivered') return undefined
    throw new DialFailedError(`${address}: not a CometBFT node (neither hello, identify nor an lp2p channel)`)
  }

  /** What identify says on this connection; undefined where it does not run, or says nothing in time. */
  async #awaitIdentify(
    connection: Connection,
    address: NetAddress,
    signal: AbortSignal
  ): Promise<readonly string[] | undefined> {
    const known = this.#protocols(connection)
    // a node without the identify service will never hear of it
    if (!known.settled && !this.#components.registrar.getProtocols().some((name) => IDENTIFY.test(name)))
      return undefined
    const wait = clockSignal(this.#components.clock, IDENTIFY_WAIT_MS, `identify of ${address}`, signal)
    try {
      return await withSignal(known.promise, wait.signal)
    } catch {
      signal.throwIfAborted()
      // nothing came in time
      return undefined
    } finally {
      wait.clear()
    }
  }

  readonly #onIdentify = ({ detail: { connection, protocols } }: CustomEvent<IdentifyResult>): void => {
    if (protocols.includes(HELLO_PROTOCOL)) this.#ours.add(connection)
    this.#protocols(connection).resolve(protocols)
    if (connection.direction !== 'inbound' || connection.limits !== undefined) return
    if (this.#ours.has(connection) || goChannels(protocols).size === 0) return
    this.#provision(connection)
  }

  /** A message of a Go node. Never throws. */
  #onStream(channelId: number, stream: Stream, connection: Connection): void {
    const remote = this.#remote(connection)
    if (remote.link !== undefined) {
      remote.link.addConnection(connection)
      remote.link.adopt(channelId, stream)
      return
    }
    if (this.#ours.has(connection) || remote.held.length >= MAX_HELD_STREAMS || this.#isRefused(remote)) {
      stream.abort(new Error('not a peer'))
      return
    }
    remote.held.push({ channelId, stream })
    this.#provision(connection)
  }

  /** Asks the host about a node that we did not dial. */
  #provision(connection: Connection): void {
    const remote = this.#remote(connection)
    remote.link?.addConnection(connection)
    if (remote.link !== undefined || remote.admitting || this.#isRefused(remote)) return
    remote.admitting = true
    this.#admit(connection, remote)
      .catch((error) =>
        this.#components.logger.debug('a Go node was not admitted', { remote: connection.remotePeer, error })
      )
      .finally(() => {
        remote.admitting = false
        if (remote.link !== undefined) return
        for (const { stream } of remote.held.splice(0)) stream.abort(new Error('not a peer'))
        this.#forget(connection, remote)
      })
  }

  async #admit(connection: Connection, remote: Remote): Promise<void> {
    const host = this.#host
    if (host === undefined) return
    const { connections } = this.#components
    const id = nodeIdFromPeerId(connection.remotePeer)
    const gone = new AbortController()
    const onClose = () => gone.abort(new Error('the remote went away'))
    connection.addEventListener('close', onClose, { once: true })
    connections.expect(connection)
    try {
      const verdict = await host.admit({
        id,
        peerId: connection.remotePeer,
        ...socketOf(connection),
        wire: 'go',
        knownOnly: this.#init.knownOnly,
        signal: gone.signal
      })
      if (!verdict.allow) {
        remote.refusedAt = this.#components.clock.now()
        return
      }
      const moot = gone.signal.aborted || this.#host !== host || this.#ours.has(connection)
      if (moot || remote.link !== undefined) {
        verdict.admission.abandon()
        return
      }
      const identified = this.#identified.get(connection)
      const serves = identified?.settled ? goChannels(await identified.promise) : undefined
      verdict.admission.accept(this.#newLink(connection, remote, serves, host, undefined))
    } finally {
      connection.removeEventListener('close', onClose)
      connections.settled(connection)
      if (remote.link === undefined) void connections.release(connection)
    }
  }

  #newLink(
    connection: Connection,
    remote: Remote,
    serves: ReadonlySet<number> | undefined,
    host: StackHost,
    dialled: NetAddress | undefined
  ): GoLink {
    const { connections, clock } = this.#components
    const id = nodeIdFromPeerId(connection.remotePeer)
    const socketAddr = dialled === undefined ? inboundAddress(id, connection) : dialledAddress(dialled, connection)
    const { ip, port } = socketOf(connection)
    const ours = host.nodeInfo()
    const link: GoLink = new GoLink({
      connection,
      outbound: dialled !== undefined,
      remoteId: id,
      // it says nothing of itself: what must be common is taken to be, until its first header says otherwise
      nodeInfo: createNodeInfo({
        id,
        listenAddr: ip === '' ? '' : `${ip.includes(':') ? `[${ip}]` : ip}:${port}`,
        network: ours.network,
        version: '',
        channels: Uint8Array.from(serves ?? ours.channels),
        moniker: '',
        protocolVersion: ours.protocolVersion
      }),
      socketAddr,
      remoteIP: ip,
      channels: host.channels(),
      serves,
      receiveBufferBytes: this.#init.receiveBufferBytes,
      inFlight: this.#init.inFlight,
      clock,
      release: async (open) => {
        if (remote.link === link) remote.link = undefined
        connections.settled(connection)
        await Promise.all(open.map((each) => connections.release(each, true)))
        this.#forget(connection, remote)
      }
    })
    remote.link = link
    keepConnection(connection)
    // the connection is in use for as long as the link lives
    connections.expect(connection)
    this.#tag(connection)
    for (const { channelId, stream } of remote.held.splice(0)) link.adopt(channelId, stream)
    return link
  }

  #tag(connection: Connection): void {
    const tags = { [PEER_TAG]: { value: PEER_TAG_VALUE } }
    this.#components.peerStore.merge(connection.remotePeer, { tags }).catch((error) => {
      // only makes pruning likelier
      this.#components.logger.debug('a Go peer could not be tagged', { remote: connection.remotePeer, error })
    })
  }

  #protocols(connection: Connection): Deferred<readonly string[]> {
    let known = this.#identified.get(connection)
    if (known === undefined) {
      known = deferred()
      this.#identified.set(connection, known)
    }
    return known
  }

  #remote({ remotePeer }: Connection): Remote {
    const key = remotePeer.toString()
    let remote = this.#remotes.get(key)
    if (remote === undefined) {
      this.#sweep()
      remote = { link: undefined, admitting: false, refusedAt: Number.NEGATIVE_INFINITY, held: [] }
      this.#remotes.set(key, remote)
    }
    return remote
  }

  #forget({ remotePeer }: Connection, remote: Remote): void {
    const key = remotePeer.toString()
    if (this.#remotes.get(key) === remote && isIdle(remote) && !this.#isRefused(remote)) this.#remotes.delete(key)
  }

  /** Those refused are remembered for a while; of these at most so many. */
  #sweep(): void {
    if (this.#remotes.size < MAX_REMEMBERED) return
    for (const [key, remote] of this.#remotes) if (isIdle(remote)) this.#remotes.delete(key)
  }

  #isRefused({ refusedAt }: Remote): boolean {
    return this.#components.clock.now() - refusedAt < REFUSED_MS
  }
}

function isIdle({ link, admitting, held }: Remote): boolean {
  return link === undefined && !admitting && held.length === 0
}
