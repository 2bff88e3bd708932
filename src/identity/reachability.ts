/**
 * What kind of network an IP belongs to (p2p/netaddress.go, spec/identity-and-addresses.md section 4.3): what the address book keeps and tells others. Pure.
 * As in Go, an IPv4 address (also IPv4-mapped) is compared with IPv4 networks only. Names are none of these: whoever asks resolves first.
 */
import type { NetAddress } from '../interface/net-address.ts'
import { parseIp } from './ip.ts'

interface Network {
  readonly bytes: Uint8Array
  readonly prefixBits: number
}

/** Go's variables by their names. Note rfc4862: a /64, not the /10 of link-local addresses. */
export const NETWORKS = {
  rfc1918: [network('10.0.0.0/8'), network('172.16.0.0/12'), network('192.168.0.0/16')],
  rfc3849: [network('2001:db8::/32')],
  rfc3927: [network('169.254.0.0/16')],
  rfc3964: [network('2002::/16')],
  rfc4193: [network('fc00::/7')],
  rfc4380: [network('2001::/32')],
  rfc4843: [network('2001:10::/28')],
  rfc4862: [network('fe80::/64')],
  rfc6052: [network('64:ff9b::/96')],
  rfc6145: [network('::ffff:0:0:0/96')],
  onionCatTor: [network('fd87:d87e:eb43::/48')]
} as const satisfies Record<string, readonly Network[]>

export type NetworkName = keyof typeof NETWORKS

const LOCAL = [network('127.0.0.0/8'), network('::1/128'), network('0.0.0.0/8')]
const UNSPECIFIED_OR_BROADCAST = [network('0.0.0.0/32'), network('::/128'), network('255.255.255.255/32')]
const NOT_ROUTABLE: readonly NetworkName[] = ['rfc1918', 'rfc3927', 'rfc4862', 'rfc4193', 'rfc4843']

/** Is the IP in that network? False for what is no IP. */
export function isIn(name: NetworkName, ip: string): boolean {
  return isInAny(NETWORKS[name], parseIp(ip))
}

/** Loopback or 0.0.0.0/8. */
export function isLocal(ip: string): boolean {
  return isInAny(LOCAL, parseIp(ip))
}

/** Go's Valid: an id, and an IP that may be somebody's. */
export function isValid({ id, host }: Pick<NetAddress, 'id' | 'host'>): boolean {
  const ip = parseIp(host)
  return id !== '' && ip !== undefined && !isInAny(UNSPECIFIED_OR_BROADCAST, ip) && !isInAny(NETWORKS.rfc3849, ip)
}

/** Go's Routable: valid, and not of a private or local network. 100.64.0.0/10, multicast and TEST-NET count as routable there and here. */
export function isRoutable(address: Pick<NetAddress, 'id' | 'host'>): boolean {
  return isValid(address) && !isLocal(address.host) && !NOT_ROUTABLE.some((name) => isIn(name, address.host))
}

/** An IP of this machine or of a network of ours: whoever is there may be there while our line to everybody else is down. False for a name, which may lead anywhere. */
export function isNear(host: string): boolean {
  return parseIp(host) !== undefined && !isRoutable({ id: 'any', host })
}

function network(cidr: string): Network {
  const [ip, bits] = cidr.split('/') as [string, string]
  return { bytes: parseIp(ip)!, prefixBits: Number(bits) }
}

function isInAny(networks: readonly Network[], ip: Uint8Array | undefined): boolean {
  return ip !== undefined && networks.some((candidate) => contains(candidate, ip))
}

function contains({ bytes, prefixBits }: Network, ip: Uint8Array): boolean {
  if (ip.length !== bytes.length) return false
  const whole = prefixBits >> 3
  for (let i = 0; i < whole; i++) if (ip[i] !== bytes[i]) return false
  const rest = 8 - (prefixBits & 7)
  return rest === 8 || ip[whole]! >> rest === bytes[whole]! >> rest
}
