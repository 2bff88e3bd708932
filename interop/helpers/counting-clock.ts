/** The platform's clock that knows how many of its timers have neither run nor been cleared: Node.js lists none that do not keep a process alive, and ours do not. */
import type { Clock, TimerHandle } from '../../src/interface/clock.ts'
import { systemClock } from '../../src/util/clock.ts'

export interface CountingClock extends Clock {
  /** Timers that are armed. */
  readonly armed: number
}

export function countingClock(): CountingClock {
  const armed = new Set<TimerHandle>()
  return {
    ...systemClock,
    setTimeout(fn, ms) {
      const handle = systemClock.setTimeout(() => {
        armed.delete(handle)
        fn()
      }, ms)
      armed.add(handle)
      return handle
    },
    clearTimeout(handle) {
      armed.delete(handle)
      systemClock.clearTimeout(handle)
    },
    get armed() {
      return armed.size
    }
  }
}
