/**
 * What this library reads of a CometBFT config.toml (spec/transport-and-switch.md section 1, spec/lp2p.md section 6): the node's name and files, and the
 * `[p2p]` section with `[p2p.libp2p]`. Keys that mean nothing here are not looked at, as a home is shared with Go.
 *
 * Unlike Go's lp2p, which ignores `persistent_peers`, both lists count: an address says itself which stack it is for. `bootstrap_peers` counts where
 * `[p2p.libp2p]` is enabled, as in Go.
 */
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { InvalidOptionError } from '../errors.ts'
import { formatHostPort, parseHostPort, withoutScheme } from '../identity/host-port.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import { parseNodeId, parsePeerId } from '../identity/node-id.ts'
import type { PeerPolicyOptions } from '../interface/policy.ts'
import type { CometStackOptions } from '../stacks/comet/stack-options.ts'
import { parseDuration } from './duration.ts'
import { readTextFile } from './home.ts'

/** What a home says. What it leaves out is undefined, so that other defaults apply. */
export interface HomeConfig {
  readonly moniker?: string
  /** Relative paths are relative to the home. */
  readonly genesisFile: string
  readonly nodeKeyFile: string
  /** `tcp://host:port`, as Go writes it. */
  readonly laddr: string
  /** `host:port`. */
  readonly externalAddress?: string
  /** Go's lp2p is switched on: then a Go node with this home listens on QUIC. */
  readonly libp2pEnabled: boolean
  /** Bootstrap peers that are not persistent: dialled once at start. */
  readonly bootstrapPeers: readonly string[]
  readonly policy: PeerPolicyOptions
  /** What the classic stack's links and handshakes are told. */
  readonly classic: ClassicConfig
  readonly pex: PexConfig
}

/** How peers are found. What a file leaves out is undefined; Go's own files always say `pex` and `addr_book_strict`. */
export interface PexConfig {
  readonly pex?: boolean
  readonly seeds: readonly string[]
  readonly seedMode?: boolean
  /** Relative paths are relative to the home. */
  readonly addrBookFile: string
  readonly addrBookStrict?: boolean
}

/**
 * Keys of `[p2p]` about the classic stack alone. Rates are limited only where a home says so, as every config.toml does that Go has written: 5120000 bytes a second.
 * `handshake_timeout` and `dial_timeout` count here, though Go reads neither: it has 3 s and 1 s for them built in.
 */
export type ClassicConfig = Pick<
  CometStackOptions,
  'sendRate' | 'recvRate' | 'flushThrottleMs' | 'maxPacketMsgPayloadSize' | 'dialTimeoutMs' | 'handshakeTimeoutMs'
>

/** config/config.go, DefaultBaseConfig and DefaultP2PConfig: what a file that leaves these out means. */
export const configDefaults = Object.freeze({
  genesisFile: join('config', 'genesis.json'),
  nodeKeyFile: join('config', 'node_key.json'),
  laddr: 'tcp://0.0.0.0:26656',
  addrBookFile: join('config', 'addrbook.json')
})

/** In a home. */
export const CONFIG_FILE = join('config', 'config.toml')

/** The config of a home; the defaults if there is no config.toml. Rejects with `InvalidOptionError` naming the key that is wrong. */
export async function readConfig(home: string): Promise<HomeConfig> {
  const path = join(home, CONFIG_FILE)
  return parseConfig((await readTextFile(path)) ?? '', path)
}

/** Reads a config.toml. `file` names it in errors. */
export function parseConfig(text: string, file = 'config.toml'): HomeConfig {
  const top = new Table(parseToml(text, file), `${file}: `)
  const p2p = top.table('p2p')
  const libp2p = p2p.table('libp2p')
  const libp2pEnabled = libp2p.boolean('enabled') ?? false
  const bootstrap = libp2pEnabled ? uniqueById(libp2p.tables('bootstrap_peers').map(bootstrapPeer)) : []
  const moniker = top.string('moniker')
  const external = p2p.string('external_address') ?? ''
  return {
    ...(moniker === undefined || moniker === '' ? {} : { moniker }),
    genesisFile: top.string('genesis_file') ?? configDefaults.genesisFile,
    nodeKeyFile: top.string('node_key_file') ?? configDefaults.nodeKeyFile,
    laddr: `tcp://${hostPort(p2p, 'laddr', p2p.string('laddr') ?? configDefaults.laddr, 0)}`,
    ...(external === '' ? {} : { externalAddress: hostPort(p2p, 'external_address', external, 1) }),
    libp2pEnabled,
    bootstrapPeers: bootstrap.filter(({ persistent }) => !persistent).map(({ address }) => address),
    policy: policyOf(p2p, bootstrap),
    classic: classicOf(p2p),
    pex: pexOf(p2p)
  }
}

function pexOf(p2p: Table): PexConfig {
  const seeds = addressesOf(p2p, 'seeds')
  const found = {
    pex: p2p.boolean('pex'),
    seedMode: p2p.boolean('seed_mode'),
    addrBookStrict: p2p.boolean('addr_book_strict')
  }
  const given = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
  return { seeds, addrBookFile: p2p.string('addr_book_file') ?? configDefaults.addrBookFile, ...given }
}

function addressesOf(table: Table, key: string): string[] {
  const addresses = table.list(key)
  for (const [i, address] of addresses.entries())
    checked(table, `${key}[${i}]`, address, 'an address such as <id>@host:port', () => parseNetAddress(address))
  return addresses
}

function classicOf(p2p: Table): ClassicConfig {
  const found: ClassicConfig = {
    sendRate: p2p.count('send_rate'),
    recvRate: p2p.count('recv_rate'),
    flushThrottleMs: p2p.duration('flush_throttle_timeout'),
    // 0 would be no packet, and no time at all
    maxPacketMsgPayloadSize: p2p.count('max_packet_msg_payload_size') || undefined,
    dialTimeoutMs: p2p.duration('dial_timeout') || undefined,
    handshakeTimeoutMs: p2p.duration('handshake_timeout') || undefined
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

interface BootstrapPeer {
  readonly id: string
  readonly address: string
  readonly persistent: boolean
  readonly unconditional: boolean
  readonly private: boolean
}

function bootstrapPeer(entry: Table): BootstrapPeer {
  const id = entry.string('id') ?? ''
  if (parsePeerId(id) === undefined) throw new InvalidOptionError(entry.field('id'), id, 'a PeerId such as 12D3Koo…')
  const host = entry.string('host') ?? ''
  return {
    id,
    address: `${id}@${hostPort(entry, 'host', host, 1)}`,
    persistent: entry.boolean('persistent') ?? false,
    unconditional: entry.boolean('unconditional') ?? false,
    private: entry.boolean('private') ?? false
  }
}

/** As Go: of several entries of one id, the first counts. */
function uniqueById(peers: BootstrapPeer[]): BootstrapPeer[] {
  return peers.filter(({ id }, i) => peers.findIndex((peer) => peer.id === id) === i)
}

function policyOf(p2p: Table, bootstrap: BootstrapPeer[]): PeerPolicyOptions {
  const maxNumInboundPeers = p2p.count('max_num_inbound_peers')
  const maxNumOutboundPeers = p2p.count('max_num_outbound_peers')
  const allowDuplicateIP = p2p.boolean('allow_duplicate_ip')
  // Go: zero means no cap of its own
  const period = p2p.duration('persistent_peers_max_dial_period') ?? 0
  const addresses = addressesOf(p2p, 'persistent_peers')
  return {
    persistentPeers: [...addresses, ...bootstrap.filter((peer) => peer.persistent).map(({ address }) => address)],
    unconditionalPeerIDs: [...ids(p2p, 'unconditional_peer_ids'), ...idsOf(bootstrap, 'unconditional')],
    privatePeerIDs: [...ids(p2p, 'private_peer_ids'), ...idsOf(bootstrap, 'private')],
    ...(maxNumInboundPeers === undefined ? {} : { maxNumInboundPeers }),
    ...(maxNumOutboundPeers === undefined ? {} : { maxNumOutboundPeers }),
    ...(allowDuplicateIP === undefined ? {} : { allowDuplicateIP }),
    ...(period === 0 ? {} : { persistentPeersMaxDialPeriod: period })
  }
}

function idsOf(bootstrap: BootstrapPeer[], flag: 'unconditional' | 'private'): string[] {
  return bootstrap.filter((peer) => peer[flag]).map(({ id }) => id)
}

function ids(table: Table, key: string): string[] {
  const found = table.list(key)
  for (const [i, id] of found.entries())
    checked(table, `${key}[${i}]`, id, '40 hex digits or a PeerId', () => parseNodeId(key, id))
  return found
}

function hostPort(table: Table, key: string, text: string, minPort: 0 | 1): string {
  const parsed = parseHostPort(withoutScheme(text), minPort)
  if (typeof parsed === 'string') throw new InvalidOptionError(table.field(key), text, `host:port (${parsed})`)
  return formatHostPort(parsed.host, parsed.port)
}

/** The result of `read`; what it throws becomes an error that names the key. */
function checked<T>(table: Table, key: string, found: string, want: string, read: () => T): T {
  try {
    return read()
  } catch (err) {
    throw new InvalidOptionError(table.field(key), found, `${want} (${(err as Error).message})`)
  }
}

function parseToml(text: string, file: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (err) {
    // the parser's message goes on with an excerpt of the file over several lines
    const why = (err as Error).message.split('\n')[0]
    throw new InvalidOptionError(file, `text that is not (${why})`, 'TOML')
  }
}

/** A table of the file: reads typed values, and names itself in errors. */
class Table {
  readonly #values: Record<string, unknown>
  readonly #path: string

  constructor(values: Record<string, unknown>, path: string) {
    this.#values = values
    this.#path = path
  }

  field(key: string): string {
    return `${this.#path}${key}`
  }

  string(key: string): string | undefined {
    return this.#typed(key, 'a string', (value) => typeof value === 'string') as string | undefined
  }

  boolean(key: string): boolean | undefined {
    return this.#typed(key, 'true or false', (value) => typeof value === 'boolean') as boolean | undefined
  }

  count(key: string): number | undefined {
    const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0
    return this.#typed(key, 'an integer of at least 0', isCount) as number | undefined
  }

  /** Milliseconds. */
  duration(key: string): number | undefined {
    const text = this.#values[key]
    return text === undefined ? undefined : parseDuration(this.field(key), text)
  }

  /** Go's comma lists: parts trimmed, empty ones dropped. */
  list(key: string): string[] {
    return (this.string(key) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
  }

  table(key: string): Table {
    return new Table((this.#typed(key, 'a table', isTable) ?? {}) as Record<string, unknown>, `${this.#path}${key}.`)
  }

  tables(key: string): Table[] {
    const found = (this.#typed(key, 'an array of tables', Array.isArray) ?? []) as unknown[]
    return found.map((each, i) => {
      if (!isTable(each)) throw new InvalidOptionError(this.field(`${key}[${i}]`), each, 'a table')
      return new Table(each as Record<string, unknown>, `${this.#path}${key}[${i}].`)
    })
  }

  #typed(key: string, want: string, is: (value: unknown) => boolean): unknown {
    const value = this.#values[key]
    if (value === undefined || is(value)) return value
    throw new InvalidOptionError(this.field(key), value, want)
  }
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}
