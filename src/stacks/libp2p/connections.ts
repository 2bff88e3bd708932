/**
 * What the stack keeps about libp2p connections, which it shares with whatever else runs on the node: who dialled one, whether others use it, and the
 * link on it. A connection is closed by us only if we dialled it for CometBFT and nothing else uses it; in `exclusive` mode always
 * (architecture.md, "Policy is pure").
 */
import type { Connection, Stream } from '@libp2p/interface'
import { CODE_P2P_CIRCUIT, type Multiaddr } from '@multiformats/multiaddr'
import { canonicalIp } from '../../identity/ip.ts'
import { netAddressFromParts, parseNetAddress } from '../../identity/net-address.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { withSignal } from '../../util/deadline.ts'
import { deferred } from '../../util/deferred.ts'
import { closeConnection } from './close-connection.ts'
import { clockSignal } from './deadline-signal.ts'
import { peerAddress } from './peer-addresses.ts'
import { ipBehindName, nameAt } from './socket-ip.ts'

/** How long a connection whose remote resets a new stream is given to turn out to be closing. Ours: a round trip and some. */
const CLOSING_MS = 1_000
/** A stream that comes before its link may be read buffers this much at most: beyond what an honest remote sends before its first receipt. */
const HELD_STREAM_BYTES = 512 * 1024
/** Streams per connection that wait for their link. Ours: one per channel and some. */
const MAX_HELD_STREAMS = 64

/** Protocols that do not count as another use: ours, and what libp2p runs on every connection by itself. */
const OWN_PROTOCOL = /^(\/comet-libp2p\/|\/p2p\/cometbft\/|\/ipfs\/(id|ping)\/|$)/

/** What channel streams are handed to. */
export interface StreamTaker {
  adopt(channelId: number, stream: Stream): void
}

interface Entry {
  taker: StreamTaker | undefined
  /** Hellos of ours in progress: the remote may open channels before we have read its verdict. */
  expecting: number
  held: Array<{ channelId: number; stream: Stream }>
}

export class Connections {
  readonly #clock: Clock
  readonly #exclusive: boolean
  readonly #dialled = new WeakSet<Connection>()
  readonly #entries = new WeakMap<Connection, Entry>()

  constructor(clock: Clock, exclusive: boolean) {
    this.#clock = clock
    this.#exclusive = exclusive
  }

  /** We dialled this one for CometBFT. */
  markDialled(connection: Connection): void {
    this.#dialled.add(connection)
  }

  /** Is there a link on it, or one in the making? */
  inUse(connection: Connection): boolean {
    const entry = this.#entries.get(connection)
    return entry !== undefined && (entry.taker !== undefined || entry.expecting > 0)
  }

  /** From here until `settled`, channel streams that come are held for the link to be. */
  expect(connection: Connection): void {
    this.#entry(connection).expecting++
  }

  /** The hello came to an end; without a link what was held is reset. */
  settled(connection: Connection): void {
    const entry = this.#entry(connection)
    entry.expecting--
    if (entry.expecting > 0 || entry.taker !== undefined) return
    for (const { stream } of entry.held.splice(0)) stream.abort(new Error('no link on this connection'))
  }

  /** Channel streams of this connection belong to the link from here on, those held first. */
  attach(connection: Connection, taker: StreamTaker): void {
    const entry = this.#entry(connection)
    entry.taker = taker
    for (const { channelId, stream } of entry.held.splice(0)) taker.adopt(channelId, stream)
  }

  detach(connection: Connection, taker: StreamTaker): void {
    const entry = this.#entries.get(connection)
    if (entry?.taker === taker) entry.taker = undefined
  }

  /** A channel stream arrived. Call synchronously. */
  onChannelStream(connection: Connection, channelId: number, stream: Stream): void {
    const entry = this.#entries.get(connection)
    stream.maxReadBufferLength = HELD_STREAM_BYTES
    if (entry?.taker !== undefined) entry.taker.adopt(channelId, stream)
    else if (entry !== undefined && entry.expecting > 0 && entry.held.length < MAX_HELD_STREAMS)
      entry.held.push({ channelId, stream })
    else stream.abort(new Error('a channel stream without hello'))
  }

  /**
   * We are done with it: close it if that is ours to do. Never rejects.
   *
   * @param remoteIsComet - the remote has no other use for it either (a Go node), whoever dialled: it would go on sending
   */
  async release(connection: Connection, remoteIsComet = false): Promise<void> {
    if (connection.status !== 'open' || this.inUse(connection)) return
    const others = connection.streams.some(({ protocol }) => !OWN_PROTOCOL.test(protocol))
    if (!this.#exclusive && (others || !(remoteIsComet || this.#dialled.has(connection)))) return
    await closeConnection(connection, this.#clock)
  }

  #entry(connection: Connection): Entry {
    let entry = this.#entries.get(connection)
    if (entry === undefined) {
      entry = { taker: undefined, expecting: 0, held: [] }
      this.#entries.set(connection, entry)
    }
    return entry
  }
}

/** Is this connection on its way out? Waits a moment for it to be gone. Rejects only with the signal's reason. */
export async function closesSoon(connection: Connection, clock: Clock, signal: AbortSignal): Promise<boolean> {
  const deadline = clockSignal(clock, CLOSING_MS, 'the connection to close', signal)
  const closed = deferred<void>()
  const onClose = () => closed.resolve()
  connection.addEventListener('close', onClose)
  if (connection.status !== 'open') closed.resolve()
  try {
    await withSignal(closed.promise, deadline.signal)
    return true
  } catch {
    signal.throwIfAborted()
    // it is still there after that moment
    return false
  } finally {
    deadline.clear()
    connection.removeEventListener('close', onClose)
  }
}

/** The socket's IP, as one text for one address, and port; '' and 0 where there is no IP or none that is known, or where it is a relay's. */
export function socketOf(socket: { readonly remoteAddr: Multiaddr }): { ip: string; port: number } {
  const components = socket.remoteAddr.getComponents()
  if (components.some(({ code }) => code === CODE_P2P_CIRCUIT)) return { ip: '', port: 0 }
  const at = components.findIndex(({ name }) => name === 'ip4' || name === 'ip6')
  if (at >= 0)
    return { ip: canonicalIp(components[at]?.value ?? '') ?? '', port: Number(components[at + 1]?.value ?? 0) }
  const name = nameAt(socket.remoteAddr)
  const ip = name < 0 ? '' : ipBehindName(socket)
  return ip === '' ? { ip, port: 0 } : { ip, port: Number(components[name + 1]?.value ?? 0) }
}

/** The address of an inbound peer: its proven id and the socket's address. */
export function inboundAddress(id: NodeId, connection: Connection): NetAddress {
  const { ip, port } = socketOf(connection)
  return ip === '' ? parseNetAddress(connection.remoteAddr) : netAddressFromParts(id, ip, port)
}

/**
 * Where a dial of ours has led: the address that we dialled, with the id that was proven there if it named none. But libp2p gives out a connection that is there already, or the first of
 * several dials of that node: if we made it to another address, it is that one, and of the one that was dialled nothing is known.
 */
export function dialledAddress(dialled: NetAddress, connection: Connection): NetAddress {
  const named = dialled.id === '' ? parseNetAddress(`${dialled}/p2p/${connection.remotePeer}`) : dialled
  // an address without a host is resolved by libp2p, and one that they have made says nothing of where they can be dialled
  if (named.host === '' || connection.direction !== 'outbound') return named
  const led = peerAddress(connection.remoteAddr, connection.remotePeer)
  return led === undefined || led.dialString() === named.dialString() ? named : led
}
