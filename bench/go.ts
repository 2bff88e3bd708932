/**
 * `npm run bench:go`: CometBFT's own bench cells beside ours, size by size in one run. Go's nodes share one process and its cells take ten seconds each, from
 * one and from eight goroutines; ours are two processes and one sender. The ratio is to the better of Go's two.
 */
import { parseArgs } from 'node:util'
import { InvalidOptionError } from '../src/errors.ts'
import { nonsense } from './bars.ts'
import type { Cell, Line, RunOptions, Wire } from './cell.ts'
import { buildGoBench, type GoFigures, type GoStack, runGoBench } from './comet-bench.ts'
import { measurePairs } from './harness.ts'
import { line } from './report.ts'
import { significant } from './stats.ts'

const USAGE = `npm run bench:go -- [--sizes 1,8,64,512] [--rounds N] [--seconds N] [--json]

  --sizes KB,...  messages of so many KB, of those that CometBFT's bench has; default all
  --rounds N      measurements of ours, medians are printed; default 3
  --seconds N     length of each; default 3
  --json          one JSON object per line on stdout`

const SIZES_KB = [1, 8, 64, 512]
const SENDERS = [1, 8]
const OUR_WIRES: readonly Wire[] = ['tcp', 'quic']

interface GoOptions {
  readonly sizes: readonly number[]
  readonly json: boolean
  readonly run: RunOptions
}

function parseOptions(args: string[]): GoOptions | undefined {
  const options = {
    sizes: { type: 'string', default: SIZES_KB.join() },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' }
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ args, options }).values
  } catch (err) {
    throw new InvalidOptionError('arguments', args.join(' '), `what --help lists (${(err as Error).message})`)
  }
  if (values.help === true) return undefined
  const sizes = values.sizes.split(',').map(Number)
  if (sizes.some((size) => !SIZES_KB.includes(size)))
    throw new InvalidOptionError('--sizes', values.sizes, `some of ${SIZES_KB.join()}`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InvalidOptionError('--rounds', values.rounds, 'a whole number above 0')
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) throw new InvalidOptionError('--seconds', values.seconds, 'a number above 0')
  return { sizes, json: values.json, run: { rounds, seconds, warmUpSeconds: 1, short: false } }
}

/** Go's figures of one stack and size, and the better of them. */
async function goCells(stack: GoStack, size: number) {
  const bySenders: Record<string, GoFigures> = {}
  let best = 0
  for (const senders of SENDERS) {
    const { msgsPerSecond, MBPerSecond } = await runGoBench(stack, size, senders)
    bySenders[`senders${senders}`] = {
      msgsPerSecond: significant(msgsPerSecond),
      MBPerSecond: significant(MBPerSecond)
    }
    best = Math.max(best, msgsPerSecond)
  }
  return { bySenders, best }
}

function ourCell(wire: Wire, size: number): Cell {
  const load = { wire, size, channels: 1, discipline: 'saturate' } as const
  return { name: `go-${size / 1024}KB`, stack: `libp2p/${wire}`, kind: 'throughput', load, variants: ['ours'] }
}

async function sizeLines(size: number, options: RunOptions): Promise<Line[]> {
  const [cometP2P, lp2p] = [await goCells('comet-p2p', size), await goCells('lp2p', size)]
  const lines: Line[] = []
  for (const wire of OUR_WIRES) {
    const cell = ourCell(wire, size)
    const ours = line(cell, await measurePairs(cell, options))
    const rate = ours.msgsPerSecond as number
    lines.push({
      ...ours,
      ratioToCometP2P: significant(rate / cometP2P.best, 3),
      ratioToLp2p: significant(rate / lp2p.best, 3),
      cometP2P: cometP2P.bySenders,
      lp2p: lp2p.bySenders
    })
  }
  return lines
}

function text(of: Line): string {
  const go = (name: string): string =>
    Object.values(of[name] as Record<string, GoFigures>)
      .map(({ MBPerSecond }) => MBPerSecond)
      .join(' / ')
  return [
    `${of.size / 1024} KB`.padEnd(8),
    of.stack.padEnd(12),
    `${Math.round(of.msgsPerSecond as number).toLocaleString('en-US')} msg/s`.padEnd(16),
    `${of.MBPerSecond} MB/s`.padEnd(12),
    `${of.ratioToCometP2P} x comet-p2p, ${of.ratioToLp2p} x lp2p`.padEnd(36),
    `Go, 1 / 8 senders: comet-p2p ${go('cometP2P')} MB/s, lp2p ${go('lp2p')} MB/s`
  ].join('  ')
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2))
  if (options === undefined) {
    console.log(USAGE)
    return 0
  }
  const missing = buildGoBench()
  if (missing !== undefined) {
    console.error(`bench:go: skipped, ${missing}`)
    return 1
  }
  let failures = 0
  for (const sizeKB of options.sizes)
    for (const found of await sizeLines(sizeKB * 1024, options.run)) {
      console.log(options.json ? JSON.stringify(found) : text(found))
      const wrong = nonsense({ ...found, ratioToCometP2P: undefined, ratioToLp2p: undefined })
      if (wrong === undefined) continue
      console.error(`${found.cell} ${found.stack}: nonsense: ${wrong}`)
      failures++
    }
  return failures === 0 ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (err) {
  if (!(err instanceof InvalidOptionError)) throw err
  console.error(`${err.name}: ${err.message}`)
  process.exitCode = 2
}
