/** The flags of `comet-libp2p node`, checked. */
import { multiaddr } from '@multiformats/multiaddr'
import { fromHex } from '../chain/bytes.ts'
import { parseHostPort, withoutScheme } from '../identity/host-port.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { StackName } from '../node/create-node.ts'
import { resolveHome } from '../node/home.ts'
import { flagValue, positiveNumber, readFlags, UsageError } from './flags.ts'
import { rpcUrl } from './rpc.ts'
import { readStacks } from './stack-names.ts'
import { parseTx } from './tx-input.ts'

export const NODE_HELP = `comet-libp2p node: join a network, follow its blocks, see its transactions, submit some

usage: comet-libp2p node --peer ADDRESS [--peer ADDRESS]... [flags]
       comet-libp2p node --seed ADDRESS [flags]

  --peer ADDRESS     whom to dial, and redial: PeerId@host:port of a Go node with libp2p (QUIC), a
                     multiaddr, or the hex id@host:port of a node with the classic stack (with
                     --stacks libp2p: of a node of this library, over TCP)
  --stacks LIST      libp2p, comet (CometBFT's own stack, the classic one: TCP, SecretConnection,
                     MConnection), or both: libp2p,comet (default: libp2p)
  --seed ADDRESS     find peers by peer exchange, and begin with this node where none is known;
                     several times. Who is found is remembered in DIR of --data or --home
  --pex              the same without a seed: by those that --peer names
  --dht MODE         on libp2p: find peers by the network's own DHT too, as server or client
  --lan              addresses of local networks count as well
  --socket PATH      where peers, bans, book and why reach this node (default: in DIR of --data or
                     --home)
  --rpc URL          a CometBFT RPC of that chain: tells the chain id, the genesis, and validator
                     sets as they change. What it says of validators is checked against the blocks
  --genesis FILE     the chain's genesis file, instead of the RPC's
  --network ID       the chain id, where neither of these nor a home tells, nor a --peer with the
                     classic stack, which is asked. Go's libp2p nodes do not tell theirs: without
                     a genesis nobody notices that one is of another chain
  --trust H:HASH     begin at block H, whose header hash you trust, not at the first one
  --data DIR         keep blocks and this node's key in DIR (default: memory, the last 1000 blocks)
  --home DIR         a CometBFT home: key, config.toml, genesis.json
  --listen ADDRESS   a multiaddr, or tcp://host:port, which is the classic stack's where there is
                     one; may be given several times (default: of the home, else free ports)
  --tx TX            submit a transaction: text, 0x<hex> or base64:<...>; may be given several
                     times. "-" reads one a line from standard input
  --seconds N        end after N seconds; the exit code is 0 only if by then a peer was there, all
                     its blocks are verified and every transaction was handed to a peer
  --json             print one JSON object a second instead of the picture
  --log FILE         write what the node logs to FILE
  --help             this text`

const FLAGS = {
  peer: { type: 'string', multiple: true, default: [] as string[] },
  stacks: { type: 'string' },
  seed: { type: 'string', multiple: true, default: [] as string[] },
  pex: { type: 'boolean', default: false },
  dht: { type: 'string' },
  lan: { type: 'boolean', default: false },
  socket: { type: 'string' },
  rpc: { type: 'string' },
  genesis: { type: 'string' },
  network: { type: 'string' },
  trust: { type: 'string' },
  data: { type: 'string' },
  home: { type: 'string' },
  listen: { type: 'string', multiple: true },
  tx: { type: 'string', multiple: true, default: [] as string[] },
  seconds: { type: 'string' },
  json: { type: 'boolean', default: false },
  log: { type: 'string' },
  help: { type: 'boolean', default: false }
} as const

export interface NodeFlags {
  readonly peers: readonly NetAddress[]
  readonly stacks: readonly StackName[]
  readonly seeds: readonly NetAddress[]
  readonly pex: boolean
  readonly dht: 'client' | 'server' | undefined
  readonly lan: boolean
  readonly socket: string | undefined
  readonly rpc: URL | undefined
  readonly genesis: string | undefined
  readonly network: string | undefined
  readonly trust: { readonly height: bigint; readonly hash: Uint8Array } | undefined
  readonly data: string | undefined
  readonly home: string | undefined
  readonly listen: readonly string[] | undefined
  readonly txs: readonly Uint8Array[]
  /** `--tx -` */
  readonly stdin: boolean
  readonly seconds: number | undefined
  readonly json: boolean
  readonly log: string | undefined
}

/** Undefined: only help was asked for. Throws `UsageError`. */
export function readNodeFlags(args: readonly string[]): NodeFlags | undefined {
  const { values } = readFlags(args, FLAGS)
  if (values.help) return undefined
  const { peer, seed, home, data } = values
  if (peer.length === 0 && seed.length === 0 && home === undefined && values.listen === undefined)
    throw new UsageError(
      '--peer: expected at least one address, as there is neither a --home that may name some nor a --listen'
    )
  return {
    peers: peer.map((text) => flagValue('--peer', () => parseNetAddress(text))),
    stacks: readStacks('--stacks', values.stacks ?? 'libp2p'),
    seeds: seed.map((text) => flagValue('--seed', () => parseNetAddress(text))),
    pex: values.pex || seed.length > 0,
    dht: readDht(values.dht),
    lan: values.lan,
    socket: values.socket,
    rpc: values.rpc === undefined ? undefined : rpcUrl('--rpc', values.rpc),
    genesis: values.genesis,
    network: values.network,
    trust: values.trust === undefined ? undefined : readTrust(values.trust),
    data: data === undefined ? undefined : flagValue('--data', () => resolveHome(data)),
    home: home === undefined ? undefined : flagValue('--home', () => resolveHome(home)),
    listen: values.listen?.map(readListen),
    txs: values.tx.filter((text) => text !== '-').map((text) => parseTx('--tx', text)),
    stdin: values.tx.includes('-'),
    seconds: positiveNumber('--seconds', values.seconds, 1e6),
    json: values.json,
    log: values.log
  }
}

/** Its form; whether the stacks can listen there is found out when they do. */
function readListen(text: string): string {
  const fault = text.startsWith('/')
    ? flagValue('--listen', () => void multiaddr(text))
    : parseHostPort(withoutScheme(text), 0)
  if (typeof fault === 'string')
    throw new UsageError(`--listen: expected tcp://host:port or a multiaddr (${fault}), found ${JSON.stringify(text)}`)
  return text
}

function readDht(mode: string | undefined): 'client' | 'server' | undefined {
  if (mode === undefined || mode === 'client' || mode === 'server') return mode
  throw new UsageError(`--dht: expected client or server, found ${JSON.stringify(mode)}`)
}

function readTrust(text: string): { height: bigint; hash: Uint8Array } {
  const [heightText = '', hashText = ''] = text.split(':')
  const hash = hashText.length === 64 ? fromHex(hashText) : undefined
  if (hash === undefined || !/^[1-9]\d{0,17}$/.test(heightText) || text.split(':').length !== 2)
    throw new UsageError(
      `--trust: expected <height>:<64 hex digits of the header's hash>, found ${JSON.stringify(text.slice(0, 100))}`
    )
  return { height: BigInt(heightText), hash }
}
