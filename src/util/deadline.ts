import { TimeoutError } from '../errors.ts'
import type { Clock } from '../interface/clock.ts'

/** The promise's result, or a `TimeoutError` naming `what` after `ms`. The promise itself goes on; its later failure is nobody's. */
export async function withDeadline<T>(promise: Promise<T>, clock: Clock, ms: number, what: string): Promise<T> {
  let timer: unknown
  const late = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(new TimeoutError(`${what} took longer than ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clock.clearTimeout(timer)
    // whoever waited has gone: its later failure must not be an unhandled rejection
    promise.catch(() => undefined)
  }
}

/** False if the promise has not settled after `ms`; it goes on, and whoever made it sees to its failure. Never rejects. */
export async function settlesWithin(promise: Promise<unknown>, clock: Clock, ms: number): Promise<boolean> {
  let timer: unknown
  const late = new Promise<boolean>((resolve) => {
    timer = clock.setTimeout(() => resolve(false), ms)
  })
  const settled = () => true
  try {
    return await Promise.race([promise.then(settled, settled), late])
  } finally {
    clock.clearTimeout(timer)
  }
}

/** The promise's result, or a rejection with the signal's reason as soon as it aborts. Leaves no listener behind. */
export async function withSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await promise
  // also when the signal has aborted before: the promise was begun, and its failure would be nobody's
  promise.catch(() => undefined)
  signal.throwIfAborted()
  let onAbort: (() => void) | undefined
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort)
  }
}
