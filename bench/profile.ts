/**
 * Where the time of a CPU profile went: `node bench/profile.ts FILE [N]`. Makes of what `--profile DIR` wrote the N functions with most time of their own,
 * and the lines that took it.
 */
import { readFileSync } from 'node:fs'

interface Profile {
  nodes: Array<{
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
    positionTicks?: Array<{ line: number; ticks: number }>
  }>
  samples: number[]
  timeDeltas: number[]
}

interface Entry {
  share: number
  name: string
}

/** Shares of all samples, the longest first: by function, and by line. Idle time is left out. */
export function topEntries(profile: Profile): { functions: Entry[]; lines: Entry[]; idle: number } {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const functions = new Map<string, number>()
  let total = 0
  let idle = 0
  for (const [i, id] of profile.samples.entries()) {
    const spent = profile.timeDeltas[i] ?? 0
    const frame = nodes.get(id)?.callFrame
    if (frame === undefined) continue
    // what taking the profile costs is none of ours
    if (frame.functionName === 'post' && frame.url === 'node:inspector') continue
    if (frame.functionName === '(idle)') {
      idle += spent
      continue
    }
    total += spent
    const name = `${frame.functionName || '(anonymous)'} ${place(frame.url, frame.lineNumber + 1)}`
    functions.set(name, (functions.get(name) ?? 0) + spent)
  }
  const lines = new Map<string, number>()
  let ticks = 0
  for (const { callFrame, positionTicks } of profile.nodes) {
    if (callFrame.functionName === '(idle)') continue
    for (const tick of positionTicks ?? []) {
      const name = place(callFrame.url, tick.line)
      ticks += tick.ticks
      lines.set(name, (lines.get(name) ?? 0) + tick.ticks)
    }
  }
  return { functions: sorted(functions, total), lines: sorted(lines, ticks), idle: idle / (idle + total) }
}

function sorted(spent: ReadonlyMap<string, number>, total: number): Entry[] {
  return [...spent].map(([name, value]) => ({ name, share: value / total })).sort((a, b) => b.share - a.share)
}

/** Path below the last node_modules, or from the project's root. */
function place(url: string, line: number): string {
  const path = url.replace('file://', '')
  return `${path.includes('/node_modules/') ? path.split('/node_modules/').pop() : path.replace(`${process.cwd()}/`, '')}:${line}`
}

if (import.meta.main) {
  const [file, count = '25'] = process.argv.slice(2)
  if (file === undefined) {
    console.error('usage: node bench/profile.ts FILE [N]')
    process.exit(2)
  }
  const { functions, lines, idle } = topEntries(JSON.parse(readFileSync(file, 'utf8')) as Profile)
  console.log(`idle ${(idle * 100).toFixed(0)} %; of the rest:`)
  for (const [title, entries] of Object.entries({ functions, lines })) {
    console.log(`\n${title}`)
    for (const { share, name } of entries.slice(0, Number(count)))
      console.log(`${(share * 100).toFixed(1).padStart(6)} %  ${name}`)
  }
}
