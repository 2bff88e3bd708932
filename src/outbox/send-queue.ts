/**
 * One channel of an outbox: its bounded queue (requirements R-45), the sends that wait for room in it, and how its next slice is cut. A
 * message longer than the link's quantum goes out in pieces and keeps its place in the queue until the last one, so the queue never holds
 * more than its capacity; nothing is copied.
 */
import type { Clock } from '../interface/clock.ts'
import type { LinkTraits, Slice } from '../interface/link.ts'
import type { ChannelStatus } from '../interface/peer.ts'
import { BoundedQueue } from '../util/bounded-queue.ts'
import { type Lane, RecentlySent } from './scheduler.ts'
import { WaitList } from './wait-list.ts'

/** A channel that both sides serve. */
export interface OutboxChannel {
  readonly id: number
  readonly priority: number
  /** Messages. */
  readonly sendQueueCapacity: number
}

export class SendQueue implements Lane {
  readonly id: number
  readonly priority: number
  reached = 0
  readonly #clock: Clock
  readonly #sendTimeoutMs: number
  readonly #queue: BoundedQueue<Uint8Array>
  readonly #recentlySent: RecentlySent
  /** How much of the oldest message has gone out in pieces, bytes. */
  #offset = 0
  #sentBytes = 0
  /** Made for the first send that has to wait. */
  #waiters: WaitList | undefined

  constructor(channel: OutboxChannel, clock: Clock, sendTimeoutMs: number) {
    this.id = channel.id
    this.priority = channel.priority
    this.#clock = clock
    this.#sendTimeoutMs = sendTimeoutMs
    this.#queue = new BoundedQueue(channel.sendQueueCapacity)
    this.#recentlySent = new RecentlySent(clock.now())
  }

  /** The sends that wait for room. */
  get waiters(): WaitList {
    this.#waiters ??= new WaitList(this.#clock, this.#sendTimeoutMs)
    return this.#waiters
  }

  get length(): number {
    return this.#queue.length
  }

  get full(): boolean {
    return this.#queue.length >= this.#queue.capacity
  }

  /**
   * Queues a message; false when there is no room. Somebody waits only while the queue is full, because each place that falls free
   * is taken by who waits (`#moveUp`): so nothing offered overtakes a waiting send.
   */
  offer(bytes: Uint8Array): boolean {
    return this.#queue.push(bytes)
  }

  /**
   * Takes the next slice; the queue must not be empty. Whole messages while they and their overhead fit the quantum, at least one; of a message
   * that does not fit, one piece. Whoever waits moves up, and may be part of the slice.
   */
  take(traits: LinkTraits): Slice {
    const first = this.#queue.peek() as Uint8Array
    const room = traits.quantumBytes - traits.overheadBytes
    if (!traits.splits) return this.#takeWhole(first, -1, traits)
    if (first.byteLength > room) return this.#takePiece(first, room)
    return this.#takeWhole(first, room, traits)
  }

  #takeWhole(first: Uint8Array, room: number, traits: LinkTraits): Slice {
    const parts: Uint8Array[] = []
    let bytes = 0
    let next: Uint8Array | undefined = first
    let left = room
    do {
      parts.push(next)
      bytes += next.byteLength
      left -= next.byteLength + traits.overheadBytes
      this.#queue.shift()
      this.#moveUp()
      next = this.#queue.peek()
    } while (next !== undefined && next.byteLength <= left)
    this.#sentBytes += bytes
    return { channelId: this.id, parts, bytes }
  }

  #takePiece(message: Uint8Array, room: number): Slice {
    const offset = this.#offset
    const total = message.byteLength
    // a link whose quantum is all overhead would never get on
    const end = Math.min(total, offset + Math.max(room, 1))
    const part = message.subarray(offset, end)
    this.#sentBytes += end - offset
    if (end === total) {
      this.#offset = 0
      this.#queue.shift()
      this.#moveUp()
    } else {
      this.#offset = end
    }
    return { channelId: this.id, parts: [part], bytes: end - offset, piece: { offset, total } }
  }

  #moveUp(): void {
    if (this.#waiters === undefined || this.#waiters.length === 0 || this.full) return
    this.#queue.push(this.#waiters.take() as Uint8Array)
  }

  /** Books what the link was given, for `status`. */
  sent(bytes: number, now: number): void {
    this.#recentlySent.add(bytes, now)
  }

  /** Who waits is refused. */
  refuseWaiting(): void {
    this.#waiters?.close()
  }

  /** Drops what is queued; who waits is refused. */
  close(): void {
    this.refuseWaiting()
    this.#queue.clear()
    this.#offset = 0
  }

  status(now: number): Omit<ChannelStatus, 'receivedBytes'> {
    return {
      id: this.id,
      priority: this.priority,
      sendQueueCapacity: this.#queue.capacity,
      sendQueueSize: this.#queue.length,
      recentlySent: this.#recentlySent.value(now),
      sentBytes: this.#sentBytes
    }
  }
}
