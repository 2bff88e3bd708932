/** A node of ours in a process of its own, for tests that kill it. The other end is our-process-main.ts; they talk by the process's IPC channel. */
import { fileURLToPath } from 'node:url'
import { Child } from './child.ts'
import type { OurNodeOptions } from './our-node.ts'
import { until, within } from './until.ts'

const MAIN = fileURLToPath(new URL('our-process-main.ts', import.meta.url))
const START_TIMEOUT_MS = 20_000

/** What the process says. */
export type Report =
  | { type: 'started' }
  | { type: 'height'; height: number }
  | { type: 'tx'; tx: string }
  | { type: 'peer-added'; nodeId: string; outbound: boolean }
  | { type: 'peer-removed'; nodeId: string; reason: string }
  | { type: 'submitted'; tx: string; accepted: boolean }

/** What it is told. */
export type Order = { type: 'submit'; tx: string } | { type: 'stop' }

export class OurProcess {
  readonly child: Child
  readonly #reports: Report[] = []

  private constructor(child: Child) {
    this.child = child
    child.process.on('message', (report: Report) => this.#reports.push(report))
  }

  static async start(name: string, options: OurNodeOptions, logFile: string): Promise<OurProcess> {
    const child = new Child({
      name,
      command: process.execPath,
      args: [MAIN, JSON.stringify(options)],
      logFile,
      stdio: 'ipc'
    })
    const ours = new OurProcess(child)
    const started = until(`${name} starts`, () => ours.#reports.some(({ type }) => type === 'started'), {
      timeoutMs: START_TIMEOUT_MS
    })
    await Promise.race([
      started,
      child.exited.then((how) => {
        throw new Error(`${name} ended while it started: ${how}`)
      })
    ])
    return ours
  }

  /** The last block it has stored, 0 for none. */
  height(): number {
    const last = this.#reports.findLast((report) => report.type === 'height')
    return last?.type === 'height' ? last.height : 0
  }

  txs(): string[] {
    return this.#reports.filter((report) => report.type === 'tx').map(({ tx }) => tx)
  }

  /** Peers that were added and not removed. */
  peers(): string[] {
    const now = new Set<string>()
    for (const report of this.#reports)
      if (report.type === 'peer-added') now.add(report.nodeId)
      else if (report.type === 'peer-removed') now.delete(report.nodeId)
    return [...now]
  }

  /** Peers and why they left, for a test's figures. */
  departures(): string[] {
    return this.#reports.filter((report) => report.type === 'peer-removed').map(({ reason }) => reason)
  }

  async reaches(height: number, timeoutMs: number): Promise<void> {
    await until(
      `${this.child.name} reaches height ${height}`,
      () => {
        if (this.height() >= height) return true
        throw new Error(`height ${this.height()}, peers ${this.peers().length}`)
      },
      { timeoutMs }
    )
  }

  /** Gives a transaction to its mempool. */
  submit(tx: string): void {
    this.#order({ type: 'submit', tx })
  }

  async stop(): Promise<void> {
    if (!this.child.alive) return
    this.#order({ type: 'stop' })
    await within(`${this.child.name} stops`, this.child.exited, 10_000)
  }

  async kill(): Promise<void> {
    await this.child.kill()
  }

  #order(order: Order): void {
    this.child.process.send(order)
  }
}
