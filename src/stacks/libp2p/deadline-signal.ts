/**
 * A deadline on our own clock as an AbortSignal: libp2p takes signals, and `AbortSignal.timeout` knows no other clock. Passing any signal to libp2p
 * switches its own timeouts off (spec/js-libp2p.md, last section), so every call gets one of these.
 */
import { setMaxListeners } from '@libp2p/interface'
import { TimeoutError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'

export interface ClockSignal {
  readonly signal: AbortSignal
  /** Resolves when the signal aborts; never if it is cleared first. */
  readonly passed: Promise<void>
  /** Frees the timer and the listener on `parent`. */
  clear(): void
}

/** Aborts after `ms` with a `TimeoutError` naming `what`, or with `parent`'s reason as soon as that aborts. */
export function clockSignal(clock: Clock, ms: number, what = 'waiting', parent?: AbortSignal): ClockSignal {
  const controller = new AbortController()
  // libp2p adds a listener per step
  setMaxListeners(Number.POSITIVE_INFINITY, controller.signal)
  const timer = clock.setTimeout(() => controller.abort(new TimeoutError(`${what} took longer than ${ms} ms`)), ms)
  const follow = () => controller.abort(parent?.reason)
  if (parent?.aborted) follow()
  else parent?.addEventListener('abort', follow, { once: true })
  return {
    signal: controller.signal,
    passed: new Promise((resolve) => {
      if (controller.signal.aborted) resolve()
      else controller.signal.addEventListener('abort', () => resolve(), { once: true })
    }),
    clear() {
      clock.clearTimeout(timer)
      parent?.removeEventListener('abort', follow)
    }
  }
}
