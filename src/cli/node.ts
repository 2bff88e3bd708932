/** `comet-libp2p node`: joins a network, follows and verifies its blocks, shows its transactions, submits some. */
import { createInterface } from 'node:readline'
import { systemClock } from '../util/clock.ts'
import { pause } from '../util/pause.ts'
import { openChainSource } from './chain-source.ts'
import { showLive } from './display.ts'
import { openLog } from './log-file.ts'
import { NODE_HELP, type NodeFlags, readNodeFlags } from './node-flags.ts'
import { nodeLine, nodePicture } from './node-picture.ts'
import { NodeSession } from './node-session.ts'
import { nodeFailures, nodeJson } from './node-view.ts'
import type { Terminal } from './terminal.ts'
import { parseTx } from './tx-input.ts'

/** How long what was handed to peers may take to leave. */
const FLUSH_MS = 2_000
const POLL_MS = 20
const INTERRUPTED_EXIT_CODE = 130
const clock = systemClock

/** The exit code: 0 if what was asked for happened. */
export async function node(args: readonly string[], terminal: Terminal): Promise<number> {
  const flags = readNodeFlags(args)
  if (flags === undefined) {
    terminal.print(NODE_HELP)
    return 0
  }
  const log = await openLog(flags.log)
  try {
    const chain = await openChainSource(flags)
    try {
      return await runNode(flags, new NodeSession({ flags, chain, clock, logger: log.logger }), terminal)
    } finally {
      await chain.close()
    }
  } finally {
    await log.close()
  }
}

async function runNode(flags: NodeFlags, session: NodeSession, terminal: Terminal): Promise<number> {
  const startedAt = clock.now()
  await session.start()
  const view = () => {
    const elapsedMs = clock.now() - startedAt
    return session.view(
      elapsedMs,
      flags.seconds === undefined ? undefined : Math.max(0, flags.seconds * 1_000 - elapsedMs)
    )
  }
  const display = showLive({
    terminal,
    clock,
    json: flags.json,
    view,
    picture: nodePicture,
    line: nodeLine,
    toJson: nodeJson
  })
  const until = new AbortController()
  const end = () => until.abort()
  terminal.interrupted.addEventListener('abort', end)
  if (terminal.interrupted.aborted) end()
  const timer = flags.seconds === undefined ? undefined : clock.setTimeout(end, flags.seconds * 1_000)
  try {
    await Promise.all([submitAll(flags, session, terminal, until.signal), aborted(until.signal)])
    const giveUpAt = clock.now() + FLUSH_MS
    while (!session.flushed && clock.now() < giveUpAt) await pause(clock, POLL_MS, new AbortController().signal)
  } finally {
    clock.clearTimeout(timer)
    terminal.interrupted.removeEventListener('abort', end)
    display.end()
  }
  const last = view()
  await session.stop()
  const failures = nodeFailures(last)
  if (flags.json) terminal.print(JSON.stringify(nodeJson(last, failures)))
  return verdict(flags, failures, terminal)
}

function verdict(flags: NodeFlags, failures: readonly string[], terminal: Terminal): number {
  if (terminal.interrupted.aborted && flags.seconds !== undefined) {
    terminal.warn(`interrupted before ${flags.seconds} seconds had passed`)
    return INTERRUPTED_EXIT_CODE
  }
  for (const failure of failures) terminal.warn(failure)
  return failures.length === 0 ? 0 : 1
}

/** Those of the flags, then those of standard input, in order. A line that is no transaction is said and passed over. */
async function submitAll(
  flags: NodeFlags,
  session: NodeSession,
  terminal: Terminal,
  signal: AbortSignal
): Promise<void> {
  const submit = (tx: Uint8Array) => session.own.submit(tx, session.mempool, (ms) => pause(clock, ms, signal))
  for (const tx of flags.txs) await submit(tx)
  if (!flags.stdin) return
  const lines = createInterface({ input: process.stdin, signal })
  for await (const line of lines) {
    if (line === '') continue
    try {
      await submit(parseTx('standard input', line))
    } catch (err) {
      terminal.warn((err as Error).message)
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
