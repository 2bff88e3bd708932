/**
 * The bars: what issue 3 section 8 (libp2p) and issue 4 section 5 (classic stack, bridge) ask of each cell. The bench says which were met; whether it succeeds does not
 * depend on them, because figures of one run on a busy machine are no verdict.
 */
import type { Line } from './cell.ts'

export interface Bar {
  /** Whose bar it is. */
  readonly issue: 3 | 4
  readonly cell: string
  readonly field: string
  readonly atLeast?: number
  readonly atMost?: number
}

export const bars: readonly Bar[] = [
  { issue: 3, cell: 'tcp-1KB-1ch', field: 'ratioToCeiling', atLeast: 0.8 },
  { issue: 3, cell: 'tcp-1KB-1ch', field: 'ratioToNaive', atLeast: 4 },
  { issue: 3, cell: 'tcp-200B-10ch-bursts', field: 'ratioToCeiling', atLeast: 0.8 },
  { issue: 3, cell: 'tcp-64KB-1ch', field: 'ratioToCeiling', atLeast: 0.85 },
  { issue: 3, cell: 'tcp-urgent-under-bulk', field: 'p50Ms', atMost: 0.5 },
  { issue: 3, cell: 'tcp-urgent-under-bulk', field: 'p99Ms', atMost: 5 },
  { issue: 3, cell: 'tcp-heap-per-peer-10ch', field: 'heapKBPerPeer', atMost: 150 },
  { issue: 3, cell: 'go-lp2p-60-in-flight', field: 'ratioToCeiling', atLeast: 0.8 },
  { issue: 4, cell: 'classic-1KB-1ch', field: 'ratioToCeiling', atLeast: 0.8 },
  { issue: 4, cell: 'classic-urgent-under-bulk', field: 'p50Ms', atMost: 0.5 },
  { issue: 4, cell: 'classic-urgent-under-bulk', field: 'p99Ms', atMost: 5 },
  { issue: 4, cell: 'classic-heap-per-peer-10ch', field: 'heapKBPerPeer', atMost: 200 },
  { issue: 4, cell: 'classic-handshake', field: 'cpuMs', atMost: 3 },
  // none of whom loses the peer that was there: a loss is nonsense (below)
  { issue: 4, cell: 'classic-handshake', field: 'handshakesPerSecond', atLeast: 500 },
  { issue: 4, cell: 'bridge-1KB', field: 'ratioToCeiling', atLeast: 0.4 }
]

/** Those of `npm run bench:go`: our sender toward Go and our receiver behind Go, each against Go with Go in the same run. */
export const goBars: readonly Bar[] = ['go-classic-1KB', 'go-classic-64KB', 'go-classic-512KB'].flatMap((cell) =>
  (['ratioSending', 'ratioReceiving'] as const).map((field) => ({ issue: 4 as const, cell, field, atLeast: 0.7 }))
)

export interface Verdict {
  readonly bar: Bar
  readonly got: number
  readonly met: boolean
}

/** What a line says about the bars of its cell. A figure that is missing or not a number meets nothing. */
export function judge(line: Line, table: readonly Bar[] = bars): Verdict[] {
  return table
    .filter(({ cell }) => cell === line.cell)
    .map((bar) => {
      const found = line[bar.field]
      const got = typeof found === 'number' ? found : Number.NaN
      const met = got >= (bar.atLeast ?? Number.NEGATIVE_INFINITY) && got <= (bar.atMost ?? Number.POSITIVE_INFINITY)
      return { bar, got, met }
    })
}

/** A line that cannot be true: nothing arrived, something is not a number, something was lost, or ours is hardly moving. Undefined if all is well. */
export function nonsense(line: Record<string, unknown>): string | undefined {
  for (const [field, value] of Object.entries(line)) {
    if (typeof value === 'object' && value !== null) {
      const inner = nonsense(value as Record<string, unknown>)
      if (inner !== undefined) return `${field}: ${inner}`
    }
    if (typeof value !== 'number') continue
    if (!Number.isFinite(value)) return `${field} is ${value}`
    if (/PerSecond$/i.test(field) && value <= 0) return `${field} is ${value}`
    if (field.startsWith('ratio') && value < MIN_RATIO) return `${field} is ${value}, below ${MIN_RATIO}`
    if (/lost$/i.test(field) && value !== 0) return `${field} is ${value}`
  }
  return undefined
}

const MIN_RATIO = 0.001
