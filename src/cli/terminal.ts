/** Where a command writes: the process' own streams, or a test's. */
import type { PictureSize, TextStyle } from './text.ts'

export interface Terminal {
  /** One line, or several. */
  print(text: string): void
  /** To the error stream. */
  warn(text: string): void
  /** To standard output as it is, for pictures. */
  write(text: string): void
  /** What was written has not all been taken yet: a slow terminal gets fewer pictures, not a growing queue of them. */
  readonly busy: boolean
  /** Pictures can be drawn. */
  readonly live: boolean
  readonly style: TextStyle
  size(): PictureSize
  /** Calls `listener` when the size changes; returns what ends that. */
  onResize(listener: () => void): () => void
  /** Aborts at the first Ctrl-C, SIGTERM or SIGHUP, or when nobody reads standard output any more. */
  readonly interrupted: AbortSignal
}

/** The size assumed where the terminal does not tell. */
const DEFAULT_SIZE = { columns: 80, rows: 24 }
/** As shells say of a command that Ctrl-C has ended. */
export const INTERRUPTED_EXIT_CODE = 130

/** The process' terminal. Call once: it takes over signals, a second Ctrl-C ends the process at once. */
export function processTerminal({ stdout, stderr, env } = process): Terminal {
  const interrupt = new AbortController()
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(INTERRUPTED_EXIT_CODE)
    interrupt.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  // a closed pipe is no failure of ours
  stdout.on('error', () => interrupt.abort())
  stderr.on('error', () => undefined)
  const live = stdout.isTTY === true && env.TERM !== 'dumb'
  return {
    print: (text) => void stdout.write(`${text}\n`),
    warn: (text) => void stderr.write(`${text}\n`),
    write: (text) => void stdout.write(text),
    get busy() {
      return stdout.writableNeedDrain
    },
    live,
    // hasColors knows NO_COLOR, FORCE_COLOR and TERM
    style: { color: live && stdout.hasColors(), unicode: speaksUnicode(env) },
    size: () => ({
      columns: stdout.columns > 0 ? stdout.columns : DEFAULT_SIZE.columns,
      rows: stdout.rows > 0 ? stdout.rows : DEFAULT_SIZE.rows
    }),
    onResize: (listener) => {
      stdout.on('resize', listener)
      return () => void stdout.off('resize', listener)
    },
    interrupted: interrupt.signal
  }
}

/** A locale that names another character set says no; one that names none, as in many containers, does not. */
export function speaksUnicode(env: NodeJS.ProcessEnv): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || ''
  if (env.TERM === 'linux') return false
  return locale === '' || locale === 'C' || locale === 'POSIX' || /utf-?8/i.test(locale)
}
