/**
 * One serial line of messages: the next is handled only when the one before is done. Synchronous as long as the reactor is: a promise costs a turn only
 * where one was returned. One coarse timer per lane watches for a `receive` that does not come back, instead of one per message.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import type { Channel } from '../wire/channel-table.ts'

export interface LaneComponents {
  readonly clock: Clock
  /** Handles one message; a promise if it is not done on return. Does not throw, its promise does not reject. */
  handle(channel: Channel, bytes: Uint8Array): Promise<void> | undefined
  done(channel: Channel, bytes: number): void
  stuck(channel: Channel): void
}

/** A lane handles this many bytes in one go before it lets other work in. Ours: about 1 ms of small messages. */
const TURN_BYTES = 1 << 20
/** What a message costs beside its bytes: thousands of empty ones are not free. */
const MESSAGE_COST_BYTES = 128

export class Lane {
  readonly #components: LaneComponents
  readonly #timeoutMs: number
  readonly #channels: Channel[] = []
  readonly #messages: Uint8Array[] = []
  // what changes
  #head = 0
  /** The loop is active, here or on its way back from a promise or a timer: a push only queues. */
  #running = false
  /** A message has been handed over and is not done. */
  #busy = false
  #closed = false
  #current: Channel | undefined
  #busySince = 0
  #watch: TimerHandle | undefined
  #nextTurn: TimerHandle | undefined

  constructor(components: LaneComponents, timeoutMs: number) {
    this.#components = components
    this.#timeoutMs = timeoutMs
  }

  /** Nothing waits and nothing is being handled. */
  get idle(): boolean {
    return !this.#busy && this.#head === this.#messages.length
  }

  push(channel: Channel, bytes: Uint8Array): void {
    if (this.#running || this.#head < this.#messages.length) {
      this.#channels.push(channel)
      this.#messages.push(bytes)
      return
    }
    // nothing waits: not through the queue, which costs as much as handing over a small message
    this.#running = true
    if (this.#handle(channel, bytes)) this.#run()
  }

  close(): void {
    this.#closed = true
    this.#channels.length = 0
    this.#messages.length = 0
    this.#head = 0
    this.#components.clock.clearTimeout(this.#watch)
    this.#components.clock.clearTimeout(this.#nextTurn)
    this.#watch = undefined
  }

  #run(): void {
    this.#running = true
    let budget = TURN_BYTES
    while (this.#head < this.#messages.length) {
      if (budget <= 0) {
        this.#nextTurn = this.#components.clock.setTimeout(() => this.#run(), 0)
        return
      }
      const channel = this.#channels[this.#head] as Channel
      const bytes = this.#messages[this.#head] as Uint8Array
      this.#drop()
      budget -= bytes.byteLength + MESSAGE_COST_BYTES
      if (!this.#handle(channel, bytes)) return
    }
    this.#running = false
  }

  /** False when it is not done: the loop goes on when it is. */
  #handle(channel: Channel, bytes: Uint8Array): boolean {
    this.#busy = true
    const pending = this.#components.handle(channel, bytes)
    if (pending !== undefined) {
      this.#waitFor(pending, channel, bytes.byteLength)
      return false
    }
    this.#busy = false
    this.#components.done(channel, bytes.byteLength)
    return true
  }

  #drop(): void {
    this.#messages[this.#head] = EMPTY
    this.#head++
    if (this.#head === this.#messages.length) {
      this.#head = 0
      this.#messages.length = 0
      this.#channels.length = 0
    } else if (this.#head >= 1024 && this.#head * 2 >= this.#messages.length) {
      this.#messages.splice(0, this.#head)
      this.#channels.splice(0, this.#head)
      this.#head = 0
    }
  }

  #waitFor(pending: Promise<void>, channel: Channel, bytes: number): void {
    this.#current = channel
    this.#busySince = this.#components.clock.now()
    if (!this.#closed && this.#watch === undefined) this.#arm(this.#timeoutMs)
    void pending.then(() => {
      this.#current = undefined
      this.#busy = false
      this.#components.done(channel, bytes)
      this.#run()
    })
  }

  #arm(ms: number): void {
    this.#watch = this.#components.clock.setTimeout(() => {
      this.#watch = undefined
      if (this.#closed || this.#current === undefined) return
      const busy = this.#components.clock.now() - this.#busySince
      if (busy >= this.#timeoutMs) this.#components.stuck(this.#current)
      else this.#arm(this.#timeoutMs - busy)
    }, ms)
  }
}

const EMPTY = new Uint8Array(0)
