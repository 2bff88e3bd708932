/**
 * From one form of address to another: what `persistent_peers` of config.toml says for the classic stack, and `bootstrap_peers` for Go's lp2p.
 * A PeerId gives the hex id; the other way somebody must know the key (a node's `comet-libp2p id` prints it).
 */
import type { PeerId } from '@libp2p/interface'
import { InvalidAddressError } from '../errors.ts'
import type { NetAddress } from '../interface/net-address.ts'
import { netAddressFromParts, parseNetAddress } from './net-address.ts'
import { nodeIdFromPeerId } from './node-id.ts'

/** `<40 hex>@host:port` of an address that names an id, a host and a port. Throws `InvalidAddressError` if one is missing. */
export function toHexForm(address: NetAddress): NetAddress {
  if (address.id === '' || address.host === '' || address.port === 0)
    throw new InvalidAddressError(address, 'it does not name an id, a host and a port')
  return netAddressFromParts(address.id, address.host, address.port)
}

/** `12D3Koo…@host:port`. `peerId` is needed where the address has only the hash of the key, and must be of the same key. */
export function toBootstrapForm(address: NetAddress, peerId: PeerId | undefined = address.peerId): NetAddress {
  const { id, host, port } = toHexForm(address)
  if (peerId === undefined) throw new InvalidAddressError(address, 'its key is not known: a hex id is a hash of it')
  if (nodeIdFromPeerId(peerId) !== id) throw new InvalidAddressError(address, `its id is not that of ${peerId}`)
  return parseNetAddress(`${peerId}@${host.includes(':') ? `[${host}]` : host}:${port}`)
}
