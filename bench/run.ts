/**
 * `npm run bench`: the whole library against libp2p alone, two processes over loopback, every cell in one run (issue 3 section 8, bench/README.md). Exits
 * with 1 only on nonsense: nothing arrived, something was lost, a figure that is no number, a cell that failed. The bars do not decide.
 */
import { mkdirSync } from 'node:fs'
import { InvalidOptionError } from '../src/errors.ts'
import { judge, nonsense } from './bars.ts'
import type { Cell, Figures, Line, RunOptions, Variant } from './cell.ts'
import { measureBridge } from './cells/bridge.ts'
import { goMissing, measureGo } from './cells/go.ts'
import { measureHandshakes } from './cells/handshake.ts'
import { measureHeap } from './cells/heap.ts'
import { cells } from './cells/table.ts'
import { measurePairs } from './harness.ts'
import { type BenchOptions, chooseCells, parseOptions, USAGE } from './options.ts'
import { closing, line, text } from './report.ts'

function results(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  if (cell.kind === 'memory') return measureHeap(cell, options)
  if (cell.kind === 'handshake') return measureHandshakes(cell, options)
  if (cell.kind === 'bridge') return measureBridge(cell, options)
  if (cell.kind === 'go') return measureGo(cell, options)
  return measurePairs(cell, options)
}

async function run(options: BenchOptions): Promise<number> {
  const say = options.json ? console.error : console.log
  const chosen = chooseCells(cells, options)
  if (chosen.length === 0)
    throw new InvalidOptionError('--cells', options.cells.source, 'a pattern that some cell matches')
  if (options.profileDir !== undefined) mkdirSync(options.profileDir, { recursive: true })
  say(`${chosen.length} cells, ${options.rounds} x ${options.seconds} s each of ours, ceiling and naive, interleaved`)
  const lines: Line[] = []
  let failures = 0
  for (const cell of chosen) {
    const missing = cell.kind === 'go' ? goMissing() : undefined
    if (missing !== undefined) {
      say(`${cell.name}: skipped, ${missing}`)
      continue
    }
    try {
      const found = line(cell, await results(cell, options))
      lines.push(found)
      console.log(options.json ? JSON.stringify({ ...found, bars: judge(found) }) : text(found))
      const wrong = nonsense(found)
      if (wrong === undefined) continue
      console.error(`${cell.name}: nonsense: ${wrong}`)
    } catch (err) {
      console.error(`${cell.name}: failed: ${(err as Error).message}`)
    }
    failures++
  }
  for (const sentence of closing(lines)) say(sentence)
  return failures === 0 ? 0 : 1
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) console.log(USAGE)
  else if (options.list) for (const { name, note } of cells) console.log(note === undefined ? name : `${name}: ${note}`)
  else process.exitCode = await run(options)
} catch (err) {
  if (!(err instanceof InvalidOptionError)) throw err
  console.error(`${err.name}: ${err.message}`)
  process.exitCode = 2
}
