/** What every constructor asks of its options: bad input is an error at the call that received it, which names the field and what was found. */
import { InvalidOptionError } from '../errors.ts'

/** Throws `InvalidOptionError` unless `value` is an object, not an array, and of no class of collections. */
export function assertObject(field: string, value: unknown, want = 'an object'): asserts value is object {
  if (
    typeof value !== 'object' ||
    value === null ||
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Set
  )
    throw new InvalidOptionError(field, value, want)
}

/** Throws `InvalidOptionError` unless `value` has all these methods. */
export function assertMethods(field: string, value: unknown, names: readonly string[]): void {
  const object = value as Record<string, unknown> | null | undefined
  for (const name of names)
    if (typeof object?.[name] !== 'function')
      throw new InvalidOptionError(`${field}.${name}`, object?.[name], 'a function')
}

export const CLOCK_METHODS: readonly string[] = ['now', 'wall', 'setTimeout', 'clearTimeout']
export const LOGGER_METHODS: readonly string[] = ['debug', 'info', 'warn', 'error', 'child']
