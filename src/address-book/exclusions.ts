/**
 * Whom the book takes nothing from and nothing about: ourselves, and private ids with what they tell (a sentry's validator). Both lists are the operator's. An address
 * that leads through a private node names it too.
 */
import { idsNamedBy, idsNamedIn } from '../identity/named-ids.ts'
import { MAX_ADDRESS_CHARACTERS } from '../identity/net-address.ts'
import { isNodeId } from '../identity/node-id.ts'
import type { AddressRefusal } from '../interface/address-book.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { Hosts } from './hosts.ts'

/** Ours: against an address of ours that changes for ever. The oldest is forgotten. */
const MAX_OUR_ADDRESSES = 256
/** As the switch's own list. */
const MAX_PRIVATE_IDS = 10_000
/** Ours: more than a private node tells before anybody says that it is one. The oldest is forgotten. */
const MAX_SECRETS = 4_096

export class Exclusions {
  readonly #strict: boolean
  readonly #hosts: Hosts
  readonly #ourAddresses = new Set<string>()
  readonly #ourIDs = new Set<NodeId>()
  readonly #privateIDs = new Set<NodeId>()
  /** Addresses that only private nodes have told. */
  readonly #secrets = new Set<string>()

  constructor(strict: boolean, hosts: Hosts) {
    this.#strict = strict
    this.#hosts = hosts
  }

  addOurs(address: NetAddress): void {
    this.#ourAddresses.add(String(address))
    if (this.#ourAddresses.size > MAX_OUR_ADDRESSES)
      this.#ourAddresses.delete(this.#ourAddresses.values().next().value!)
    if (address.id !== '' && this.#ourIDs.size < MAX_OUR_ADDRESSES) this.#ourIDs.add(address.id)
  }

  /** One of ours, or any other address of the same id: a node is itself wherever it is said to be. */
  isOurs(address: NetAddress): boolean {
    return this.#ourIDs.has(address.id) || this.#ourAddresses.has(String(address))
  }

  addPrivate(ids: readonly NodeId[]): void {
    for (const id of ids) if (this.#privateIDs.size < MAX_PRIVATE_IDS) this.#privateIDs.add(id)
  }

  isPrivate(id: NodeId): boolean {
    return this.#privateIDs.has(id)
  }

  /** Is it of a private node, or does it lead through one? */
  namesPrivate(address: NetAddress): boolean {
    return this.#privateIDs.size > 0 && idsNamedBy(address).some((id) => this.isPrivate(id))
  }

  /** The same of a signed record. */
  recordNamesPrivate(record: Uint8Array): boolean {
    return this.#privateIDs.size > 0 && idsNamedIn(record).some((id) => this.isPrivate(id))
  }

  /** The book has forgotten it, as only private nodes have told it. We may be connected there, or about to be: that it is so is no public knowledge. */
  addSecret(address: NetAddress): void {
    this.#secrets.add(String(address))
    if (this.#secrets.size > MAX_SECRETS) this.#secrets.delete(this.#secrets.values().next().value!)
  }

  /** Somebody else has told it. */
  endSecret(address: NetAddress): void {
    if (this.#secrets.size > 0) this.#secrets.delete(String(address))
  }

  /** Is it known from private nodes alone, or names one? Then it may not be kept, neither as an anchor nor because we were there. */
  isSecret(address: NetAddress): boolean {
    return this.namesPrivate(address) || (this.#secrets.size > 0 && this.#secrets.has(String(address)))
  }

  /** An id, a port, a host that may be somebody's, and a text that is not too long to keep. */
  isValid(address: NetAddress): boolean {
    const { id, host, port } = address
    if (!isNodeId(id) || !(port >= 1 && port <= 65_535) || !this.#hosts.of(host).valid) return false
    return String(address).length <= MAX_ADDRESS_CHARACTERS
  }

  /** Go's AddAddress, rules 2 to 7 (spec/addrbook-and-pex.md section 4). */
  refusal(address: NetAddress, source: NetAddress, isBanned: (id: NodeId) => boolean): AddressRefusal | undefined {
    if (!this.isValid(address)) return 'invalid'
    if (isBanned(address.id)) return 'banned'
    if (this.namesPrivate(address)) return 'private'
    if (this.namesPrivate(source)) return 'private-source'
    if (this.isOurs(address)) return 'self'
    return this.#strict && !this.#hosts.of(address.host).routable ? 'non-routable' : undefined
  }
}
