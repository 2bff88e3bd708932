/**
 * The handshake cell: a crowd of new nodes connects to one, as fast as both ends can, while a peer of before goes on speaking. `cpuMs` is the CPU time of both ends together per
 * handshake, and `lost` whoever did not become a peer, or is none any more. Nodes are made before the time is taken, and parted after it.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Cell, Figures, RunOptions, Variant } from '../cell.ts'
import { startWorker, type Worker } from '../harness.ts'
import { quantile } from '../stats.ts'
import type { Role } from '../worker.ts'

/** What the bar asks for: as many as that in the time of a measurement. */
const PER_SECOND = 500
/** Ours: what a process of so many nodes can hold. */
const MAX_COUNT = 1_000
const SETTLE_TIMEOUT_MS = 10_000

interface Ends {
  readonly variant: Variant
  readonly server: Worker
  readonly clients: Worker
  readonly resident: Worker | undefined
  readonly addresses: string[]
}

export async function measureHandshakes(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  const started: Worker[] = []
  try {
    const all: Ends[] = []
    for (const variant of cell.variants) all.push(await startEnds(cell, variant, started))
    for (const ends of all) await measure(ends, options.warmUpSeconds)
    const results = new Map<Variant, Figures[]>(cell.variants.map((variant) => [variant, []]))
    for (let round = 0; round < options.rounds; round++)
      for (const ends of all) results.get(ends.variant)?.push(await measure(ends, options.seconds))
    return results
  } finally {
    for (const worker of started) worker.end()
  }
}

async function startEnds({ load }: Cell, variant: Variant, started: Worker[]): Promise<Ends> {
  const start = async (role: Role): Promise<Worker> => {
    const worker = await startWorker({ role, variant, load })
    started.push(worker)
    return worker
  }
  const server = await start('handshake-server')
  const clients = await start('handshake-clients')
  const addresses = await server.call<string[]>('addresses')
  const resident = variant === 'ours' ? await start('resident') : undefined
  await resident?.call('connect', addresses)
  return { variant, server, clients, resident, addresses }
}

async function measure({ server, clients, resident, addresses }: Ends, seconds: number): Promise<Figures> {
  const count = Math.min(MAX_COUNT, Math.ceil(seconds * PER_SECOND))
  const before = resident === undefined ? 0 : 1
  await settled(server, before)
  await clients.call('prepare', count)
  await resident?.call('start')
  await server.call('latencies')
  for (const end of [server, clients]) await end.call('cpuStart')
  const took = await clients.call<number>('dial', addresses)
  const missing = before + count - (await settled(server, before + count))
  const [serverCpu, clientCpu] = [await server.call<number>('cpuStop'), await clients.call<number>('cpuStop')]
  await resident?.call('stop')
  const stays = (await resident?.call<boolean>('stays')) ?? true
  const latencies = await server.call<number[]>('latencies')
  await clients.call('part')
  return {
    handshakesPerSecond: count / took,
    cpuMs: ((serverCpu + clientCpu) * 1_000) / count,
    serverCpuMs: (serverCpu * 1_000) / count,
    clientCpuMs: (clientCpu * 1_000) / count,
    ...(resident === undefined ? {} : { residentP99Ms: quantile(latencies, 0.99) }),
    lost: missing + (stays ? 0 : 1)
  }
}

/** Waits until the server has so many peers; the number it has. */
async function settled(server: Worker, wanted: number): Promise<number> {
  const deadline = performance.now() + SETTLE_TIMEOUT_MS
  for (;;) {
    const peers = await server.call<number>('peers')
    if (peers === wanted || performance.now() > deadline) return peers
    await pause(5)
  }
}
