/** Command line flags, read once and checked: what is wrong is one line that names the flag, and exit code 2. */
import { type ParseArgsConfig, parseArgs } from 'node:util'

/** The command line is wrong. */
export class UsageError extends Error {
  static override readonly name = 'UsageError'
  override readonly name = 'UsageError'
}

type FlagTypes = NonNullable<ParseArgsConfig['options']>

/** Parses `args` strictly. Positional arguments only where `positionals` says so. Throws `UsageError`. */
export function readFlags<T extends FlagTypes>(args: readonly string[], options: T, positionals = false) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals, strict: true })
  } catch (err) {
    throw new UsageError(sentence(err as NodeJS.ErrnoException))
  }
}

/** Node's own message, without its advice on programming. */
function sentence({ code, message }: NodeJS.ErrnoException): string {
  const flag = /'(?:-\w, )?(--?[\w-]+)(?: <value>)?'/.exec(message)?.[1]
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && flag !== undefined) return `${flag}: there is no such flag`
  if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
    return `${/'([^']*)'/.exec(message)?.[1] ?? ''}: expected a flag here, which begins with --`
  if (flag === undefined) return message.split('\n')[0] ?? message
  return message.includes('does not take an argument') ? `${flag}: takes no value` : `${flag}: expected a value`
}

/** A positive number, undefined if the flag was not given. */
export function positiveNumber(flag: string, text: string | undefined, most = 1e9): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  if (!(value > 0 && value <= most))
    throw new UsageError(`${flag}: expected a number above 0${most < 1e9 ? ` and up to ${most}` : ''}, found "${text}"`)
  return value
}

/** The result of `read`; what it throws becomes a `UsageError` that names the flag. */
export function flagValue<T>(flag: string, read: () => T): T {
  try {
    return read()
  } catch (err) {
    throw new UsageError(`${flag}: ${(err as Error).message}`)
  }
}
