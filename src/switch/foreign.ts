/**
 * Looking at what reactors and callers hand us: reasons, errors and results may be any value (requirement R-35), also one that throws when it is looked at.
 */
import { describe } from '../errors.ts'

/** What a value says, for a message of ours. Never throws. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return attempt(() => (value instanceof Error ? String(value.message) : describe(value)), '(unprintable)')
}

/** Is there something to wait for? False for a value that cannot be asked. */
export function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  if (typeof value !== 'object' || value === null) return false
  return attempt(() => value instanceof Promise || typeof (value as { then?: unknown }).then === 'function', false)
}

/** The result of `look`, or `otherwise` if it throws. */
export function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look()
  } catch {
    // what foreign code throws while it is looked at tells nobody anything
    return otherwise
  }
}

/** What is wrong with a codec that gave a promise; its failure is nobody's unhandled rejection. */
export function promised(result: PromiseLike<unknown>): string {
  Promise.resolve(result).catch(() => undefined)
  return 'has a codec that gave a promise, which a codec must not'
}
