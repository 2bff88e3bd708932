/**
 * What the DHT keeps for others, as kad-dht's datastore: who provides the one key of our network, and nothing else. kad-dht itself takes provider records for any
 * key from anybody, without bound, and gives out those that have expired. In memory: who is alive tells it again soon enough. Keys cost nothing, so of each is known from which
 * network of addresses it came: whoever has most there makes room, and each network has the same part of an answer.
 */
import type { Datastore, Key, Pair, Query } from 'interface-datastore'
import type { Clock, Random } from '../../../interface/clock.ts'
import { shuffled } from '../../../util/shuffled.ts'

/** Ours: more than the peers that anybody looks for. Past it the oldest goes of the network that has most. */
export const MAX_PROVIDERS = 256
/**
 * So many of them are in an answer, by chance, one of each network before the second of any, and no more are taken of one. Ours: three times a node's outbound slots (10), so that one
 * answer will do where all are honest; the twenty servers closest to a key tell of 640 together.
 */
export const MAX_TOLD_PROVIDERS = 32
/** Ours: four times the longest interval at which a node tells it again (network-dht.ts). */
export const PROVIDER_VALID_MS = 2 * 3_600_000

interface Entry {
  readonly key: Key
  readonly value: Uint8Array
  readonly at: number
  /** The network that it came from. */
  readonly group: string
}

export class DhtRecords {
  readonly #clock: Clock
  readonly #random: Random
  readonly #prefix: string
  readonly #groupOf: (provider: string) => string
  readonly #entries = new Map<string, Entry>()

  /** `prefix`: of the keys that are kept, up to the provider's id. `groupOf`: the network from which that provider, who is telling it just now, is connected. */
  constructor(clock: Clock, random: Random, prefix: string, groupOf: (provider: string) => string) {
    this.#clock = clock
    this.#random = random
    this.#prefix = prefix
    this.#groupOf = groupOf
  }

  get size(): number {
    return this.#entries.size
  }

  async put(key: Key, value: Uint8Array): Promise<Key> {
    const name = key.toString()
    if (!name.startsWith(this.#prefix)) return key
    this.#entries.delete(name)
    const group = this.#groupOf(name.slice(this.#prefix.length))
    this.#entries.set(name, { key, value, at: this.#clock.now(), group })
    if (this.#entries.size > MAX_PROVIDERS) this.#makeRoom(group)
    return key
  }

  /** Is that one of those who are told of? */
  has(provider: string): boolean {
    return this.#entries.has(`${this.#prefix}${provider}`)
  }

  async get(key: Key): Promise<Uint8Array> {
    const entry = this.#entries.get(key.toString())
    if (entry !== undefined) return entry.value
    throw Object.assign(new Error(`${key} is not kept`), { name: 'NotFoundError' })
  }

  async delete(key: Key): Promise<void> {
    this.#entries.delete(key.toString())
  }

  /** At most `MAX_TOLD_PROVIDERS`: kad-dht asks for no other reason than to tell them. */
  async *query({ prefix = '' }: Query): AsyncGenerator<Pair> {
    const oldest = this.#clock.now() - PROVIDER_VALID_MS
    for (const [name, { at }] of this.#entries) if (at < oldest) this.#entries.delete(name)
    const asked = [...this.#entries].filter(([name]) => name.startsWith(prefix)).map(([, entry]) => entry)
    const byGroup = Map.groupBy(shuffled(asked, this.#random), ({ group }) => group)
    const groups = shuffled(byGroup.values(), this.#random)
    const told: Entry[] = []
    for (let round = 0; told.length < Math.min(asked.length, MAX_TOLD_PROVIDERS); round++)
      for (const entries of groups) if (entries[round] !== undefined) told.push(entries[round] as Entry)
    for (const { key, value } of told.slice(0, MAX_TOLD_PROVIDERS)) yield { key, value }
  }

  /** Of a datastore's methods kad-dht uses these. */
  asDatastore(): Datastore {
    return this as unknown as Datastore
  }
  /** The oldest goes of the network that has most; among several that have as much, of the newcomer's. */
  #makeRoom(newcomers: string): void {
    const counts = new Map<string, number>([[newcomers, 0]])
    for (const { group } of this.#entries.values()) counts.set(group, (counts.get(group) ?? 0) + 1)
    let most = newcomers
    for (const [group, count] of counts) if (count > (counts.get(most) as number)) most = group
    for (const [name, { group }] of this.#entries) if (group === most) return void this.#entries.delete(name)
  }
}
