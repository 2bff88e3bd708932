/**
 * Is the remote still there? Any byte from it counts, so a busy link needs no pings and a stuck reactor on the other side, which still answers
 * them, is not taken for dead. A look that comes late because our own event loop stood still counts for nothing: what the remote sent
 * meanwhile has not been read yet (libp2p's connection monitor and yamux's keep-alive do not tell the two apart).
 */
import type { Clock, TimerHandle } from '../../../interface/clock.ts'

export interface LivenessInit {
  /** How often it looks; a remote that was silent in between is pinged, ms. */
  readonly intervalMs: number
  /** So many looks in a row without a byte: gone. At least 2. */
  readonly looks: number
}

/** Ours: 20 s until a dead remote is found, as long as nothing else finds it sooner. */
export const livenessDefaults: LivenessInit = Object.freeze({ intervalMs: 5_000, looks: 4 })

/** A look this much late is not counted, ms. Ours. */
const LATE_MS = 1_000

export class Liveness {
  readonly #clock: Clock
  readonly #init: LivenessInit
  readonly #ping: () => void
  readonly #gone: () => void
  #timer: TimerHandle | undefined
  #heard = true
  #silent = 0
  #dueAt = 0

  constructor(clock: Clock, init: LivenessInit, on: { ping(): void; gone(): void }) {
    this.#clock = clock
    this.#init = init
    this.#ping = () => on.ping()
    this.#gone = () => on.gone()
  }

  start(): void {
    this.#arm()
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  /** Something arrived. Cheap: called for every chunk. */
  heard(): void {
    this.#heard = true
  }

  #arm(): void {
    this.#dueAt = this.#clock.now() + this.#init.intervalMs
    this.#timer = this.#clock.setTimeout(() => this.#look(), this.#init.intervalMs)
  }

  #look(): void {
    const late = this.#clock.now() - this.#dueAt > LATE_MS
    if (this.#heard) this.#silent = 0
    else if (!late) this.#silent++
    this.#heard = false
    if (this.#silent >= this.#init.looks) {
      this.#timer = undefined
      this.#gone()
      return
    }
    if (this.#silent > 0 || late) this.#ping()
    this.#arm()
  }
}
