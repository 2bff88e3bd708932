/**
 * What may stand in the book (spec/addrbook-and-pex.md section 4, rules 2 and 7). Pure. Go resolves names before it asks, and so only knows IPs; here a name stays a
 * name, because who resolves it decides where it leads: it is judged by what it says.
 */
import { parseIp } from '../identity/ip.ts'
import { isRoutable, isValid } from '../identity/reachability.ts'

/** RFC 6761, 6762, 8375 and ICANN's `internal`: names that mean something else on each network, or nothing. */
const SPECIAL_USE = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid|example|onion|lan)$/

/** Any id: what is asked here is asked of a host. */
const SOME_ID = '0'.repeat(40)

/** Go's Valid, for names too: a host that may be somebody's. A multiaddr without a host is nobody's: it belongs to no group. */
export function isValidHost(host: string): boolean {
  return host !== '' && (parseIp(host) === undefined || isValid({ id: SOME_ID, host }))
}

/** Go's Routable; a name counts where it can mean the same to everybody: two labels or more, and not of a special-use domain. */
export function isRoutableHost(host: string): boolean {
  if (parseIp(host) !== undefined) return isRoutable({ id: SOME_ID, host })
  const name = host.toLowerCase().replace(/\.$/, '')
  return name.includes('.') && !SPECIAL_USE.test(name)
}
