/** One step of a handshake: its deadline on our own clock, and the end of everything above it, as one signal. */
import { TimeoutError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'

/** What `run` gives; its signal aborts with a `TimeoutError` naming `what` after `ms`, or with `parent`'s reason. Leaves neither timer nor listener behind. */
export async function withinStep<T>(
  clock: Clock,
  ms: number,
  what: string,
  parent: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>
): Promise<T> {
  parent.throwIfAborted()
  const controller = new AbortController()
  const timer = clock.setTimeout(() => controller.abort(new TimeoutError(`${what} took longer than ${ms} ms`)), ms)
  const follow = () => controller.abort(parent.reason)
  parent.addEventListener('abort', follow, { once: true })
  try {
    return await run(controller.signal)
  } finally {
    clock.clearTimeout(timer)
    parent.removeEventListener('abort', follow)
  }
}
