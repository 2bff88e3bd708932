/**
 * Where a peer that came in says that it listens. Who listens on all interfaces and sets no external address tells 0.0.0.0, as Go does, where nobody can dial: its
 * socket's IP stands in for it.
 */
import { isUnspecified } from '../identity/ip.ts'
import { netAddressFromParts } from '../identity/net-address.ts'
import type { Link } from '../interface/link.ts'
import type { NetAddress } from '../interface/net-address.ts'

/** Throws `InvalidAddressError` where the peer tells no address that can be dialled. */
export function toldAddress({ nodeInfo, remoteIP }: Pick<Link, 'nodeInfo' | 'remoteIP'>): NetAddress {
  const told = nodeInfo.netAddress()
  return isUnspecified(told.host) ? netAddressFromParts(told.id, remoteIP, told.port) : told
}
