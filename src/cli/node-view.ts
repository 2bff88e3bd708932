/** What the `node` command shows at one moment, as data. */
import type { StackName } from '../node/create-node.ts'
import type { BlocksyncStatus } from '../reactors/blocksync/blocksync-reactor.ts'

export interface NodePeerView {
  readonly id: string
  /** What it calls itself; Go's lp2p nodes do not say. */
  readonly name: string
  readonly address: string
  /** 'libp2p' | 'comet' */
  readonly stack: string
  readonly outbound: boolean
  /** Its last block, as far as it told. */
  readonly height?: number
  readonly receivedBytes: number
  readonly sentBytes: number
}

export interface NodeBlocksView {
  readonly state: BlocksyncStatus['state']
  readonly base: number
  readonly height: number
  readonly target: number
  readonly blocksPerSecond: number
  readonly etaMs?: number
  /** Verified since the start, and the transactions in them. */
  readonly verified: number
  readonly txs: number
  readonly error?: string
}

export interface OwnTxView {
  /** As text or hex, whole or its beginning. */
  readonly text: string
  readonly state: 'waiting' | 'sent' | 'in a block' | 'refused'
  /** To how many peers. */
  readonly peers: number
  readonly height?: number
  readonly reason?: string
}

export interface NodeView {
  readonly elapsedMs: number
  readonly remainingMs?: number
  readonly network: string
  readonly id: string
  readonly peerId: string
  readonly stacks: readonly StackName[]
  readonly listen: readonly string[]
  readonly peers: readonly NodePeerView[]
  /** Addresses that were asked for and are not connected: how often they were tried, and what came of the first try. */
  readonly missing: ReadonlyArray<{ readonly address: string; readonly attempts: number; readonly error?: string }>
  /** Absent where no genesis is known: then blocks are not synced. */
  readonly blocks?: NodeBlocksView
  readonly txs: {
    readonly seen: number
    readonly perSecond: number
    readonly pool: number
    /** Newest last. */
    readonly latest: readonly string[]
  }
  /** Submitted here: the latest ones, and how many there are in each state. */
  readonly own: readonly OwnTxView[]
  readonly ownCounts: Readonly<Record<OwnTxView['state'], number>>
  /** A peer was there at some time. */
  readonly joined: boolean
  /** All blocks that the peers had were verified at some time. */
  readonly caughtUp: boolean
}

/** What keeps it from having done what was asked; empty if it has. `untilStopped`: no time was set, so blocks may be missing still. */
export function nodeFailures(view: NodeView, untilStopped = false): string[] {
  const { joined, missing, blocks, caughtUp, ownCounts, own } = view
  const failures: string[] = []
  if (!joined) failures.push(['no peer was there', ...missing.map(whyMissing)].join('; '))
  if (blocks !== undefined && joined) {
    const at = `block ${blocks.height} of ${blocks.target}`
    if (blocks.state === 'failed') failures.push(`block sync failed at ${at}: ${blocks.error ?? ''}`)
    else if (blocks.state === 'needs-validators')
      failures.push(`stopped at ${at}: the validators change there, and nobody names them; --rpc would`)
    else if (!caughtUp && !untilStopped) failures.push(`has verified ${at} only`)
  }
  if (ownCounts.waiting > 0) failures.push(`${transactions(ownCounts.waiting)} handed to no peer`)
  const refused = own.find(({ state }) => state === 'refused')
  if (ownCounts.refused > 0)
    failures.push(`${transactions(ownCounts.refused)} refused${refused === undefined ? '' : `: ${refused.reason}`}`)
  return failures
}

function whyMissing({ address, error = 'no answer' }: NodeView['missing'][number]): string {
  return `${address}: ${error}`
}

function transactions(number: number): string {
  return number === 1 ? '1 transaction was' : `${number} transactions were`
}

/** One line of `--json`. `failures` only on the last one. */
export function nodeJson(view: NodeView, failures?: readonly string[]): Record<string, unknown> {
  const { elapsedMs, network, id, peerId, stacks, listen, peers, missing, blocks, txs, own, ownCounts } = view
  return {
    seconds: round(elapsedMs / 1000),
    network,
    id,
    peerId,
    stacks,
    listen,
    peers,
    missing,
    ...(blocks === undefined ? {} : { blocks: { ...blocks, blocksPerSecond: round(blocks.blocksPerSecond) } }),
    transactions: { ...txs, perSecond: round(txs.perSecond) },
    submitted: { ...ownCounts, latest: own },
    ...(failures === undefined ? {} : { final: true, ok: failures.length === 0, failures })
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
