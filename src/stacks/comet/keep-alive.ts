/**
 * Pings and what comes of them (spec mconnection section 4.4). As Go: a ping every interval, and a remote that does not answer in time is gone. Unlike
 * Go any byte answers, so a remote whose pong waits behind its own bulk is not taken for dead; and a timer that comes late because our own event
 * loop stood still counts for nothing, as what the remote sent meanwhile has not been read yet.
 *
 * While the link does not read because reactors are slow, it hears nothing and judges nobody. A remote would not hear a pong of ours either, as we do not read its
 * pings: so pongs go out unasked, often enough that Go's timer, which any pong stops, never runs out (a slow reader never loses its peer).
 */
import type { Clock, TimerHandle } from '../../interface/clock.ts'

/** A timer this much late is not counted, and how long is waited instead, ms. Ours. */
const LATE_MS = 1_000
/** Pongs in the time that a remote waits for one, while we do not read. Ours. */
const SIGNS_PER_TIMEOUT = 3

export interface KeepAliveInit {
  /** p2p/conn/connection.go defaultPingInterval, ms. */
  readonly pingIntervalMs: number
  /** defaultPongTimeout, ms; less than the interval. The remote's is taken to be the same. */
  readonly pongTimeoutMs: number
}

export interface KeepAliveEvents {
  /** Write a ping, unless one is under way. */
  ping(): void
  /** Write a pong that nobody asked for. */
  sign(): void
  /** The remote did not answer. */
  gone(): void
}

export class KeepAlive {
  readonly #clock: Clock
  readonly #init: KeepAliveInit
  readonly #on: KeepAliveEvents
  #timer: TimerHandle | undefined
  #signTimer: TimerHandle | undefined
  #heard = false
  #deaf = false

  constructor(clock: Clock, init: KeepAliveInit, on: KeepAliveEvents) {
    this.#clock = clock
    this.#init = init
    this.#on = on
  }

  start(): void {
    this.#rest(this.#init.pingIntervalMs)
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#clock.clearTimeout(this.#signTimer)
    this.#timer = undefined
    this.#signTimer = undefined
  }

  /** Something arrived. Cheap: called for every chunk. */
  heard(): void {
    this.#heard = true
  }

  /** The link stops, or goes on, reading. */
  deaf(deaf: boolean): void {
    if (deaf === this.#deaf) return
    this.#deaf = deaf
    // what was sent while we did not listen is still to be read
    this.#heard = true
    if (deaf) this.#armSign()
    else {
      this.#clock.clearTimeout(this.#signTimer)
      this.#signTimer = undefined
    }
  }

  #rest(ms: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#heard = false
      this.#await(this.#init.pongTimeoutMs)
      this.#on.ping()
    }, ms)
  }

  #await(ms: number): void {
    const dueAt = this.#clock.now() + ms
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#heard || this.#deaf) this.#rest(Math.max(0, this.#init.pingIntervalMs - this.#init.pongTimeoutMs))
      else if (this.#clock.now() - dueAt > LATE_MS) this.#await(LATE_MS)
      else {
        this.#timer = undefined
        this.#on.gone()
      }
    }, ms)
  }

  #armSign(): void {
    this.#signTimer = this.#clock.setTimeout(() => {
      this.#armSign()
      this.#on.sign()
    }, this.#init.pongTimeoutMs / SIGNS_PER_TIMEOUT)
  }
}
