import type { Logger } from '../interface/logger.ts'

const ignore = () => {}

/** Says nothing: the default. */
export const nullLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore, child: () => nullLogger }

type Level = 'debug' | 'info' | 'warn' | 'error'
const LEVELS: readonly Level[] = ['debug', 'info', 'warn', 'error']

/** One line a call, to `write`: time, level, sentence, key=value. */
export function lineLogger(
  write: (line: string) => void,
  level: Level = 'info',
  fields: Record<string, unknown> = {}
): Logger {
  const least = LEVELS.indexOf(level)
  const at = (of: Level) =>
    LEVELS.indexOf(of) < least
      ? ignore
      : (message: string, more: Record<string, unknown> = {}) => {
          const pairs = Object.entries({ ...fields, ...more }).map(([key, value]) => ` ${key}=${show(value)}`)
          write(`${new Date().toISOString()} ${of.padEnd(5)} ${message}${pairs.join('')}`)
        }
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => lineLogger(write, level, { ...fields, ...more })
  }
}

const MAX_SHOWN = 400

function show(value: unknown): string {
  let text: string
  if (value instanceof Error) text = `${value.name}: ${value.message}`
  else if (typeof value === 'object' && value !== null && 'kind' in value && 'message' in value)
    text = `${String(value.kind)}: ${String(value.message)}`
  else text = String(value)
  if (text.length > MAX_SHOWN) text = `${text.slice(0, MAX_SHOWN)}…`
  return /[\s"]/.test(text) ? JSON.stringify(text) : text
}
