/** A chain of real CometBFT nodes, of one version and stack or of several: each node is one process that can be killed and started again. */
import { join } from 'node:path'
import type { NodeKey } from '../../src/index.ts'
import { Child } from './child.ts'
import { type ConfigChanges, changeConfig, setBootstrapPeers } from './config-toml.ts'
import {
  changeConfigFile,
  classicAddress,
  type GoChainOptions,
  type GoStack,
  type HomeInfo,
  makeGoHomes
} from './go-homes.ts'
import { type GoVersion, nodeBinary } from './go-toolchain.ts'
import { Rpc } from './rpc.ts'
import { until } from './until.ts'

/** The first start of a node takes a second or two on two cores; with several validators the first block waits 4 s for block sync. */
const START_TIMEOUT_MS = 60_000

/** Ten blocks a second would push what matters out of a log's tail. */
const LOG_LEVEL = 'consensus:error,state:error,txindex:error,*:info'

/** A node that another one is told to dial: a Go node or one of ours, running or not. */
export interface Known {
  readonly key: NodeKey
  /** host:port: TCP with the classic stack, UDP with libp2p. */
  readonly host: string
}

export interface GoChain {
  readonly chainId: string
  /** genesis.json, parsed. */
  readonly genesis: unknown
  readonly nodes: GoNode[]
}

/** Writes the homes below `dir`; starts nothing. */
export async function makeGoChain(dir: string, options: GoChainOptions = {}): Promise<GoChain> {
  const { chainId, genesis, homes } = await makeGoHomes(dir, options)
  return { chainId, genesis, nodes: homes.map((info) => new GoNode(info)) }
}

export class GoNode {
  readonly name: string
  readonly version: GoVersion
  readonly stack: GoStack
  readonly home: string
  readonly key: NodeKey
  /** host:port of its port, TCP with the classic stack and UDP with libp2p. */
  readonly host: string
  readonly rpc: Rpc
  #child: Child | undefined

  constructor({ name, version, stack, home, key, host, rpcUrl }: HomeInfo) {
    this.name = name
    this.version = version
    this.stack = stack
    this.home = home
    this.key = key
    this.host = host
    this.rpc = new Rpc(rpcUrl)
  }

  /** 40 hex digits. */
  get nodeId(): string {
    return this.key.id
  }

  get peerId(): string {
    return String(this.key.peerId)
  }

  /** What a node of ours with the same stack dials. */
  get dialled(): string {
    return this.stack === 'comet' ? this.address : this.multiaddr
  }

  /** What dials it on the classic stack: id@host:port. */
  get address(): string {
    return classicAddress(this)
  }

  /** What a libp2p node dials. */
  get multiaddr(): string {
    const [host, port] = this.host.split(':')
    return `/ip4/${host}/udp/${port}/quic-v1/p2p/${this.peerId}`
  }

  /** Go's own form of a libp2p address. */
  get bootstrapAddress(): string {
    return `${this.peerId}@${this.host}`
  }

  /** The running process, or the last one. */
  get child(): Child | undefined {
    return this.#child
  }

  /** Replaces what its configuration says about the peers that it dials and keeps (persistent_peers, or libp2p's bootstrap_peers); before the (next) start. */
  async setPeers(peers: readonly Known[]): Promise<void> {
    if (this.stack === 'comet') await this.setPersistentPeers(peers.map(classicAddress))
    else {
      const bootstrap = peers.map(({ host, key }) => ({ host, peerId: String(key.peerId) }))
      await changeConfigFile(this.home, (text) => setBootstrapPeers(text, bootstrap))
    }
  }

  /** The same for a classic node and addresses id@host:port. */
  async setPersistentPeers(addresses: readonly string[]): Promise<void> {
    await this.configure({ p2p: { persistent_peers: addresses.join(',') } })
  }

  /** Changes its config.toml; before the (next) start. Rejects where a section or key is not in it. */
  async configure(changes: ConfigChanges): Promise<void> {
    await changeConfigFile(this.home, (text) => changeConfig(text, changes))
  }

  /** Settles once its RPC answers, which is after the switch has started. */
  async start(): Promise<void> {
    this.#child = new Child({
      name: this.name,
      command: nodeBinary(this.version),
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
