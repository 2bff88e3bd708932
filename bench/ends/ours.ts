/**
 * Our Switch as its users have it: `createLibp2p` with the `comet()` service, a reactor that sends with `peer.trySend` and `peer.send`, and one that
 * counts what its `receive` gets. Nothing below the public door is touched.
 */
import { identify } from '@libp2p/identify'
import { createLibp2p } from 'libp2p'
import {
  BaseReactor,
  type ChannelDescriptor,
  comet,
  type Envelope,
  type MessageType,
  type Peer,
  peerPolicy,
  type Switch
} from '../../src/index.ts'
import { type MempoolMessage, mempoolMessage } from '../../src/wire/channel-messages.ts'
import { BURST_MESSAGES, type Load, TURN_MESSAGES, URGENT_BYTES, URGENT_EVERY_MS } from '../cell.ts'
import { Counter, isUrgent, nextTurn, type ReceivingEnd, type SendingEnd, stamped } from './end.ts'
import { connectionManager, nodeOptions } from './libp2p-node.ts'

/** Any free ids: 0x80 and up. */
const FIRST_CHANNEL = 0x80
/** Room for a burst; Go's "maxed out" bench configs are of this order (lp2p/bench_test.go). */
const SMALL_QUEUE = 1_000
/** Room for 2 MB of 64 KB messages. */
const LARGE_QUEUE = 32
const LARGE_BYTES = 16 * 1024
/** Consensus' votes against block parts (spec/reactors-and-messages.md section 1). */
const URGENT_PRIORITY = 10

/** Hands bytes through, so that what is measured is the way and not a codec. */
const bytesType: MessageType<Uint8Array> = {
  typeName: 'bench.Bytes',
  encode: (message) => message,
  decode: (bytes) => bytes
}

function descriptors(load: Load): ChannelDescriptor[] {
  return Array.from({ length: load.channels }, (_, i) => ({
    id: FIRST_CHANNEL + i,
    priority: isUrgent(load, i) ? URGENT_PRIORITY : 1,
    sendQueueCapacity: load.size >= LARGE_BYTES ? LARGE_QUEUE : SMALL_QUEUE,
    messageType: load.protobuf === true ? mempoolMessage : bytesType
  }))
}

/** The reactor of both ends. */
export class BenchReactor extends BaseReactor {
  readonly #load: Load
  readonly counter = new Counter()
  readonly #urgentChannel: number

  constructor(load: Load) {
    super('BENCH')
    this.#load = load
    this.#urgentChannel = isUrgent(load, 1) ? FIRST_CHANNEL + 1 : -1
  }

  override getChannels(): ChannelDescriptor[] {
    return descriptors(this.#load)
  }

  override receive({ channelId, message }: Envelope): void {
    if (channelId === this.#urgentChannel) this.counter.addUrgent(message as Uint8Array)
    else if (this.#load.protobuf === true) this.counter.add(onlyTx(message as MempoolMessage))
    else this.counter.add(message as Uint8Array)
  }
}

function onlyTx(message: MempoolMessage): Uint8Array {
  const tx = message.type === 'txs' ? message.txs[0] : undefined
  if (tx === undefined) throw new Error('a message without its transaction')
  return tx
}

/** A node of ours on the given wire. The limits are those of nobody: one remote address, many peers. */
export async function cometNode(load: Load, reactor: BaseReactor, listens: boolean): Promise<CometNode> {
  const policy = peerPolicy({ allowDuplicateIP: true, maxNumInboundPeers: 10_000, maxNumOutboundPeers: 10_000 })
  const node = await createLibp2p({
    ...nodeOptions(load.wire, listens),
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(connectionManager),
    services: {
      identify: identify(),
      comet: comet({
        network: 'bench',
        policy,
        streams: load.oneStream === true ? 'one' : 'channel',
        reactors: { BENCH: reactor }
      })
    }
  })
  return { addresses: () => node.getMultiaddrs().map(String), switch: node.services.comet, stop: () => node.stop() }
}

export interface CometNode {
  addresses(): string[]
  readonly switch: Switch
  stop(): void | Promise<void>
}

export async function oursReceiver(load: Load): Promise<ReceivingEnd> {
  const reactor = new BenchReactor(load)
  const node = await cometNode(load, reactor, true)
  return {
    addresses: node.addresses(),
    counts: reactor.counter.counts,
    takeLatencies: () => reactor.counter.takeLatencies()
  }
}

export async function oursSender(load: Load, addresses: string[]): Promise<SendingEnd> {
  const node = await cometNode(load, new BenchReactor(load), false)
  return new OursSender(load, await node.switch.dialPeerWithAddress(addresses[0] as string))
}

/** What a reactor's own routine does with a peer. */
export class OursSender implements SendingEnd {
  readonly #load: Load
  readonly #peer: Peer
  readonly #envelopes: Envelope[]
  // what changes
  #running = false
  #loop: Promise<void> = Promise.resolve()
  #sent = 0

  constructor(load: Load, peer: Peer) {
    this.#load = load
    this.#peer = peer
    const payload = new Uint8Array(load.size).fill(7)
    const message = load.protobuf === true ? { type: 'txs', txs: [payload] } : payload
    this.#envelopes = descriptors(load).map(({ id }) => ({ channelId: id, message }))
  }

  start(): void {
    this.#running = true
    const { discipline } = this.#load
    if (discipline === 'urgent' || discipline === 'idle') this.#sendUrgent()
    if (discipline !== 'idle') this.#loop = this.#send()
  }

  async stop(): Promise<number> {
    this.#running = false
    await this.#loop
    return this.#sent
  }

  #send(): Promise<void> {
    switch (this.#load.discipline) {
      case 'urgent':
        return this.#saturate(this.#envelopes.slice(0, 1))
      case 'send':
        return this.#sendEach(this.#envelopes)
      case 'bursts':
        return this.#groups(BURST_MESSAGES, () => Promise.resolve())
      case 'turns':
        return this.#groups(TURN_MESSAGES, nextTurn)
      default:
        return this.#saturate(this.#envelopes)
    }
  }

  async #saturate(envelopes: readonly Envelope[]): Promise<void> {
    for (let i = 0; this.#running; i++) {
      const envelope = envelopes[i % envelopes.length] as Envelope
      if (this.#peer.trySend(envelope)) this.#sent++
      else await this.#sendOne(envelope)
    }
  }

  async #sendEach(envelopes: readonly Envelope[]): Promise<void> {
    for (let i = 0; this.#running; i++) await this.#sendOne(envelopes[i % envelopes.length] as Envelope)
  }

  /** `count` messages over all channels, then a pause, and so on. */
  async #groups(count: number, pause: () => Promise<void>): Promise<void> {
    for (let i = 0; this.#running; ) {
      for (let n = 0; n < count; n++) {
        const envelope = this.#envelopes[i++ % this.#envelopes.length] as Envelope
        if (this.#peer.trySend(envelope)) this.#sent++
        else await this.#sendOne(envelope)
      }
      await pause()
    }
  }

  async #sendOne(envelope: Envelope): Promise<void> {
    if (await this.#peer.send(envelope)) this.#sent++
    else throw new Error(`peer.send refused${this.#peer.isRunning() ? '' : ': the peer has stopped'}`)
  }

  #sendUrgent(): void {
    const channelId = FIRST_CHANNEL + 1
    const timer = setInterval(() => {
      if (!this.#running) return clearInterval(timer)
      if (this.#peer.trySend({ channelId, message: stamped(URGENT_BYTES) })) this.#sent++
    }, URGENT_EVERY_MS)
  }
}
