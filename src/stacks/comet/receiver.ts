/**
 * The reading half of a link: packets to messages, and when the socket is read no further (spec mconnection section 5). Two things stop it: reactors that
 * are slow, until they have caught up, and the receive limit, until its time has come. What has not come whole counts in a budget of all links
 * (partial-budget.ts).
 */
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { MConnOptions } from './mconn-options.ts'
import { PacketFaultError } from './packet.ts'
import { PacketReader } from './packet-reader.ts'
import type { PartialAccount, PartialBudget } from './partial-budget.ts'
import { RateLimit } from './rate.ts'
import { ReceiveQueue } from './receive-queue.ts'
import type { SecureStream } from './secret-stream.ts'

export interface ReceiverEvents {
  ping(): void
  pong(): void
  deliver(channelId: number, bytes: Uint8Array): void
  /** Slow reactors stop the reading, or have caught up. */
  full(full: boolean): void
}

export class Receiver {
  readonly #stream: SecureStream
  readonly #clock: Clock
  readonly #on: ReceiverEvents
  readonly #reader: PacketReader
  readonly #queue: ReceiveQueue
  readonly #limit: RateLimit
  readonly #partial: PartialAccount
  // what changes
  #stopped = false
  #read = 0
  #full = false
  #paused = false
  #limitTimer: TimerHandle

  constructor(
    stream: SecureStream,
    channels: ReadonlyArray<{ readonly id: number; readonly recvMessageCapacity: number }>,
    options: Required<MConnOptions>,
    clock: Clock,
    budget: PartialBudget,
    on: ReceiverEvents
  ) {
    this.#stream = stream
    this.#clock = clock
    this.#on = on
    this.#partial = budget.account(channels.reduce((most, one) => Math.max(most, one.recvMessageCapacity), 0))
    this.#limit = new RateLimit(options.recvRate, clock.now())
    this.#queue = new ReceiveQueue(options.receiveBufferBytes, (channelId, bytes) => on.deliver(channelId, bytes))
    this.#reader = new PacketReader(
      {
        ping: () => on.ping(),
        pong: () => on.pong(),
        message: (channelId, bytes) => this.#queue.message(channelId, bytes)
      },
      { channels, maxPayloadBytes: options.maxPacketMsgPayloadSize }
    )
  }

  /** Bytes of all packets that came. */
  get read(): number {
    return this.#read
  }

  /** Slow reactors have stopped the reading. */
  get full(): boolean {
    return this.#full
  }

  /** All whole messages have been delivered. */
  get delivered(): boolean {
    return this.#queue.empty
  }

  /** Reads what the stream brings. Throws `PacketFaultError`; the receiver is then of no use. */
  data(bytes: Uint8Array): void {
    this.#read += bytes.length
    if (this.#limit.limited) this.#limit.spend(bytes.length, this.#clock.now())
    this.#reader.push(bytes)
    // a delivery may have ended the link, which has given back all it held
    if (this.#stopped) return
    if (!this.#partial.hold(this.#reader.partialBytes))
      throw new PacketFaultError(
        `${this.#reader.partialBytes} bytes of messages that have not come whole: more than all peers together may leave so`
      )
    this.#regulate()
  }

  /** `receive` is done with so many bytes. */
  consumed(channelId: number, bytes: number): void {
    this.#queue.consumed(channelId, bytes)
    if (this.#full && this.#queue.ready(this.#reader.partialBytes)) this.#setFull(false)
  }

  /** Nothing more is read; what was read is still delivered. */
  end(): void {
    this.#stopped = true
    this.#reader.stop()
    this.#partial.hold(0)
    this.#clock.clearTimeout(this.#limitTimer)
    this.#limitTimer = undefined
  }

  /** Nothing more is delivered either. */
  stop(): void {
    this.end()
    this.#queue.clear()
  }

  #setFull(full: boolean): void {
    this.#full = full
    this.#regulate()
    this.#on.full(full)
  }

  #regulate(): void {
    if (this.#stopped) return
    if (!this.#full && this.#queue.full(this.#reader.partialBytes)) {
      this.#setFull(true)
      return
    }
    if (this.#limitTimer === undefined && this.#limit.limited) this.#considerLimit()
    const pause = this.#full || this.#limitTimer !== undefined
    if (pause === this.#paused) return
    this.#paused = pause
    if (pause) this.#stream.pause()
    else this.#stream.resume()
  }

  #considerLimit(): void {
    const waitMs = this.#limit.waitMs(this.#clock.now())
    if (waitMs === 0) return
    this.#limitTimer = this.#clock.setTimeout(() => {
      this.#limitTimer = undefined
      this.#regulate()
    }, waitMs)
  }
}
