/**
 * How many bytes of a link may be under way: written and not yet acknowledged by the remote's receipts (docs/protocol.md section 5). Pure.
 *
 * libp2p's own flags bound nothing below the kernel's buffers, 4 MB here, and a vote written behind that waits for seconds on a slow
 * line (spec/js-libp2p.md section 3). So the bound starts at 128 KB and follows the bandwidth-delay product: delivery rate times the
 * least round trip, times a gain that lets it grow. A queue that stands on the line would count as round trip, so now and then the bound goes back
 * to its floor for one round trip and the least is measured anew (as BBR does; its pacing is not needed, receipts are the clock).
 *
 * 128 KB is two writes, and two machines that hand each other two writes wait for each other: bulk alone reached half of what it can. While nobody is in
 * a hurry the bound is therefore what the line delivers in 3 ms, and the first little message amid bulk takes it back to the floor.
 */
import { LIGHT_ROOM_BYTES, LightChannels } from '../../../outbox/light-channels.ts'

/** A receipt for each so many bytes at the least (docs/protocol.md section 5), and the most that we ask for: nothing is gained beyond. Ours. */
export const LEAST_PACE_BYTES = 32 * 1024
const MOST_PACE_BYTES = 256 * 1024

export interface FlightInit {
  /** @default {@link flightDefaults.minBytes} */
  readonly minBytes?: number
  /** @default {@link flightDefaults.maxBytes} */
  readonly maxBytes?: number
}

/** All ours: measured, see docs/protocol.md section 5. */
export const flightDefaults = Object.freeze({
  minBytes: 128 * 1024,
  maxBytes: 4 * 1024 * 1024,
  /** Once only bulk was written for `bulkAfterMs`, the least bound is what the line delivers in `bulkQueueMs`, up to `bulkBytes`. */
  bulkBytes: 1024 * 1024,
  bulkQueueMs: 5,
  bulkAfterMs: 1_000,
  /** Bound = gain x rate x least round trip. Above 1 or it could not grow; what is above stands as a queue. */
  gain: 1.25,
  /** How long a least round trip counts. */
  roundTripWindowMs: 10_000
})

/** A write whose receipt tells the round trip and the rate. */
interface Mark {
  readonly sentTotal: number
  readonly ackedTotal: number
  readonly at: number
}

export class Flight {
  readonly #min: number
  readonly #max: number
  #sent = 0
  #acked = 0
  #bound: number
  #pace = LEAST_PACE_BYTES
  #mark: Mark | undefined
  // the estimate
  #leastRoundTripMs = Number.POSITIVE_INFINITY
  #leastSince = 0
  #rate = 0
  #probing = false
  /** When a light channel last wrote while others had something under way. */
  #lightAt = Number.NEGATIVE_INFINITY
  #held = false
  readonly #channels = new LightChannels()

  constructor(init: FlightInit = {}) {
    this.#min = init.minBytes ?? flightDefaults.minBytes
    this.#max = Math.max(this.#min, init.maxBytes ?? flightDefaults.maxBytes)
    this.#bound = this.#min
  }

  /** Bytes written in all. */
  get sent(): number {
    return this.#sent
  }

  /** Bytes written and not acknowledged. */
  get underWay(): number {
    return this.#sent - this.#acked
  }

  /** The bound in force, bytes. */
  get bound(): number {
    return this.#bound
  }

  /** The bytes for which one receipt is enough: a quarter of the bound, so that they come while there is still something under way. */
  get pace(): number {
    const quarter = this.#bound / 4
    // twice what it was, or it would go up and down with every small change of the bound
    while (this.#pace < MOST_PACE_BYTES && quarter >= this.#pace * 2) this.#pace *= 2
    while (this.#pace > LEAST_PACE_BYTES && quarter < this.#pace) this.#pace /= 2
    return this.#pace
  }

  /** May this channel write now? */
  allows(channelId: number): boolean {
    const underWay = this.#sent - this.#acked
    if (underWay < this.#bound) return true
    this.#held = true
    if (underWay >= this.#bound + LIGHT_ROOM_BYTES) return false
    return this.#channels.isLight(channelId, this.#acked)
  }

  /** `bytes` of that channel were written. */
  wrote(channelId: number, bytes: number, now: number): void {
    if (this.#channels.wrote(channelId, bytes, this.#sent, this.#acked)) this.#hurry(now)
    this.#sent += bytes
    if (this.#mark === undefined) {
      this.#held = false
      this.#mark = { sentTotal: this.#sent, ackedTotal: this.#acked, at: now }
    }
  }

  /** The remote has `total` bytes. False when that cannot be: less than before, or more than was written. */
  acknowledge(total: number, now: number): boolean {
    if (total < this.#acked || total > this.#sent) return false
    this.#acked = total
    const mark = this.#mark
    if (mark !== undefined && total >= mark.sentTotal) {
      this.#mark = undefined
      this.#measure(mark, Math.max(now - mark.at, 0.01), now)
    }
    return true
  }

  #measure(mark: Mark, roundTripMs: number, now: number): void {
    if (this.#probing || now - this.#leastSince > flightDefaults.roundTripWindowMs) {
      // a standing queue must not pass for distance: forget, empty the line for one round trip, measure
      this.#probing = !this.#probing
      this.#leastRoundTripMs = roundTripMs
      this.#leastSince = now
      if (this.#probing) {
        this.#bound = this.#min
        return
      }
    }
    this.#leastRoundTripMs = Math.min(this.#leastRoundTripMs, roundTripMs)
    const rate = (this.#acked - mark.ackedTotal) / roundTripMs
    // a sender that had little to send says nothing about the line, unless it was faster than what is known
    if (!this.#held && rate < this.#rate) return
    this.#rate = rate > this.#rate ? rate : this.#rate * 0.9 + rate * 0.1
    this.#bound = Math.max(this.#floor(now), this.#estimate())
  }

  /** What the line itself asks for, between the limits. */
  #estimate(): number {
    // nothing is known before the first receipt
    const product = this.#rate === 0 ? 0 : Math.ceil(flightDefaults.gain * this.#rate * this.#leastRoundTripMs)
    return Math.min(this.#max, Math.max(this.#min, product))
  }

  /** The least bound now: more where only bulk is sent, and no more than delays the first urgent message by a few ms. */
  #floor(now: number): number {
    if (now - this.#lightAt < flightDefaults.bulkAfterMs) return this.#min
    const bulk = Math.min(this.#max, flightDefaults.bulkBytes, this.#rate * flightDefaults.bulkQueueMs)
    return Math.max(this.#min, bulk)
  }

  /** Somebody is in a hurry: what is under way is kept short from here on. */
  #hurry(now: number): void {
    if (now - this.#lightAt >= flightDefaults.bulkAfterMs) this.#bound = Math.min(this.#bound, this.#estimate())
    this.#lightAt = now
  }
}
