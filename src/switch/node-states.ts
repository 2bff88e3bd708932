/**
 * Where every node we know of stands (seed 004, "Node states"): candidate, dialing, connected, reconnecting, bad. Told by those who act; it decides
 * nothing. Bounded: past `MAX_STATES` the oldest candidate is forgotten.
 */
import type { AddressBook } from '../interface/address-book.ts'
import type { Clock } from '../interface/clock.ts'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { NodeState } from '../interface/switch.ts'
import { addressKey } from './dialing/address-key.ts'

/** Ours: the address book of Go holds 20 480 at most. */
const MAX_STATES = 10_000

export class NodeStates {
  readonly #clock: Clock
  readonly #book: AddressBook
  readonly #states = new Map<string, NodeState>()

  constructor(clock: Clock, book: AddressBook) {
    this.#clock = clock
    this.#book = book
  }

  /** A node we heard of and have not dialled. */
  candidate(address: NetAddress): void {
    if (!this.#states.has(addressKey(address))) this.#set(address, 'candidate')
  }

  dialing(address: NetAddress): void {
    const known = this.#states.get(addressKey(address))
    if (known?.state !== 'connected') this.#set(address, 'dialing', known?.attempts)
  }

  /** A dial came to nothing. `attempted` false: nobody was asked, as there was no slot. */
  failed(address: NetAddress, attempted = true): void {
    const known = this.#states.get(addressKey(address))
    if (known === undefined || known.state === 'connected') return
    this.#set(address, 'candidate', known.attempts + (attempted ? 1 : 0))
  }

  /** A dial by an address that named no id has led to this node, which has an entry of its own. */
  led(address: NetAddress, id: NodeId): void {
    if (addressKey(address) !== id) this.#states.delete(addressKey(address))
  }

  /** It turned out to be us. */
  forget(address: NetAddress): void {
    this.#states.delete(addressKey(address))
  }

  connected(id: NodeId, address: NetAddress): void {
    // the entry of an address whose id was unknown until now
    this.#states.delete(String(address))
    this.#put(id, { id, address: String(address), state: 'connected', since: this.#clock.wall(), attempts: 0 })
  }

  /** `address`: where it can be dialled. Without one, as where an inbound peer told none, there is nothing left to be a candidate. */
  disconnected(id: NodeId, address: NetAddress | undefined): void {
    if (this.#states.get(id)?.state !== 'connected') return
    if (address === undefined) this.#states.delete(id)
    else this.#put(id, { id, address: String(address), state: 'candidate', since: this.#clock.wall(), attempts: 0 })
  }

  /** `until`: wall time of the next dial. */
  reconnecting(address: NetAddress, attempts: number, until: number): void {
    const known = this.#states.get(addressKey(address))
    if (known?.state === 'connected') return
    this.#set(address, 'reconnecting', attempts, until)
  }

  list(): NodeState[] {
    const bad = new Map(this.#book.banned().map((ban) => [ban.id, ban]))
    const listed: NodeState[] = []
    for (const state of this.#states.values()) {
      const ban = bad.get(state.id)
      // a ban does not disconnect
      if (ban === undefined || state.state === 'connected') listed.push({ ...state })
      if (state.state === 'connected') bad.delete(state.id)
    }
    for (const { id, address, since, until } of bad.values())
      listed.push({ id, address, state: 'bad', since, until, attempts: 0 })
    return listed
  }

  #set(address: NetAddress, state: NodeState['state'], attempts = 0, until?: number): void {
    const next = { id: address.id, address: String(address), state, since: this.#clock.wall(), attempts }
    this.#put(addressKey(address), until === undefined ? next : { ...next, until })
  }

  #put(key: string, state: NodeState): void {
    this.#states.delete(key)
    this.#states.set(key, state)
    if (this.#states.size <= MAX_STATES) return
    for (const [old, { state: stands }] of this.#states)
      if (stands === 'candidate') {
        this.#states.delete(old)
        return
      }
  }
}
