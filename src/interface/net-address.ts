import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { NodeId } from './node-info.ts'

/** Which stack an address names by its form (contract.md, table of addresses). */
export type AddressForm = 'hex' | 'bootstrap' | 'multiaddr'

/**
 * An address of a node. Immutable; `String(address)` is the form it was given in, or `id@host:port` where it was made from parts.
 *
 * - `hex`: `<40 hex>@host:port`, with or without `tcp://`. The classic stack; libp2p over TCP on a switch that has only libp2p;
 *   the memory stack when the host is a memory name.
 * - `bootstrap`: `12D3Koo…@host:port`, Go's lp2p form: QUIC on that UDP port.
 * - `multiaddr`: libp2p, as it says.
 */
export interface NetAddress {
  readonly form: AddressForm
  /** Hex id if the address names one, also derived from an inlined key; '' otherwise. */
  readonly id: NodeId
  /** The PeerId where the address names one (never known for the hex form: the id is a hash). */
  readonly peerId?: PeerId
  /** IP literal without brackets, as one text for one address (an IPv4 address within an IPv6 one is that IPv4 address), or a name. '' for multiaddrs without one. */
  readonly host: string
  readonly port: number
  /** Set for the multiaddr form. */
  readonly multiaddr?: Multiaddr
  /** host:port, IPv6 in brackets. */
  dialString(): string
  toString(): string
  equals(other: NetAddress): boolean
}
