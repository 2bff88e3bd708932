/**
 * One channel of a bridge as a reactor. There is one for each channel, and the switch delivers per sender and reactor (option `delivery: 'reactor'`): so a
 * channel that waits for room at the other half holds up no other one.
 */
import type { ChannelDescriptor } from '../interface/channel.ts'
import type { Envelope } from '../interface/envelope.ts'
import type { Peer } from '../interface/peer.ts'
import { BaseReactor } from '../reactors/base-reactor.ts'

/** Where messages go. A promise while it must wait. */
export type Relay = (src: Peer, channelId: number, bytes: Uint8Array) => void | Promise<void>

export class RelayReactor extends BaseReactor {
  readonly #channel: ChannelDescriptor<Uint8Array>
  readonly #relay: Relay

  constructor(name: string, channel: ChannelDescriptor<Uint8Array>, relay: Relay) {
    super(name)
    this.#channel = channel
    this.#relay = relay
  }

  override getChannels(): ChannelDescriptor[] {
    return [this.#channel]
  }

  override receive({ src, channelId, message }: Envelope): void | Promise<void> {
    if (src !== undefined) return this.#relay(src, channelId, message as Uint8Array)
  }
}
