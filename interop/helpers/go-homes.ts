/**
 * The homes of a chain of real CometBFT nodes, of one version or of several: keys and configuration are those that each version's own `init` writes, then
 * changed where a test on one machine must differ. A program of ours in Go that writes them was rejected: it would be needed once per version.
 */
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type NodeKey, parseNodeKeyJson } from '../../src/index.ts'
import { type ConfigChanges, changeConfig, mergeConfigChanges, setBootstrapPeers } from './config-toml.ts'
import { freePorts } from './free-ports.ts'
import { type GoVersion, nodeBinary } from './go-toolchain.ts'

const run = promisify(execFile)

/** Of each validator. */
const POWER = '10'

export type GoStack = 'comet' | 'libp2p'

/** What a scene that is played with several kinds of Go node is told; also the beginning of a chain's options. */
export interface GoSide {
  readonly version: GoVersion
  readonly stack: GoStack
}

export interface GoNodeSpec {
  /** @default 'v0.40' */
  version?: GoVersion
  /** Only v0.40 has libp2p. @default libp2p where the version has it */
  stack?: GoStack
  /** @default true */
  validator?: boolean
  /** Of this node alone, after the chain's. */
  config?: ConfigChanges
}

export interface GoChainOptions {
  /** The nodes one by one; without it there are `validators` and `full` ones of `version` and `stack`. */
  nodes?: readonly GoNodeSpec[]
  /** @default 1 */
  validators?: number
  /** Nodes that do not validate. @default 0 */
  full?: number
  version?: GoVersion
  stack?: GoStack
  /** Whether the nodes of each stack know each other from their configuration. @default true */
  mesh?: boolean
  /** Pause between two blocks, ms. @default 100 */
  timeoutCommitMs?: number
  /** First height with vote extensions; v0.38 and later. @default none */
  extensionsHeight?: number
  chainId?: string
  /** For every node's config.toml, for example `{ p2p: { max_packet_msg_payload_size: 65536, send_rate: 1e9, recv_rate: 1e9 } }`. */
  config?: ConfigChanges
}

/** What a test must know to start a node and to meet it. */
export interface HomeInfo {
  readonly home: string
  readonly name: string
  readonly version: GoVersion
  readonly stack: GoStack
  readonly key: NodeKey
  /** Of its RPC. */
  readonly rpcUrl: string
  /** host:port, TCP with the classic stack, UDP with libp2p. */
  readonly host: string
}

/** genesis.json as `init` writes it. */
interface Genesis {
  chain_id: string
  initial_height: string
  consensus_params: Record<string, Record<string, unknown>>
  validators: Array<Record<string, unknown>>
}

/** Writes node0, node1, ... below `dir`, which is created. */
export async function makeGoHomes(
  dir: string,
  options: GoChainOptions
): Promise<{ chainId: string; genesis: unknown; homes: HomeInfo[] }> {
  const { chainId = 'interop', mesh = true } = options
  const specs = options.nodes ?? specsOf(options)
  const ports = await freePorts(2 * specs.length)
  const homes = await Promise.all(
    specs.map((spec, i) => initHome(join(dir, `node${i}`), spec, ports[2 * i]!, ports[2 * i + 1]!))
  )
  const genesis = await mergeGenesis(homes, specs, chainId, options.extensionsHeight)
  for (const [i, home] of homes.entries()) {
    await writeFile(join(home.home, 'config', 'genesis.json'), JSON.stringify(genesis, null, 2))
    const peers = mesh ? homes.filter((other) => other !== home && other.stack === home.stack) : []
    await changeConfigFile(home.home, (text) => configure(text, home, peers, options, specs[i]!.config ?? {}))
  }
  return { chainId, genesis, homes }
}

/** Applies `change` to a home's config.toml. */
export async function changeConfigFile(home: string, change: (text: string) => string): Promise<void> {
  const file = join(home, 'config', 'config.toml')
  await writeFile(file, change(await readFile(file, 'utf8')))
}

/** The classic stack's form: the hex id and the TCP port. */
export function classicAddress({ key, host }: Pick<HomeInfo, 'key' | 'host'>): string {
  return `${key.id}@${host}`
}

function specsOf({ validators = 1, full = 0, version, stack }: GoChainOptions): GoNodeSpec[] {
  const common = { ...(version === undefined ? {} : { version }), ...(stack === undefined ? {} : { stack }) }
  return Array.from({ length: validators + full }, (_, i) => ({ ...common, validator: i < validators }))
}

async function initHome(home: string, spec: GoNodeSpec, p2pPort: number, rpcPort: number): Promise<HomeInfo> {
  const { version = 'v0.40', stack = version === 'v0.40' ? 'libp2p' : 'comet' } = spec
  if (stack === 'libp2p' && version !== 'v0.40') throw new RangeError(`CometBFT ${version} has no libp2p`)
  await mkdir(home, { recursive: true })
  await run(nodeBinary(version), ['init', '--home', home])
  const key = parseNodeKeyJson(await readFile(join(home, 'config', 'node_key.json'), 'utf8'))
  const rpcUrl = `http://127.0.0.1:${rpcPort}`
  return { home, name: home.slice(home.lastIndexOf('node')), version, stack, key, rpcUrl, host: `127.0.0.1:${p2pPort}` }
}

/** One genesis for all: every version finds the sections of parameters that it knows and passes over the others; where two have one, the first node's counts. */
async function mergeGenesis(
  homes: readonly HomeInfo[],
  specs: readonly GoNodeSpec[],
  chainId: string,
  extensionsHeight = 0
): Promise<Genesis> {
  const all = await Promise.all(
    homes.map(async ({ home }) => JSON.parse(await readFile(join(home, 'config', 'genesis.json'), 'utf8')) as Genesis)
  )
  const params: Genesis['consensus_params'] = Object.assign({}, ...all.map((one) => one.consensus_params).reverse())
  // v0.38 to v0.40 look for it in the first, v1 in the second
  for (const section of [params.abci, params.feature])
    if (section !== undefined) section.vote_extensions_enable_height = String(extensionsHeight)
  const validators = all.flatMap((one, i) => {
    const own = one.validators[0]!
    return specs[i]!.validator === false ? [] : [{ ...own, power: POWER, name: homes[i]!.name }]
  })
  return { ...all[0]!, chain_id: chainId, initial_height: '1', consensus_params: params, validators }
}

function configure(
  text: string,
  home: HomeInfo,
  peers: readonly HomeInfo[],
  { timeoutCommitMs = 100, config = {} }: GoChainOptions,
  own: ConfigChanges
): string {
  const isLibp2p = home.stack === 'libp2p'
  const changes: ConfigChanges = {
    '': { moniker: home.name, proxy_app: 'persistent_kvstore' },
    rpc: { laddr: `tcp://${home.rpcUrl.slice('http://'.length)}` },
    p2p: {
      laddr: `tcp://${home.host}`,
      persistent_peers: isLibp2p ? '' : peers.map(classicAddress).join(','),
      addr_book_strict: false,
      allow_duplicate_ip: true
    },
    // many blocks a second, and a round without its proposer is over soon
    consensus: {
      timeout_propose: '500ms',
      timeout_propose_delta: '100ms',
      timeout_prevote: '200ms',
      timeout_precommit: '200ms',
      timeout_commit: `${timeoutCommitMs}ms`,
      peer_gossip_sleep_duration: '20ms'
    },
    ...(isLibp2p ? { 'p2p.libp2p': { enabled: true } } : {})
  }
  const changed = changeConfig(text, mergeConfigChanges(changes, config, own))
  if (!isLibp2p) return changed
  return setBootstrapPeers(
    changed,
    peers.map(({ host, key }) => ({ host, peerId: String(key.peerId) }))
  )
}
