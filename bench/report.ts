/** From rounds to the printed line. Pure. */
import { type Bar, bars, judge, type Verdict } from './bars.ts'
import type { Cell, Figures, Line, Variant } from './cell.ts'
import { median, significant } from './stats.ts'

/** Medians of a variant's rounds, with the least and the most of its leading figure. */
export function summary(rounds: readonly Figures[], leading: string): Figures {
  const out: Record<string, number> = {}
  for (const field of Object.keys(rounds[0] ?? {})) {
    const values = rounds.map((round) => round[field] as number)
    // what was lost in one round is not made good by the others
    out[field] = significant(field === 'lost' ? Math.max(...values) : median(values))
    if (field === leading) {
      out.min = significant(Math.min(...values))
      out.max = significant(Math.max(...values))
    }
  }
  return out
}

const LEADING: Record<Cell['kind'], string> = {
  throughput: 'msgsPerSecond',
  latency: 'p50Ms',
  memory: 'heapKBPerPeer',
  handshake: 'handshakesPerSecond',
  bridge: 'msgsPerSecond',
  go: 'msgsPerSecond'
}

/** Ours in plain fields; the others under their names; how ours compares: a rate for rates, bulk MB/s under urgent traffic, heap for heap. */
export function line(cell: Cell, results: ReadonlyMap<Variant, readonly Figures[]>): Line {
  const leading = LEADING[cell.kind]
  const {
    ours = {},
    ceiling,
    naive
  } = Object.fromEntries([...results].map(([variant, rounds]) => [variant, summary(rounds, leading)])) as Partial<
    Record<Variant, Figures>
  >
  const compared = cell.kind === 'latency' ? 'MBPerSecond' : leading
  const ratio = (other: Figures): number => significant((ours[compared] as number) / (other[compared] as number), 3)
  // without bulk there is nothing to compare
  const rated = cell.kind !== 'latency' || cell.load.discipline !== 'idle'
  return {
    cell: cell.name,
    stack: cell.stack,
    size: cell.load.size,
    channels: cell.load.channels,
    ...ours,
    ...(ceiling !== undefined && rated ? { ratioToCeiling: ratio(ceiling) } : {}),
    ...(naive !== undefined && rated ? { ratioToNaive: ratio(naive) } : {}),
    ...(ceiling === undefined ? {} : { ceiling }),
    ...(naive === undefined ? {} : { naive }),
    rounds: results.get('ours')?.length ?? 0,
    ...(cell.note === undefined ? {} : { note: cell.note })
  }
}

/** One line for people. */
export function text(of: Line): string {
  const parts = [of.cell.padEnd(33)]
  const number = (field: string, from: Record<string, unknown> = of): string => readable(from[field])
  if (of.heapKBPerPeer !== undefined) {
    parts.push(`${number('heapKBPerPeer')} KB heap per peer`.padEnd(28), `(${number('min')} to ${number('max')})`)
    parts.push(others(of, 'heapKBPerPeer', ' KB'))
  } else if (of.handshakesPerSecond !== undefined) {
    parts.push(`${number('handshakesPerSecond')} handshakes/s`.padEnd(20), `${number('cpuMs')} ms CPU`.padEnd(14))
    parts.push(`(${number('min')} to ${number('max')})`, `${number('ratioToCeiling')} x ceiling`)
    parts.push(others(of, 'handshakesPerSecond', '/s'), `one that is there waits ${number('residentP99Ms')} ms (p99)`)
  } else if (of.p50Ms !== undefined) {
    parts.push(`p50 ${number('p50Ms')} ms, p99 ${number('p99Ms')} ms`.padEnd(28))
    for (const name of ['ceiling', 'naive'] as const) {
      const other = of[name] as Record<string, unknown> | undefined
      if (other !== undefined) parts.push(`${name} ${number('p50Ms', other)} / ${number('p99Ms', other)} ms`)
    }
    if (of.ratioToCeiling !== undefined)
      parts.push(`bulk ${number('MBPerSecond')} MB/s, ${number('ratioToCeiling')} x ceiling`)
  } else {
    parts.push(`${number('msgsPerSecond')} msg/s`.padEnd(16), `${number('MBPerSecond')} MB/s`.padEnd(12))
    parts.push(`(${number('min')} to ${number('max')})`.padEnd(24))
    const ratios = [
      ...(of.ratioToCeiling === undefined ? [] : [`${number('ratioToCeiling')} x ceiling`]),
      ...(of.ratioToNaive === undefined ? [] : [`${number('ratioToNaive')} x naive`])
    ]
    if (ratios.length > 0) parts.push(ratios.join(', ').padEnd(32))
    parts.push(others(of, 'msgsPerSecond', ''))
  }
  return parts.join('  ').trimEnd()
}

function others(of: Line, field: string, unit: string): string {
  return (['ceiling', 'naive'] as const)
    .filter((name) => of[name] !== undefined)
    .map((name) => `${name} ${readable((of[name] as Record<string, unknown>)[field])}${unit}`)
    .join(', ')
}

function readable(value: unknown): string {
  return typeof value === 'number' && value >= 1_000 ? Math.round(value).toLocaleString('en-US') : String(value)
}

/** Issue by issue: which bars were met, and which cells of theirs did not run. */
export function closing(lines: readonly Line[], table: readonly Bar[] = bars): string[] {
  return [...new Set(table.map(({ issue }) => issue))].flatMap((issue) => {
    const own = table.filter((bar) => bar.issue === issue)
    const verdicts = lines.flatMap((one) => judge(one, own))
    const left = [...new Set(own.map(({ cell }) => cell))].filter((cell) => lines.every((one) => one.cell !== cell))
    return [
      `Bars of issue ${issue} met in this run: ${verdicts.filter(({ met }) => met).length} of ${verdicts.length}`,
      ...verdicts.map(verdictText),
      ...(left.length === 0 ? [] : [`  not run: ${left.join(', ')}`])
    ]
  })
}

function verdictText({ bar, got, met }: Verdict): string {
  const want = bar.atLeast === undefined ? `<= ${bar.atMost}` : `>= ${bar.atLeast}`
  return `  ${met ? 'met   ' : 'MISSED'}  ${bar.cell.padEnd(26)} ${bar.field} ${want}: ${got}`
}
