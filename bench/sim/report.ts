/** The results as tables, the bounds as formulas, and which bars of issue 5 were met. Pure. */
import { MAX_BANS } from '../../src/address-book/bans.ts'
import { BUCKETS } from '../../src/address-book/buckets.ts'
import { AT_TARGET, type ChurnResult } from './churn.ts'
import type { EclipseResult } from './eclipse.ts'

/** `ceiling`: nobody ever dials a node that is gone. */
type ChurnRun = { readonly silent: number; readonly ceiling: boolean; readonly result: ChurnResult }
type EclipseRun = { readonly rules: 'ours' | 'go'; readonly result: EclipseResult }

export interface Bar {
  readonly met: boolean
  readonly text: string
}

/** Issue 5, section 5. */
const BOOK_SHARE = 0.15
const SLOTS = 1
/** src/switch/scores.ts MAX_SCORES. */
const MAX_SCORES = 10_000
const MAX_BOOK = (BUCKETS.new + BUCKETS.old) * BUCKETS.capacity

export function churnTable(runs: readonly ChurnRun[]): string[] {
  if (runs.length === 0) return []
  const rows = runs.map(({ silent, ceiling, result: r }) => [
    r.nodes,
    r.seed,
    ceiling ? 'ceiling' : percent(silent, 0),
    percent(r.meanShare),
    percent(r.medianShare),
    percent(r.p10Share),
    percent(r.p01Share),
    percent(r.worstShare),
    r.livesCounted,
    `${r.livesBelow} (${r.livesBelowAnyway})`,
    r.lostPerNodeMinute.toFixed(2),
    `${r.gapMedianMs}/${r.gapP90Ms}/${r.gapP99Ms}`,
    percent(r.dialsFailed, 0),
    r.maxBook,
    r.maxBans,
    r.maxMet
  ])
  const heads =
    'nodes,seed,silent,at target: mean,median,p10,p1,worst,lives,below 99 %,lost/min,gap ms p50/p90/p99,dials failed'
  return [
    ...table([...heads.split(','), 'book', 'bans', 'scores'], rows),
    `book <= (${BUCKETS.new} + ${BUCKETS.old}) buckets x ${BUCKETS.capacity} = ${MAX_BOOK} entries, and no more than ids were ever told; bans <= ${MAX_BANS}; scores <= min(${MAX_SCORES}, ids met)`,
    ''
  ]
}

export function eclipseTable(runs: readonly EclipseRun[]): string[] {
  if (runs.length === 0) return []
  const rows = runs.map(({ rules, result: r }) => [
    rules,
    r.seed,
    percent(r.gossip),
    `${percent(r.bookMean)} of ${r.bookSizeMean.toFixed(0)}`,
    percent(r.bookWorst),
    r.outboundMean.toFixed(2),
    r.outboundWorst,
    r.outboundAfterRestart.toFixed(2),
    r.inboundMean.toFixed(1),
    r.eclipsedBefore,
    r.eclipsedAfter
  ])
  const heads =
    'book rules,seed,his gossip,his share of a book,worst,outbound slots,worst,after restart,inbound,eclipsed'
  return [...table([...heads.split(','), 'after restart'], rows), '']
}

export function verdicts(churns: readonly ChurnRun[], eclipses: readonly EclipseRun[]): Bar[] {
  const bars: Bar[] = []
  const refused = churns.filter(({ silent, ceiling }) => silent === 0 && !ceiling).map(({ result }) => result)
  if (refused.length > 0) {
    const least = Math.min(...refused.map(({ meanShare }) => meanShare))
    bars.push({
      met: least >= AT_TARGET,
      text: `nodes at their outbound target ${percent(least)} of the time, on average (>= 99 %)`
    })
    const bounded = refused.every(
      ({ maxBook, maxBans, maxMet, idsEver }) =>
        maxBook <= Math.min(MAX_BOOK, idsEver) && maxBans <= MAX_BANS && maxMet <= Math.min(MAX_SCORES, idsEver)
    )
    bars.push({ met: bounded, text: 'books, bans and scores within their bounds' })
    bars.push({ met: refused.every(({ timersLeft }) => timersLeft === 0), text: 'no timer left when all have stopped' })
  }
  const ours = eclipses.filter(({ rules }) => rules === 'ours').map(({ result }) => result)
  if (ours.length > 0) {
    const book = Math.max(...ours.map(({ bookMean }) => bookMean))
    const slots = Math.max(
      ...ours.flatMap(({ outboundMean, outboundAfterRestart }) => [outboundMean, outboundAfterRestart])
    )
    const eclipsed = Math.max(...ours.map(({ eclipsedAfter, eclipsedBefore }) => eclipsedAfter + eclipsedBefore))
    bars.push({ met: book <= BOOK_SHARE, text: `an attacker with one /16 has ${percent(book)} of the books (<= 15 %)` })
    bars.push({ met: slots <= SLOTS, text: `and ${slots.toFixed(2)} outbound slots of ten, on average (<= 1)` })
    bars.push({ met: eclipsed === 0, text: `and ${eclipsed} nodes to himself (0)` })
  }
  return bars
}

function table(heads: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): string[] {
  const cells = [heads, ...rows.map((row) => row.map(String))]
  const widths = heads.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padStart(widths[i]!)).join(' | ')} |`
  return [line(heads), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...cells.slice(1).map(line)]
}

function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)} %`
}
