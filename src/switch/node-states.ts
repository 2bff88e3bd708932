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

interface GivenUp {
  readonly state: NodeState
  /** Of the clock that only grows, by which whoever has given it up counts too. */
  readonly ends: number
}

export class NodeStates {
  readonly #clock: Clock
  readonly #book: AddressBook
  readonly #states = new Map<string, NodeState>()
  /** As they are told, until they are peers or their time is over. */
  readonly #givenUp = new Map<string, GivenUp>()

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

  /** nobody dials it unasked for so long, because dialling it keeps failing. A peer is none of those. */
  givenUp(address: NetAddress, forMs: number): void {
    const key = addressKey(address)
    const known = this.#states.get(key)
    if (known?.state === 'connected') return
    const attempts = known?.attempts ?? 0
    const state: NodeState = {
      id: address.id,
      address: String(address),
      state: 'bad',
      since: this.#clock.wall(),
      attempts
    }
    this.#givenUp.delete(key)
    this.#givenUp.set(key, { state, ends: this.#clock.now() + forMs })
    const oldest = this.#givenUp.keys().next().value
    if (this.#givenUp.size > MAX_STATES && oldest !== undefined) this.#givenUp.delete(oldest)
  }

  /** It turned out to be us. */
  forget(address: NetAddress): void {
    this.#states.delete(addressKey(address))
  }

  connected(id: NodeId, address: NetAddress): void {
    // the entry of an address whose id was unknown until now
    this.#states.delete(String(address))
    this.#givenUp.delete(String(address))
    this.#givenUp.delete(id)
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
    const bad = this.#bad()
    const listed: NodeState[] = []
    for (const [key, state] of this.#states) {
      // neither disconnects, nor hides what is being done about it
      const acts = state.state === 'connected' || (state.state === 'dialing' && this.#givenUp.has(key))
      if (acts) bad.delete(key)
      if (acts || !bad.has(key)) listed.push({ ...state })
    }
    return [...listed, ...bad.values()]
  }

  /** By the key of `#states`: the banned, and those given up for now. */
  #bad(): Map<string, NodeState> {
    const now = this.#clock.now()
    const wall = this.#clock.wall()
    for (const [key, { ends }] of this.#givenUp) if (ends <= now) this.#givenUp.delete(key)
    const bans = this.#book
      .banned()
      .map(({ id, address, since, until }): [string, NodeState] => [
        id,
        { id, address, state: 'bad', since, until, attempts: 0 }
      ])
    const givenUp = [...this.#givenUp].map(([key, { state, ends }]): [string, NodeState] => [
      key,
      { ...state, until: Math.round(wall + (ends - now)) }
    ])
    return new Map([...givenUp, ...bans])
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
