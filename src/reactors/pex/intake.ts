/**
 * What peers tell of others, on its way into the book (p2p/pex/pex_reactor.go ReceiveAddrs; spec/addrbook-and-pex.md section 6.1; ). A classic address is
 * hearsay until it has been dialled; a record is proven to be that node's own word by its signature, nothing more.
 */
import { parseIp } from '../../identity/ip.ts'
import { idsNamedIn } from '../../identity/named-ids.ts'
import { netAddressFromParts } from '../../identity/net-address.ts'
import { HEX_ID } from '../../identity/node-id.ts'
import type { AddressRefusal, PeerBook, PeerRecords } from '../../interface/address-book.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { withSignal } from '../../util/deadline.ts'
import type { PexAddress } from '../../wire/channel-messages.ts'
import { MAX_ADDRESSES_PER_RECORD } from './channels.ts'

const MAX_PORT = 65_535
/** About the node, the teller or the record, whichever of its addresses it is. */
const FINAL: ReadonlySet<AddressRefusal> = new Set([
  'banned',
  'private',
  'private-source',
  'source-full',
  'stale-record'
])

/**
 * The addresses of a list, each id once. A string says why the list is malformed, as Go finds it: an IP that is none, or a port beyond 65535. What is merely of no
 * use, as an id that is none or port 0, is left out.
 */
export function readAddresses(listed: readonly PexAddress[]): NetAddress[] | string {
  const byId = new Map<NodeId, NetAddress>()
  for (const [i, { id, ip, port }] of listed.entries()) {
    if (parseIp(ip) === undefined) return `addrs[${i}].ip: ${JSON.stringify(ip.slice(0, 64))} is no IP address`
    if (port > MAX_PORT) return `addrs[${i}].port: ${port} is no port`
    if (port === 0 || !HEX_ID.test(id)) continue
    const address = netAddressFromParts(id, ip, port)
    if (!byId.has(address.id)) byId.set(address.id, address)
  }
  return [...byId.values()]
}

export interface IntakeComponents {
  readonly ownId: NodeId
  readonly book: Pick<PeerBook, 'addAddress' | 'isPrivate'>
  readonly records: PeerRecords | undefined
  stackFor(address: NetAddress): string | undefined
  /** Given up for now: others may go on telling of it. */
  isSetAside(id: NodeId): boolean
}

export class Intake {
  readonly #components: IntakeComponents

  constructor(components: IntakeComponents) {
    this.#components = components
  }

  /** Classic addresses as they were read. Never blames anybody. */
  takeAddresses(addresses: readonly NetAddress[], source: NetAddress): void {
    const { ownId, book, isSetAside } = this.#components
    for (const address of addresses)
      if (address.id !== ownId && !isSetAside(address.id) && this.#ours(address)) book.addAddress(address, source)
  }

  /** Signed records, one after the other, so that other work gets its turn between two signatures. Ends early when the signal aborts. */
  async takeRecords(envelopes: readonly Uint8Array[], source: NetAddress, signal: AbortSignal): Promise<void> {
    for (const envelope of envelopes) {
      if (signal.aborted) return
      const addresses = await this.#prove(envelope)
      if (addresses !== undefined && !signal.aborted) this.#takeFirst(addresses, source, envelope)
    }
  }

  /**
   * The record that a connected peer has proven to be its own; the address that we know it by goes first. False where there is none yet. `source`: where its
   * connection comes from or leads to.
   */
  async takeOwnRecord(id: NodeId, known: NetAddress, source: NetAddress, signal: AbortSignal): Promise<boolean> {
    const envelope = await this.#recordOf(id, signal)
    const addresses = envelope === undefined ? undefined : await this.#prove(envelope, id)
    if (envelope === undefined || addresses === undefined || signal.aborted) return false
    const isKnown = (address: NetAddress) => address.dialString() === known.dialString()
    this.#takeFirst([...addresses.filter(isKnown), ...addresses.filter((one) => !isKnown(one))], source, envelope)
    return true
  }

  /** It may be waited for; no longer than the peer is there. */
  async #recordOf(id: NodeId, signal: AbortSignal): Promise<Uint8Array | undefined> {
    try {
      return await withSignal(this.#components.records?.of(id) ?? Promise.resolve(undefined), signal)
    } catch {
      return undefined
    }
  }

  /** What the record says, if it is sound, of use, and of that node. */
  async #prove(envelope: Uint8Array, of?: NodeId): Promise<readonly NetAddress[] | undefined> {
    const { ownId, records, isSetAside } = this.#components
    const opened = await records?.open(envelope)
    if (opened === undefined || opened.id === ownId || isSetAside(opened.id)) return undefined
    if (of !== undefined && opened.id !== of) return undefined
    const { addresses, id } = opened
    if (addresses.length === 0 || addresses.length > MAX_ADDRESSES_PER_RECORD) return undefined
    if (addresses.some((address) => address.id !== id) || this.namesPrivate(envelope)) return undefined
    const ours = addresses.filter((address) => this.#ours(address))
    return ours.length === 0 ? undefined : ours
  }

  /** Does a record tell of a private node? Whoever passes it on would do so too. */
  namesPrivate(envelope: Uint8Array): boolean {
    return idsNamedIn(envelope).some((id) => this.#components.book.isPrivate(id))
  }

  #takeFirst(addresses: readonly NetAddress[], source: NetAddress, envelope: Uint8Array): void {
    // a view into a whole message would keep all of it
    const record = envelope.slice()
    for (const address of addresses) {
      const refusal = this.#components.book.addAddress(address, source, { record })
      if (refusal === undefined || FINAL.has(refusal)) return
    }
  }

  /** Of a stack of this switch. The hex form is told of classic endpoints only, which a switch without that stack has no use for. */
  #ours(address: NetAddress): boolean {
    const stack = this.#components.stackFor(address)
    return stack !== undefined && !(address.form === 'hex' && stack === 'libp2p')
  }
}
