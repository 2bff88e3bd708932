/**
 * Tells one peer which height we work on, whenever that changes. The latest wins: during a fast sync a peer hears of a height every
 * `intervalMs`, not of each block; when blocks come one by one it hears at once.
 */
import type { Clock } from '../../interface/clock.ts'
import type { Peer } from '../../interface/peer.ts'
import { pause } from '../../util/pause.ts'
import { STATE_CHANNEL } from './channels.ts'
import type { NewRoundStep } from './new-round-step.ts'

/** Ours: after a send that failed although the peer runs. */
const RETRY_MS = 1_000

export class HeightAnnouncer {
  readonly #peer: Peer
  readonly #clock: Clock
  readonly #intervalMs: number
  /** What there is to say now. */
  readonly #current: () => NewRoundStep
  readonly #stopped = new AbortController()
  // what changes
  #told = -1n
  #toldAt = Number.NEGATIVE_INFINITY
  #busy = false
  #running: Promise<void> | undefined

  constructor(peer: Peer, current: () => NewRoundStep, clock: Clock, intervalMs: number) {
    this.#peer = peer
    this.#current = current
    this.#clock = clock
    this.#intervalMs = intervalMs
  }

  /** To be called whenever there may be something new to say. */
  poke(): void {
    if (this.#busy || this.#stopped.signal.aborted) return
    this.#busy = true
    this.#running = this.#run().finally(() => {
      this.#busy = false
      // a poke that came after the last look was ignored because we were busy
      if (this.#current().height > this.#told && this.#peer.isRunning()) this.poke()
    })
  }

  /** Settles when nothing more will be sent; never rejects. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    while (!signal.aborted && this.#current().height > this.#told) {
      const early = this.#toldAt + this.#intervalMs - this.#clock.now()
      if (early > 0 && !(await pause(this.#clock, early, signal))) return
      const message = this.#current()
      if (await this.#peer.send({ channelId: STATE_CHANNEL, message })) {
        this.#told = message.height
        this.#toldAt = this.#clock.now()
      } else if (!this.#peer.isRunning() || !(await pause(this.#clock, RETRY_MS, signal))) return
    }
  }
}
