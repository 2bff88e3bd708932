/**
 * Where a peer says that it can be reached, as an address of the stack that it said it on: in the book `id@host:port` always means classic (interface/address-book.ts).
 * Pure.
 */
import { isUnspecified } from '../../identity/ip.ts'
import { netAddressFromParts, parseNetAddress, toMultiaddr } from '../../identity/net-address.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { Peer } from '../../interface/peer.ts'

/** Undefined where it says none that could be dialled. Never throws. */
export function reportedAddress(peer: Peer): NetAddress | undefined {
  try {
    const told = peer.nodeInfo().netAddress()
    if (told.form !== 'hex') return told.id === peer.id() ? told : undefined
    const host = isUnspecified(told.host) ? peer.remoteIP() : told.host
    if (host === '') return undefined
    // the id is the proven one, whatever it says
    const address = netAddressFromParts(peer.id(), host, told.port)
    if (address.port === 0) return undefined
    return peer.stack() === 'libp2p' ? withPeerId(address, peer) : address
  } catch {
    // whatever it says that is no address is as good as nothing
    return undefined
  }
}

function withPeerId(address: NetAddress, peer: Peer): NetAddress {
  return parseNetAddress(`${toMultiaddr(address, 'tcp')}/p2p/${peer.peerId()}`)
}
