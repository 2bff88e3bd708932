/**
 * Which channels of a link have little under way. A link bounds what it has written and the remote has not acknowledged, and bulk stands at that bound most of the time; a
 * vote must not wait for it (docs/protocol.md section 5). So a channel that has hardly anything under way may go some way beyond. Pure; one entry per channel of ours.
 */

/** A channel that has less than this under way may go beyond the bound: an urgent message does not wait for a receipt. Ours. */
const LIGHT_CHANNEL_BYTES = 4 * 1024
/** How far beyond. Ours: one write. */
export const LIGHT_ROOM_BYTES = 64 * 1024

export class LightChannels {
  /** By channel: bytes written since all it had written was last acknowledged, and the link's total when it wrote last. */
  readonly #recent = new Map<number, { bytes: number; until: number }>()

  /** Has this channel little under way? `acked`: bytes of the link that the remote has acknowledged. */
  isLight(channelId: number, acked: number): boolean {
    const recent = this.#recent.get(channelId)
    return recent === undefined || recent.until <= acked || recent.bytes < LIGHT_CHANNEL_BYTES
  }

  /** The channel writes `bytes`, after `sent` of the whole link. True: a little of one channel amid much of others, so somebody is in a hurry. */
  wrote(channelId: number, bytes: number, sent: number, acked: number): boolean {
    const until = sent + bytes
    const recent = this.#recent.get(channelId)
    const total = recent === undefined || recent.until <= acked ? bytes : recent.bytes + bytes
    if (recent === undefined) this.#recent.set(channelId, { bytes, until })
    else {
      recent.bytes = total
      recent.until = until
    }
    return total < LIGHT_CHANNEL_BYTES && sent - acked >= LIGHT_ROOM_BYTES
  }
}
