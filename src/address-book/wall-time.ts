/**
 * What time it is for a book, whose entries have wall times because they outlive the run. A clock that was ahead leaves times behind that are still to come once it is
 * right: until then nobody could be told to be worth less for being long ago. So a clock that goes back is noticed where it is read, here alone. Rejected: to read a time
 * to come as now wherever it is met, as it was the same again a day later.
 */
import type { Clock } from '../interface/clock.ts'

export class WallTime {
  readonly #clock: Pick<Clock, 'wall'>
  readonly #wentBack: (now: number) => void
  #latest = Number.NEGATIVE_INFINITY

  /** `wentBack`: the clock shows less than before; nothing may have a later time than `now` from here on. */
  constructor(clock: Pick<Clock, 'wall'>, wentBack: (now: number) => void) {
    this.#clock = clock
    this.#wentBack = wentBack
  }

  /** Wall ms. */
  now(): number {
    const now = this.#clock.wall()
    const before = this.#latest
    this.#latest = now
    if (now < before) this.#wentBack(now)
    return now
  }
}
