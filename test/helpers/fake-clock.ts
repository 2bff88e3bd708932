/** Time that moves only when a test says so. */
import type { Clock, TimerHandle } from '../../src/interface/clock.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly fn: () => void
}

/** 2026-01-01T00:00:00Z: a wall time that is clearly not the clock's own zero. */
const WALL_AT_ZERO = 1_767_225_600_000

export class FakeClock implements Clock {
  #now = 0
  #order = 0
  readonly #timers = new Set<Timer>()

  now(): number {
    return this.#now
  }

  wall(): number {
    return WALL_AT_ZERO + this.#now
  }

  setTimeout(fn: () => void, ms: number): TimerHandle {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, fn }
    this.#timers.add(timer)
    return timer
  }

  clearTimeout(handle: TimerHandle): void {
    this.#timers.delete(handle as Timer)
  }

  /** How many timers are set: 0 after everything was stopped. */
  get pending(): number {
    return this.#timers.size
  }

  /** Moves on and runs what falls due, in order, within the call. Timers set meanwhile run too if they fall due. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) this.#fire(timer)
    this.#now = end
  }

  /** As `advance`, but lets promises settle before the first and after every timer. */
  async run(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (let timer = this.#next(end); timer !== undefined; timer = this.#next(end)) {
      this.#fire(timer)
      await settle()
    }
    this.#now = end
    await settle()
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers)
      if (
        timer.at <= end &&
        (next === undefined || timer.at < next.at || (timer.at === next.at && timer.order < next.order))
      )
        next = timer
    return next
  }

  #fire(timer: Timer): void {
    this.#timers.delete(timer)
    this.#now = Math.max(this.#now, timer.at)
    timer.fn()
  }
}

/** Waits until promises that only wait for one another have settled: a few turns of the event loop, no time. */
export async function settle(turns = 3): Promise<void> {
  for (let i = 0; i < turns; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}

/** The same, but its wall time can be set back, or forward by less than nothing. */
export class WallClock extends FakeClock {
  #shift = 0

  override wall(): number {
    return super.wall() + this.#shift
  }

  setBack(ms: number): void {
    this.#shift -= ms
  }
}
