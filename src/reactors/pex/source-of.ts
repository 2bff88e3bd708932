/**
 * Whom the book is told that an address comes from: the peer, where its connection comes from or leads to. Not the name that it was dialled by: names are one group to the
 * book, so all who are dialled by one would share what one source may tell; and whoever chose his name chose his group, where each domain was one.
 */
import { parseIp } from '../../identity/ip.ts'
import { netAddressFromParts } from '../../identity/net-address.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'

/** For an address without one (a bare PeerId, a /dnsaddr): nobody dials a source, but it is stored as text, and no reader takes port 0. */
const SOME_PORT = 1

/** The address of its socket; with the IP in place of a name where there is one, as `id@ip:port`. */
export function sourceOf(peer: Pick<Peer, 'id' | 'remoteIP' | 'socketAddr'>): NetAddress {
  return sourceAt(peer.socketAddr(), peer.remoteIP(), peer.id())
}

/** The same of whoever has refused us, whose id may not be known: the address that was dialled, and the IP that it led to, in any text that may be none. */
export function sourceAt(address: NetAddress, ip: string, id: NodeId | '' = address.id): NetAddress {
  const host = parseIp(ip) === undefined ? address.host : ip
  // without a host it is a multiaddr, which says all there is
  if (host === address.host && (address.port !== 0 || host === '')) return address
  return netAddressFromParts(id, host, address.port || SOME_PORT)
}
