/**
 * The frame of an interop test: a directory for homes and logs, everything that runs ended in reverse order whatever happens, and on failure the
 * end of every log. The deadline is kept here and not by node:test, whose timeout would leave the processes behind.
 */
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Child } from './child.ts'
import type { GoChainOptions } from './go-homes.ts'
import { type GoChain, type GoNode, makeGoChain } from './go-node.ts'
import { Hostile } from './hostile.ts'
import { type InProcessOptions, OurNode, type OurNodeOptions } from './our-node.ts'
import { OurProcess } from './our-process.ts'
import { within } from './until.ts'

const CLEAN_UP_TIMEOUT_MS = 20_000
/** Of a log of ours. */
const TAIL_LINES = 60

export class Stage {
  readonly dir = mkdtempSync(join(tmpdir(), 'comet-interop-'))
  readonly #say: (line: string) => void
  readonly #tails: Array<{ name: string; tail(): string }> = []
  readonly #cleanUps: Array<() => Promise<void>> = []
  #count = 0

  constructor(say: (line: string) => void) {
    this.#say = say
  }

  /** Shows what was measured. */
  figure(name: string, figures: Record<string, unknown>): void {
    const pairs = Object.entries(figures).map(([key, value]) => `${key} ${show(value)}`)
    this.#say(`${name}: ${pairs.join(', ')}`)
  }

  /** Runs when the test ends, the last one first. */
  defer(cleanUp: () => Promise<void>): void {
    this.#cleanUps.push(cleanUp)
  }

  /** Homes of a Go chain; its nodes are started by the test and stopped here. */
  async goChain(options: GoChainOptions = {}): Promise<GoChain> {
    const chain = await makeGoChain(join(this.dir, `chain${this.#count++}`), options)
    for (const node of chain.nodes) {
      this.#tails.push({ name: node.name, tail: () => node.child?.tail() ?? 'never started' })
      // a kill is enough: nobody reads the home again
      this.defer(() => node.kill())
    }
    return chain
  }

  /** A Go chain whose nodes run. */
  async runningGoChain(options: GoChainOptions = {}): Promise<GoChain & { readonly first: GoNode }> {
    const chain = await this.goChain(options)
    await Promise.all(chain.nodes.map((node) => node.start()))
    return { ...chain, first: chain.nodes[0]! }
  }

  /** A node of ours in this process. */
  async ourNode(options: Omit<InProcessOptions, 'write'>): Promise<OurNode> {
    const file = this.logFile('ours')
    const lines: string[] = []
    const write = (line: string) => {
      lines.push(line)
      if (lines.length > TAIL_LINES) lines.shift()
      appendFileSync(file, `${line}\n`)
    }
    this.#tails.push({ name: `our node, ${file}`, tail: () => lines.join('\n') })
    const ours = await OurNode.start({ ...options, write })
    this.defer(() => ours.stop())
    return ours
  }

  /** A node of ours in a process of its own. Started again with the same options it appends to the same log. */
  async ourProcess(options: OurNodeOptions, name = 'ours'): Promise<OurProcess> {
    const ours = await OurProcess.start(name, options, join(this.dir, `${name}.log`))
    this.watch(ours.child)
    this.defer(() => ours.kill())
    return ours
  }

  hostile(command: string, args: readonly string[]): Hostile {
    const hostile = new Hostile(command, args, this.logFile(command))
    this.watch(hostile.child)
    this.#tails.push({
      name: `${command}'s events`,
      tail: () =>
        hostile.events
          .slice(-TAIL_LINES)
          .map((event) => JSON.stringify(event))
          .join('\n')
    })
    this.defer(() => hostile.child.stop())
    return hostile
  }

  logFile(name: string): string {
    return join(this.dir, `${name}-${this.#count++}.log`)
  }

  showLogs(): void {
    for (const { name, tail } of this.#tails) this.#say(`---- ${name}\n${tail()}`)
    this.#say(`---- all of it is in ${this.dir}`)
  }

  async cleanUp(): Promise<void> {
    for (const cleanUp of this.#cleanUps.reverse()) await within('cleaning up', cleanUp(), CLEAN_UP_TIMEOUT_MS)
  }

  /** Its log's end is shown on failure. */
  watch(child: Child): void {
    this.#tails.push({ name: child.name, tail: () => child.tail() })
  }
}

/** A test with a stage. `timeoutMs` is for the body; cleaning up has its own. */
export function stageTest(name: string, timeoutMs: number, body: (stage: Stage) => Promise<void>): void {
  test(name, async (t) => {
    const started = performance.now()
    const stage = new Stage((line) => t.diagnostic(line))
    let failed = true
    try {
      await within(name, body(stage), timeoutMs)
      failed = false
    } finally {
      if (failed) stage.showLogs()
      await stage.cleanUp().catch((error) => {
        t.diagnostic(`cleaning up: ${error}`)
        if (!failed) throw error
      })
      if (!failed) rmSync(stage.dir, { recursive: true, force: true })
    }
    stage.figure('took', { s: (performance.now() - started) / 1000 })
  })
}

function show(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return value.toFixed(value < 10 ? 2 : 0)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
