/**
 * `npm start`: four nodes on two stacks, on this machine. One serves a recorded chain, the others sync and verify it, then all gossip transactions until Ctrl-C or
 * `--seconds`.
 */
import type { Clock } from '../interface/clock.ts'
import { systemClock } from '../util/clock.ts'
import { pause } from '../util/pause.ts'
import { DEMO_NODES, DemoNetwork, type DemoNode } from './demo-network.ts'
import { demoLine, demoPicture } from './demo-picture.ts'
import { DemoTraffic } from './demo-traffic.ts'
import { type DemoNodeView, type DemoView, demoFailures, demoJson } from './demo-view.ts'
import { showLive } from './display.ts'
import { positiveNumber, readFlags } from './flags.ts'
import { openLog } from './log-file.ts'
import { loadRecording, type Recording } from './recording.ts'
import { INTERRUPTED_EXIT_CODE, RunTime } from './run-time.ts'
import type { Terminal } from './terminal.ts'
import { paint } from './text.ts'

export const DEMO_HELP = `comet-libp2p demo: four nodes on this machine that move real blocks and transactions

One node serves a chain recorded from real CometBFT nodes, on libp2p and on CometBFT's own stack
(the classic one); another fetches and verifies it over libp2p, two more over the classic stack.
Then all of them gossip transactions until Ctrl-C.

usage: comet-libp2p [demo] [flags]        in a checkout: npm start -- [flags]

  --seconds N   end after N seconds; the exit code is 0 only if by then every node has the last
                block and every transaction
  --rate N      transactions a second, all nodes together (default 100)
  --json        print one JSON object a second instead of the picture; the last one has "final"
  --log FILE    write what the nodes log to FILE
  --help        this text`

const FLAGS = {
  seconds: { type: 'string' },
  rate: { type: 'string' },
  json: { type: 'boolean', default: false },
  log: { type: 'string' },
  help: { type: 'boolean', default: false }
} as const

const DEFAULT_RATE = 100
const MAX_RATE = 5_000
/** After the last transaction was submitted, they have this long to arrive everywhere. */
const GRACE_MS = 5_000
const POLL_MS = 20

interface DemoOptions {
  readonly seconds: number | undefined
  readonly rate: number
  readonly json: boolean
  readonly log: string | undefined
}

/** The exit code: 0 if what was asked for happened. */
export async function demo(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const options: DemoOptions = {
    seconds: positiveNumber('--seconds', values.seconds, 1e6),
    rate: positiveNumber('--rate', values.rate, MAX_RATE) ?? DEFAULT_RATE,
    json: values.json,
    log: values.log
  }
  if (values.help) {
    terminal.print(DEMO_HELP)
    return 0
  }
  return await new Demo(options, terminal, systemClock).run()
}

class Demo {
  readonly #options: DemoOptions
  readonly #terminal: Terminal
  readonly #clock: Clock
  readonly #time: RunTime
  readonly #nodes: DemoNode[] = []
  #recording: Recording | undefined
  #traffic: DemoTraffic | undefined
  #phase: DemoView['phase'] = 'starting'

  constructor(options: DemoOptions, terminal: Terminal, clock: Clock) {
    this.#options = options
    this.#terminal = terminal
    this.#clock = clock
    this.#time = new RunTime(terminal, clock, options.seconds)
  }

  async run(): Promise<number> {
    const log = await openLog(this.#options.log)
    const { json } = this.#options
    const { signal } = this.#time
    const display = showLive({
      terminal: this.#terminal,
      clock: this.#clock,
      json,
      view: () => this.#view(),
      picture: demoPicture,
      line: demoLine,
      toJson: demoJson
    })
    let network: DemoNetwork | undefined
    try {
      const recording = await loadRecording()
      this.#recording = recording
      const init = { recording, clock: this.#clock, logger: log.logger, signal }
      const onNode = (node: DemoNode) => {
        // with the last one they begin to connect, and those that are connected to sync
        if (this.#nodes.push(node) === DEMO_NODES) this.#phase = 'syncing'
      }
      network = await DemoNetwork.start(init, onNode).catch((err) => {
        if (signal.aborted) return undefined
        throw err
      })
      if (network !== undefined) await this.#go(network, signal)
    } finally {
      display.end()
      this.#time.stop()
      this.#traffic?.stop()
    }
    const view = this.#view()
    await network?.stop()
    await log.close()
    return this.#verdict(view)
  }

  /** Blocks, then transactions, until `signal`; then what is on the way may arrive. */
  async #go(network: DemoNetwork, signal: AbortSignal): Promise<void> {
    const lastBlock = this.#recording!.lastProvable
    const ready = ({ status, mempool }: ReadyParts) => status.height >= lastBlock && !mempool.waitSync()
    for (;;) {
      const parts = network.nodes.map((node) => ({ status: node.status(), mempool: node.mempool }))
      if (parts.every(ready) || parts.some(({ status }) => status.state === 'failed')) break
      if (!(await pause(this.#clock, POLL_MS, signal))) return
    }
    if (network.nodes.some((node) => node.status().state === 'failed')) return
    const traffic = new DemoTraffic(
      { nodes: network.nodes, clock: this.#clock, random: Math.random },
      this.#options.rate
    )
    this.#traffic = traffic
    this.#phase = 'gossip'
    traffic.start()
    await this.#time.over
    traffic.finish()
    this.#phase = 'ending'
    const patience = new AbortController()
    const giveUpAt = this.#clock.now() + GRACE_MS
    while (!traffic.settled && this.#clock.now() < giveUpAt) await pause(this.#clock, POLL_MS, patience.signal)
  }

  #verdict(view: DemoView): number {
    const failures = this.#failures(view)
    const { json } = this.#options
    const terminal = this.#terminal
    if (json) terminal.print(JSON.stringify(demoJson(view, failures)))
    for (const failure of failures) terminal.warn(failure)
    if (failures.length > 0) return this.#time.cutShort ? INTERRUPTED_EXIT_CODE : 1
    const { txs, lastBlock, nodes } = view
    const done = `every node has block ${lastBlock}; ${txs.everywhere} of ${txs.submitted} transactions are on all ${nodes.length} nodes`
    if (!json && this.#traffic !== undefined) terminal.print(paint(terminal.style, 'green', done))
    return 0
  }

  #failures(view: DemoView): string[] {
    const failures = demoFailures(view)
    if (this.#time.cutShort) return [`interrupted before ${this.#options.seconds} seconds had passed`, ...failures]
    // who ends it before the blocks are there has not asked for them
    const healthy = view.nodes.every(({ error }) => error === undefined)
    const early = this.#terminal.interrupted.aborted && this.#traffic === undefined && healthy
    return early ? [] : failures
  }

  #view(): DemoView {
    const remainingMs = this.#time.remainingMs()
    const recording = this.#recording
    return {
      elapsedMs: this.#time.elapsedMs(),
      ...(remainingMs === undefined ? {} : { remainingMs }),
      phase: this.#phase,
      chainId: recording?.genesis.chainId ?? '',
      lastBlock: Number(recording?.lastProvable ?? 0n),
      chainTxs: recording?.txs ?? 0,
      nodes: this.#nodes.map((node, i) => this.#nodeView(node, i)),
      txs: this.#traffic?.view() ?? { submitted: 0, everywhere: 0, perSecond: 0, history: [] }
    }
  }

  #nodeView(node: DemoNode, i: number): DemoNodeView {
    const { state, height, target, blocksPerSecond, etaMs, error } = node.status()
    const { syncedInMs } = node
    return {
      name: node.name,
      id: node.node.nodeKey.id,
      stacks: node.stacks,
      addresses: node.stacks.map((stack) => node.address(stack)),
      peers: node.node.switch
        .peers()
        .list()
        .map((peer) => ({ name: peer.nodeInfo().moniker, stack: peer.stack() }))
        .sort((a, b) => a.name.localeCompare(b.name)),
      peersWanted: this.#nodes.filter((other) => other !== node && node.stackToward(other) !== undefined).length,
      state,
      height: Number(height),
      target: Number(target),
      blocksPerSecond: syncedInMs === undefined ? blocksPerSecond : (Number(height) * 1_000) / syncedInMs,
      ...(etaMs === undefined || syncedInMs !== undefined ? {} : { etaMs }),
      ...(syncedInMs === undefined ? {} : { syncedInMs }),
      ...(this.#traffic?.ofNode(i) ?? { txs: 0, txsPerSecond: 0 }),
      pool: node.mempool.mempool.size(),
      ...(error === undefined ? {} : { error: error.message })
    }
  }
}

interface ReadyParts {
  readonly status: ReturnType<DemoNode['status']>
  readonly mempool: DemoNode['mempool']
}
