/**
 * How many bytes of a link may be under way. The classic wire has no receipts, and the kernel takes up to 4 MB on loopback (Node.js cannot set SO_SNDBUF), behind
 * which a vote would wait. But a pong comes after its ping, and the ping behind all that was written before it, on every node since Tendermint:
 * so a ping now and then makes the pong a receipt. At most one ping is ever under way, because Go keeps one pong to be sent and drops what comes beside it
 * (spec mconnection section 5); with one at a time there is one pong for each. Pure.
 *
 * The bound is what the line delivers in some round trips: between two pongs a sender writes what the last one freed, half of the bound on average, hence the gain.
 * A queue that stands on the line would count as round trip, so now and then the bound goes back to its floor and the least is measured anew. While nobody is in a
 * hurry the bound is at least what the line delivers in a few ms, or two machines wait for each other; the first little message amid bulk takes that back.
 */

/** All ours: measured, docs/protocol.md section 5 for the idea. */
export const flightDefaults = Object.freeze({
  minBytes: 128 * 1024,
  maxBytes: 8 * 1024 * 1024,
  /** Bytes under way that are worth a ping. Fewer than this never cause one. */
  markBytes: 32 * 1024,
  /** Bound = gain x rate x least round trip. */
  gain: 3,
  roundTripWindowMs: 10_000,
  /** The rate is what was acknowledged in so long, or in two round trips. */
  rateWindowMs: 50,
  /** A pause of the sender that ends a measurement of the rate. */
  idleMs: 5,
  /** Once only bulk was written for `bulkAfterMs`, the least bound is what the line delivers in `bulkQueueMs`, up to `bulkBytes`. */
  bulkAfterMs: 1_000,
  bulkQueueMs: 5,
  bulkBytes: 1024 * 1024
})

/** A channel that has less than this under way may go beyond the bound by `LIGHT_ROOM_BYTES`: an urgent message does not wait for a pong. Ours. */
const LIGHT_CHANNEL_BYTES = 4 * 1024
const LIGHT_ROOM_BYTES = 64 * 1024

export interface FlightInit {
  /** @default {@link flightDefaults.minBytes} */
  readonly minBytes?: number
  /** @default {@link flightDefaults.maxBytes} */
  readonly maxBytes?: number
}

export class Flight {
  readonly #min: number
  readonly #max: number
  #sent = 0
  #acked = 0
  #bound: number
  /** The ping under way: how much was written before it, and when. */
  #mark: { readonly total: number; readonly at: number } | undefined
  #answeredAt = Number.NEGATIVE_INFINITY
  // the estimate
  #leastRoundTripMs = Number.POSITIVE_INFINITY
  #leastSince = Number.NEGATIVE_INFINITY
  /** Pongs to come before the round trip is that of an empty line. */
  #emptying = 0
  #rate = 0
  #span: { readonly acked: number; readonly at: number } | undefined
  #held = false
  #lightAt = Number.NEGATIVE_INFINITY
  /** By channel: bytes written since all it had written was last acknowledged, and the total when it wrote last. */
  readonly #recent = new Map<number, { bytes: number; until: number }>()

  constructor(init: FlightInit = {}) {
    this.#min = init.minBytes ?? flightDefaults.minBytes
    this.#max = Math.max(this.#min, init.maxBytes ?? flightDefaults.maxBytes)
    this.#bound = this.#min
  }

  /** Bytes written in all. */
  get sent(): number {
    return this.#sent
  }

  /** Bytes that the remote has read for sure. */
  get acknowledged(): number {
    return this.#acked
  }

  /** The bound in force, bytes. */
  get bound(): number {
    return this.#bound
  }

  /** A ping is under way. */
  get marked(): boolean {
    return this.#mark !== undefined
  }

  /** Should a ping go out behind what was written? */
  get markDue(): boolean {
    return this.#mark === undefined && this.#sent - this.#acked >= flightDefaults.markBytes
  }

  /** May this channel write now? */
  allows(channelId: number): boolean {
    const underWay = this.#sent - this.#acked
    if (underWay < this.#bound) return true
    this.#held = true
    if (underWay >= this.#bound + LIGHT_ROOM_BYTES) return false
    const recent = this.#recent.get(channelId)
    return recent === undefined || recent.until <= this.#acked || recent.bytes < LIGHT_CHANNEL_BYTES
  }

  /** `bytes` of that channel were written. */
  wrote(channelId: number, bytes: number, now: number): void {
    const recent = this.#recent.get(channelId)
    const before = recent === undefined || recent.until <= this.#acked ? 0 : recent.bytes
    if (before + bytes < LIGHT_CHANNEL_BYTES && this.#sent - this.#acked >= LIGHT_ROOM_BYTES) this.#hurry(now)
    this.#sent += bytes
    if (recent === undefined) this.#recent.set(channelId, { bytes, until: this.#sent })
    else {
      recent.bytes = before + bytes
      recent.until = this.#sent
    }
  }

  /** A ping goes out behind all that was written. Only while none is under way. */
  mark(now: number): void {
    if (now - this.#answeredAt > flightDefaults.idleMs) this.#span = undefined
    this.#mark = { total: this.#sent, at: now }
  }

  /** A pong came. Nobody asked for it where no ping is under way: harmless, as in Go. */
  answered(now: number): void {
    const mark = this.#mark
    if (mark === undefined) return
    this.#mark = undefined
    this.#acked = mark.total
    this.#answeredAt = now
    const roundTripMs = Math.max(now - mark.at, 0.01)
    this.#measureRoundTrip(roundTripMs, now)
    this.#measureRate(roundTripMs, now)
    this.#bound = this.#emptying > 0 ? this.#min : Math.max(this.#floor(now), this.#estimate())
  }

  #measureRoundTrip(roundTripMs: number, now: number): void {
    if (this.#emptying > 0) {
      // the first pong after it began stands behind what was written before
      if (--this.#emptying > 0) return
      this.#leastRoundTripMs = roundTripMs
      this.#leastSince = now
    } else if (roundTripMs < this.#leastRoundTripMs) {
      this.#leastRoundTripMs = roundTripMs
      this.#leastSince = now
    } else if (now - this.#leastSince > flightDefaults.roundTripWindowMs) this.#emptying = 2
  }

  #measureRate(roundTripMs: number, now: number): void {
    const span = this.#span
    if (span === undefined) this.#span = { acked: this.#acked, at: now }
    else if (now - span.at >= Math.max(flightDefaults.rateWindowMs, 2 * roundTripMs)) {
      const rate = (this.#acked - span.acked) / (now - span.at)
      // a sender that had little to send says nothing about the line, unless it was faster than what is known
      if (rate > this.#rate) this.#rate = rate
      else if (this.#held) this.#rate = 0.75 * this.#rate + 0.25 * rate
      this.#span = { acked: this.#acked, at: now }
      this.#held = false
    }
  }

  /** What the line itself asks for, between the limits. */
  #estimate(): number {
    // nothing is known before the first pong
    const product = this.#rate === 0 ? 0 : Math.ceil(flightDefaults.gain * this.#rate * this.#leastRoundTripMs)
    return Math.min(this.#max, Math.max(this.#min, product))
  }

  #floor(now: number): number {
    if (now - this.#lightAt < flightDefaults.bulkAfterMs) return this.#min
    return Math.max(this.#min, Math.min(this.#max, flightDefaults.bulkBytes, this.#rate * flightDefaults.bulkQueueMs))
  }

  /** A little of one channel amid much of others: what is under way is kept short from here on. */
  #hurry(now: number): void {
    if (now - this.#lightAt >= flightDefaults.bulkAfterMs) this.#bound = Math.min(this.#bound, this.#estimate())
    this.#lightAt = now
  }
}
