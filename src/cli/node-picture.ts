/** The picture of the `node` command: a pure function from what it shows to lines. */
import type { NodeBlocksView, NodePeerView, NodeView, OwnTxView } from './node-view.ts'
import { peersText, stackWord } from './stack-names.ts'
import {
  bar,
  bytes,
  clockTime,
  count,
  cut,
  fit,
  type Ink,
  type PictureSize,
  paint,
  printable,
  rate,
  shortIds,
  type TextStyle
} from './text.ts'

const MAX_COLUMNS = 110
const MAX_PEERS = 8
const LABEL_COLUMNS = 14

export function nodePicture(view: NodeView, size: PictureSize, style: TextStyle): string[] {
  const columns = Math.min(size.columns, MAX_COLUMNS)
  const head = [titleOf(view, columns, style), ` ${paint(style, 'dim', `PeerId ${view.peerId}`)}`]
  const parts = [
    head,
    peerLines(view, style),
    blockLines(view, columns, style),
    txLines(view, style),
    ownLines(view, style)
  ]
  const foot = ` ${paint(style, 'dim', footnote(view))}`
  const full = ['', ...parts.filter((part) => part.length > 0).flatMap((part) => [...part, '']), foot]
  const lines = full.length <= size.rows ? full : [...parts.flatMap((part) => part.slice(0, 2)), foot]
  return lines.slice(0, size.rows).map((line) => cut(line, size.columns))
}

function titleOf({ network, id, elapsedMs }: NodeView, columns: number, style: TextStyle): string {
  const name = ` ${paint(style, 'bold', 'comet-libp2p node')}  ${paint(style, 'cyan', printable(network, 50))}  ${id}`
  return `${fit(name, columns - 9)} ${fit(paint(style, 'bold', clockTime(elapsedMs)), 7, 'right')} `
}

function label(style: TextStyle, text: string): string {
  return ` ${paint(style, 'dim', fit(text, LABEL_COLUMNS))}`
}

// ---- peers -------------------------------------------------------------------------------------------------------

function peerLines({ peers, missing }: NodeView, style: TextStyle): string[] {
  const lines = peers.slice(0, MAX_PEERS).map((peer) => peerLine(peer, style))
  if (peers.length > MAX_PEERS) lines.push(`and ${peers.length - MAX_PEERS} more`)
  for (const { address, attempts, error } of missing.slice(0, MAX_PEERS)) {
    const tries = attempts > 1 ? `, tried ${attempts} times` : ''
    const why = error === undefined ? '' : `: ${printable(shortIds(error, style), 200)}`
    const dot = paint(style, 'yellow', style.unicode ? '○' : '.')
    const where = printable(shortIds(address, style), 60)
    lines.push(`${dot} ${where}  ${paint(style, 'dim', `not connected${tries}${why}`)}`)
  }
  if (lines.length === 0) lines.push(paint(style, 'dim', 'none yet'))
  return lines.map((line, i) => `${label(style, i === 0 ? 'peers' : '')}${line}`)
}

function peerLine(peer: NodePeerView, style: TextStyle): string {
  const dot = paint(style, 'green', style.unicode ? '●' : 'o')
  const arrow = peer.outbound ? 'we dialled' : 'it dialled'
  const height = peer.height === undefined ? '' : `  block ${count(peer.height)}`
  const name = peer.name === '' ? peer.id.slice(0, 12) : printable(peer.name, 16)
  const traffic = paint(
    style,
    'dim',
    `${stackWord(peer.stack)}, ${arrow}, ${bytes(peer.receivedBytes)} in, ${bytes(peer.sentBytes)} out`
  )
  return `${dot} ${fit(name, 16)} ${printable(socketOf(peer.address), 40)}${height}  ${traffic}`
}

/** host:port of an address in whatever form; the id stands beside it. */
function socketOf(address: string): string {
  const multiaddr = /^\/[^/]+\/([^/]+)\/[^/]+\/(\d+)/.exec(address)
  return multiaddr === null ? (address.split('@').at(-1) ?? '') : `${multiaddr[1]}:${multiaddr[2]}`
}

// ---- blocks ------------------------------------------------------------------------------------------------------

function blockLines({ blocks }: NodeView, columns: number, style: TextStyle): string[] {
  if (blocks === undefined)
    return [
      `${label(style, 'blocks')}${paint(style, 'dim', 'not synced: no genesis is known; --rpc, --genesis or --home would name one')}`
    ]
  const { height, target, blocksPerSecond, etaMs } = blocks
  const { text, ink } = stateOf(blocks)
  const numbers = `${count(height)} of ${count(target)}`
  const done = target === 0 ? 0 : height / target
  const barColumns = Math.max(10, columns - LABEL_COLUMNS - numbers.length - 5)
  const speed = blocksPerSecond > 0 ? `, ${rate(blocksPerSecond)} blocks/s` : ''
  const eta = blocks.state === 'syncing' && etaMs !== undefined ? `, ${clockTime(etaMs)} to go` : ''
  return [
    `${label(style, 'blocks')}${bar(style, done, barColumns, ink)}  ${numbers}`,
    `${label(style, '')}${paint(style, ink, text)}${paint(style, 'dim', `${speed}${eta}`)}`
  ]
}

function stateOf({ state, verified, txs, error }: NodeBlocksView): { text: string; ink: Ink } {
  const done = `${count(verified)} verified with ${count(txs)} transactions`
  switch (state) {
    case 'waiting':
      return { text: 'waiting for a peer that has blocks', ink: 'dim' }
    case 'syncing':
      return { text: `syncing, ${done}`, ink: 'yellow' }
    case 'following':
      return { text: `has all that can be proven, ${done}`, ink: 'green' }
    case 'needs-validators':
      return { text: 'stopped: the validators change here, and nobody names them; --rpc would', ink: 'red' }
    case 'failed':
      return { text: `failed: ${printable(error ?? 'unknown', 80)}`, ink: 'red' }
    default:
      return { text: state, ink: 'dim' }
  }
}

// ---- transactions ------------------------------------------------------------------------------------------------

function txLines({ txs }: NodeView, style: TextStyle): string[] {
  const dot = style.unicode ? '·' : '-'
  const first = [`${count(txs.seen)} seen`, `${rate(txs.perSecond)}/s`, `${count(txs.pool)} waiting for a block`].join(
    ` ${dot} `
  )
  return [
    `${label(style, 'transactions')}${first}`,
    ...txs.latest.toReversed().map((text, i) => `${label(style, i === 0 ? 'latest' : '')}${printable(text, 70)}`)
  ]
}

const OWN_INKS: Readonly<Record<OwnTxView['state'], Ink>> = {
  waiting: 'yellow',
  sent: 'cyan',
  'in a block': 'green',
  refused: 'red'
}

function ownLines({ own, ownCounts }: NodeView, style: TextStyle): string[] {
  const dot = style.unicode ? '·' : '-'
  const all = Object.entries(ownCounts).filter(([, number]) => number > 0)
  if (all.length === 0) return []
  return [
    `${label(style, 'submitted')}${all.map(([state, number]) => `${count(number)} ${state}`).join(` ${dot} `)}`,
    ...own
      .toReversed()
      .map(
        (tx) =>
          `${label(style, '')}${fit(printable(tx.text, 40), 40)}  ${paint(style, OWN_INKS[tx.state], ownState(tx))}`
      )
  ]
}

function ownState({ state, peers, height, reason }: OwnTxView): string {
  if (state === 'sent') return `sent to ${peers} ${peers === 1 ? 'peer' : 'peers'}`
  if (state === 'in a block') return `in block ${count(height ?? 0)}`
  if (state === 'refused') return `refused: ${printable(reason ?? '', 40)}`
  return 'waiting for a peer'
}

function footnote({ remainingMs, listen }: NodeView): string {
  // the first of each stack: on all interfaces there are many
  const firsts = [listen.find((one) => one.startsWith('/')), listen.find((one) => one.startsWith('tcp://'))]
  const shown = firsts.filter((one) => one !== undefined).map((one) => one.replace(/\/p2p\/\w+$/, ''))
  const where = shown.length === 0 ? 'does not listen' : `listens on ${shown.join(' and ')}`
  return `${remainingMs === undefined ? 'Ctrl-C ends it' : `ends in ${clockTime(remainingMs)}, or with Ctrl-C`}; ${where}`
}

/** Where no picture says who this node is: what others would give as its address, one a line. */
export function nodeAddresses({ id, peerId, listen }: NodeView): string[] {
  const addresses = listen.map((one) => (one.startsWith('tcp://') ? `${id}@${one.slice('tcp://'.length)}` : one))
  return addresses.length === 0
    ? [`this node is ${id} (${peerId}) and does not listen`]
    : addresses.map((address) => `this node is ${address}`)
}

/** The picture in one line, for logs and pipes. */
export function nodeLine({ elapsedMs, network, peers, blocks, txs, ownCounts }: NodeView): string {
  const sync =
    blocks === undefined
      ? ''
      : `, block ${blocks.height} of ${blocks.target} ${blocks.state} ${rate(blocks.blocksPerSecond)}/s`
  const own = Object.entries(ownCounts)
    .filter(([, number]) => number > 0)
    .map(([state, number]) => `, ${number} ${state}`)
    .join('')
  return `${clockTime(elapsedMs)} ${printable(network, 50)}: ${peersText(peers)}${sync}, ${count(txs.seen)} ${txs.seen === 1 ? 'transaction' : 'transactions'} seen${own}`
}
