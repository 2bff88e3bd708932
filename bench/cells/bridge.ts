/** The bridge cell: sender, bridge and receiver are three processes; each of its stacks alone is measured in the same rounds, and the slower one is the ceiling. */
import type { Cell, Figures, Load, RunOptions, Variant } from '../cell.ts'
import { measureInTurns, type Pair, profile, startPair, startWorker, type Worker } from '../harness.ts'
import { median } from '../stats.ts'
import type { Role } from '../worker.ts'

type Way = 'bridge' | 'classic' | 'libp2p'

export async function measureBridge(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  const { load } = cell
  const started: Worker[] = []
  try {
    const [bridged, classic, libp2p] = await Promise.all([
      startBridged(load, started),
      startPair({ ...load, wire: 'classic' }, 'ours', started),
      startPair({ ...load, wire: 'tcp' }, 'ours', started)
    ])
    const pairs: Pair<Way>[] = [bridged, { ...classic, variant: 'classic' }, { ...libp2p, variant: 'libp2p' }]
    const results = await measureInTurns(pairs, load, options)
    if (options.profileDir !== undefined) await profile(bridged, cell, options.seconds, options.profileDir)
    return beside(results)
  } finally {
    for (const worker of started) worker.end()
  }
}

async function startBridged(load: Load, started: Worker[]): Promise<Pair<'bridge'>> {
  const start = async (role: Role): Promise<Worker> => {
    const worker = await startWorker({ role, variant: 'ours', load })
    started.push(worker)
    return worker
  }
  const [receiver, sender, via] = await Promise.all([start('receiver'), start('bridged-sender'), start('bridge')])
  const [[classic], [lp2p]] = [await sender.call<string[]>('addresses'), await receiver.call<string[]>('addresses')]
  await Promise.all([sender.call('connect'), via.call('join', { classic, lp2p })])
  return { variant: 'bridge', receiver, sender, via }
}

/** The bridge's rounds with what each stack alone did in them, and those of the stack that is slower. */
function beside(results: ReadonlyMap<Way, Figures[]>): Map<Variant, Figures[]> {
  const of = (way: Way): Figures[] => results.get(way) as Figures[]
  const rate = (figures: Figures | undefined): number => figures?.msgsPerSecond ?? Number.NaN
  const [classic, libp2p] = [of('classic'), of('libp2p')]
  const ours = of('bridge').map((figures, i) => ({
    ...figures,
    classicMsgsPerSecond: rate(classic[i]),
    libp2pMsgsPerSecond: rate(libp2p[i])
  }))
  const ceiling = median(classic.map(rate)) < median(libp2p.map(rate)) ? classic : libp2p
  return new Map<Variant, Figures[]>([
    ['ours', ours],
    ['ceiling', ceiling]
  ])
}
