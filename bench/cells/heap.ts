/** The heap cell: more and more peers on one server per variant; a figure is the growth of one round, divided by its peers. */
import type { Cell, Figures, RunOptions, Variant } from '../cell.ts'
import { startWorker, type Worker } from '../harness.ts'

const PEERS_PER_ROUND = 30
const PEERS_PER_ROUND_SHORT = 10
const WARM_UP_PEERS = 10

interface Pair {
  readonly variant: Variant
  readonly server: Worker
  readonly clients: Worker
  readonly addresses: string[]
}

export async function measureHeap(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  const count = options.short ? PEERS_PER_ROUND_SHORT : PEERS_PER_ROUND
  const started: Worker[] = []
  try {
    const pairs: Pair[] = []
    for (const variant of cell.variants) pairs.push(await startPair(cell, variant, started))
    const results = new Map<Variant, Figures[]>(cell.variants.map((variant) => [variant, []]))
    for (let round = 0; round < options.rounds; round++)
      for (const pair of pairs) results.get(pair.variant)?.push(await growth(pair, count))
    return results
  } finally {
    for (const worker of started) worker.end()
  }
}

async function startPair({ load }: Cell, variant: Variant, started: Worker[]): Promise<Pair> {
  const server = await startWorker({ role: 'heap-server', variant, load }, ['--expose-gc'])
  started.push(server)
  const clients = await startWorker({ role: 'heap-clients', variant, load })
  started.push(clients)
  const addresses = await server.call<string[]>('addresses')
  // the first ones pay for code and tables that all share, and code is still being compiled for some time
  await clients.call('connect', { addresses, count: WARM_UP_PEERS })
  return { variant, server, clients, addresses }
}

async function growth({ server, clients, addresses }: Pair, count: number): Promise<Figures> {
  const before = await server.call<NodeJS.MemoryUsage>('heap')
  await clients.call('connect', { addresses, count })
  const after = await server.call<NodeJS.MemoryUsage>('heap')
  const each = (field: 'heapUsed' | 'external' | 'rss'): number => (after[field] - before[field]) / count / 1024
  return { heapKBPerPeer: each('heapUsed'), externalKBPerPeer: each('external'), rssKBPerPeer: each('rss') }
}
