/**
 * CometBFT's own bench (lp2p/bench_test.go of v0.40.0, TestBench): both of its stacks with "maxed out" configurations, two nodes in one Go process, one
 * peer sending for ten seconds from one or more goroutines. Built from the ordinary Go module as a test binary; here it is run and read.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { goBuild } from './go-build.ts'

const BINARY = fileURLToPath(new URL('../interop/bin/lp2p.test', import.meta.url))
/** 10 s each, set-up and the way home. */
const TIMEOUT_MS = 60_000
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024

export type GoStack = 'comet-p2p' | 'lp2p'
export interface GoFigures {
  readonly msgsPerSecond: number
  readonly MBPerSecond: number
}

/** Why it cannot run here; undefined if it can, the binary then is built. */
export function buildGoBench(): string | undefined {
  return goBuild('the Go bench', 'test', '-c', '-o', '../bin/lp2p.test', 'github.com/cometbft/cometbft/lp2p')
}

/** Its name for a cell without delay in the receiver. */
export function testName(stack: GoStack, size: number, senders: number): string {
  return `^TestBench$/^send-timeframe-${stack}\\.msg-${size / 1024}kb\\.cc-${senders}\\.delay-no\\.`
}

export async function runGoBench(stack: GoStack, size: number, senders: number): Promise<GoFigures> {
  const args = ['-test.v', '-test.run', testName(stack, size, senders)]
  const options = { env: { ...process.env, P2P_BENCH_TEST: '1' }, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES }
  const { stdout } = await promisify(execFile)(BINARY, args, options)
  return parseGoOutput(stdout)
}

/** What was received, from the line `[OUTPUT]: {...}`. Throws where there is none: the test did not run. */
export function parseGoOutput(stdout: string): GoFigures {
  const json = /\[OUTPUT\]: (\{.*\})/.exec(stdout)?.[1]
  if (json === undefined) throw new Error(`no [OUTPUT] in what the Go bench printed: ${stdout.slice(-300)}`)
  const found = JSON.parse(json) as Record<string, unknown>
  const msgsPerSecond = Number(found.messagesReceivedRPS)
  const MBPerSecond = Number(found.bytesReceivedThroughputSec) / 1e6
  if (!(msgsPerSecond > 0) || !(MBPerSecond > 0)) throw new Error(`the Go bench received nothing: ${json}`)
  return { msgsPerSecond, MBPerSecond }
}
