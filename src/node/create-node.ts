/**
 * A whole node in one call: the composition root for Node.js. It joins a CometBFT home (key, config.toml, genesis), a libp2p node with what CometBFT
 * reactors need, and the Switch that runs them. Options win over config.toml, config.toml over defaults.
 *
 * The node exists for CometBFT, so its policy is `exclusive` unless told otherwise. libp2p's connection monitor is off: it aborts a busy connection whose
 * ping takes over 5 s (spec/js-libp2p.md section 5.5); the switch has a liveness of its own that neither load nor a stuck reactor can fool.
 */

import { identify } from '@libp2p/identify'
import type { Libp2p, ServiceMap } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { InvalidOptionError } from '../errors.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import { generateNodeKey, type NodeKey } from '../identity/node-key.ts'
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { Switch } from '../interface/switch.ts'
import type { SwitchOptions } from '../options.ts'
import { peerPolicy } from '../stacks/libp2p/peer-policy.ts'
import { comet, type Libp2pOptions } from '../stacks/libp2p/service.ts'
import { configDefaults } from './config.ts'
import { announceOptions, listenMultiaddrs } from './listen.ts'
import { genesisChainId, type NodeHome, openHome } from './node-home.ts'
import { policyOptions, serviceOptions } from './node-options.ts'
import {
  loadTransports,
  TRANSPORT_NAMES,
  type TransportName,
  transportOfAddress,
  transportOfMultiaddr
} from './transports.ts'

export type StackName = 'libp2p' | 'comet'

export interface CreateNodeOptions extends Omit<SwitchOptions, 'network'>, PeerPolicyOptions, Libp2pOptions {
  /** A CometBFT home directory, `~` allowed. Its node key is made if it is missing; config.toml and genesis.json are read if they are there. Left out: no files, a key for this run. */
  home?: string
  /** Chain id. @default the one of the home's genesis.json */
  network?: string
  /** Instead of the home's. */
  nodeKey?: NodeKey
  /** @default ['libp2p'] */
  stacks?: StackName[]
  /**
   * `tcp://host:port` or multiaddrs; empty: does not listen. `tcp://` belongs to the classic stack; on a node that has only libp2p it is libp2p over TCP.
   * @default config.toml's `laddr`, also over QUIC where `[p2p.libp2p]` is enabled, else tcp://0.0.0.0:26656
   */
  listen?: string[]
  /** Transports to have ready beside those that the addresses above need, for later dials: 'ws', 'quic'. */
  transports?: TransportName[]
}

export interface CometNode {
  /** Runs the reactors. Already started. */
  readonly switch: Switch
  readonly libp2p: Libp2p<ServiceMap & { comet: Switch }>
  /** The home's key, or the one made for this run. */
  readonly nodeKey: NodeKey
  /** Peers are told, what was accepted goes out, everything ends. May be called again. */
  stop(): Promise<void>
}

/**
 * Makes and starts a node; it listens when this settles. Rejects with the error of the first option, file or address that is wrong
 * (`InvalidOptionError`, `InvalidAddressError`, `InvalidNodeIdError`, `InvalidKeyError`), with `MissingDependencyError`, or with what failed to start; then
 * nothing is left running.
 */
export async function createNode(options: CreateNodeOptions): Promise<CometNode> {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionError('options', options, 'an object')
  checkStacks(options.stacks ?? ['libp2p'])
  const home = options.home === undefined ? undefined : await openHome(options.home, options.nodeKey)
  const nodeKey = options.nodeKey ?? home?.nodeKey ?? generateNodeKey()
  const service = serviceOptions(options, home?.config)
  const network = options.network ?? (await networkOf(home))
  const policyInit = policyOptions(options, home?.config)
  const policy = peerPolicy(policyInit)
  const listen = await listenMultiaddrs(...listenOptions(options, home))
  const bootstrapPeers = [...(home?.config.bootstrapPeers ?? [])]
  const dials = [...(policyInit.persistentPeers ?? []), ...bootstrapPeers].map((text) => parseNetAddress(text))
  const needed = [...listen.map(transportOfMultiaddr), ...dials.map(transportOfAddress), ...extraTransports(options)]
  const libp2p = await createLibp2p({
    start: false,
    privateKey: nodeKey.privateKey,
    addresses: { listen: listen.map(String), ...announceOptions(listen, service.externalAddress) },
    transports: await loadTransports(['tcp', ...needed.filter((name) => name !== undefined)]),
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    connectionMonitor: { enabled: false },
    services: { identify: identify(), ping: ping(), comet: comet({ ...service, network, policy }) }
  })
  // a failed start stops what had started, and rejects
  await libp2p.start()
  const sw = libp2p.services.comet
  if (bootstrapPeers.length > 0) sw.dialPeersAsync(bootstrapPeers)
  let stopped: Promise<void> | undefined
  const stop = async () => {
    await libp2p.stop()
  }
  return { switch: sw, libp2p, nodeKey, stop: () => (stopped ??= stop()) }
}

function checkStacks(stacks: unknown): void {
  const known = Array.isArray(stacks) && stacks.length > 0 && stacks.every((name) => name === 'libp2p')
  if (!known) throw new InvalidOptionError('stacks', stacks, "['libp2p'], the one stack this version has")
}

async function networkOf(home: NodeHome | undefined): Promise<string> {
  if (home === undefined) throw new InvalidOptionError('network', undefined, 'a chain id, as no home was given')
  return await genesisChainId(home)
}

function listenOptions(
  options: CreateNodeOptions,
  home: NodeHome | undefined
): [listen: readonly string[], quic: boolean] {
  if (options.listen !== undefined) return [options.listen, false]
  return home === undefined ? [[configDefaults.laddr], false] : [[home.config.laddr], home.config.libp2pEnabled]
}

function extraTransports({ transports = [] }: CreateNodeOptions): TransportName[] {
  if (Array.isArray(transports) && transports.every((name) => TRANSPORT_NAMES.includes(name))) return transports
  throw new InvalidOptionError(
    'transports',
    transports,
    `an array of ${TRANSPORT_NAMES.map((name) => `'${name}'`).join(', ')}`
  )
}
