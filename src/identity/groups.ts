/**
 * Which addresses are likely to be one owner's (spec/addrbook-and-pex.md section 3; p2p/pex/addrbook.go groupKeyFor). Pure. The book's buckets and shares go by these
 * groups, and the choice of whom to dial, so that ids, which cost nothing, give nobody a larger part. Unlike Go's, a group does not depend on the id; native IPv6 has a finer group beside
 * it: a /32 is a provider, a /48 one of its customers. All names are one group, as a domain costs next to nothing and says nothing of where it leads: Go resolves a name
 * before it asks. Rejected: a group for each domain, by which one /16 and N domains were N + 1 owners.
 */
import type { Peer } from '../interface/peer.ts'
import { formatIp, maskedIp, parseIp } from './ip.ts'
import { isIn, isLocal, isRoutable } from './reachability.ts'

const HURRICANE_ELECTRIC = '2001:470:'
/** The group of every name: no IP is written like that. */
export const NAMES = 'names'
const IPV4_GROUP_BITS = 16
const IPV6_GROUP_BITS = 32
/** p2p/pex/addrbook.go: he.net gives a /36 to a customer's region. */
const HURRICANE_ELECTRIC_BITS = 36
const FINE_GROUP_BITS = 48

/** Any id: routability is asked of a host here. */
const SOME_ID = '0'.repeat(40)

/** The group of a host: an IP literal or a name. `strict`: addresses that are not routable are one group, as in Go. `routable`: where it is known already. */
export function groupOf(host: string, strict: boolean, routable?: boolean): string {
  const ip = parseIp(host)
  if (ip === undefined) return NAMES
  if (strict && !(routable ?? isRoutable({ id: SOME_ID, host }))) return isLocal(host) ? 'local' : 'unroutable'
  const ipv4 = embeddedIpv4(host, ip)
  if (ipv4 !== undefined) return maskedIp(ipv4, IPV4_GROUP_BITS)
  // the low four bits of the first byte after the prefix
  if (isIn('onionCatTor', host)) return `tor:${ip[6]! & 15}`
  return maskedIp(ip, formatIp(ip).startsWith(HURRICANE_ELECTRIC) ? HURRICANE_ELECTRIC_BITS : IPV6_GROUP_BITS)
}

/** The /48 of a native, routable IPv6 address; undefined for all else, which has no finer group. */
export function fineGroupOf(host: string): string | undefined {
  const ip = parseIp(host)
  if (ip === undefined || ip.length === 4 || !isRoutable({ id: SOME_ID, host })) return undefined
  return embeddedIpv4(host, ip) === undefined ? `${maskedIp(ip, FINE_GROUP_BITS)}/48` : undefined
}

/** Where a connected peer is: the IP that its connection leads to, whatever name was dialled; the host of its address where there is no IP. */
export function hostOfPeer(peer: Pick<Peer, 'remoteIP' | 'socketAddr'>): string {
  const ip = peer.remoteIP()
  return parseIp(ip) === undefined ? peer.socketAddr().host : ip
}

/** The IPv4 address that this one is or carries. */
function embeddedIpv4(host: string, ip: Uint8Array): Uint8Array | undefined {
  if (ip.length === 4) return ip
  if (isIn('rfc6145', host) || isIn('rfc6052', host)) return ip.slice(12)
  if (isIn('rfc3964', host)) return ip.slice(2, 6)
  // Teredo hides it from routers that translate what looks like an address
  if (isIn('rfc4380', host)) return ip.slice(12).map((byte) => byte ^ 0xff)
  return undefined
}
