/** What a bridge has relayed in one direction, per channel. */

export interface ChannelTraffic {
  readonly id: number
  messages: number
  bytes: number
  /** Not relayed: the other half does not serve the channel, cannot read the message, or left first. */
  dropped: number
}

export class Traffic {
  readonly #channels: ReadonlyMap<number, ChannelTraffic>

  constructor(channelIds: readonly number[]) {
    this.#channels = new Map(channelIds.map((id) => [id, { id, messages: 0, bytes: 0, dropped: 0 }]))
  }

  relayed(channelId: number, bytes: number): void {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) return
    channel.messages++
    channel.bytes += bytes
  }

  dropped(channelId: number): void {
    const channel = this.#channels.get(channelId)
    if (channel !== undefined) channel.dropped++
  }

  /** A copy, by ascending channel id. */
  list(): ChannelTraffic[] {
    return [...this.#channels.values()].map((channel) => ({ ...channel }))
  }
}
