/** The flags of `comet-libp2p bridge`, checked. */
import type { BridgePair } from '../bridge/bridge.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import { resolveHome } from '../node/home.ts'
import { flagValue, positiveNumber, readFlags, UsageError } from './flags.ts'

export const BRIDGE_HELP = `comet-libp2p bridge: join a classic network and an lp2p network into one chain

usage: comet-libp2p bridge --classic ADDRESS --lp2p ADDRESS [--classic ADDRESS --lp2p ADDRESS]...
                           [flags]

Each pair of addresses is a node of either network; what one says reaches the other, byte for byte.
The bridge is a peer of both, votes nothing and keeps nothing. More pairs are more ways across.

  --classic ADDRESS  a node with CometBFT's own stack, hex id@host:port
  --lp2p ADDRESS     a node with libp2p: PeerId@host:port (QUIC), or a multiaddr with /p2p/
  --network ID       the chain id (default: of the home's genesis; without a home, what the node of
                     --classic says)
  --home DIR         a CometBFT home: key, config.toml, genesis.json (default: a key for this run)
  --listen ADDRESS   tcp://host:port or a multiaddr, may be given several times. Go wants to be told
                     where to find its peers (default: tcp://0.0.0.0:0 and
                     /ip4/0.0.0.0/udp/0/quic-v1)
  --seconds N        end after N seconds; the exit code is 0 only if by then every pair relays
  --json             print one JSON object a second instead of the picture
  --log FILE         write what the bridge logs to FILE
  --help             this text`

const FLAGS = {
  classic: { type: 'string', multiple: true, default: [] as string[] },
  lp2p: { type: 'string', multiple: true, default: [] as string[] },
  network: { type: 'string' },
  home: { type: 'string' },
  listen: { type: 'string', multiple: true },
  seconds: { type: 'string' },
  json: { type: 'boolean', default: false },
  log: { type: 'string' },
  help: { type: 'boolean', default: false }
} as const

/** lp2p cannot handle IPv6 peers (spec/lp2p.md section 7). */
const DEFAULT_LISTEN = ['tcp://0.0.0.0:0', '/ip4/0.0.0.0/udp/0/quic-v1']

export interface BridgeFlags {
  readonly pairs: readonly BridgePair[]
  readonly network: string | undefined
  readonly home: string | undefined
  readonly listen: readonly string[]
  readonly seconds: number | undefined
  readonly json: boolean
  readonly log: string | undefined
}

/** Undefined: only help was asked for. Throws `UsageError`. */
export function readBridgeFlags(args: readonly string[]): BridgeFlags | undefined {
  const { values } = readFlags(args, FLAGS)
  if (values.help) return undefined
  const { classic, lp2p, home, network } = values
  if (classic.length === 0) throw new UsageError('--classic: expected the address of a node with the classic stack')
  if (lp2p.length !== classic.length)
    throw new UsageError(`--lp2p: expected one for each --classic, found ${lp2p.length} for ${classic.length}`)
  const pairs = classic.map((address, i) => ({
    classic: checked('--classic', address),
    lp2p: checked('--lp2p', lp2p[i] as string)
  }))
  if (network === '') throw new UsageError('--network: expected the chain id, found ""')
  return {
    pairs,
    network,
    home: home === undefined ? undefined : flagValue('--home', () => resolveHome(home)),
    listen: values.listen ?? DEFAULT_LISTEN,
    seconds: positiveNumber('--seconds', values.seconds, 1e6),
    json: values.json,
    log: values.log
  }
}

/** Each form of address names its stack: a hex id at host:port is the classic one's, everything else libp2p's. */
function checked(flag: '--classic' | '--lp2p', text: string): string {
  const { id, form } = flagValue(flag, () => parseNetAddress(text))
  if (id === '') throw new UsageError(`${flag}: expected an address that names its node, found ${JSON.stringify(text)}`)
  if ((form === 'hex') !== (flag === '--classic'))
    throw new UsageError(
      flag === '--classic'
        ? `--classic: expected hex id@host:port, found ${JSON.stringify(text)}`
        : `--lp2p: expected PeerId@host:port or a multiaddr, found ${JSON.stringify(text)}`
    )
  return text
}
