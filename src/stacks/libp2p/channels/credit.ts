/**
 * Credit: how much of each channel the remote may send before `receive` has caught up (docs/protocol.md section 6). Pure.
 *
 * libp2p's own `pause()` overruns its buffer under default yamux windows and does nothing on QUIC (spec/js-libp2p.md, last section), so
 * the receiver bounds its memory itself. All figures are charges: payload plus {@link MESSAGE_CHARGE_BYTES} per message, so that a million empty
 * messages are not free. Limits are totals since the link began and only grow.
 */
import { Unconsumed } from '../../../util/unconsumed.ts'
import { MAX_SLICE_CHARGE, MESSAGE_CHARGE_BYTES } from './frames.ts'

/**
 * 256 channels, all there can be, of this are the 32 MiB a peer may hold: never more than the switch expects, however many channels there are. And more
 * than a slice costs, or a sender that waits for room for one would wait for ever.
 */
export const MIN_WINDOW_BYTES = 128 * 1024

/** What one channel may hold when a peer may hold `totalBytes` (requirements, "Buffers"). */
export function windowBytes(totalBytes: number, channels: number): number {
  return Math.max(MIN_WINDOW_BYTES, Math.floor(totalBytes / Math.max(1, channels)))
}

/** The sender's side: what the remote has allowed, less what was written. */
export class SendCredit {
  /** By channel: the few that the remote serves. An array over all ids is 4 KB per peer. */
  readonly #channels = new Map<number, { left: number; limit: number }>()

  /** `windows`: the remote's first limits, from its hello. A channel that is not in it has none. */
  constructor(windows: ReadonlyArray<{ readonly id: number; readonly window: number }>) {
    for (const { id, window } of windows) this.raise(id, window)
  }

  /** Charge that may still be written. */
  left(channelId: number): number {
    return this.#channels.get(channelId)?.left ?? 0
  }

  spend(channelId: number, charge: number): void {
    const channel = this.#channels.get(channelId)
    if (channel !== undefined) channel.left -= charge
  }

  /** The remote's new limit. False when it is lower than the one before. */
  raise(channelId: number, limit: number): boolean {
    const channel = this.#channels.get(channelId)
    if (channel === undefined) {
      this.#channels.set(channelId, { left: limit, limit })
      return true
    }
    if (limit < channel.limit) return false
    channel.left += limit - channel.limit
    channel.limit = limit
    return true
  }
}

/** One channel as its receiver keeps it. */
class ReceiveWindow {
  readonly id: number
  /** The limit in force, and the one the remote was told. */
  limit: number
  told: number
  /** Charged by arriving frames; given back by `consumed`. */
  received = 0
  released = 0
  /** The incomplete message: its announced length less what is charged, -1 for none. */
  missing = -1
  readonly #waiting = new Unconsumed()

  constructor(id: number, window: number) {
    this.id = id
    this.limit = window
    this.told = window
  }

  get waits(): boolean {
    return this.#waiting.count > 0
  }

  handedUp(length: number): void {
    this.#waiting.add(length)
  }

  /** Takes `bytes` off the oldest messages; true when one of them is done. */
  consume(bytes: number): boolean {
    const before = this.#waiting.bytes
    const done = this.#waiting.consume(bytes)
    this.released += before - this.#waiting.bytes + done * MESSAGE_CHARGE_BYTES
    return done > 0
  }
}

/** A limit the remote should be told. */
export interface Grant {
  readonly id: number
  readonly limit: number
}

/** The receiver's side of a whole link. */
export class ReceiveCredit {
  readonly #window: number
  /** What a limit has grown by when it is told. */
  readonly #lump: number
  readonly #windows = new Map<number, ReceiveWindow>()
  readonly #all: ReceiveWindow[] = []
  /** Channels with an incomplete message, the oldest first. */
  readonly #incomplete: ReceiveWindow[] = []
  #due: Grant[] = []
  /** Messages charged to their end whose last bytes are still to come: they wait as good as complete. */
  #arriving = 0

  constructor(channelIds: readonly number[], totalBytes: number) {
    this.#window = windowBytes(totalBytes, channelIds.length)
    // once all was consumed, what is not told yet must leave room for a slice
    this.#lump = Math.min(this.#window / 4, this.#window - MAX_SLICE_CHARGE)
    for (const id of channelIds) {
      const window = new ReceiveWindow(id, this.#window)
      this.#windows.set(id, window)
      this.#all.push(window)
    }
  }

  /** The first limits, as hello tells them. */
  windows(): Array<{ id: number; window: number }> {
    return this.#all.map(({ id }) => ({ id, window: this.#window }))
  }

  /** Is something due? */
  get hasDue(): boolean {
    return this.#due.length > 0
  }

  /** The limits that have grown so much that the remote should be told; once each. */
  takeDue(): Grant[] {
    const due = this.#due
    this.#due = []
    return due
  }

  /** A frame's header arrived. `total` is the whole message for its first frame, -1 for one that follows. False: beyond the limit. */
  charge(channelId: number, length: number, total: number): boolean {
    const window = this.#windows.get(channelId) as ReceiveWindow
    const first = total >= 0
    window.received += first ? length + MESSAGE_CHARGE_BYTES : length
    if (window.received > window.limit) return false
    if (first) {
      if (length === total) {
        this.#arriving++
        return true
      }
      window.missing = total
      this.#incomplete.push(window)
    }
    window.missing -= length
    if (window.missing === 0) {
      window.missing = -1
      this.#incomplete.splice(this.#incomplete.indexOf(window), 1)
      this.#arriving++
      return true
    }
    this.#check(window)
    this.#lend()
    return true
  }

  /** A whole message goes up to `receive`. */
  handedUp(channelId: number, length: number): void {
    ;(this.#windows.get(channelId) as ReceiveWindow).handedUp(length)
    this.#arriving--
  }

  /** `receive` is done with so many payload bytes of the oldest messages, 0 for an empty one. */
  consumed(channelId: number, bytes: number): void {
    const window = this.#windows.get(channelId)
    if (window === undefined || !window.consume(bytes)) return
    window.limit = Math.max(window.limit, window.released + this.#window)
    this.#check(window)
    this.#lend()
  }

  /**
   * A message longer than the window must pass: while nothing complete waits, the oldest incomplete one gets what it lacks. So a peer holds at
   * most all windows and one message: a loan is over when its message was consumed, since until then something complete waits.
   */
  #lend(): void {
    const oldest = this.#incomplete[0]
    if (oldest === undefined || this.#arriving > 0) return
    const need = oldest.received + oldest.missing
    if (oldest.limit >= need || this.#all.some(({ waits }) => waits)) return
    oldest.limit = need
    this.#check(oldest)
  }

  /** Tells a lump at a time, but never lets the sender of a begun message starve for less. */
  #check(window: ReceiveWindow): void {
    const grown = window.limit - window.told
    if (grown === 0) return
    const starving = window.missing >= 0 && window.told - window.received < Math.min(window.missing, MAX_SLICE_CHARGE)
    if (grown < this.#lump && !starving) return
    window.told = window.limit
    this.#due.push({ id: window.id, limit: window.limit })
  }
}
