/**
 * A child process whose output goes to a file, so that a failed test can show its end and a successful one prints nothing of it. All children die with
 * this process: a Go node left behind would hold its ports and a core.
 */
import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { openSync, readFileSync } from 'node:fs'
import { within } from './until.ts'

const STOP_TIMEOUT_MS = 10_000
/** How much of a log a failure shows. */
const TAIL_LINES = 60

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => process.exit(1))

export interface ChildInit {
  /** Names it in failures. */
  name: string
  command: string
  args: readonly string[]
  /** stderr, and stdout unless it is piped, are appended here. */
  logFile: string
  stdio?: 'log' | 'pipe-stdout' | 'ipc'
  env?: NodeJS.ProcessEnv
}

export class Child {
  readonly name: string
  readonly logFile: string
  readonly process: ChildProcess
  /** Settles with how it ended; never rejects. */
  readonly exited: Promise<string>

  constructor(init: ChildInit) {
    this.name = init.name
    this.logFile = init.logFile
    const log = openSync(init.logFile, 'a')
    const stdio: StdioOptions = ['ignore', init.stdio === 'pipe-stdout' ? 'pipe' : log, log]
    if (init.stdio === 'ipc') stdio.push('ipc')
    this.process = spawn(init.command, init.args, { stdio, env: { ...process.env, ...init.env } })
    running.add(this.process)
    this.exited = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(error.message))
      this.process.once('exit', (code, signal) => resolve(signal ?? `exit status ${code}`))
    })
    void this.exited.then(() => running.delete(this.process))
  }

  get alive(): boolean {
    return running.has(this.process)
  }

  /** SIGTERM, and SIGKILL where that does not help in time. */
  async stop(): Promise<void> {
    if (!this.alive) return
    this.process.kill('SIGTERM')
    await within(`${this.name} stops`, this.exited, STOP_TIMEOUT_MS).catch(() => this.kill())
  }

  /** SIGKILL: no goodbye to anybody. */
  async kill(): Promise<void> {
    if (!this.alive) return
    this.process.kill('SIGKILL')
    await this.exited
  }

  /** The end of its log. */
  tail(): string {
    const lines = readFileSync(this.logFile, 'utf8').trimEnd().split('\n')
    return lines.slice(-TAIL_LINES).join('\n')
  }
}
