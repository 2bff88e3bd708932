/**
 * What the DHT keeps for others, as kad-dht's datastore: who provides the one key of our network, and nothing else. kad-dht itself takes provider records for any
 * key from anybody, without bound, and gives out those that have expired. In memory: who is alive tells it again soon enough.
 */
import type { Datastore, Key, Pair, Query } from 'interface-datastore'
import type { Clock, Random } from '../../../interface/clock.ts'
import { shuffled } from '../../../util/shuffled.ts'

/** Ours: more than the peers that anybody looks for. Past it the oldest goes. */
export const MAX_PROVIDERS = 256
/**
 * So many of them are in an answer, by chance, and no more are taken of one. Ours: three times a node's outbound slots (10), so that one answer will do where all are honest; the
 * twenty servers closest to a key tell of 640 together.
 */
export const MAX_TOLD_PROVIDERS = 32
/** Ours: four times the longest interval at which a node tells it again (network-dht.ts). */
export const PROVIDER_VALID_MS = 2 * 3_600_000

interface Entry {
  readonly key: Key
  readonly value: Uint8Array
  readonly at: number
}

export class DhtRecords {
  readonly #clock: Clock
  readonly #random: Random
  readonly #prefix: string
  readonly #entries = new Map<string, Entry>()

  /** `prefix`: of the keys that are kept, up to the provider's id. */
  constructor(clock: Clock, random: Random, prefix: string) {
    this.#clock = clock
    this.#random = random
    this.#prefix = prefix
  }

  get size(): number {
    return this.#entries.size
  }

  async put(key: Key, value: Uint8Array): Promise<Key> {
    const name = key.toString()
    if (!name.startsWith(this.#prefix)) return key
    this.#entries.delete(name)
    this.#entries.set(name, { key, value, at: this.#clock.now() })
    if (this.#entries.size > MAX_PROVIDERS) this.#entries.delete(this.#entries.keys().next().value as string)
    return key
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
    const asked = [...this.#entries.values()].filter(({ key }) => key.toString().startsWith(prefix))
    for (const { key, value } of shuffled(asked, this.#random).slice(0, MAX_TOLD_PROVIDERS)) yield { key, value }
  }

  /** Of a datastore's methods kad-dht uses these. */
  asDatastore(): Datastore {
    return this as unknown as Datastore
  }
}
