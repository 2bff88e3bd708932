/**
 * Who is persistent, and where such a peer may be dialled (D-24): several addresses of one id, of one stack or of two, are one node. Bounded by what the user configures and by
 * `MAX_ADDRESSES` of each.
 */
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { addressKey } from './address-key.ts'

/** Addresses of one node; the oldest beyond are dropped. Ours: a few stacks, and IPv4 beside IPv6. */
const MAX_ADDRESSES = 8

export class PersistentPeers {
  readonly #rank: (address: NetAddress) => number
  readonly #onNode: (id: NodeId) => void
  /** By id where the address names one; else by the address, and by the id that its last dial has shown. The one to dial first is first. */
  readonly #addresses = new Map<string, readonly NetAddress[]>()
  /** That id, by address: one each, so that whoever answers there cannot collect ids that are never refused. */
  readonly #learned = new Map<string, NodeId>()

  /** `rank`: of a node's addresses that of the lowest is dialled first. `onNode` is told of each node that is persistent from now on, once its id is known. */
  constructor(rank: (address: NetAddress) => number = () => 0, onNode: (id: NodeId) => void = () => undefined) {
    this.#rank = rank
    this.#onNode = onNode
  }

  has(id: NodeId): boolean {
    return this.#addresses.has(id)
  }

  hasAddress(address: NetAddress): boolean {
    return this.#addresses.has(addressKey(address))
  }

  /** Those whose ids are known. */
  ids(): NodeId[] {
    const named = this.addresses().flatMap(({ id }) => (id === '' ? [] : [id]))
    return [...named, ...this.#learned.values()]
  }

  /** Where to dial that node. */
  addressOf(id: NodeId): NetAddress | undefined {
    return this.#addresses.get(id)?.[0]
  }

  /** One address for each node. */
  addresses(): NetAddress[] {
    return [...new Set(this.#addresses.values())].flatMap((addresses) => addresses.slice(0, 1))
  }

  /** Where else the node of that address may be dialled, the best first. */
  otherAddresses(address: NetAddress): NetAddress[] {
    const known = this.#addresses.get(addressKey(address)) ?? []
    return known.filter((other) => !other.equals(address))
  }

  /** Does one of them live at this IP? */
  livesAt(ip: string): boolean {
    for (const addresses of this.#addresses.values()) if (addresses.some(({ host }) => host === ip)) return true
    return false
  }

  /** Of equal rank the last call's come first, since they may be news of the same. */
  add(addresses: readonly NetAddress[]): void {
    const byKey = new Map<string, NetAddress[]>()
    for (const address of addresses) {
      const key = addressKey(address)
      byKey.set(key, [...(byKey.get(key) ?? []), address])
    }
    for (const [key, given] of byKey) this.#merge(key, given)
  }

  #merge(key: string, given: readonly NetAddress[]): void {
    const before = this.#addresses.get(key)
    const all = [...given, ...(before ?? [])]
    const kept = all
      .filter((address, i) => all.findIndex((other) => other.equals(address)) === i)
      .slice(0, MAX_ADDRESSES)
      .sort((a, b) => this.#rank(a) - this.#rank(b))
    this.#addresses.set(key, kept)
    const { id = '' } = kept[0] ?? {}
    if (id !== '') this.#onNode(id)
    const learned = this.#learned.get(key)
    if (learned !== undefined && this.#addresses.get(learned) === before) this.#addresses.set(learned, kept)
  }

  /** An address without an id turned out to lead to this node. */
  learn(address: NetAddress, id: NodeId): void {
    const key = String(address)
    const known = address.id === '' ? this.#addresses.get(key) : undefined
    if (known === undefined) return
    const before = this.#learned.get(key)
    if (before !== undefined && this.#addresses.get(before) === known) this.#addresses.delete(before)
    if (this.#addresses.has(id)) return
    this.#learned.set(key, id)
    this.#addresses.set(id, known)
    this.#onNode(id)
  }
}
