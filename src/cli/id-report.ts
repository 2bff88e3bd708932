/**
 * What `comet-libp2p id` says of a node: its ids and its addresses, in the form each configuration file wants. Pure. Who listens depends on the program that
 * runs the home: Go on TCP with the classic protocol, or on UDP alone where `[p2p.libp2p]` is enabled; this library with libp2p on TCP, and then on UDP too.
 */
import { bytesToHex } from '@noble/hashes/utils.js'
import { toBootstrapForm } from '../identity/address-forms.ts'
import { formatHostPort, type HostPort } from '../identity/host-port.ts'
import { netAddressFromParts, toMultiaddr } from '../identity/net-address.ts'
import type { NodeKey } from '../identity/node-key.ts'

export interface AddressForms {
  /** `persistent_peers` of CometBFT: the classic stack; on a node that has only libp2p, libp2p over TCP. */
  readonly persistentPeer: string
  /** `bootstrap_peers` of Go's lp2p, as one string: libp2p over QUIC. */
  readonly bootstrapPeer: string
  readonly tcp: string
  readonly quic: string
}

export interface IdReport {
  readonly nodeId: string
  readonly peerId: string
  /** Base64, as in genesis files and the RPC; and hex. */
  readonly publicKey: string
  readonly publicKeyHex: string
  /** `[p2p.libp2p]` is enabled in the home's config.toml. */
  readonly libp2pEnabled: boolean
  readonly addresses: readonly AddressForms[]
}

export function idReport(
  { id, peerId, publicKey }: NodeKey,
  sockets: readonly HostPort[],
  libp2pEnabled: boolean
): IdReport {
  return {
    nodeId: id,
    peerId: String(peerId),
    publicKey: btoa(String.fromCharCode(...publicKey)),
    publicKeyHex: bytesToHex(publicKey),
    libp2pEnabled,
    // nobody can dial port 0
    addresses: sockets
      .filter(({ port }) => port !== 0)
      .map(({ host, port }) => {
        const hex = netAddressFromParts(id, host, port)
        const bootstrap = toBootstrapForm(hex, peerId)
        return {
          persistentPeer: String(hex),
          bootstrapPeer: String(bootstrap),
          tcp: String(toMultiaddr(bootstrap, 'tcp')),
          quic: String(toMultiaddr(bootstrap, 'quic'))
        }
      })
  }
}

const OURS = 'only where this library runs the node:'
const NOT_ENABLED = 'only with enabled = true in [p2p.libp2p] of config.toml:'

const NO_ADDRESS =
  'no addresses: laddr in config.toml has port 0, so each start picks another; --address names one that lasts'

/** For people. */
export function idLines({ nodeId, peerId, publicKey, libp2pEnabled, addresses }: IdReport): string[] {
  return [
    row('node id', nodeId),
    row('PeerId', peerId),
    row('public key', publicKey),
    ...(addresses.length === 0 ? ['', NO_ADDRESS] : []),
    ...addresses.flatMap((forms) => ['', ...addressLines(forms, libp2pEnabled)])
  ]
}

function addressLines(forms: AddressForms, libp2pEnabled: boolean): string[] {
  const hex = row('persistent_peers', forms.persistentPeer)
  const tcp = row('libp2p TCP', forms.tcp)
  const quic = [row('bootstrap_peers', forms.bootstrapPeer), row('libp2p QUIC', forms.quic)]
  return libp2pEnabled ? [...quic, OURS, hex, tcp] : [hex, OURS, tcp, NOT_ENABLED, ...quic]
}

function row(label: string, value: string): string {
  return `${label.padEnd(18)}${value}`
}

/** An entry of config.toml's `bootstrap_peers`. */
export function bootstrapEntry({ host, port, peerId }: HostPort & { peerId: string }): string {
  return `{ host = "${formatHostPort(host, port)}", id = "${peerId}", persistent = true }`
}
