/** What the demo shows at one moment, as data: the picture, the plain lines and the JSON are all made from it. */
import type { StackName } from '../node/create-node.ts'
import type { BlocksyncStatus } from '../reactors/blocksync/blocksync-reactor.ts'

export interface DemoPeerView {
  /** As it calls itself. */
  readonly name: string
  /** The one that the connection is on: 'libp2p' | 'comet' */
  readonly stack: string
}

export interface DemoNodeView {
  readonly name: string
  readonly id: string
  readonly stacks: readonly StackName[]
  /** One on each stack, in their order: a multiaddr, and hex id@host:port. */
  readonly addresses: readonly string[]
  readonly peers: readonly DemoPeerView[]
  /** How many nodes it has a stack in common with. */
  readonly peersWanted: number
  readonly state: BlocksyncStatus['state']
  /** Last block it has, and the last one it can have. */
  readonly height: number
  readonly target: number
  /** While syncing: over the last seconds; afterwards: over the whole sync. */
  readonly blocksPerSecond: number
  readonly etaMs?: number
  /** How long it took to get and verify them all; absent until then, and for the node that had them from the start. */
  readonly syncedInMs?: number
  /** Transactions that entered its pool. */
  readonly txs: number
  readonly txsPerSecond: number
  /** Of these, how many are still in its pool. */
  readonly pool: number
  readonly error?: string
}

export interface DemoTxsView {
  readonly submitted: number
  readonly everywhere: number
  readonly perSecond: number
  /** From submitting to the last node's pool, over the latest ones. */
  readonly medianMs?: number
  readonly p99Ms?: number
  /** The median of each second that has passed, ms, oldest first. */
  readonly history: readonly number[]
  readonly last?: { readonly text: string; readonly from: string; readonly ms: number }
}

export interface DemoView {
  readonly elapsedMs: number
  /** Absent without `--seconds`. */
  readonly remainingMs?: number
  readonly phase: 'starting' | 'syncing' | 'gossip' | 'ending'
  readonly chainId: string
  /** The last block that can be proven: where every node shall get. */
  readonly lastBlock: number
  /** Transactions in these blocks. */
  readonly chainTxs: number
  readonly nodes: readonly DemoNodeView[]
  readonly txs: DemoTxsView
}

/** What keeps the demo from having done what was asked; empty if it has. */
export function demoFailures({ nodes, lastBlock, txs, phase }: DemoView): string[] {
  const failures = nodes
    .filter(({ height }) => height < lastBlock)
    .map(
      ({ name, height, error }) =>
        `${name} has block ${height} of ${lastBlock}${error === undefined ? '' : `: ${error}`}`
    )
  if (nodes.length === 0 || phase === 'starting') failures.push('the nodes did not start')
  if (txs.everywhere < txs.submitted)
    failures.push(`${txs.submitted - txs.everywhere} of ${txs.submitted} transactions did not reach every node`)
  if (failures.length === 0 && txs.submitted === 0) failures.push('no transaction was sent')
  return failures
}

/** One line of `--json`. `failures` only on the last one. */
export function demoJson(view: DemoView, failures?: readonly string[]): Record<string, unknown> {
  const { nodes, txs } = view
  return {
    seconds: round(view.elapsedMs / 1000),
    phase: view.phase,
    chain: view.chainId,
    lastBlock: view.lastBlock,
    nodes: nodes.map((node) => ({
      name: node.name,
      id: node.id,
      stacks: node.stacks,
      addresses: node.addresses,
      peers: node.peers.length,
      connections: node.peers.map(({ name, stack }) => ({ peer: name, stack })),
      state: node.state,
      height: node.height,
      target: node.target,
      blocksPerSecond: round(node.blocksPerSecond),
      ...(node.etaMs === undefined ? {} : { etaSeconds: round(node.etaMs / 1000) }),
      ...(node.syncedInMs === undefined ? {} : { syncedInSeconds: round(node.syncedInMs / 1000) }),
      transactions: node.txs,
      transactionsPerSecond: round(node.txsPerSecond),
      pool: node.pool,
      ...(node.error === undefined ? {} : { error: node.error })
    })),
    transactions: {
      submitted: txs.submitted,
      everywhere: txs.everywhere,
      perSecond: round(txs.perSecond),
      ...(txs.medianMs === undefined ? {} : { medianMs: round(txs.medianMs), p99Ms: round(txs.p99Ms ?? txs.medianMs) })
    },
    ...(failures === undefined ? {} : { final: true, ok: failures.length === 0, failures })
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
