/**
 * Durations as Go writes them ("10s", "1m30s", "1.5h"), which is how config.toml has them (time.ParseDuration). Fractions of a millisecond
 * are cut: nothing here waits that short.
 */
import { InvalidOptionError } from '../errors.ts'

const MS_PER_UNIT: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000
}

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/gy

/** Milliseconds. `field` names the setting in the `InvalidOptionError` that anything else than a duration of 0 or more gives. */
export function parseDuration(field: string, text: unknown): number {
  if (text === '0') return 0
  let ms = 0
  let end = 0
  if (typeof text === 'string')
    for (const match of text.matchAll(PART)) {
      ms += Number(match[1]) * MS_PER_UNIT[match[2]!]!
      end = match.index + match[0].length
    }
  if (end === 0 || end !== (text as string).length)
    throw new InvalidOptionError(field, text, 'a duration of 0 or more, such as "10s" or "1m30s"')
  return Math.floor(ms)
}
