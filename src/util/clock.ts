import type { Clock } from '../interface/clock.ts'

/** What a platform's timer holds, ms; a longer one fires at once. */
export const MAX_TIMER_MS = 2 ** 31 - 1
/** The last wall time that a Date can hold, ms: what lasts for ever ends then, so that it can be written and shown. */
export const MAX_WALL_MS = 8.64e15

/** The wall time at which what lasts `ms` from `now` on ends, in ms; what lasts no time, or is no number, ends at once. */
export function endOfTerm(now: number, ms: number): number {
  return ms > 0 ? Math.min(now + ms, MAX_WALL_MS) : now
}

/** The platform's clock. Its timers do not keep a Node.js process alive. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  setTimeout(fn, ms) {
    const handle: unknown = setTimeout(fn, ms)
    // Node.js only: browsers return a number
    ;(handle as { unref?(): void }).unref?.()
    return handle
  },
  clearTimeout(handle) {
    clearTimeout(handle as number)
  }
}

/** The same, but what waits for one of its timers does keep a process alive: for what is under way between two ends that are both in it. */
export const awaitedClock: Clock = { ...systemClock, setTimeout: (fn, ms) => setTimeout(fn, ms) }
