/** What every constructor asks of its options: bad input is an error at the call that received it, which names the field and what was found. */
import { InvalidOptionError } from '../errors.ts'
import { MAX_TIMER_MS } from './clock.ts'

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

/** Throws `InvalidOptionError` unless `value` is a positive number of ms that a platform's timer holds. */
export function assertTimer(field: string, value: unknown): void {
  if (typeof value !== 'number' || !(value > 0 && value <= MAX_TIMER_MS))
    throw new InvalidOptionError(field, value, 'a positive number of ms that a timer can hold')
}

/** The names of an interface's members; the compiler refuses a list that lacks one or has one too many. */
export function namesOf<T extends object>(names: Record<keyof T, true>): ReadonlyArray<keyof T & string> {
  return Object.keys(names) as Array<keyof T & string>
}

/**
 * Throws `InvalidOptionError` for the first name in `given` that is none of the options' and whose value is not undefined: a mistyped limit would not hold, in
 * silence. `within` is the field that `given` is the value of, '' for the options themselves.
 */
export function assertNames(within: string, given: object, names: readonly string[]): void {
  const path = within === '' ? '' : `${within}.`
  for (const [name, value] of Object.entries(given))
    if (value !== undefined && !names.includes(name))
      throw new InvalidOptionError(
        `${path}${name}`,
        value,
        `no option of that name (the nearest is ${path}${nearest(name, names)})`
      )
}

/** No name is longer: what is beyond that says nothing of what was meant. */
const MAX_NAME_CHARS = 64

function nearest(name: string, names: readonly string[]): string {
  const given = name.slice(0, MAX_NAME_CHARS).toLowerCase()
  const far = names.map((known) => editDistance(given, known.toLowerCase()))
  return names[far.indexOf(Math.min(...far))] as string
}

/** Levenshtein's, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length] as number
}

export const CLOCK_METHODS: readonly string[] = ['now', 'wall', 'setTimeout', 'clearTimeout']
export const LOGGER_METHODS: readonly string[] = ['debug', 'info', 'warn', 'error', 'child']
