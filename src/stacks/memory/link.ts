/**
 * One end of a connection in memory: the whole of interface/link.ts without a wire. What a real stack does is done here too, so that a test on it means
 * something: bytes are copied, long messages arrive in pieces, a receiver that is slow stops the sender, and every word between the two ends takes
 * the network's latency.
 */
import type { PeerId } from '@libp2p/interface'
import type { Clock } from '../../interface/clock.ts'
import type { Link, LinkSink, LinkTraits, Slice } from '../../interface/link.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import { Probes } from '../../util/probes.ts'
import { IncomingChannel } from './incoming-channel.ts'
import { fromRemote } from './remote-reason.ts'
import { type Carrier, Flow } from './traffic.ts'
import { MAX_SLICE_CHARGE, PIECE_OVERHEAD_BYTES, SendWindows, windowBytes } from './window.ts'

const TRAITS: LinkTraits = Object.freeze({
  quantumBytes: MAX_SLICE_CHARGE,
  overheadBytes: PIECE_OVERHEAD_BYTES,
  splits: true
})

export interface MemoryLinkInit {
  readonly outbound: boolean
  readonly remote: { readonly id: NodeId; readonly peerId: PeerId; readonly ip: string; readonly nodeInfo: NodeInfo }
  readonly socketAddr: NetAddress
  /** What we receive: channel id -> the longest message, bytes. */
  readonly capacities: ReadonlyMap<number, number>
}

/** A message, or a piece of one, under way. */
export interface Parcel {
  readonly bytes: Uint8Array
  readonly piece: Slice['piece']
}

interface Goodbye {
  readonly reason: StopReason
  readonly flushed: boolean
}

/** `waiting`: not started, what arrives is held. `over`: ended from either side, nothing more happens. */
type State = 'waiting' | 'open' | 'over'

export class MemoryLink implements Link {
  readonly stack = 'memory'
  readonly traits = TRAITS
  readonly outbound: boolean
  readonly remoteId: NodeId
  readonly remotePeerId: PeerId
  readonly nodeInfo: NodeInfo
  readonly socketAddr: NetAddress
  readonly remoteIP: string
  readonly #traffic: Carrier
  readonly #capacities: ReadonlyMap<number, number>
  readonly #served: ReadonlySet<number>
  readonly #onOver: () => void
  readonly #outgoing = new Map<number, Flow<Parcel>>()
  readonly #sendWindows: SendWindows
  /** The outbox was told to wait. */
  #refused = false
  readonly #incoming = new Map<number, IncomingChannel>()
  readonly #goodbyes: Flow<Goodbye>
  readonly #payments: Flow<{ channelId: number; charge: number }>
  readonly #pings: Flow<'ping' | 'pong'>
  readonly #probes: Probes
  #far!: MemoryLink
  #sink: LinkSink | undefined
  #state: State = 'waiting'
  /** Parcels of ours that the other end has not taken. */
  #underWay = 0
  #flushes: Array<(all: boolean) => void> = []
  /** Told, and to be passed on once all before it has been delivered, or once we are started. */
  #ending: { readonly reason: StopReason; readonly drain: boolean } | undefined
  #sentBytes = 0
  #receivedBytes = 0

  /** Made in pairs: see {@link linkPair}. `onOver` is called once, when this end is over. */
  constructor(traffic: Carrier, clock: Clock, init: MemoryLinkInit, onOver: () => void) {
    this.#traffic = traffic
    this.outbound = init.outbound
    this.remoteId = init.remote.id
    this.remotePeerId = init.remote.peerId
    this.remoteIP = init.remote.ip
    this.nodeInfo = init.remote.nodeInfo
    this.socketAddr = init.socketAddr
    this.#capacities = init.capacities
    this.#served = new Set(init.remote.nodeInfo.channels)
    this.#sendWindows = new SendWindows(this.#served.size)
    this.#onOver = onOver
    this.#goodbyes = new Flow((goodbye) => this.#far.#onGoodbye(goodbye))
    this.#payments = new Flow(({ channelId, charge }) => this.#far.#onPayment(channelId, charge))
    this.#pings = new Flow((ping) => this.#far.#onPing(ping))
    this.#probes = new Probes(clock, () => this.#traffic.send(this.#pings, 'ping'))
  }

  static pair(
    make: (onOver: () => void) => [MemoryLink, MemoryLink],
    onBothOver: () => void
  ): [MemoryLink, MemoryLink] {
    let left = 2
    const [a, b] = make(() => {
      if (--left === 0) onBothOver()
    })
    a.#far = b
    b.#far = a
    return [a, b]
  }

  serves(channelId: number): boolean {
    return this.#served.has(channelId)
  }

  start(sink: LinkSink): void {
    if (this.#state !== 'waiting') return
    this.#sink = sink
    this.#state = 'open'
    for (const flow of this.#far.#outgoing.values()) this.#traffic.release(flow)
    // it has ended already: say so, but not within the caller's call
    if (this.#ending !== undefined) queueMicrotask(() => this.#endIfDelivered())
  }

  writable(channelId: number): boolean {
    if (this.#state === 'over') return false
    if (this.#sendWindows.open(channelId)) return true
    this.#refused = true
    return false
  }

  write(slice: Slice): void {
    if (this.#state === 'over') return
    const { channelId, piece } = slice
    const flow = this.#outgoingOf(channelId)
    for (const part of slice.parts) {
      // the sender's bytes are shared with other peers, and the receiver may do with its own what it likes
      const bytes = part.slice()
      const last = piece === undefined || piece.offset + bytes.byteLength === piece.total
      this.#sendWindows.charge(channelId, bytes.byteLength, last)
      this.#underWay++
      this.#traffic.send(flow, { bytes, piece })
    }
    this.#sentBytes += slice.bytes
  }

  consumed(channelId: number, bytes: number): void {
    if (this.#state === 'over') return
    const charge = this.#incoming.get(channelId)?.window.consumed(bytes) ?? 0
    if (charge > 0) this.#traffic.send(this.#payments, { channelId, charge })
  }

  flushed(): Promise<boolean> {
    if (this.#state === 'over') return Promise.resolve(false)
    if (this.#underWay === 0) return Promise.resolve(true)
    return new Promise((resolve) => this.#flushes.push(resolve))
  }

  probe(timeoutMs: number): Promise<boolean> {
    return this.#state === 'over' ? Promise.resolve(false) : this.#probes.probe(timeoutMs)
  }

  async close(reason: StopReason, flushed: boolean): Promise<void> {
    if (this.#state === 'over') return
    this.#over()
    // what is still under way arrives before a goodbye that says so; any other may overtake it, and it is lost
    this.#traffic.send(this.#goodbyes, { reason, flushed })
  }

  stats(): { sentBytes: number; receivedBytes: number } {
    return { sentBytes: this.#sentBytes, receivedBytes: this.#receivedBytes }
  }

  /** Ended from either side: it has told its sink, or was told to close. */
  get over(): boolean {
    return this.#state === 'over'
  }

  /** The network cuts the connection: at once, and what was under way is lost. */
  break(reason: StopReason): void {
    if (this.#state === 'over') return
    this.#ending = { reason, drain: false }
    if (this.#state === 'open') this.#end()
  }

  #outgoingOf(channelId: number): Flow<Parcel> {
    let flow = this.#outgoing.get(channelId)
    if (flow === undefined) {
      flow = new Flow<Parcel>((parcel) => this.#far.#onParcel(channelId, parcel))
      flow.held = this.#far.#state === 'waiting'
      this.#outgoing.set(channelId, flow)
    }
    return flow
  }

  #onParcel(channelId: number, parcel: Parcel): void {
    if (this.#state !== 'open') return
    this.#receivedBytes += parcel.bytes.byteLength
    this.#probes.heard()
    const whole = this.#incomingOf(channelId).take(parcel)
    if (typeof whole === 'string') {
      const reason: StopReason = { kind: 'protocol', channelId, message: whole }
      this.#ending = { reason, drain: false }
      this.#traffic.send(this.#goodbyes, { reason, flushed: false })
      this.#end()
      return
    }
    if (whole !== undefined) this.#sink?.deliver(channelId, whole)
    this.#far.#onTaken()
    this.#endIfDelivered()
  }

  #incomingOf(channelId: number): IncomingChannel {
    let incoming = this.#incoming.get(channelId)
    if (incoming === undefined) {
      incoming = new IncomingChannel(channelId, this.#capacities.get(channelId), windowBytes(this.#capacities.size))
      this.#incoming.set(channelId, incoming)
    }
    return incoming
  }

  #onTaken(): void {
    if (--this.#underWay > 0) return
    for (const settle of this.#flushes.splice(0)) settle(true)
  }

  #onPayment(channelId: number, charge: number): void {
    if (this.#state === 'over') return
    this.#sendWindows.pay(channelId, charge)
    // another channel may have waited for the loan that this one has given back
    if (!this.#refused) return
    this.#refused = false
    this.#sink?.onWritable()
  }

  #onPing(ping: 'ping' | 'pong'): void {
    if (this.#state === 'over') return
    this.#probes.heard()
    if (ping === 'ping') this.#traffic.send(this.#pings, 'pong')
  }

  #onGoodbye({ reason, flushed }: Goodbye): void {
    if (this.#state === 'over') return
    this.#ending ??= { reason: fromRemote(reason), drain: flushed }
    this.#endIfDelivered()
  }

  /** Ends if an end is due and nothing that the remote wanted delivered is still on its way. */
  #endIfDelivered(): void {
    if (this.#state !== 'open' || this.#ending === undefined) return
    if (!this.#ending.drain || this.#far.#underWay === 0) this.#end()
  }

  #end(): void {
    const ending = this.#ending
    const sink = this.#sink
    this.#over()
    if (ending !== undefined) sink?.onEnd(ending.reason, ending.drain)
  }

  #over(): void {
    this.#state = 'over'
    this.#sink = undefined
    this.#incoming.clear()
    for (const flow of this.#far.#outgoing.values()) this.#traffic.drop(flow)
    for (const settle of this.#flushes.splice(0)) settle(false)
    this.#probes.stop()
    this.#onOver()
  }
}
