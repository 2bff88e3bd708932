/**
 * What a peer has to send, on its way to the link: a bounded queue per channel, and a pump that gives the link slices by priority
 * (architecture.md "A message out", steps 3 and 4; p2p/conn/connection.go sendRoutine).
 *
 * When the pump runs decides the speed: per-message writes reach 2 to 12 % of what coalesced ones do (spec/js-libp2p.md section 2). An idle outbox
 * writes in a microtask, so a lone message does not wait. What is sent later in the same turn of the event loop goes out together
 * at its end, or as soon as a queue is full. And one turn takes a bounded number of bytes, so that reading and timers get their turn however
 * fast the link is. Go waits up to 10 ms instead (flush throttle), which we do not need.
 */
import type { Clock } from '../interface/clock.ts'
import type { Link } from '../interface/link.ts'
import type { ChannelStatus } from '../interface/peer.ts'
import { type Deferred, deferred } from '../util/deferred.ts'
import { macrotask } from '../util/macrotask.ts'
import { advance, pickLane } from './scheduler.ts'
import { type OutboxChannel, SendQueue } from './send-queue.ts'

/** Written in one turn of the event loop, then others get theirs. Ours: 1 to 2 ms of work at 200 MB/s (spec/js-libp2p.md section 3). */
const TURN_BYTES = 256 * 1024
/** What a message counts toward the turn at least: small ones cost time, not bytes. Ours. */
const TURN_MIN_MESSAGE_BYTES = 64

/** Made once: the common answers of `send` cost no promise. */
const QUEUED: Promise<boolean> = Promise.resolve(true)
const REFUSED: Promise<boolean> = Promise.resolve(false)

export interface OutboxComponents {
  readonly link: Pick<Link, 'traits' | 'writable' | 'write' | 'flushed'>
  /** What we serve and the remote serves, in the order of registration. */
  readonly channels: readonly OutboxChannel[]
  readonly clock: Clock
  /** Runs a callback in a later turn of the event loop; tests give their own. @default the platform's */
  readonly macrotask?: (fn: () => void) => void
}

export interface OutboxInit {
  /** How long `send` waits for room, ms. */
  readonly sendTimeoutMs: number
  /** How many sends wait per channel; more are refused at once. */
  readonly maxWaitersPerChannel: number
}

/** `new`: nothing is taken yet. `flushing`: no more is taken, what was taken goes out. `written`: the link has it all. `closed`: dropped. */
type State = 'new' | 'open' | 'flushing' | 'written' | 'closed'

export class Outbox {
  readonly #link: OutboxComponents['link']
  readonly #clock: Clock
  readonly #macrotask: (fn: () => void) => void
  readonly #maxWaiters: number
  readonly #queues: readonly SendQueue[]
  /** By channel id. A map: an array over all ids is 2 KB per peer. */
  readonly #byId: ReadonlyMap<number, SendQueue>
  #state: State = 'new'
  #flush: Deferred<boolean> | undefined
  // the pump
  #front = 0
  #inPump = false
  #microtaskDue = false
  #turnEndDue = false
  #turnBytes = 0
  // counters
  #sentMessages = 0
  #sentBytes = 0

  constructor(components: OutboxComponents, init: OutboxInit) {
    this.#link = components.link
    this.#clock = components.clock
    this.#macrotask = components.macrotask ?? macrotask
    this.#maxWaiters = init.maxWaitersPerChannel
    this.#queues = components.channels.map((channel) => new SendQueue(channel, this.#clock, init.sendTimeoutMs))
    this.#byId = new Map(this.#queues.map((queue) => [queue.id, queue]))
  }

  /** Messages the link has taken to the last byte. */
  get sentMessages(): number {
    return this.#sentMessages
  }

  /** Payload bytes the link has taken. */
  get sentBytes(): number {
    return this.#sentBytes
  }

  /** The peer has started: sends are taken from here on. */
  start(): void {
    if (this.#state === 'new') this.#state = 'open'
  }

  /**
   * Queues a message without waiting. False when its queue is full or a `send` waits for it, the channel is not served, or the outbox is not open.
   * The bytes are kept, not copied: they must not change any more.
   */
  trySend(channelId: number, bytes: Uint8Array): boolean {
    if (this.#state !== 'open') return false
    const queue = this.#byId.get(channelId)
    if (queue === undefined || !queue.offer(bytes)) return false
    this.#wake(queue)
    return true
  }

  /**
   * As `trySend`, but waits for room, in the order of the calls, up to the send timeout. Never rejects but for an abort, and what was refused
   * or aborted is not sent. Where there is room the message is queued within the call, so calls of both kinds keep their order.
   */
  send(channelId: number, bytes: Uint8Array, options?: { signal?: AbortSignal | undefined }): Promise<boolean> {
    const signal = options?.signal
    if (signal?.aborted) return Promise.reject(signal.reason)
    if (this.#state !== 'open') return REFUSED
    const queue = this.#byId.get(channelId)
    if (queue === undefined) return REFUSED
    if (queue.offer(bytes)) {
      this.#wake(queue)
      return QUEUED
    }
    if (queue.waiters.length >= this.#maxWaiters) return REFUSED
    return queue.waiters.add(bytes, signal)
  }

  /** From the link: it may take more. */
  onWritable(): void {
    if (!this.#microtaskDue && !this.#inPump) this.#scheduleMicrotask()
  }

  /**
   * Takes no more sends, refuses those that wait, and resolves true once all that was queued is with the remote, false when the link ended or
   * `close` came first. Waits for as long as the link does: whoever calls sets the limit.
   */
  flush(): Promise<boolean> {
    if (this.#flush !== undefined) return this.#flush.promise
    if (this.#state === 'closed') return REFUSED
    this.#state = 'flushing'
    this.#flush = deferred<boolean>()
    for (const queue of this.#queues) queue.refuseWaiting()
    this.#pump()
    return this.#flush.promise
  }

  /** Drops what is queued, refuses who waits. Nothing is written any more. */
  close(): void {
    this.#state = 'closed'
    for (const queue of this.#queues) queue.close()
    this.#flush?.resolve(false)
  }

  status(): Array<Omit<ChannelStatus, 'receivedBytes'>> {
    const now = this.#clock.now()
    return this.#queues.map((queue) => queue.status(now))
  }

  /** Something was queued: write it soon, or at the end of a turn that has already written. */
  #wake(queue: SendQueue): void {
    if (this.#microtaskDue || this.#inPump || (this.#turnEndDue && !queue.full)) return
    this.#scheduleMicrotask()
  }

  #scheduleMicrotask(): void {
    this.#microtaskDue = true
    queueMicrotask(this.#onMicrotask)
  }

  readonly #onMicrotask = (): void => {
    this.#microtaskDue = false
    this.#pump()
  }

  readonly #onTurnEnd = (): void => {
    this.#turnEndDue = false
    this.#turnBytes = 0
    this.#pump()
  }

  readonly #ready = (queue: SendQueue): boolean => queue.length > 0 && this.#link.writable(queue.id)

  /** Writes while the link takes it and the turn lasts. */
  #pump(): void {
    if (this.#inPump || (this.#state !== 'open' && this.#state !== 'flushing')) return
    this.#inPump = true
    const before = this.#turnBytes
    while (this.#turnBytes < TURN_BYTES) {
      const queue = pickLane(this.#queues, this.#front, this.#ready)
      if (queue === undefined) break
      // the link may end, and the peer with it, while it is written to: the queues are then empty
      this.#write(queue)
    }
    this.#inPump = false
    if (this.#turnBytes !== before && !this.#turnEndDue) {
      this.#turnEndDue = true
      this.#macrotask(this.#onTurnEnd)
    }
    if (this.#state === 'flushing' && this.#queues.every((queue) => queue.length === 0)) {
      this.#state = 'written'
      this.#awaitLink()
    }
  }

  #write(queue: SendQueue): void {
    const { traits } = this.#link
    const slice = queue.take(traits)
    const { bytes, parts, piece } = slice
    const cost = bytes + parts.length * traits.overheadBytes
    this.#front = advance(queue, this.#front, cost)
    this.#turnBytes += Math.max(bytes, parts.length * TURN_MIN_MESSAGE_BYTES)
    if (piece === undefined) this.#sentMessages += parts.length
    else if (piece.offset + bytes === piece.total) this.#sentMessages++
    this.#sentBytes += bytes
    queue.sent(cost, this.#clock.now())
    this.#link.write(slice)
  }

  #awaitLink(): void {
    this.#link.flushed().then(
      (all) => this.#flush?.resolve(all),
      () => this.#flush?.resolve(false)
    )
  }
}
