/**
 * The writing half of a link: what may be written now, and when it goes out (spec mconnection section 4). Pings and pongs go before whatever the outbox still has,
 * and neither the send limit nor the flight's bound holds them back.
 */
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { LinkTraits, Slice } from '../../interface/link.ts'
import { Flight } from './flight.ts'
import type { MConnOptions } from './mconn-options.ts'
import { Outlet } from './outlet.ts'
import { MAX_PACKET_OVERHEAD_BYTES, PING_BYTES, PONG_BYTES } from './packet.ts'
import { PacketWriter } from './packet-writer.ts'
import { RateLimit } from './rate.ts'
import type { SecureStream } from './secret-stream.ts'

/** The most that the outbox hands us at once: large enough that coalescing pays, small enough that nothing urgent waits long for it. Ours. */
const SLICE_BYTES = 64 * 1024
/** With a send limit: what passes in so long, so that nothing waits longer behind one slice. Ours. */
const LIMITED_SLICE_MS = 20
/** What a packet of its own costs a message of a few bytes. */
const OVERHEAD_BYTES = 16
/** Pings that are answered one by one; Go answers one of those that come while it is busy. Ours. */
const MAX_PONGS_DUE = 64

export class Sender {
  readonly traits: LinkTraits
  readonly #clock: Clock
  readonly #throttleMs: number
  readonly #outlet: Outlet
  readonly #flight = new Flight()
  readonly #limit: RateLimit
  readonly #onRoom: () => void
  // what changes
  #stopped = false
  /** The stream wants no more before its drain. */
  #blocked = false
  /** Pongs cannot reach us. */
  #unbounded = false
  /** `writable` said no: whoever asked is to be told when that may have changed. */
  #refused = false
  #roomDue = false
  #flushDue = false
  #flushTimer: TimerHandle
  #limitTimer: TimerHandle
  #pongsDue = 0

  /** `onRoom`: `writable` may have become true; only after it was false, once a turn. */
  constructor(stream: SecureStream, options: Required<MConnOptions>, clock: Clock, onRoom: () => void) {
    const { maxPacketMsgPayloadSize, sendRate, flushThrottleMs } = options
    this.#clock = clock
    this.#throttleMs = flushThrottleMs
    this.#onRoom = onRoom
    this.traits = traitsFor(maxPacketMsgPayloadSize, sendRate)
    const { quantumBytes } = this.traits
    // a slice that is one piece of a long message, and pings beside it
    const overheads = Math.ceil(quantumBytes / maxPacketMsgPayloadSize) + 16
    this.#outlet = new Outlet(
      stream,
      new PacketWriter(maxPacketMsgPayloadSize),
      quantumBytes + overheads * MAX_PACKET_OVERHEAD_BYTES,
      () => {
        this.#blocked = true
      }
    )
    this.#limit = new RateLimit(sendRate, clock.now())
  }

  /** Bytes of all packets that went out, pings and pongs among them. */
  get written(): number {
    return this.#outlet.written
  }

  /** Bytes of messages' packets written, and how many of them the remote has read for sure. */
  get sent(): number {
    return this.#flight.sent
  }

  get acknowledged(): number {
    return this.#flight.acknowledged
  }

  writable(channelId: number): boolean {
    if (this.#stopped) return false
    if (!this.#blocked && (this.#unbounded || this.#flight.allows(channelId)) && !this.#limited()) return true
    this.#refused = true
    return false
  }

  write(slice: Slice): void {
    if (this.#stopped) return
    if (!this.#outlet.fits(slice)) this.flush()
    const bytes = this.#outlet.slice(slice)
    const now = this.#clock.now()
    this.#flight.wrote(slice.channelId, bytes, now)
    this.#limit.spend(bytes, now)
    this.#scheduleFlush()
  }

  /** Writes what waits for the end of the turn or for the throttle. */
  flush(): void {
    if (this.#flushTimer !== undefined) this.#clock.clearTimeout(this.#flushTimer)
    this.#flushTimer = undefined
    if (this.#flight.markDue) this.#mark()
    this.#outlet.flush()
  }

  /** Sends a ping behind all that was written, unless one is under way: its pong then says as much of the remote. */
  ping(): void {
    if (this.#stopped) return
    if (!this.#flight.marked) this.#mark()
    this.flush()
  }

  /** So many bytes came from the remote. */
  received(bytes: number): void {
    this.#flight.received(bytes)
  }

  /** The remote's pong. */
  ponged(): void {
    this.#flight.answered(this.#clock.now())
    if (this.#flight.markDue) this.ping()
    this.#room()
  }

  /** The remote's ping: to be answered by `answer`. */
  pinged(): void {
    this.#pongsDue = Math.min(this.#pongsDue + 1, MAX_PONGS_DUE)
  }

  /** Answers pings; not into a socket that takes nothing, or whoever pings and does not read fills our memory. */
  answer(): void {
    if (this.#pongsDue === 0 || this.#blocked || this.#stopped) return
    this.#limit.spend(this.#pongsDue * PONG_BYTES.length, this.#clock.now())
    for (; this.#pongsDue > 0; this.#pongsDue--) this.#outlet.packet(PONG_BYTES)
    this.flush()
  }

  /** The stream has drained. */
  drained(): void {
    this.#blocked = false
    this.answer()
    this.#room()
  }

  /** While we do not read there are no receipts, and only the socket bounds what is written. */
  unbound(unbounded: boolean): void {
    this.#unbounded = unbounded
    if (unbounded) this.#room()
  }

  /** What was taken goes out; nothing more is taken. */
  stop(): void {
    if (this.#stopped) return
    this.flush()
    this.#stopped = true
    this.#clock.clearTimeout(this.#limitTimer)
    this.#limitTimer = undefined
  }

  #mark(): void {
    this.#outlet.packet(PING_BYTES)
    const now = this.#clock.now()
    this.#limit.spend(PING_BYTES.length, now)
    this.#flight.mark(now)
  }

  #scheduleFlush(): void {
    if (this.#throttleMs > 0) {
      this.#flushTimer ??= this.#clock.setTimeout(() => this.flush(), this.#throttleMs)
      return
    }
    if (this.#flushDue) return
    this.#flushDue = true
    queueMicrotask(this.#onFlushDue)
  }

  readonly #onFlushDue = (): void => {
    this.#flushDue = false
    if (!this.#stopped) this.flush()
  }

  /** Does the send limit hold? Then whoever asked is told when it does not. */
  #limited(): boolean {
    if (!this.#limit.limited) return false
    const waitMs = this.#limit.waitMs(this.#clock.now())
    if (waitMs === 0) return false
    this.#limitTimer ??= this.#clock.setTimeout(() => {
      this.#limitTimer = undefined
      this.#room()
    }, waitMs)
    return true
  }

  #room(): void {
    if (!this.#refused || this.#roomDue) return
    this.#roomDue = true
    queueMicrotask(() => {
      this.#roomDue = false
      this.#refused = false
      if (!this.#stopped) this.#onRoom()
    })
  }
}

/** Pieces of long messages are whole packets, but for the last. */
function traitsFor(payloadBytes: number, sendRate: number): LinkTraits {
  const wanted = sendRate === 0 ? SLICE_BYTES : Math.min(SLICE_BYTES, (sendRate * LIMITED_SLICE_MS) / 1_000)
  const packets = Math.max(1, Math.floor(wanted / payloadBytes))
  return Object.freeze({
    quantumBytes: packets * payloadBytes + OVERHEAD_BYTES,
    overheadBytes: OVERHEAD_BYTES,
    splits: true
  })
}
