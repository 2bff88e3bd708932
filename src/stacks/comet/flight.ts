/**
 * How many bytes of a link may be under way. The classic wire has no receipts, and the kernel takes up to 4 MB on loopback (Node.js cannot set SO_SNDBUF), behind
 * which a vote would wait. But a pong comes after its ping, and the ping behind all that was written before it, on every node since Tendermint:
 * so a ping now and then makes the pong a receipt. At most one ping is ever under way, because Go keeps one pong to be sent and drops what comes beside it
 * (spec mconnection section 5); with one at a time there is one pong for each. What cannot be bounded so is what lies in the kernel's buffers while a remote does not
 * answer, or while we do not read: there the socket is the bound. Pure.
 *
 * The bound is what the line wants (line-estimate.ts). While nobody is in a hurry it is at least what the line delivers in a few ms, or two machines wait for
 * each other; the first little message amid bulk takes that back. And a remote that sends much itself answers late: its pong waits behind its own bulk, and in Go
 * for its send limit, up to 100 ms. Of such a one pongs say little about what we wrote, and more may be under way.
 */
import { LIGHT_ROOM_BYTES, LightChannels } from '../../outbox/light-channels.ts'
import { LineEstimate } from './line-estimate.ts'

/** All ours. The bulk figures are those of the libp2p stack, measured there (docs/protocol.md section 5). */
export const flightDefaults = Object.freeze({
  minBytes: 128 * 1024,
  maxBytes: 8 * 1024 * 1024,
  /** Bytes under way that are worth a ping. Fewer than this never cause one. */
  markBytes: 32 * 1024,
  /** A sender that did nothing for so long between a pong and the next ping had nothing to send. */
  restMs: 5,
  /** Once only bulk was written for `bulkAfterMs`, the least bound is what the line delivers in `bulkQueueMs`, up to `bulkBytes`. */
  bulkAfterMs: 1_000,
  bulkQueueMs: 5,
  bulkBytes: 1024 * 1024,
  /** A remote answers late if a pong takes so long while at least so much comes from it; for so long, so many times the least bound may be under way. */
  lateMs: 20,
  lateBytes: 64 * 1024,
  lateForMs: 1_000,
  lateFactor: 4
})

export class Flight {
  readonly #line = new LineEstimate()
  #sent = 0
  #acked = 0
  #bound: number = flightDefaults.minBytes
  /** The ping under way: how much was written before it, and when. */
  #mark: { readonly total: number; readonly at: number } | undefined
  #answeredAt = Number.NEGATIVE_INFINITY
  /** The bound has kept somebody from writing since the last pong. */
  #held = false
  #lightAt = Number.NEGATIVE_INFINITY
  /** Bytes that came since the ping under way. */
  #received = 0
  #lateAt = Number.NEGATIVE_INFINITY
  readonly #channels = new LightChannels()

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
    if (this.#mark !== undefined) return false
    // amid what may be under way: of a ping right behind the last one, the rest of the bound would have to wait for the next
    const worth = Math.max(flightDefaults.markBytes, this.#bound / 2)
    return this.#line.emptying || this.#sent - this.#acked >= worth
  }

  /** May this channel write now? */
  allows(channelId: number): boolean {
    const underWay = this.#sent - this.#acked
    if (underWay < this.#bound && !this.#line.emptying) return true
    this.#held = true
    if (underWay >= this.#bound + LIGHT_ROOM_BYTES) return false
    return this.#channels.isLight(channelId, this.#acked)
  }

  /** `bytes` of that channel were written. */
  wrote(channelId: number, bytes: number, now: number): void {
    if (this.#channels.wrote(channelId, bytes, this.#sent, this.#acked)) this.#hurry(now)
    this.#sent += bytes
  }

  /** `bytes` came from the remote. */
  received(bytes: number): void {
    this.#received += bytes
  }

  /** A ping goes out behind all that was written. Only while none is under way. */
  mark(now: number): void {
    if (now - this.#answeredAt > flightDefaults.restMs) this.#line.rested()
    this.#received = 0
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
    if (roundTripMs >= flightDefaults.lateMs && this.#received >= flightDefaults.lateBytes) this.#lateAt = now
    this.#line.pong(
      {
        roundTripMs,
        acknowledged: this.#acked,
        underWay: this.#sent - this.#acked,
        held: this.#held
      },
      now
    )
    this.#held = false
    this.#bound = Math.min(flightDefaults.maxBytes, Math.max(this.#floor(now), this.#line.bytes))
  }

  #floor(now: number): number {
    const { minBytes, bulkAfterMs, bulkQueueMs, bulkBytes, lateForMs, lateFactor } = flightDefaults
    const least = now - this.#lateAt < lateForMs ? lateFactor * minBytes : minBytes
    if (now - this.#lightAt < bulkAfterMs) return least
    return Math.max(least, Math.min(bulkBytes, this.#line.rate * bulkQueueMs))
  }

  /** A little of one channel amid much of others: what is under way is kept short from here on. */
  #hurry(now: number): void {
    const before = now - this.#lightAt
    this.#lightAt = now
    if (before >= flightDefaults.bulkAfterMs)
      this.#bound = Math.min(this.#bound, Math.max(this.#floor(now), this.#line.bytes))
  }
}
