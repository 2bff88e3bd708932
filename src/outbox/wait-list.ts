/**
 * The sends that wait for room on one channel, first come first served, each for the same time (p2p/conn defaultSendTimeout). One timer for
 * the whole list, for whoever came first: under load waiters come and go by the thousand, and a timer each would cost more than the message.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import { type Deferred, deferred } from '../util/deferred.ts'

interface Waiter {
  readonly bytes: Uint8Array
  readonly deadline: number
  readonly outcome: Deferred<boolean>
  readonly signal: AbortSignal | undefined
  onAbort: (() => void) | undefined
}

export class WaitList {
  readonly #clock: Clock
  readonly #timeoutMs: number
  readonly #waiters: Waiter[] = []
  #timer: TimerHandle | undefined

  constructor(clock: Clock, timeoutMs: number) {
    this.#clock = clock
    this.#timeoutMs = timeoutMs
  }

  get length(): number {
    return this.#waiters.length
  }

  /** Waits at the end of the list: true when taken, false after the timeout or `close`, rejects with the reason of an abort. */
  add(bytes: Uint8Array, signal: AbortSignal | undefined): Promise<boolean> {
    const waiter: Waiter = {
      bytes,
      deadline: this.#clock.now() + this.#timeoutMs,
      outcome: deferred<boolean>(),
      signal,
      onAbort: undefined
    }
    if (signal !== undefined) {
      waiter.onAbort = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        waiter.outcome.reject(signal.reason)
      }
      signal.addEventListener('abort', waiter.onAbort, { once: true })
    }
    this.#waiters.push(waiter)
    if (this.#timer === undefined) this.#arm(this.#timeoutMs)
    return waiter.outcome.promise
  }

  /** The first one gets its place: its promise resolves true, its bytes are returned. */
  take(): Uint8Array | undefined {
    const first = this.#waiters.shift()
    if (first === undefined) return undefined
    settle(first, true)
    return first.bytes
  }

  /** All resolve false; the timer goes. */
  close(): void {
    if (this.#timer !== undefined) this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
    for (const waiter of this.#waiters.splice(0)) settle(waiter, false)
  }

  #arm(ms: number): void {
    this.#timer = this.#clock.setTimeout(() => this.#expire(), ms)
  }

  #expire(): void {
    this.#timer = undefined
    const now = this.#clock.now()
    let first = this.#waiters[0]
    while (first !== undefined && first.deadline <= now) {
      this.#waiters.shift()
      settle(first, false)
      first = this.#waiters[0]
    }
    // the timer of somebody who has left meanwhile: go on for who is first now
    if (first !== undefined) this.#arm(first.deadline - now)
  }
}

function settle(waiter: Waiter, sent: boolean): void {
  if (waiter.onAbort !== undefined) waiter.signal?.removeEventListener('abort', waiter.onAbort)
  waiter.outcome.resolve(sent)
}
