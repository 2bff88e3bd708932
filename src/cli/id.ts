/** `comet-libp2p id`: who a home is and how it is dialled; and peer lists from one form to the other. */
import { networkInterfaces } from 'node:os'
import type { PeerId } from '@libp2p/interface'
import { type HostPort, parseHostPort, withoutScheme } from '../identity/host-port.ts'
import { isUnspecified } from '../identity/ip.ts'
import { type HomeConfig, readConfig } from '../node/config.ts'
import { DEFAULT_HOME, inHome, loadOrCreateNodeKey, readNodeKey, readTextFile, resolveHome } from '../node/home.ts'
import { flagValue, readFlags, UsageError } from './flags.ts'
import { bootstrapEntry, idLines, idReport } from './id-report.ts'
import type { Terminal } from './terminal.ts'
import { parseAddressList, parseKey, parseKeyText, toBootstrapPeers, toPersistentPeers } from './translate.ts'

export const ID_HELP = `comet-libp2p id: the ids and addresses of a CometBFT home, and peer lists in other forms

usage: comet-libp2p id [--home DIR] [--init]
       comet-libp2p id --persistent-peers LIST [--key KEY]...
       comet-libp2p id --bootstrap-peers LIST

  --home DIR                the home (default $CMTHOME, else ~/.cometbft)
  --init                    make config/node_key.json if it is missing
  --address HOST:PORT       where the node is reached from outside, instead of what config.toml
                            and this machine's network say
  --persistent-peers LIST   print these (id@host:port,...) as bootstrap_peers of Go's libp2p.
                            A hex id is a hash: the keys must be given with --key
  --key KEY                 a PeerId, a public key (base64 or hex), a node_key.json, or a file
                            with one of these a line; may be given several times
  --bootstrap-peers LIST    print these (PeerId@host:port or multiaddrs) as persistent_peers
  --json                    one JSON object instead of lines
  --help                    this text`

const FLAGS = {
  home: { type: 'string' },
  init: { type: 'boolean', default: false },
  address: { type: 'string' },
  'persistent-peers': { type: 'string' },
  key: { type: 'string', multiple: true },
  'bootstrap-peers': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false }
} as const

/** The exit code: 0 if all was found and translated. */
export async function id(args: readonly string[], terminal: Terminal): Promise<number> {
  const { values } = readFlags(args, FLAGS)
  const { 'persistent-peers': persistent, 'bootstrap-peers': bootstrap, json } = values
  if (values.help) {
    terminal.print(ID_HELP)
    return 0
  }
  if (persistent !== undefined && bootstrap !== undefined)
    throw new UsageError('--persistent-peers: cannot be given together with --bootstrap-peers')
  if (values.key !== undefined && persistent === undefined)
    throw new UsageError('--key: only means something together with --persistent-peers')
  if (persistent !== undefined) return await printBootstrapPeers(persistent, values.key ?? [], json, terminal)
  if (bootstrap !== undefined) return printPersistentPeers(bootstrap, json, terminal)
  return await printHome(values, terminal)
}

async function printHome(
  values: { home?: string | undefined; init: boolean; address?: string | undefined; json: boolean },
  terminal: Terminal
): Promise<number> {
  const home = flagValue('--home', () => resolveHome(values.home ?? process.env.CMTHOME ?? DEFAULT_HOME))
  const given = values.address === undefined ? undefined : readAddress(values.address)
  const config = await readConfig(home)
  const path = inHome(home, config.nodeKeyFile)
  const key = values.init ? await loadOrCreateNodeKey(path) : await readNodeKey(path)
  if (key === undefined) {
    terminal.warn(`there is no ${path}; --init makes one`)
    return 1
  }
  const report = idReport(key, given === undefined ? socketsOf(config) : [given], config.libp2pEnabled)
  terminal.print(values.json ? JSON.stringify(report) : idLines(report).join('\n'))
  return 0
}

async function printBootstrapPeers(
  list: string,
  keyTexts: readonly string[],
  json: boolean,
  terminal: Terminal
): Promise<number> {
  const addresses = flagValue('--persistent-peers', () => parseAddressList(list))
  const keys = (await Promise.all(keyTexts.map(readKeys))).flat()
  const { peers, unknown } = flagValue('--persistent-peers', () => toBootstrapPeers(addresses, keys))
  if (json) terminal.print(JSON.stringify({ bootstrapPeers: peers, unknown }))
  else if (peers.length > 0)
    terminal.print(`bootstrap_peers = [\n${peers.map((peer) => `  ${bootstrapEntry(peer)}`).join(',\n')}\n]`)
  for (const hexId of unknown)
    terminal.warn(
      `no key known for ${hexId}: it is a hash of the key, so ask its operator for the PeerId (comet-libp2p id, or cometbft show-node-id --libp2p) and give it with --key`
    )
  return unknown.length === 0 ? 0 : 1
}

function printPersistentPeers(list: string, json: boolean, terminal: Terminal): number {
  const peers = flagValue('--bootstrap-peers', () => toPersistentPeers(parseAddressList(list)))
  terminal.print(json ? JSON.stringify({ persistentPeers: peers }) : `persistent_peers = "${peers.join(',')}"`)
  return 0
}

/** What reading a path fails with that is no path of a file at all, but may be a key. */
const NO_PATH: readonly unknown[] = ['ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']

/** A key, or a file of keys. */
async function readKeys(text: string): Promise<PeerId[]> {
  const file = await readTextFile(text).catch((err: NodeJS.ErrnoException) => {
    if (NO_PATH.includes(err.code)) return undefined
    throw new UsageError(`--key: ${err.message}`)
  })
  return flagValue('--key', () => (file === undefined ? [parseKey(text)] : parseKeyText(file)))
}

function readAddress(text: string): HostPort {
  const parsed = parseHostPort(withoutScheme(text), 1)
  if (typeof parsed === 'string') throw new UsageError(`--address: ${parsed}, found ${JSON.stringify(text)}`)
  return parsed
}

/** The external address; else the one listened on, which for all interfaces is each address this machine has. */
function socketsOf({ externalAddress, laddr }: HomeConfig): HostPort[] {
  const parsed = parseHostPort(withoutScheme(externalAddress ?? laddr), 0)
  // the config has checked it
  if (typeof parsed === 'string') return []
  if (!isUnspecified(parsed.host)) return [parsed]
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  const outside = all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
  return (outside.length > 0 ? outside : ['127.0.0.1']).map((host) => ({ host, port: parsed.port }))
}
