/**
 * Which addresses are likely to be one owner's (spec/addrbook-and-pex.md section 3; p2p/pex/addrbook.go groupKeyFor). Pure. The book's buckets and shares go by these
 * groups, and the choice of whom to dial, so that ids, which cost nothing, give nobody a larger part. Unlike Go's, a group does not depend on the id; names group by their last two labels, and
 * native IPv6 has a finer group beside it: a /32 is a provider, a /48 one of its customers.
 */
import { formatIp, maskedIp, parseIp } from './ip.ts'
import { isIn, isLocal, isRoutable } from './reachability.ts'

const HURRICANE_ELECTRIC = '2001:470:'
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
  if (ip === undefined) return nameGroup(host)
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

/** The IPv4 address that this one is or carries. */
function embeddedIpv4(host: string, ip: Uint8Array): Uint8Array | undefined {
  if (ip.length === 4) return ip
  if (isIn('rfc6145', host) || isIn('rfc6052', host)) return ip.slice(12)
  if (isIn('rfc3964', host)) return ip.slice(2, 6)
  // Teredo hides it from routers that translate what looks like an address
  if (isIn('rfc4380', host)) return ip.slice(12).map((byte) => byte ^ 0xff)
  return undefined
}

/** Coarse where a suffix has two labels of its own (`co.uk`): its names share one share, which is the safe side. */
function nameGroup(host: string): string {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.')
  return labels.slice(-2).join('.')
}
