/**
 * Addresses that others tell of a node, or that we tell of ourselves, brought to one form: a multiaddr that ends in the node's PeerId. Whatever a switch could
 * not dial is left out: relays (limited connections are refused), hosts that are everybody's (0.0.0.0), another node's PeerId. Bounded in number and in text, since what is told
 * is kept for thousands of nodes. Pure.
 */
import type { PeerId } from '@libp2p/interface'
import { CODE_P2P, CODE_P2P_CIRCUIT, type Multiaddr } from '@multiformats/multiaddr'
import { parseIp } from '../../identity/ip.ts'
import { parseNetAddress } from '../../identity/net-address.ts'
import { isRoutable, isValid } from '../../identity/reachability.ts'
import type { NetAddress } from '../../interface/net-address.ts'

/** Addresses of one node that are kept or told. Ours: TCP, WebSockets and QUIC on two families, and some. PEX takes no more in one record. */
export const MAX_ADDRESSES = 8
/** One, before it is read: reading takes the square of that. Ours: more than the longest name (253) with all that may stand behind it. */
export const MAX_ADDRESS_BYTES = 320
/** The text of all of them together. Ours: eight of QUIC over IPv6, or four with certificate hashes; else each could have `MAX_ADDRESS_CHARACTERS`, with thousands of nodes to tell of. */
export const MAX_CHARACTERS_OF_NODE = 1_024

/** Undefined where it cannot be an address of that node. */
export function peerAddress(address: Multiaddr, peerId: PeerId): NetAddress | undefined {
  const components = address.getComponents()
  if (components.some(({ code }) => code === CODE_P2P_CIRCUIT)) return undefined
  const named = components.filter(({ code }) => code === CODE_P2P)
  if (named.some(({ value }) => value !== String(peerId))) return undefined
  try {
    // by its text, in which nothing is left of the message that it may have come in: a multiaddr read off bytes keeps all of those
    const parsed = parseNetAddress(named.length > 0 ? String(address) : `${address}/p2p/${peerId}`)
    return parseIp(parsed.host) === undefined || isValid(parsed) ? parsed : undefined
  } catch {
    // a transport or a port that nobody dials
    return undefined
  }
}

/** The addresses of `peerAddress`, each once, those that the whole world can reach first, at most `MAX_ADDRESSES` and `MAX_CHARACTERS_OF_NODE`. `strict`: no others. */
export function peerAddresses(addresses: readonly Multiaddr[], peerId: PeerId, strict = false): NetAddress[] {
  const found = new Map<string, NetAddress>()
  for (const address of addresses) {
    const parsed = peerAddress(address, peerId)
    if (parsed !== undefined && (!strict || isPublic(parsed))) found.set(String(parsed), parsed)
  }
  const all = [...found.values()]
  return fitting([...all.filter(isPublic), ...all.filter((one) => !isPublic(one))])
}

/** The first of those for which there is room: a long one leaves it to the shorter ones behind it. */
function fitting(addresses: readonly NetAddress[]): NetAddress[] {
  const taken: NetAddress[] = []
  let room = MAX_CHARACTERS_OF_NODE
  for (const address of addresses) {
    const { length } = String(address)
    if (length > room || taken.length === MAX_ADDRESSES) continue
    taken.push(address)
    room -= length
  }
  return taken
}

/** Routable as Go's address book has it; a name counts if it is not one of the local network alone. */
export function isPublic(address: NetAddress): boolean {
  if (parseIp(address.host) !== undefined) return isRoutable(address)
  return address.host.includes('.') && !/\.(local|localhost|internal)\.?$/.test(address.host)
}
