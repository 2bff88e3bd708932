/**
 * Whom the book is told that an address comes from: the peer, where its connection comes from or leads to. Not the name that it was dialled by: names are one group to the
 * book, so all who are dialled by one would share what one source may tell; and whoever chose his name chose his group, where each domain was one.
 */
import { hostOfPeer } from '../../identity/groups.ts'
import { netAddressFromParts } from '../../identity/net-address.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { Peer } from '../../interface/peer.ts'

/** The address of its socket; with the IP in place of a name where there is one, as `id@ip:port`. */
export function sourceOf(peer: Pick<Peer, 'id' | 'remoteIP' | 'socketAddr'>): NetAddress {
  const address = peer.socketAddr()
  const host = hostOfPeer(peer)
  return host === address.host ? address : netAddressFromParts(peer.id(), host, address.port)
}
