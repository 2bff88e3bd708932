/** What the `bridge` command shows at one moment: as data, as a picture, as a line. Pure. */
import type { HalfStatus, PairState, PairStatus } from '../bridge/pair.ts'
import type { ChannelTraffic } from '../bridge/traffic.ts'
import {
  bytes,
  clockTime,
  count,
  cut,
  fit,
  type Ink,
  type PictureSize,
  paint,
  printable,
  shortIds,
  type TextStyle
} from './text.ts'

export interface BridgeView {
  readonly elapsedMs: number
  readonly remainingMs?: number
  readonly network: string
  readonly id: string
  readonly peerId: string
  readonly listen: readonly string[]
  readonly pairs: readonly PairStatus[]
}

const MAX_COLUMNS = 110
const COLUMN = 11
const LABEL = 16

const INKS: Readonly<Record<PairState, Ink>> = {
  relaying: 'green',
  'dialing classic': 'yellow',
  'dialing lp2p': 'yellow',
  waiting: 'red',
  stopped: 'dim'
}

/** What keeps it from having done what was asked; empty if it has. */
export function bridgeFailures({ pairs }: BridgeView): string[] {
  return pairs
    .filter(({ state }) => state !== 'relaying')
    .map(({ classic, lp2p, state, lastEnd }) => {
      const why = lastEnd === undefined ? '' : ` (${lastEnd})`
      return `the pair ${classic.address} and ${lp2p.address} does not relay: ${state}${why}`
    })
}

/** One line of `--json`. `failures` only on the last one. */
export function bridgeJson(view: BridgeView, failures?: readonly string[]): Record<string, unknown> {
  const { elapsedMs, network, id, peerId, listen, pairs } = view
  return {
    seconds: Math.round(elapsedMs / 10) / 100,
    network,
    id,
    peerId,
    listen,
    pairs: pairs.map((pair) => ({ ...pair, classic: halfJson(pair.classic), lp2p: halfJson(pair.lp2p) })),
    ...(failures === undefined ? {} : { final: true, ok: failures.length === 0, failures })
  }
}

function halfJson({ height, ...half }: HalfStatus): Record<string, unknown> {
  return { ...half, ...(height === undefined ? {} : { height: Number(height) }) }
}

export function bridgePicture(view: BridgeView, size: PictureSize, style: TextStyle): string[] {
  const columns = Math.min(size.columns, MAX_COLUMNS)
  const name = ` ${paint(style, 'bold', 'comet-libp2p bridge')}  ${paint(style, 'cyan', printable(view.network, 50))}`
  const time = fit(paint(style, 'bold', clockTime(view.elapsedMs)), 7, 'right')
  const lines = ['', `${fit(name, columns - 9)} ${time} `, ` ${paint(style, 'dim', `${view.id}  ${view.peerId}`)}`]
  for (const pair of view.pairs) lines.push('', ...pairLines(pair, style))
  lines.push('', ` ${paint(style, 'dim', footnote(view))}`)
  return lines.slice(0, size.rows).map((line) => cut(line, size.columns))
}

function pairLines(pair: PairStatus, style: TextStyle): string[] {
  const { classic, lp2p, state, pairings, lastEnd } = pair
  const again = pairings > 1 ? paint(style, 'dim', `, joined ${count(pairings)} times`) : ''
  const why =
    state === 'relaying' || lastEnd === undefined
      ? ''
      : paint(style, 'dim', `: ${printable(shortIds(lastEnd, style), 70)}`)
  return [
    ` ${paint(style, INKS[state], state)}${again}${why}`,
    halfLine('classic', classic, style),
    halfLine('lp2p', lp2p, style),
    ...trafficLines(classic.sent, lp2p.sent, style)
  ]
}

function halfLine(name: string, half: HalfStatus, style: TextStyle): string {
  const dot = half.connected
    ? paint(style, 'green', style.unicode ? '●' : 'o')
    : paint(style, 'yellow', style.unicode ? '○' : '.')
  const height = half.height === undefined ? '' : `  height ${count(half.height)}`
  return ` ${dot} ${fit(name, 8)} ${fit(printable(shortIds(half.address, style), 50), 50)}${height}`
}

/** A column for each channel that has carried anything. */
function trafficLines(toLp2p: readonly ChannelTraffic[], toClassic: readonly ChannelTraffic[], style: TextStyle) {
  const used = toLp2p.map(({ id }) => id).filter((id) => [...toLp2p, ...toClassic].some((c) => c.id === id && busy(c)))
  if (used.length === 0) return []
  const row = (name: string, cells: readonly string[]) =>
    ` ${paint(style, 'dim', fit(name, LABEL))}${cells.map((cell) => fit(cell, COLUMN, 'right')).join('')}`
  const of = (traffic: readonly ChannelTraffic[], show: (c: ChannelTraffic) => string) =>
    used.map((id) => show(traffic.find((c) => c.id === id) as ChannelTraffic))
  const arrow = style.unicode ? '→' : '>'
  const rows = [
    row(
      'channel',
      used.map((id) => `0x${id.toString(16)}`)
    ),
    row(
      `classic ${arrow} lp2p`,
      of(toLp2p, ({ messages }) => count(messages))
    ),
    row(
      '',
      of(toLp2p, (c) => bytes(c.bytes))
    ),
    row(
      `lp2p ${arrow} classic`,
      of(toClassic, ({ messages }) => count(messages))
    ),
    row(
      '',
      of(toClassic, (c) => bytes(c.bytes))
    )
  ]
  if ([...toLp2p, ...toClassic].some(({ dropped }) => dropped > 0))
    rows.push(
      row(
        'not relayed',
        used.map((id) => count(droppedOn(id, toLp2p) + droppedOn(id, toClassic)))
      )
    )
  return rows
}

function busy({ messages, dropped }: ChannelTraffic): boolean {
  return messages > 0 || dropped > 0
}

function droppedOn(id: number, traffic: readonly ChannelTraffic[]): number {
  return traffic.find((channel) => channel.id === id)?.dropped ?? 0
}

function footnote({ remainingMs, listen }: BridgeView): string {
  const end = remainingMs === undefined ? 'Ctrl-C ends it' : `ends in ${clockTime(remainingMs)}, or with Ctrl-C`
  return `${end}; listens on ${listen.map((address) => address.replace(/\/p2p\/\w+$/, '')).join(', ') || 'nothing'}`
}

/** The same in one line, for logs and pipes. */
export function bridgeLine({ elapsedMs, network, pairs }: BridgeView): string {
  const total = (traffic: readonly ChannelTraffic[]) => count(traffic.reduce((sum, { messages }) => sum + messages, 0))
  const height = ({ height: known }: HalfStatus) => (known === undefined ? '?' : count(known))
  const each = pairs.map(
    ({ state, classic, lp2p }) =>
      `${state}, heights ${height(classic)} and ${height(lp2p)}, ${total(classic.sent)} messages to lp2p, ${total(lp2p.sent)} to classic`
  )
  return `${clockTime(elapsedMs)} ${printable(network, 50)}: ${each.join('; ')}`
}
