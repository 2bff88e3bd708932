/** The command line of the bench. Pure. */
import { parseArgs } from 'node:util'
import { InvalidOptionError } from '../src/errors.ts'
import type { Cell, RunOptions } from './cell.ts'

export const USAGE = `npm run bench -- [--cells REGEX] [--rounds N] [--seconds N] [--short] [--json] [--profile DIR] [--list]

  --cells REGEX   only cells whose name matches
  --rounds N      measurements of each variant, interleaved, medians are printed; default 3 (1 with --short)
  --seconds N     length of one measurement; default 2 (0.4 with --short)
  --short         in about a minute the cells that tell most, at least one of each stack, for CI: exits 1 only on nonsense, as always
  --json          one JSON object per line and cell on stdout; the rest goes to stderr
  --profile DIR   one more round of ours per cell with CPU profiles; read them with node bench/profile.ts FILE
  --list          the names of the cells`

export interface BenchOptions extends RunOptions {
  readonly cells: RegExp
  readonly json: boolean
  readonly list: boolean
  readonly help: boolean
}

/** Throws `InvalidOptionError` that names the flag. */
export function parseOptions(args: readonly string[]): BenchOptions {
  const values = flags(args)
  const short = values.short ?? false
  return {
    rounds: positive('--rounds', values.rounds, short ? 1 : 3, true),
    seconds: positive('--seconds', values.seconds, short ? 0.4 : 2, false),
    warmUpSeconds: short ? 0.4 : 1,
    short,
    cells: pattern(values.cells ?? ''),
    json: values.json ?? false,
    list: values.list ?? false,
    help: values.help ?? false,
    ...(values.profile === undefined ? {} : { profileDir: values.profile })
  }
}

/** The cells of a run: those that match; a short run leaves out the long ones, unless a pattern was given. */
export function chooseCells(all: readonly Cell[], { cells, short }: Pick<BenchOptions, 'cells' | 'short'>): Cell[] {
  const everything = cells.source === /(?:)/.source
  return all.filter(({ name, long }) => cells.test(name) && !(short && everything && long === true))
}

function flags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        cells: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        short: { type: 'boolean' },
        json: { type: 'boolean' },
        profile: { type: 'string' },
        list: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' }
      }
    }).values
  } catch (err) {
    throw new InvalidOptionError('arguments', args.join(' '), `what --help lists (${(err as Error).message})`)
  }
}

function positive(flag: string, text: string | undefined, otherwise: number, whole: boolean): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  const fine = text.trim() !== '' && Number.isFinite(value) && value > 0 && (!whole || Number.isInteger(value))
  if (!fine) throw new InvalidOptionError(flag, text, whole ? 'a whole number above 0' : 'a number above 0')
  return value
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text)
  } catch {
    throw new InvalidOptionError('--cells', text, 'a regular expression')
  }
}
