/**
 * "Is it still there?", asked by the switch about a link whose place somebody else wants (interface/link.ts). Any byte answers.
 */
import type { Clock, TimerHandle } from '../../interface/clock.ts'

/** A timer this much late says that our own loop stood still: what has arrived meanwhile is read first, ms. Ours. */
const LATE_MS = 200

interface Probe {
  timer: TimerHandle
  settle(alive: boolean): void
}

export class Probes {
  readonly #clock: Clock
  readonly #open = new Set<Probe>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Settles true with the next byte, false after the time. Whoever asks makes the remote say something. */
  open(timeoutMs: number): Promise<boolean> {
    return new Promise((settle) => {
      const probe: Probe = { timer: undefined, settle }
      this.#open.add(probe)
      this.#arm(probe, timeoutMs)
    })
  }

  /** Settles all of them. */
  settle(alive: boolean): void {
    if (this.#open.size === 0) return
    for (const probe of this.#open) {
      this.#clock.clearTimeout(probe.timer)
      probe.settle(alive)
    }
    this.#open.clear()
  }

  #arm(probe: Probe, ms: number): void {
    const dueAt = this.#clock.now() + ms
    probe.timer = this.#clock.setTimeout(() => {
      if (this.#clock.now() - dueAt > LATE_MS) {
        this.#arm(probe, LATE_MS)
        return
      }
      this.#open.delete(probe)
      probe.settle(false)
    }, ms)
  }
}
