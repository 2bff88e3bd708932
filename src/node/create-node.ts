/**
 * A whole node in one call: the composition root for Node.js. It joins a CometBFT home (key, config.toml, genesis), the stacks that are asked for (a libp2p node with
 * what CometBFT reactors need, the classic stack, or both), and the one Switch that runs the reactors over them. Options win over config.toml, config.toml over defaults.
 *
 * The node exists for CometBFT, so its policy is `exclusive` unless told otherwise. libp2p's connection monitor is off: it aborts a busy connection whose
 * ping takes over 5 s (spec/js-libp2p.md section 5.5); the switch has a liveness of its own that neither load nor a stuck reactor can fool.
 */

import { identify } from '@libp2p/identify'
import type { Libp2p, ServiceMap } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2pOptions as Libp2pInit } from 'libp2p'
import { InvalidAddressError, InvalidOptionError } from '../errors.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import { checkedNodeKey, generateNodeKey, type NodeKey } from '../identity/node-key.ts'
import type { AddressBook, PeerRecords } from '../interface/address-book.ts'
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { Switch } from '../interface/switch.ts'
import type { SwitchOptions } from '../options.ts'
import { CometStack } from '../stacks/comet/stack.ts'
import type { CometDhtInit } from '../stacks/libp2p/dht/dht-options.ts'
import { cometDht } from '../stacks/libp2p/dht/network-dht.ts'
import { peerRecords } from '../stacks/libp2p/finding/peer-records.ts'
import { peerPolicy } from '../stacks/libp2p/peer-policy.ts'
import { comet, type Libp2pOptions } from '../stacks/libp2p/service.ts'
import { CometSwitch } from '../switch/switch.ts'
import { assertNames } from '../util/check.ts'
import { nullLogger } from '../util/logger.ts'
import { safeLogger } from '../util/safe-logger.ts'
import { adminActions } from './admin/actions.ts'
import { type AdminSocket, openAdminSocket } from './admin/admin-socket.ts'
import { configDefaults } from './config.ts'
import { ADMIN_SOCKET, inHome } from './home.ts'
import type { LevelBook } from './level-book.ts'
import { type ListenPlan, listenPlan } from './listen.ts'
import { genesisChainId, type NodeHome, openHome } from './node-home.ts'
import { type ClassicOptions, classicOptions, policyOptions, SHARED_OPTIONS, serviceOptions } from './node-options.ts'
import { DISCOVERY_OPTIONS, type DiscoveryOptions, dhtInit, discoveryParts } from './peer-exchange.ts'
import {
  loadTransports,
  TRANSPORT_NAMES,
  type TransportName,
  transportOfAddress,
  transportOfMultiaddr
} from './transports.ts'

export type StackName = 'libp2p' | 'comet'

export interface CreateNodeOptions<S extends readonly StackName[] = readonly StackName[]>
  extends Omit<SwitchOptions, 'network'>,
    PeerPolicyOptions,
    Libp2pOptions,
    ClassicOptions,
    DiscoveryOptions {
  /** A CometBFT home directory, `~` allowed. Its node key is made if it is missing; config.toml and genesis.json are read if they are there. Left out: no files, a key for this run. */
  home?: string
  /** Chain id. @default the one of the home's genesis.json */
  network?: string
  /** Instead of the home's. */
  nodeKey?: NodeKey
  /**
   * `libp2p`, `comet` (CometBFT's own: TCP, SecretConnection, MConnection) or both, on which a node then is one and the same: one key, id, peer set and policy. A
   * peer with addresses on both is dialled on the first of these first, and on the other if that fails. @default ['libp2p']
   */
  stacks?: S
  /**
   * `tcp://host:port` or multiaddrs; empty: does not listen. `tcp://` belongs to the classic stack, multiaddrs to libp2p; on a node that has only libp2p, `tcp://` is
   * libp2p over TCP. @default config.toml's `laddr`, else tcp://0.0.0.0:26656; libp2p listens there too over QUIC where `[p2p.libp2p]` is enabled, and beside
   * the classic stack it listens on nothing else
   */
  listen?: string[]
  /** Transports of libp2p to have ready beside those that the addresses above need, for later dials: 'ws', 'quic'. */
  transports?: TransportName[]
  /**
   * libp2p's own option: what finds nodes, such as `mdns()` or `bootstrap({ list })`. Whoever it finds is dialled while outbound slots are free, unless `discovery`
   * says 'off'. @default none
   */
  peerDiscovery?: NonNullable<Libp2pInit['peerDiscovery']>
  /** A socket file for operators (`comet-libp2p peers`, `bans`, `book`, `why`), which only its owner may open; true: `comet-libp2p.sock` in the home. @default none */
  adminSocket?: string | boolean
}

/** Those that no part of the node knows. */
const OWN_OPTIONS = [
  'home',
  'nodeKey',
  'stacks',
  'listen',
  'transports',
  'peerDiscovery',
  'adminSocket'
] satisfies Array<keyof CreateNodeOptions>

type CometLibp2p = Libp2p<ServiceMap & { comet: Switch }>

export interface CometNode<S extends readonly StackName[] = readonly ['libp2p']> {
  /** Runs the reactors. Already started. */
  readonly switch: Switch
  /** Undefined where 'libp2p' is not among the stacks. */
  readonly libp2p: 'libp2p' extends S[number]
    ? number extends S['length']
      ? CometLibp2p | undefined
      : CometLibp2p
    : undefined
  /** The home's key, or the one made for this run. */
  readonly nodeKey: NodeKey
  /** Peers are told, what was accepted goes out, everything ends. May be called again. */
  stop(): Promise<void>
}

/** What a node is made of, once everything was read. */
interface Parts {
  readonly stacks: readonly StackName[]
  readonly service: SwitchOptions & Libp2pOptions
  readonly policy: PeerPolicyOptions
  readonly nodeKey: NodeKey
  readonly plan: ListenPlan
  readonly classic: CometStack | undefined
  readonly transports: readonly TransportName[]
  readonly records: PeerRecords | undefined
  readonly level: LevelBook | undefined
  readonly dht: CometDhtInit | undefined
  readonly discovery: 'any' | 'off'
  readonly peerDiscovery: NonNullable<Libp2pInit['peerDiscovery']>
  /** Dialled by peer exchange. */
  readonly seeds: readonly string[]
}

/** Started. */
type Running = Pick<CometNode<readonly StackName[]>, 'switch' | 'libp2p' | 'stop'>

/**
 * Makes and starts a node; it listens when this settles. Rejects with the error of the first option, file or address that is wrong
 * (`InvalidOptionError`, `InvalidAddressError`, `InvalidNodeIdError`, `InvalidKeyError`), with `MissingDependencyError`, or with what failed to start; then
 * nothing is left running.
 */
export async function createNode<const S extends readonly StackName[] = readonly ['libp2p']>(
  options: CreateNodeOptions<S>
): Promise<CometNode<S>> {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionError('options', options, 'an object')
  assertNames('', options, [...OWN_OPTIONS, ...DISCOVERY_OPTIONS, ...SHARED_OPTIONS])
  const stacks = checkedStacks(options.stacks ?? ['libp2p'])
  const ownKey = options.nodeKey === undefined ? undefined : checkedNodeKey('nodeKey', options.nodeKey)
  const home = options.home === undefined ? undefined : await openHome(options.home, ownKey)
  const parts = await readParts(options, stacks, home, ownKey)
  const bootstrapPeers = stacks.includes('libp2p') ? [...(home?.config.bootstrapPeers ?? [])] : []
  await parts.level?.open()
  try {
    const running = stacks.includes('libp2p') ? await startLibp2p(parts, bootstrapPeers) : await startClassic(parts)
    if (bootstrapPeers.length > 0) running.switch.dialPeersAsync(bootstrapPeers)
    const admin = await openDoor(options, parts, running, home)
    let stopped: Promise<void> | undefined
    // peer exchange saves the book when it stops
    const end = () => Promise.all([admin?.close(), running.stop().finally(() => parts.level?.close())])
    const stop = () => (stopped ??= end().then(() => undefined))
    return { switch: running.switch, libp2p: running.libp2p as CometNode<S>['libp2p'], nodeKey: parts.nodeKey, stop }
  } catch (err) {
    await parts.level?.close()
    throw err
  }
}

/** The operators' socket, if one is asked for; what cannot be opened stops the node again. */
async function openDoor(
  { adminSocket, logger }: CreateNodeOptions,
  { service }: Parts,
  running: Running,
  home: NodeHome | undefined
): Promise<AdminSocket | undefined> {
  if (adminSocket === undefined || adminSocket === false) return undefined
  try {
    const path = adminSocket === true && home !== undefined ? inHome(home.dir, ADMIN_SOCKET) : adminSocket
    if (path === true) throw new InvalidOptionError('adminSocket', true, 'a path, as there is no home')
    const actions = adminActions({ switch: running.switch, book: service.addressBook as AddressBook })
    return await openAdminSocket(path, actions, safeLogger(logger ?? nullLogger))
  } catch (err) {
    await running.stop()
    throw err
  }
}

async function readParts(
  options: CreateNodeOptions,
  stacks: readonly StackName[],
  home: NodeHome | undefined,
  ownKey: NodeKey | undefined
): Promise<Parts> {
  const config = home?.config
  const nodeKey = home?.nodeKey ?? ownKey ?? generateNodeKey()
  const network = options.network ?? (await networkOf(home))
  const given = policyOptions(options, config)
  const records = stacks.includes('libp2p') ? peerRecords() : undefined
  const { book, pex, level, seeds } = discoveryParts(options, {
    home,
    persistentPeersMaxDialPeriod: given.persistentPeersMaxDialPeriod,
    records
  })
  const said = serviceOptions(options, config)
  const reactors = pex === undefined ? {} : { reactors: { ...said.reactors, PEX: pex } }
  const service = { ...said, network, addressBook: book, ...reactors }
  // a home may be shared with a node that has libp2p
  const ofHome = options.persistentPeers === undefined && !stacks.includes('libp2p')
  const policy = ofHome ? { ...given, persistentPeers: given.persistentPeers?.filter(isClassic) ?? [] } : given
  const { peerDiscovery = [] } = options
  if (!Array.isArray(peerDiscovery) || peerDiscovery.some((make) => typeof make !== 'function'))
    throw new InvalidOptionError('peerDiscovery', peerDiscovery, 'an array of functions, as mdns() gives')
  for (const field of ['dht', 'discovery', 'peerDiscovery'] as const)
    if (!stacks.includes('libp2p') && (options[field] ?? false) !== false)
      throw new InvalidOptionError(field, options[field], "it only together with 'libp2p' among the stacks")
  const hasClassic = stacks.includes('comet')
  const plan = await listenPlan({
    stacks: { libp2p: stacks.includes('libp2p'), classic: hasClassic },
    listen: options.listen,
    laddr: config?.laddr ?? configDefaults.laddr,
    quic: config?.libp2pEnabled ?? false,
    externalAddress: service.externalAddress
  })
  const { clock, logger } = options
  const classic = hasClassic
    ? new CometStack({ ...classicOptions(options, config?.classic), nodeKey, listen: plan.classic, clock, logger })
    : undefined
  return {
    stacks,
    service,
    policy,
    nodeKey,
    plan,
    classic,
    transports: extraTransports(options),
    records,
    level,
    seeds,
    dht: dhtInit(options, network, config?.pex),
    discovery: options.discovery ?? (peerDiscovery.length > 0 ? 'any' : 'off'),
    peerDiscovery
  }
}

/** A DHT that others are to find us in, or to ask us, where libp2p has no address: beside the classic stack it has none unless it is told one. */
function warnOfDeafDht({ dht, plan, service, stacks }: Parts): void {
  if (dht === undefined || plan.libp2p.length > 0) return
  if ((dht.mode ?? 'server') !== 'server' && dht.provide !== true) return
  const how = stacks.includes('comet') ? ', beside the classic one' : ''
  safeLogger(service.logger ?? nullLogger).warn(
    `dht is on and libp2p listens on nothing, so nobody can ask this node, or reach it: give \`listen\` a multiaddr${how}, such as /ip4/0.0.0.0/tcp/26657`
  )
}

async function startLibp2p(parts: Parts, bootstrapPeers: readonly string[]): Promise<Running> {
  warnOfDeafDht(parts)
  const { stacks, service, policy: policyInit, nodeKey, plan, classic, transports, records, seeds, dht } = parts
  const { discovery, peerDiscovery } = parts
  const policy = peerPolicy(policyInit)
  const dials = [...(policyInit.persistentPeers ?? []), ...bootstrapPeers, ...seeds].map((text) =>
    parseNetAddress(text)
  )
  const needed = [...plan.libp2p.map(transportOfMultiaddr), ...dials.map(transportOfAddress), ...transports]
  const libp2p = await createLibp2p({
    start: false,
    privateKey: nodeKey.privateKey,
    addresses: { listen: plan.libp2p.map(String), ...plan.announce },
    transports: await loadTransports(['tcp', ...needed.filter((name) => name !== undefined)]),
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    connectionMonitor: { enabled: false },
    peerDiscovery,
    services: {
      identify: identify(),
      ping: ping(),
      ...(dht === undefined ? {} : { cometDht: cometDht(dht) }),
      comet: comet({
        ...service,
        policy,
        records,
        discovery,
        stacks: stacks.map((name) => (name === 'libp2p' ? name : (classic as CometStack)))
      })
    }
  })
  // a failed start stops what had started, and rejects
  await libp2p.start()
  return { switch: libp2p.services.comet, libp2p, stop: async () => await libp2p.stop() }
}

async function startClassic({ service, policy, nodeKey, classic }: Parts): Promise<Running> {
  for (const text of policy.persistentPeers ?? [])
    if (!isClassic(text))
      throw new InvalidAddressError(text, "it is a libp2p address, and 'libp2p' is not among the stacks")
  const sw = new CometSwitch({ ...service, policy, nodeKey, stacks: [classic as CometStack] })
  await sw.start()
  return { switch: sw, libp2p: undefined, stop: () => sw.stop() }
}

function isClassic(address: string): boolean {
  return parseNetAddress(address).form === 'hex'
}

function checkedStacks(stacks: unknown): readonly StackName[] {
  const known = (name: unknown) => name === 'libp2p' || name === 'comet'
  const good =
    Array.isArray(stacks) && stacks.length > 0 && stacks.every(known) && new Set(stacks).size === stacks.length
  if (!good) throw new InvalidOptionError('stacks', stacks, "an array of 'libp2p', 'comet' or both")
  return stacks
}

async function networkOf(home: NodeHome | undefined): Promise<string> {
  if (home === undefined) throw new InvalidOptionError('network', undefined, 'a chain id, as no home was given')
  return await genesisChainId(home)
}

function extraTransports({ transports = [] }: CreateNodeOptions): TransportName[] {
  if (Array.isArray(transports) && transports.every((name) => TRANSPORT_NAMES.includes(name))) return transports
  throw new InvalidOptionError(
    'transports',
    transports,
    `an array of ${TRANSPORT_NAMES.map((name) => `'${name}'`).join(', ')}`
  )
}
