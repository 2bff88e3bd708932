/**
 * A node of ours in a process of its own, for tests that kill it or measure it: node:test watches every promise of its process, which doubles what a message
 * costs. The other end is our-process-main.ts; they talk by the process's IPC channel.
 */
import { fileURLToPath } from 'node:url'
import { Child } from './child.ts'
import type { OurNodeOptions } from './our-node.ts'
import { until, within } from './until.ts'
import type { Usage } from './usage.ts'

const MAIN = fileURLToPath(new URL('our-process-main.ts', import.meta.url))
const START_TIMEOUT_MS = 20_000

/** What the process can be told to do, by the parameters and result of each. */
export interface Orders {
  /** Gives a transaction to its mempool: was it accepted? */
  submit: { of: { tx: string }; to: boolean }
  /** Settles with the hex id of whom it reached. */
  dial: { of: { address: string }; to: string }
  /** Sends numbered messages to a peer: settles when all are queued. */
  send: { of: { nodeId: string; from: number; to: number; payloadBytes: number }; to: null }
  /** Settles once so many different numbers have come. */
  receive: { of: { count: number }; to: { distinct: number; doubles: number; perSecond: number } }
  /** CPU time of the process so far, and what it holds. */
  usage: { of: object; to: Usage & { cpuSeconds: number } }
  stop: { of: object; to: null }
}

export type Order = { [K in keyof Orders]: { type: K; id: number } & Orders[K]['of'] }[keyof Orders]

/** What it says by itself, and its answers. */
export type Report =
  | { type: 'started'; address: string }
  | { type: 'height'; height: number }
  | { type: 'tx'; tx: string }
  | { type: 'peer-added'; nodeId: string; outbound: boolean }
  | { type: 'peer-removed'; nodeId: string; reason: string }
  | { type: 'answer'; id: number; result?: unknown; error?: string }

export class OurProcess {
  readonly child: Child
  readonly #reports: Report[] = []
  readonly #asked = new Map<number, (answer: Extract<Report, { type: 'answer' }>) => void>()
  #count = 0

  private constructor(child: Child) {
    this.child = child
    child.process.on('message', (report: Report) => {
      if (report.type !== 'answer') this.#reports.push(report)
      else this.#asked.get(report.id)?.(report)
    })
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

  /** What a node of the same stack dials. */
  get address(): string {
    const started = this.#reports.find((report) => report.type === 'started')
    return started?.type === 'started' ? started.address : ''
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

  /** Why peers left, for a test's figures. */
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

  /** Rejects with what went wrong there, and where the process ends first. */
  async ask<K extends keyof Orders>(type: K, order: Orders[K]['of']): Promise<Orders[K]['to']> {
    const id = this.#count++
    const answered = new Promise<Extract<Report, { type: 'answer' }>>((resolve) => this.#asked.set(id, resolve))
    this.child.process.send({ type, id, ...order })
    const gone = this.child.exited.then((how): never => {
      throw new Error(`${this.child.name} ended before it answered ${type}: ${how}`)
    })
    const { result, error } = await Promise.race([answered, gone]).finally(() => this.#asked.delete(id))
    if (error !== undefined) throw new Error(`${type}: ${error}`)
    return result as Orders[K]['to']
  }

  async stop(): Promise<void> {
    if (!this.child.alive) return
    await within(`${this.child.name} stops`, this.ask('stop', {}), 10_000)
    await this.child.stop()
  }

  async kill(): Promise<void> {
    await this.child.kill()
  }
}
