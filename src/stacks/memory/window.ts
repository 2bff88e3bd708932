/**
 * How much a memory link may have under way, and how it is paid back: what a window is to a real muxer. The sender charges each piece, the receiver pays a
 * message's charge back when `receive` is done with it; so a reactor that is slow stops its sender and fills no memory
 * (architecture.md, "A message in", step 3; contract.md, "Buffers").
 *
 * A window per channel, and one loan per link: a message longer than its channel's window passes by it, one at a time, or messages on many channels would
 * together exceed what the switch takes. The sender alone keeps count, since both ends are ours.
 */
import { BoundedQueue } from '../../util/bounded-queue.ts'
import { Unconsumed } from '../../util/unconsumed.ts'

/** Bytes per channel and direction, where there are few channels. */
export const WINDOW_BYTES = 1 << 20
/** Bytes of all windows of a link and direction; the one loan comes on top. contract.md, "Buffers". */
export const TOTAL_BYTES = 32 << 20
/** What a piece costs beside its payload, so that empty messages cannot pile up either. Also the link's `overheadBytes`. */
export const PIECE_OVERHEAD_BYTES = 16
/**
 * The most a slice is charged: the link's `quantumBytes`. Small enough that an urgent message does not wait for long, large enough that coalescing pays
 * (spec/js-libp2p.md section 2), and half of the least window, that of 256 channels.
 */
export const MAX_SLICE_CHARGE = 65_536

/** The window of each of so many channels, bytes. */
export function windowBytes(channels: number): number {
  return Math.min(WINDOW_BYTES, Math.floor(TOTAL_BYTES / Math.max(1, channels)))
}

/** The charge of one piece of a message, or of a whole one. */
export function chargeOf(bytes: number): number {
  return bytes + PIECE_OVERHEAD_BYTES
}

/** The sending side of a link. All windows and one message are the most it has under way. */
export class SendWindows {
  readonly #window: number
  readonly #channels = new Map<number, { charged: number; midMessage: boolean }>()
  /** The channel that is beyond its window. */
  #borrower: number | undefined

  /** `channels`: how many the remote serves. */
  constructor(channels: number) {
    this.#window = windowBytes(channels)
  }

  /** Is there room for a slice on this channel? */
  open(channelId: number): boolean {
    const channel = this.#channels.get(channelId)
    if (channel === undefined || channel.charged + MAX_SLICE_CHARGE <= this.#window) return true
    // what is complete comes back without our doing; what was begun comes back only when it has been finished
    return channel.midMessage && (this.#borrower === undefined || this.#borrower === channelId)
  }

  /** Only while `open`. `last`: the message ends with this piece. */
  charge(channelId: number, bytes: number, last: boolean): void {
    let channel = this.#channels.get(channelId)
    if (channel === undefined) {
      channel = { charged: 0, midMessage: false }
      this.#channels.set(channelId, channel)
    }
    channel.charged += chargeOf(bytes)
    channel.midMessage = !last
    if (channel.charged > this.#window) this.#borrower = channelId
  }

  pay(channelId: number, charge: number): void {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) return
    channel.charged -= charge
    if (this.#borrower === channelId && channel.charged <= this.#window) this.#borrower = undefined
  }
}

/** The receiving side of one channel: which messages were delivered and are not consumed. */
export class ReceiveWindow {
  readonly #unconsumed = new Unconsumed()
  readonly #charges = new BoundedQueue<number>(Number.POSITIVE_INFINITY)
  readonly #lump: number
  #owed = 0

  /** `window`: what the sender has, bytes. */
  constructor(window: number) {
    // a part small enough that the sender of a channel with nothing under way never waits for less
    this.#lump = Math.floor(window / 4)
  }

  delivered(length: number, charge: number): void {
    this.#unconsumed.add(length)
    this.#charges.push(charge)
  }

  /** `receive` is done with so many bytes, 0 for an empty message. Returns what to pay back now, 0 for nothing yet. */
  consumed(bytes: number): number {
    for (let done = this.#unconsumed.consume(bytes); done > 0; done--) this.#owed += this.#charges.shift() as number
    if (this.#owed < this.#lump) return 0
    const lump = this.#owed
    this.#owed = 0
    return lump
  }
}
