/** A chain of real CometBFT nodes: homes made by `cometnode homes`, each node one process that can be killed and started again. */
import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Child } from './child.ts'
import { COMETNODE } from './go-toolchain.ts'
import { Rpc } from './rpc.ts'
import { until } from './until.ts'

const run = promisify(execFile)

/** The first start of a node takes a second or two on two cores; with several validators the first block waits 4 s for block sync. */
const START_TIMEOUT_MS = 60_000

/** Ten blocks a second would push what matters out of a log's tail. */
const LOG_LEVEL = 'consensus:error,state:error,txindex:error,*:info'

export interface GoChainOptions {
  /** @default 1 */
  validators?: number
  /** Nodes that do not validate. @default 0 */
  full?: number
  /** Whether the nodes know each other from their configuration. @default true */
  mesh?: boolean
  /** Pause between two blocks, ms. @default 100 */
  timeoutCommitMs?: number
  chainId?: string
}

export interface BootstrapPeer {
  /** host:port of its UDP port. */
  host: string
  peerId: string
}

interface HomeInfo {
  home: string
  moniker: string
  rpc: string
  p2p: string
  node_id: string
  peer_id: string
  multiaddr: string
}

export interface GoChain {
  readonly chainId: string
  /** genesis.json, parsed. */
  readonly genesis: unknown
  readonly nodes: GoNode[]
}

/** Writes the homes below `dir`; starts nothing. */
export async function makeGoChain(dir: string, options: GoChainOptions = {}): Promise<GoChain> {
  const { validators = 1, full = 0, mesh = true, timeoutCommitMs = 100, chainId = 'interop' } = options
  const { stdout } = await run(COMETNODE, [
    'homes',
    ...['--dir', dir, '--chain-id', chainId, `--mesh=${mesh}`],
    ...['--validators', String(validators), '--full', String(full), '--timeout-commit', `${timeoutCommitMs}ms`]
  ])
  const { nodes } = JSON.parse(stdout) as { nodes: HomeInfo[] }
  const genesis = JSON.parse(await readFile(join(nodes[0]!.home, 'config', 'genesis.json'), 'utf8'))
  return { chainId, genesis, nodes: nodes.map((info) => new GoNode(info)) }
}

export class GoNode {
  readonly name: string
  readonly home: string
  readonly nodeId: string
  readonly peerId: string
  /** What a libp2p node dials. */
  readonly multiaddr: string
  /** host:port of its UDP port. */
  readonly host: string
  readonly rpc: Rpc
  #child: Child | undefined

  constructor(info: HomeInfo) {
    this.name = info.moniker
    this.home = info.home
    this.nodeId = info.node_id
    this.peerId = info.peer_id
    this.multiaddr = info.multiaddr
    this.host = info.p2p
    this.rpc = new Rpc(info.rpc)
  }

  /** Go's own form of a libp2p address. */
  get bootstrapAddress(): string {
    return `${this.peerId}@${this.host}`
  }

  /** The running process, or the last one. */
  get child(): Child | undefined {
    return this.#child
  }

  /** Replaces what the configuration says about bootstrap peers; before the (next) start. All are persistent. */
  async setBootstrapPeers(peers: readonly BootstrapPeer[]): Promise<void> {
    const file = join(this.home, 'config', 'config.toml')
    const entries = peers.map(({ host, peerId }) => `{ host = "${host}", id = "${peerId}", persistent = true }`)
    const text = await readFile(file, 'utf8')
    // CometBFT glues an empty list onto the comment before it, so the line is put right under the section's name
    const without = text.replace(/^bootstrap_peers = \[[^\]]*\]\n/m, '')
    const section = '[p2p.libp2p]\n'
    if (!without.includes(section)) throw new Error(`${file} has no section ${section.trim()}`)
    await writeFile(file, without.replace(section, `${section}bootstrap_peers = [${entries.join(', ')}]\n`))
  }

  /** Settles once its RPC answers, which is after the switch has started. */
  async start(): Promise<void> {
    this.#child = new Child({
      name: this.name,
      command: COMETNODE,
      args: ['start', '--home', this.home, '--log_level', LOG_LEVEL],
      logFile: join(this.home, 'log')
    })
    await until(`${this.name} answers on its RPC`, () => this.rpc.height().then(() => true), {
      timeoutMs: START_TIMEOUT_MS
    })
  }

  async stop(): Promise<void> {
    await this.#child?.stop()
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#child?.kill()
  }

  async reaches(height: number, timeoutMs = START_TIMEOUT_MS): Promise<void> {
    await until(
      `${this.name} reaches height ${height}`,
      async () => {
        const now = await this.rpc.height()
        if (now >= height) return true
        throw new Error(`height ${now}`)
      },
      { timeoutMs }
    )
  }

  /** Settles once every one of `txs` is in a block of height `from` or above; gives the height that had the last of them. */
  async includes(txs: Iterable<string>, from: number, timeoutMs: number): Promise<number> {
    const missing = new Set(txs)
    let next = Math.max(1, from)
    return await until(
      `${this.name} has all transactions in blocks`,
      async () => {
        const height = await this.rpc.height()
        for (; next <= height && missing.size > 0; next++)
          for (const tx of await this.rpc.txs(next, next)) missing.delete(tx)
        if (missing.size === 0) return next - 1
        throw new Error(`${missing.size} missing at height ${height}, for example ${missing.values().next().value}`)
      },
      { timeoutMs }
    )
  }
}
