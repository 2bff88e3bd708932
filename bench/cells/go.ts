/**
 * Message per stream toward a real Go node: `hostile sink` of interop/go, a new one for each measurement, counts what arrives and by its own clock how
 * fast, from the first message to the last.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { HOSTILE } from '../../interop/helpers/go-toolchain.ts'
import type { Cell, Figures, RunOptions, Variant } from '../cell.ts'
import { goBuild } from '../go-build.ts'
import { startWorker, type Worker } from '../harness.ts'

/** About 3,000 a second with 60 in flight, 750 one after another (spec/lp2p.md section 8). */
const PER_SECOND_ESTIMATE: Record<Variant, number> = { ours: 2_500, ceiling: 2_500, naive: 600 }

/** Why the cell cannot run here; undefined if it can. Builds the sink: at once when Go has done it before. */
export function goMissing(): string | undefined {
  return goBuild('the Go sink', 'build', '-o', '../bin/', './hostile')
}

export async function measureGo(cell: Cell, options: RunOptions): Promise<Map<Variant, Figures[]>> {
  const workers = new Map<Variant, Worker>()
  try {
    for (const variant of cell.variants)
      workers.set(variant, await startWorker({ role: 'go-sender', variant, load: cell.load }))
    for (const [variant, worker] of workers) await measure(worker, variant, cell, options.warmUpSeconds)
    const results = new Map<Variant, Figures[]>(cell.variants.map((variant) => [variant, []]))
    for (let round = 0; round < options.rounds; round++)
      for (const [variant, worker] of workers)
        results.get(variant)?.push(await measure(worker, variant, cell, options.seconds))
    return results
  } finally {
    for (const worker of workers.values()) worker.end()
  }
}

async function measure(worker: Worker, variant: Variant, cell: Cell, seconds: number): Promise<Figures> {
  const count = Math.ceil(PER_SECOND_ESTIMATE[variant] * seconds)
  const sink = new Sink(count)
  try {
    const { multiaddr } = await sink.event('listening')
    await worker.call('send', { target: multiaddr, count })
    const done = await sink.event('done')
    const perSecond = Number(done.received_per_second)
    return {
      msgsPerSecond: perSecond,
      MBPerSecond: (perSecond * cell.load.size) / 1e6,
      lost: count - Number(done.received)
    }
  } finally {
    await worker.call('stop').catch(() => undefined)
    sink.end()
  }
}

/** The Go process and the events it prints. */
class Sink {
  readonly #child: ChildProcess
  readonly #events = new Map<string, Record<string, unknown>>()
  readonly #waiting = new Map<string, (event: Record<string, unknown>) => void>()
  readonly #failed: Promise<never>

  constructor(expect: number) {
    const args = ['sink', '--expect', String(expect), '--seconds', '120', '--settle', '10ms']
    this.#child = spawn(HOSTILE, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const event = JSON.parse(line) as Record<string, unknown>
      const name = String(event.event)
      this.#events.set(name, event)
      this.#waiting.get(name)?.(event)
    })
    this.#failed = new Promise((_, reject) => {
      this.#child.on('error', reject)
      this.#child.on('close', (code) => reject(new Error(`the Go sink ended (${code})`)))
    })
    // it always ends sooner or later; only who waits for an event is concerned
    this.#failed.catch(() => undefined)
  }

  event(name: string): Promise<Record<string, unknown>> {
    const seen = this.#events.get(name)
    if (seen !== undefined) return Promise.resolve(seen)
    const comes = new Promise<Record<string, unknown>>((resolve) => this.#waiting.set(name, resolve))
    return Promise.race([comes, this.#failed])
  }

  end(): void {
    this.#child.kill('SIGTERM')
  }
}
