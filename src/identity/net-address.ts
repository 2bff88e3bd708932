/**
 * Addresses in every form that users have (contract.md, table of addresses; spec/identity-and-addresses.md section 4): parsed once, here, and immutable after. No DNS: names
 * are resolved by whoever dials. Rejected: one class per form, since a dialer asks the same questions of all.
 */
import type { PeerId } from '@libp2p/interface'
import { CODE_P2P, CODE_P2P_CIRCUIT, isMultiaddr, type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { describe, InvalidAddressError } from '../errors.ts'
import type { AddressForm, NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { formatHostPort, type HostPort, parseHost, parseHostPort, withoutScheme } from './host-port.ts'
import { parseIp } from './ip.ts'
import { HEX_ID, nodeIdFromPeerId, parseNodeId, parsePeerId } from './node-id.ts'

const MAX_QUOTED_CHARACTERS = 120

/**
 * The longest text of an address, in any form. Ours: a multiaddr with two certificate hashes has some 250 characters. Strangers tell addresses, and who keeps one keeps its text, so this bounds
 * what one costs; and what is longer is refused unread, as reading a PeerId takes the square of its length.
 */
export const MAX_ADDRESS_CHARACTERS = 512

interface Parts {
  readonly form: AddressForm
  readonly id: NodeId
  readonly peerId?: PeerId
  readonly host: string
  readonly port: number
  readonly multiaddr?: Multiaddr
}

class Address implements NetAddress {
  readonly form: AddressForm
  readonly id: NodeId
  declare readonly peerId?: PeerId
  readonly host: string
  readonly port: number
  declare readonly multiaddr?: Multiaddr

  constructor(parts: Parts) {
    this.form = parts.form
    this.id = parts.id
    this.host = parts.host
    this.port = parts.port
    if (parts.peerId !== undefined) this.peerId = parts.peerId
    if (parts.multiaddr !== undefined) this.multiaddr = parts.multiaddr
    Object.freeze(this)
  }

  dialString(): string {
    return formatHostPort(this.host, this.port)
  }

  toString(): string {
    if (this.multiaddr !== undefined) return this.multiaddr.toString()
    const id = this.form === 'bootstrap' ? String(this.peerId) : this.id
    return id === '' ? this.dialString() : `${id}@${this.dialString()}`
  }

  toJSON(): string {
    return this.toString()
  }

  equals(other: NetAddress): boolean {
    return this.toString() === String(other)
  }
}

/**
 * Reads an address in any form; a NetAddress is given back as it is. Anything without an id or multiaddr form, a host and a port of 1-65535 is an
 * `InvalidAddressError` saying what was found; so is one of more than `MAX_ADDRESS_CHARACTERS`.
 */
export function parseNetAddress(address: string | Multiaddr | NetAddress): NetAddress {
  if (address instanceof Address) return address
  if (isMultiaddr(address)) return fromMultiaddr(address)
  if (typeof address !== 'string') {
    // made by another copy of this package, or by hand
    if (typeof address?.dialString === 'function') return parseNetAddress(String(address))
    throw new InvalidAddressError(describe(address), 'expected a string, a Multiaddr or a NetAddress')
  }
  if (address.length > MAX_ADDRESS_CHARACTERS) throw tooLong(address)
  return address.startsWith('/') ? fromMultiaddr(parseMultiaddr(address)) : parseIdAtHostPort(address)
}

/**
 * An address of the hex form from its parts: what a stack knows about a remote socket. `host` is an IP literal without brackets, or a name; `id` may be ''
 * where it is not known yet, `port` 0 where there is none.
 */
export function netAddressFromParts(id: NodeId | '', host: string, port: number): NetAddress {
  const ip = host.includes(':') ? `[${host}]` : host
  const parsed = parseHostPort(`${ip}:${port}`, 0)
  if (typeof parsed === 'string') throw new InvalidAddressError(`${id}@${ip}:${port}`, parsed)
  return new Address({ form: 'hex', id: id === '' ? '' : parseNodeId('id', id), ...parsed })
}

/** `id@host:port` of an id and a `[scheme://]host:port`, unchecked (Go's IDAddressString). */
export function idAddressString(id: string, hostPort: string): string {
  return `${id}@${withoutScheme(hostPort)}`
}

/**
 * The multiaddr to dial. Forms without one get TCP or QUIC on their port, and `/p2p` where the key is known; for the hex form it is not, so whoever dials
 * compares ids. A host that is no IP literal becomes `/dns`.
 */
export function toMultiaddr(address: NetAddress, transport: 'tcp' | 'quic'): Multiaddr {
  if (typeof address?.dialString !== 'function')
    throw new InvalidAddressError(address, 'expected a NetAddress, as parseNetAddress gives')
  if (address.multiaddr !== undefined) return address.multiaddr
  const bytes = parseIp(address.host)
  const kind = bytes === undefined ? 'dns' : bytes.length === 4 ? 'ip4' : 'ip6'
  const port = transport === 'tcp' ? `tcp/${address.port}` : `udp/${address.port}/quic-v1`
  const peer = address.peerId === undefined ? '' : `/p2p/${address.peerId}`
  return parseMultiaddr(`/${kind}/${address.host}/${port}${peer}`, String(address))
}

/** Go's Same: one id, or one socket. */
export function isSameNode(a: NetAddress, b: NetAddress): boolean {
  return (a.id !== '' && a.id === b.id) || (a.host !== '' && a.dialString() === b.dialString())
}

function parseIdAtHostPort(text: string): NetAddress {
  const parts = withoutScheme(text).split('@')
  if (parts.length !== 2)
    throw new InvalidAddressError(text, 'expected <id>@<host>:<port> (id: 40 hex digits or a PeerId) or a multiaddr')
  const [idText, hostPortText] = parts as [string, string]
  // no hex id is a PeerId, and to find that out by decoding it takes longer than all the rest
  const peerId = HEX_ID.test(idText) ? undefined : parsePeerId(idText)
  const id = peerId === undefined ? readHexId(idText, text) : nodeIdFromPeerId(peerId)
  const hostPort = parseHostPort(hostPortText, 1)
  if (typeof hostPort === 'string') throw new InvalidAddressError(text, hostPort)
  return new Address(
    peerId === undefined ? { form: 'hex', id, ...hostPort } : { form: 'bootstrap', id, peerId, ...hostPort }
  )
}

function readHexId(idText: string, text: string): NodeId {
  try {
    return parseNodeId('id', idText)
  } catch (cause) {
    throw new InvalidAddressError(text, (cause as Error).message, { cause })
  }
}

function parseMultiaddr(text: string, shown = text): Multiaddr {
  try {
    return multiaddr(text)
  } catch (cause) {
    // the library quotes what it could not read, however long
    throw new InvalidAddressError(shown, (cause as Error).message.slice(0, MAX_QUOTED_CHARACTERS), { cause })
  }
}

function tooLong(text: string): InvalidAddressError {
  return new InvalidAddressError(text, `it has ${text.length} characters, at most ${MAX_ADDRESS_CHARACTERS} are read`)
}

function fromMultiaddr(address: Multiaddr): NetAddress {
  const text = String(address)
  if (text.length > MAX_ADDRESS_CHARACTERS) throw tooLong(text)
  const components = address.getComponents()
  // behind a relay, only what follows the last /p2p-circuit names the node itself
  const own = components.slice(components.findLastIndex(({ code }) => code === CODE_P2P_CIRCUIT) + 1)
  const peerText = own.findLast(({ code }) => code === CODE_P2P)?.value
  const peerId = peerText === undefined ? undefined : parsePeerId(peerText)
  if (peerText !== undefined && peerId === undefined)
    throw new InvalidAddressError(address, 'what follows /p2p is not a PeerId that inlines an ed25519 or secp256k1 key')
  return new Address({
    form: 'multiaddr',
    id: peerId === undefined ? '' : nodeIdFromPeerId(peerId),
    ...(peerId === undefined ? {} : { peerId }),
    ...hostPortOf(address),
    multiaddr: address
  })
}

const HOST_PROTOCOLS = new Set(['ip4', 'ip6', 'dns', 'dns4', 'dns6'])

/** The first host, as one text for one address, with its port; `{ host: '', port: 0 }` for multiaddrs that have none (memory, unix, dnsaddr, a bare PeerId). */
function hostPortOf(address: Multiaddr): HostPort {
  const components = address.getComponents()
  if (components.length === 0) throw new InvalidAddressError(address, 'the multiaddr is empty')
  const at = components.findIndex(({ name }) => HOST_PROTOCOLS.has(name))
  if (at < 0) return { host: '', port: 0 }
  const hostText = components[at]?.value ?? ''
  const transport = components[at + 1]
  if (hostText === '' || (transport?.name !== 'tcp' && transport?.name !== 'udp'))
    throw new InvalidAddressError(address, 'expected a host followed by /tcp or /udp')
  const host = parseHost(hostText)
  if (host === undefined) throw new InvalidAddressError(address, 'it is neither at an IP address nor at a host name')
  const port = Number(transport.value)
  if (!(port >= 1 && port <= 65_535)) throw new InvalidAddressError(address, 'expected a port of 1 to 65535')
  return { host, port }
}
