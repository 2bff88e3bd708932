/** The picture of the demo: a pure function from what it shows to lines of the terminal's width. */
import type { DemoNodeView, DemoView } from './demo-view.ts'
import { countStacks, paintedStack, peersText, STACK_NAMES, stackDot } from './stack-names.ts'
import {
  bar,
  brief,
  clockTime,
  count,
  cut,
  fit,
  type Ink,
  milliseconds,
  type PictureSize,
  paint,
  rate,
  sparkline,
  type TextStyle,
  widthOf
} from './text.ts'

/** Wider lines are hard to follow with the eye. */
const MAX_COLUMNS = 110
/** Below this the bars would be too short to say anything: the row then goes without what is least needed. */
const MIN_BAR_COLUMNS = 8

const MAX_GRAPH_COLUMNS = 30
/** What the time at the right takes, with the space after it. */
const TIME_COLUMNS = 8

const NO_PEER = { unicode: '○', ascii: '.' } as const

/** Lines no wider than `size.columns` and no more than `size.rows`; what matters least is left out first. */
export function demoPicture(view: DemoView, size: PictureSize, style: TextStyle): string[] {
  const columns = Math.min(size.columns, MAX_COLUMNS)
  const wide = (line: string) => ` ${line}`
  const head = [title(view, columns, style), wide(paint(style, 'dim', subtitle(view, style)))]
  const table = nodeTable(view, columns, style)
  const traffic = trafficLines(view, columns, style)
  const foot = wide(paint(style, 'dim', footnote(view)))
  const full = ['', ...head, '', ...table, '', ...traffic, '', foot]
  const tight = [...head, ...table, ...traffic.slice(0, 1), foot]
  const lines = full.length <= size.rows ? full : tight
  return lines.slice(0, size.rows).map((line) => cut(line, size.columns))
}

function title({ nodes, elapsedMs }: DemoView, columns: number, style: TextStyle): string {
  const name = paint(style, 'bold', 'comet-libp2p')
  const legend = STACK_NAMES.map((stack) => `${stackDot(stack, style)} ${paintedStack(stack, style)}`).join('  ')
  const full = ` ${name}  ${nodes.length} nodes, two stacks: ${legend}`
  const line = widthOf(full) <= columns - TIME_COLUMNS ? full : ` ${name}  ${legend}`
  return ends(line, paint(style, 'bold', clockTime(elapsedMs)), columns)
}

function subtitle({ chainId, lastBlock, chainTxs }: DemoView, style: TextStyle): string {
  const dot = style.unicode ? '·' : '-'
  return `chain ${chainId} ${dot} ${count(lastBlock)} blocks, ${count(chainTxs)} transactions ${dot} every commit verified`
}

// ---- nodes -------------------------------------------------------------------------------------------------------

interface Column {
  readonly head: string
  readonly columns: number
  readonly align: 'left' | 'right'
  cell(node: DemoNodeView): string
}

function nodeTable(view: DemoView, columns: number, style: TextStyle): string[] {
  const before: Column[] = [
    { head: 'node', columns: 6, align: 'left', cell: (node) => paint(style, 'bold', node.name) },
    { head: 'stack', columns: 7, align: 'left', cell: (node) => stackOf(node, style) },
    { head: 'peers', columns: 5, align: 'left', cell: (node) => peerDots(node, style) },
    { head: 'block', columns: 5, align: 'right', cell: (node) => count(node.height) }
  ]
  const after: Column[] = [
    { head: 'blocks/s', columns: 8, align: 'right', cell: (node) => blockRate(node, style) },
    { head: 'state', columns: 15, align: 'left', cell: (node) => stateOf(node, style) },
    { head: 'txs', columns: 7, align: 'right', cell: (node) => brief(node.txs) },
    { head: 'txs/s', columns: 6, align: 'right', cell: (node) => rate(node.txsPerSecond) }
  ]
  // narrow terminals: first without the rates, at last without the bar
  const optional = ['txs/s', 'blocks/s', 'peers', 'stack']
  let shown = [before, after]
  while (barColumns(shown.flat(), columns) < MIN_BAR_COLUMNS && optional.length > 0) {
    const dropped = optional.shift()
    shown = shown.map((part) => part.filter(({ head }) => head !== dropped))
  }
  const [left = [], right = []] = shown
  const room = barColumns(shown.flat(), columns)
  const row = (cells: (column: Column) => string, middle: string) =>
    ` ${[...left.map(cells), ...(room >= MIN_BAR_COLUMNS ? [middle] : []), ...right.map(cells)].join('  ')}`
  return [
    paint(
      style,
      'dim',
      row((column) => fit(column.head, column.columns, column.align), ' '.repeat(Math.max(room, 0)))
    ),
    ...view.nodes.map((node) =>
      row((column) => fit(column.cell(node), column.columns, column.align), blockBar(node, view.lastBlock, room, style))
    )
  ]
}

/** What is left for the bar: all columns stand two apart, and the line is set in by one. */
function barColumns(shown: readonly Column[], columns: number): number {
  return columns - 2 - shown.reduce((sum, column) => sum + column.columns + 2, 0)
}

function stackOf({ stacks }: DemoNodeView, style: TextStyle): string {
  const [first, ...more] = stacks
  if (first === undefined) return ''
  return more.length > 0 ? 'both' : paintedStack(first, style)
}

function peerDots({ peers, peersWanted }: DemoNodeView, style: TextStyle): string {
  const dots = countStacks(peers).flatMap(([stack, count]) => new Array<string>(count).fill(stackDot(stack, style)))
  const none = style.unicode ? NO_PEER.unicode : NO_PEER.ascii
  const missing = none.repeat(Math.max(0, peersWanted - dots.length))
  return `${dots.slice(0, peersWanted).join('')}${paint(style, 'dim', missing)}`
}

function blockBar(node: DemoNodeView, lastBlock: number, columns: number, style: TextStyle): string {
  if (columns < MIN_BAR_COLUMNS) return ''
  return bar(style, node.height / Math.max(lastBlock, 1), columns, inkOf(node, lastBlock))
}

function inkOf(node: DemoNodeView, lastBlock: number): Ink {
  if (node.error !== undefined) return 'red'
  if (node.height < lastBlock) return 'yellow'
  return node.syncedInMs === undefined ? 'blue' : 'green'
}

function blockRate(node: DemoNodeView, style: TextStyle): string {
  if (node.blocksPerSecond === 0) return paint(style, 'dim', style.unicode ? '–' : '-')
  return rate(node.blocksPerSecond)
}

function stateOf(node: DemoNodeView, style: TextStyle): string {
  if (node.error !== undefined) return paint(style, 'red', 'failed')
  if (node.syncedInMs !== undefined) return paint(style, 'green', `synced in ${milliseconds(node.syncedInMs)}`)
  if (node.state === 'syncing')
    return paint(style, 'yellow', node.etaMs === undefined ? 'syncing' : `${soon(node.etaMs)} to go`)
  if (node.state === 'serving') return paint(style, 'blue', 'has them all')
  return paint(style, 'dim', node.state)
}

function soon(ms: number): string {
  return ms < 1_000 ? 'under 1 s' : clockTime(ms)
}

// ---- transactions ------------------------------------------------------------------------------------------------

function trafficLines({ txs, nodes, phase }: DemoView, columns: number, style: TextStyle): string[] {
  const dot = style.unicode ? '·' : '-'
  const label = (text: string) => paint(style, 'dim', fit(text, 14))
  if (txs.submitted === 0) {
    const why = phase === 'starting' ? 'nodes are starting' : 'they begin when every node has all blocks'
    return [` ${label('transactions')}${paint(style, 'dim', why)}`, '', '']
  }
  const waiting = txs.submitted - txs.everywhere
  const everywhere = `${count(txs.everywhere)} on all ${nodes.length} nodes`
  const first = [
    `${count(txs.submitted)} sent`,
    waiting === 0 ? paint(style, 'green', everywhere) : everywhere,
    `${count(waiting)} on the way`,
    `${rate(txs.perSecond)}/s`
  ].join(` ${dot} `)
  const speed = [
    txs.medianMs === undefined ? '' : `${milliseconds(txs.medianMs)} in the middle`,
    txs.p99Ms === undefined ? '' : `99 of 100 within ${milliseconds(txs.p99Ms)}`
  ].join(` ${dot} `)
  const graph = paint(
    style,
    'cyan',
    sparkline(style, txs.history, Math.min(MAX_GRAPH_COLUMNS, Math.max(columns - 70, 10)))
  )
  const { last } = txs
  const latest =
    last === undefined
      ? ''
      : `${last.text}  ${paint(style, 'dim', `from ${last.from}, everywhere after ${milliseconds(last.ms)}`)}`
  return [
    ` ${label('transactions')}${first}`,
    ` ${label('time to all')}${graph}  ${speed}`,
    ` ${label('latest')}${latest}`
  ]
}

function footnote({ phase, remainingMs, txs }: DemoView): string {
  if (phase === 'ending') return txs.everywhere < txs.submitted ? 'ending: waiting for the last transactions' : 'ended'
  return remainingMs === undefined ? 'Ctrl-C ends it' : `ends in ${clockTime(remainingMs)}, or with Ctrl-C`
}

/** `left` and `right` at the two ends of a line. */
function ends(left: string, right: string, columns: number): string {
  return `${fit(left, columns - TIME_COLUMNS)}${fit(right, TIME_COLUMNS - 1, 'right')} `
}

// ---- without a terminal ------------------------------------------------------------------------------------------

const PLAIN: TextStyle = { color: false, unicode: false }

/** The same in one line, for logs and pipes. */
export function demoLine(view: DemoView): string {
  const { txs } = view
  const nodes = view.nodes
    .map(
      (node) => `${node.name} ${stackOf(node, PLAIN)} ${node.height}/${view.lastBlock} with ${peersText(node.peers)}`
    )
    .join(', ')
  const times = txs.medianMs === undefined ? '' : `, median ${milliseconds(txs.medianMs)}`
  const sent =
    txs.submitted === 0
      ? ''
      : `; ${count(txs.everywhere)} of ${count(txs.submitted)} txs on every node, ${rate(txs.perSecond)}/s${times}`
  return `${clockTime(view.elapsedMs)} ${view.phase}: ${nodes}${sent}`
}
