/** What `comet-libp2p id` says of a node: its ids and its addresses, in the form each configuration file wants. Pure. */
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
  readonly addresses: readonly AddressForms[]
}

export function idReport({ id, peerId, publicKey }: NodeKey, sockets: readonly HostPort[]): IdReport {
  return {
    nodeId: id,
    peerId: String(peerId),
    publicKey: btoa(String.fromCharCode(...publicKey)),
    publicKeyHex: bytesToHex(publicKey),
    addresses: sockets.map(({ host, port }) => {
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

/** For people. */
export function idLines(report: IdReport): string[] {
  const row = (label: string, value: string) => `${label.padEnd(18)}${value}`
  return [
    row('node id', report.nodeId),
    row('PeerId', report.peerId),
    row('public key', report.publicKey),
    ...report.addresses.flatMap((forms) => [
      '',
      row('persistent_peers', forms.persistentPeer),
      row('bootstrap_peers', forms.bootstrapPeer),
      row('libp2p TCP', forms.tcp),
      row('libp2p QUIC', forms.quic)
    ])
  ]
}

/** An entry of config.toml's `bootstrap_peers`. */
export function bootstrapEntry({ host, port, peerId }: HostPort & { peerId: string }): string {
  return `{ host = "${formatHostPort(host, port)}", id = "${peerId}", persistent = true }`
}
