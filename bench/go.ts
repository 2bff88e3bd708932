/**
 * `npm run bench:go`: Go beside ours, size by size in one run. On libp2p CometBFT's own bench cells, whose nodes share one process and which take ten seconds each, from
 * one and from eight goroutines, against two processes of ours with one sender; the ratio is to the better of Go's two. On the classic stack pairs of
 * processes of either kind and mixed (cells/go-classic.ts).
 */
import { parseArgs } from 'node:util'
import { InvalidOptionError } from '../src/errors.ts'
import { goBars, judge, nonsense } from './bars.ts'
import type { Cell, Line, RunOptions, Wire } from './cell.ts'
import { benchpeerMissing, GO_CLASSIC_SIZES_KB, goClassicLine, goClassicText } from './cells/go-classic.ts'
import { buildGoBench, type GoFigures, type GoStack, runGoBench } from './comet-bench.ts'
import { measurePairs } from './harness.ts'
import { closing, line } from './report.ts'
import { significant } from './stats.ts'

const USAGE = `npm run bench:go -- [--stacks libp2p,classic] [--sizes 1,8,64,512] [--rounds N] [--seconds N] [--json]

  --stacks S,...  libp2p, classic; default both
  --sizes KB,...  messages of so many KB, of those that CometBFT's bench has; default all, but for 8 on the classic stack
  --rounds N      measurements of ours, on the classic stack of all, medians are printed; default 3
  --seconds N     length of each; default 3
  --json          one JSON object per line on stdout`

const STACKS = ['classic', 'libp2p']

const SIZES_KB = [1, 8, 64, 512]
const SENDERS = [1, 8]
const OUR_WIRES: readonly Wire[] = ['tcp', 'quic']

interface GoOptions {
  readonly stacks: readonly string[]
  readonly sizes: readonly number[]
  readonly json: boolean
  readonly run: RunOptions
}

function parseOptions(args: string[]): GoOptions | undefined {
  const options = {
    stacks: { type: 'string', default: STACKS.join() },
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
  const stacks = values.stacks.split(',')
  if (!stacks.every((stack) => STACKS.includes(stack)))
    throw new InvalidOptionError('--stacks', values.stacks, `some of ${STACKS.join()}`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new InvalidOptionError('--rounds', values.rounds, 'a whole number above 0')
  const seconds = Number(values.seconds)
  if (!(seconds > 0)) throw new InvalidOptionError('--seconds', values.seconds, 'a number above 0')
  return { stacks, sizes, json: values.json, run: { rounds, seconds, warmUpSeconds: 1, short: false } }
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
  const parts = [
    { stack: 'classic', missing: benchpeerMissing, run: runClassic },
    { stack: 'libp2p', missing: buildGoBench, run: runLibp2p }
  ].filter(({ stack }) => options.stacks.includes(stack))
  let failures = 0
  for (const { stack, missing, run } of parts) {
    const why = missing()
    if (why === undefined) failures += await run(options)
    else {
      console.error(`bench:go: ${stack} skipped, ${why}`)
      failures++
    }
  }
  return failures === 0 ? 0 : 1
}

/** Both: how many of the lines were nonsense. */
async function runClassic({ sizes, json, run }: GoOptions): Promise<number> {
  const lines: Line[] = []
  for (const sizeKB of GO_CLASSIC_SIZES_KB.filter((size) => sizes.includes(size))) {
    const found = await goClassicLine(sizeKB, run)
    lines.push(found)
    console.log(json ? JSON.stringify({ ...found, bars: judge(found, goBars) }) : goClassicText(found))
  }
  for (const sentence of closing(lines, goBars)) (json ? console.error : console.log)(sentence)
  return lines.filter(complain).length
}

async function runLibp2p({ sizes, json, run }: GoOptions): Promise<number> {
  let failures = 0
  for (const sizeKB of sizes)
    for (const found of await sizeLines(sizeKB * 1024, run)) {
      console.log(json ? JSON.stringify(found) : text(found))
      if (complain({ ...found, ratioToCometP2P: undefined, ratioToLp2p: undefined })) failures++
    }
  return failures
}

function complain(found: Line): boolean {
  const wrong = nonsense(found)
  if (wrong !== undefined) console.error(`${found.cell} ${found.stack}: nonsense: ${wrong}`)
  return wrong !== undefined
}

try {
  process.exitCode = await main()
} catch (err) {
  if (!(err instanceof InvalidOptionError)) throw err
  console.error(`${err.name}: ${err.message}`)
  process.exitCode = 2
}
