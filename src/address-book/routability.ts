/**
 * What may stand in the book (spec/addrbook-and-pex.md section 4, rules 2 and 7). Pure. Go resolves names before it asks, and so only knows IPs; here a name stays a
 * name, because who resolves it decides where it leads: it is judged by what it says.
 */
import { parseIp } from '../identity/ip.ts'
import { isNodeId } from '../identity/node-id.ts'
import { isRoutable as isRoutableIp, isValid as isValidIp } from '../identity/reachability.ts'
import type { NetAddress } from '../interface/net-address.ts'

/** Ours: a multiaddr with two certificate hashes has some 250 characters. Bounds what an entry costs. */
export const MAX_ADDRESS_CHARACTERS = 512

/** RFC 6761, 6762, 8375 and ICANN's `internal`: names that mean something else on each network, or nothing. */
const SPECIAL_USE = /(^|\.)(localhost|local|internal|home\.arpa|test|invalid|example|onion|lan)$/

type Judged = Pick<NetAddress, 'id' | 'host' | 'port'>

/** Go's Valid, for names too: an id, a port, and a host that may be somebody's. A multiaddr without a host is not: it belongs to no group. */
export function isValid(address: Judged): boolean {
  const { id, host, port } = address
  if (!isNodeId(id) || !(port >= 1 && port <= 65_535) || host === '') return false
  return parseIp(host) === undefined || isValidIp(address)
}

/** Go's Routable; a name counts where it can mean the same to everybody: two labels or more, and not of a special-use domain. */
export function isRoutable(address: Judged): boolean {
  if (!isValid(address)) return false
  if (parseIp(address.host) !== undefined) return isRoutableIp(address)
  const name = address.host.toLowerCase().replace(/\.$/, '')
  return name.includes('.') && !SPECIAL_USE.test(name)
}
