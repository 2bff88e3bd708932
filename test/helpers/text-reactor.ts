/** A reactor whose messages are text: the smallest thing that talks. */
import type { ChannelDescriptor, MessageType } from '../../src/interface/channel.ts'
import type { Envelope } from '../../src/interface/envelope.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'

export const textType: MessageType<string> = {
  typeName: 'text',
  encode: (message) => {
    if (typeof message !== 'string') throw new TypeError('not a text')
    return new TextEncoder().encode(message)
  },
  decode: (bytes) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

export interface TextReactorInit {
  readonly name?: string
  /** @default one channel, 0x10, priority 1, capacity 100 */
  readonly channels?: ReadonlyArray<Omit<ChannelDescriptor, 'messageType'>>
}

/** Keeps what it received, and lets a test wait for what happens to it. */
export class TextReactor extends BaseReactor {
  readonly received: Array<{ channelId: number; message: string; from: string }> = []
  readonly added: Peer[] = []
  readonly removed: Array<{ peer: Peer; reason: unknown }> = []
  /** Hooks of a test; each runs before the default does its work, and is awaited. */
  onInit: (peer: Peer) => Peer | undefined | Promise<Peer | undefined> = () => undefined
  onAdd: (peer: Peer) => void | Promise<void> = () => {}
  onReceive: (envelope: Envelope) => void | Promise<void> = () => {}
  onRemove: (peer: Peer, reason: unknown) => void | Promise<void> = () => {}
  readonly #channels: ChannelDescriptor[]
  #waiting: Array<{ met: () => boolean; resolve: () => void }> = []

  constructor(init: TextReactorInit = {}) {
    super(init.name ?? 'TEXT')
    const channels = init.channels ?? [{ id: 0x10, priority: 1, sendQueueCapacity: 100 }]
    this.#channels = channels.map((channel) => ({ ...channel, messageType: textType }))
  }

  override getChannels(): ChannelDescriptor[] {
    return this.#channels
  }

  override async initPeer(peer: Peer): Promise<Peer> {
    return (await this.onInit(peer)) ?? peer
  }

  override async addPeer(peer: Peer): Promise<void> {
    await this.onAdd(peer)
    this.added.push(peer)
    this.#changed()
  }

  override receive(envelope: Envelope): void | Promise<void> {
    const { channelId, message, src } = envelope
    this.received.push({ channelId, message: message as string, from: src?.id() ?? '' })
    this.#changed()
    return this.onReceive(envelope)
  }

  override async removePeer(peer: Peer, reason: unknown): Promise<void> {
    await this.onRemove(peer, reason)
    this.removed.push({ peer, reason })
    this.#changed()
  }

  /** The texts received on a channel, of everybody. */
  texts(channelId = 0x10): string[] {
    return this.received.filter((one) => one.channelId === channelId).map(({ message }) => message)
  }

  /** Settles as soon as the question, asked after every event, is answered with yes. */
  until(met: () => boolean): Promise<void> {
    if (met()) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ met, resolve }))
  }

  #changed(): void {
    this.#waiting = this.#waiting.filter(({ met, resolve }) => {
      if (!met()) return true
      resolve()
      return false
    })
  }
}
