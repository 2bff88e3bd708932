/** `comet-libp2p node`: joins a network, follows and verifies its blocks, shows its transactions, submits some. */
import { createInterface } from 'node:readline'
import { systemClock } from '../util/clock.ts'
import { pause } from '../util/pause.ts'
import { openChainSource } from './chain-source.ts'
import { showLive } from './display.ts'
import { openLog } from './log-file.ts'
import { NODE_HELP, type NodeFlags, readNodeFlags } from './node-flags.ts'
import { nodeAddresses, nodeLine, nodePicture } from './node-picture.ts'
import { NodeSession } from './node-session.ts'
import { nodeFailures, nodeJson } from './node-view.ts'
import { INTERRUPTED_EXIT_CODE, RunTime } from './run-time.ts'
import type { Terminal } from './terminal.ts'
import { parseTx } from './tx-input.ts'

/** How long what was handed to peers may take to leave. */
const FLUSH_MS = 2_000
const POLL_MS = 20
const NEVER = new AbortController().signal
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
    const chain = await openChainSource(flags, clock, terminal.interrupted).catch((err) => {
      if (terminal.interrupted.aborted) return undefined
      throw err
    })
    if (chain === undefined) return INTERRUPTED_EXIT_CODE
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
  await session.start()
  const time = new RunTime(terminal, clock, flags.seconds)
  const view = () => session.view(time.elapsedMs(), time.remainingMs())
  if (!flags.json && !terminal.live) for (const line of nodeAddresses(view())) terminal.print(line)
  const display = showLive({
    terminal,
    clock,
    json: flags.json,
    view,
    picture: nodePicture,
    line: nodeLine,
    toJson: nodeJson
  })
  try {
    await Promise.all([submitAll(flags, session, time.signal), time.over])
    const giveUpAt = clock.now() + FLUSH_MS
    while (!session.flushed && clock.now() < giveUpAt) await pause(clock, POLL_MS, NEVER)
  } finally {
    time.stop()
    display.end()
  }
  const last = view()
  await session.stop()
  const cutShort = time.cutShort ? [`interrupted before ${flags.seconds} seconds had passed`] : []
  const failures = [...cutShort, ...nodeFailures(last, flags.seconds === undefined)]
  if (flags.json) terminal.print(JSON.stringify(nodeJson(last, failures)))
  for (const failure of failures) terminal.warn(failure)
  if (failures.length === 0) return 0
  return time.cutShort ? INTERRUPTED_EXIT_CODE : 1
}

/** Those of the flags, then those of standard input, in order. A line that is no transaction counts as refused. */
async function submitAll(flags: NodeFlags, session: NodeSession, signal: AbortSignal): Promise<void> {
  const submit = (tx: Uint8Array) => session.own.submit(tx, session.mempool, (ms) => pause(clock, ms, signal))
  for (const tx of flags.txs) await submit(tx)
  if (!flags.stdin) return
  const lines = createInterface({ input: process.stdin, signal })
  for await (const line of lines) {
    if (line === '') continue
    try {
      await submit(parseTx('standard input', line))
    } catch (err) {
      session.own.refuse(line, (err as Error).message)
    }
  }
}
