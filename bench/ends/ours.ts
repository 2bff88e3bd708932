/**
 * Our Switch as its users have it, on whatever wire: a reactor that sends with `peer.trySend` and `peer.send`, and one that counts what its `receive` gets.
 * Nothing below the public door is touched.
 */
import { BaseReactor, type ChannelDescriptor, type Envelope, type MessageType, type Peer } from '../../src/index.ts'
import { type MempoolMessage, mempoolMessage } from '../../src/wire/channel-messages.ts'
import { BURST_MESSAGES, type Load, TURN_MESSAGES, URGENT_BYTES, URGENT_EVERY_MS } from '../cell.ts'
import { cometNode } from './comet-node.ts'
import { Counter, channelId, isUrgent, nextTurn, type ReceivingEnd, type SendingEnd, stamped } from './end.ts'

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
    id: channelId(load, i),
    priority: isUrgent(load, i) ? URGENT_PRIORITY : 1,
    sendQueueCapacity: sendQueue(load.size),
    messageType: load.protobuf === true ? mempoolMessage : bytesType
  }))
}

/** Messages of that size that may wait on a channel. */
export function sendQueue(size: number): number {
  return size >= LARGE_BYTES ? LARGE_QUEUE : SMALL_QUEUE
}

/** The reactor of both ends. */
export class BenchReactor extends BaseReactor {
  readonly #load: Load
  readonly counter = new Counter()
  readonly #urgentChannel: number

  constructor(load: Load) {
    super('BENCH')
    this.#load = load
    this.#urgentChannel = isUrgent(load, 1) ? channelId(load, 1) : -1
  }

  override getChannels(): ChannelDescriptor[] {
    return descriptors(this.#load)
  }

  override receive({ channelId: id, message }: Envelope): void {
    if (id === this.#urgentChannel) this.counter.addUrgent(message as Uint8Array)
    else if (this.#load.protobuf === true) this.counter.add(onlyTx(message as MempoolMessage))
    else this.counter.add(message as Uint8Array)
  }
}

function onlyTx(message: MempoolMessage): Uint8Array {
  const tx = message.type === 'txs' ? message.txs[0] : undefined
  if (tx === undefined) throw new Error('a message without its transaction')
  return tx
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
    const envelope = { channelId: channelId(this.#load, 1) }
    const timer = setInterval(() => {
      if (!this.#running) return clearInterval(timer)
      if (this.#peer.trySend({ ...envelope, message: stamped(URGENT_BYTES) })) this.#sent++
    }, URGENT_EVERY_MS)
  }
}
