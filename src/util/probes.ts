/**
 * "Is it still there?", asked by the switch about a link whose place somebody else wants (architecture.md, "One connection per node"). Any byte answers. The links of
 * every stack have one.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'

/** A timer this much late says that our own loop stood still: what has arrived meanwhile is read first. Ours. */
const LATE_MS = 200

interface Probe {
  timer: TimerHandle
  settle(alive: boolean): void
}

export class Probes {
  readonly #clock: Clock
  readonly #ping: () => void
  readonly #open = new Set<Probe>()

  constructor(clock: Clock, ping: () => void) {
    this.#clock = clock
    this.#ping = ping
  }

  probe(timeoutMs: number): Promise<boolean> {
    return new Promise((settle) => {
      const probe: Probe = { timer: undefined, settle }
      this.#open.add(probe)
      this.#arm(probe, timeoutMs)
      this.#ping()
    })
  }

  /** Something arrived. */
  heard(): void {
    if (this.#open.size > 0) this.#settleAll(true)
  }

  stop(): void {
    this.#settleAll(false)
  }

  #arm(probe: Probe, ms: number): void {
    const due = this.#clock.now() + ms
    probe.timer = this.#clock.setTimeout(() => {
      if (this.#clock.now() - due > LATE_MS) {
        this.#arm(probe, LATE_MS)
        return
      }
      this.#open.delete(probe)
      probe.settle(false)
    }, ms)
  }

  #settleAll(alive: boolean): void {
    for (const probe of this.#open) {
      this.#clock.clearTimeout(probe.timer)
      probe.settle(alive)
    }
    this.#open.clear()
  }
}
