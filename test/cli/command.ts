/** Runs the command as users do: a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

export interface Running {
  process: ChildProcess
  /** Lines of standard output as they come. */
  lines: AsyncIterableIterator<string>
  finished: Promise<Finished>
}

/** Ends with the test at the latest. Colours and terminals are none: the output is a pipe. */
export function start(t: TestContext, args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe']
  })
  t.after(() => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const finished = new Promise<Finished>((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })))
  return { process: child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), finished }
}

export async function command(t: TestContext, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  const { process: child, finished } = start(t, args, env)
  child.stdin?.end()
  return await finished
}
