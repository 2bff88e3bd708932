/**
 * How many requests of others a DHT server has in hand. kad-dht waits 10 s for a request's bytes, and a stream that says nothing costs its opener nothing: what is held in
 * all has a bound, and nobody has more than a part of it, neither one key (which may have many connections) nor one network of addresses (which may have many keys).
 */
import { groupOf } from '../../../identity/groups.ts'

/** In all; more are reset. Ours. */
export const MAX_REQUESTS = 64
/** Of one key, over all its connections. An honest node asks one thing at a time, and provides and looks at once. Ours. */
export const MAX_REQUESTS_PER_KEY = 8
/** Of one group of addresses: half, so that the other half is there for the rest of the world. Ours. */
export const MAX_REQUESTS_PER_GROUP = 32

export class RequestSlots {
  #taken = 0
  /** Only what has a count is kept: no more than `MAX_REQUESTS` of either kind. */
  readonly #byKey = new Map<string, number>()
  readonly #byGroup = new Map<string, number>()

  /** Takes one; undefined: no room. The returned function gives it back; call it once. `ip` '': a transport without, whose requests have no group. */
  take(key: string, ip: string): (() => void) | undefined {
    const group = ip === '' ? undefined : groupOf(ip, false)
    if (this.#taken >= MAX_REQUESTS) return undefined
    if ((this.#byKey.get(key) ?? 0) >= MAX_REQUESTS_PER_KEY) return undefined
    if (group !== undefined && (this.#byGroup.get(group) ?? 0) >= MAX_REQUESTS_PER_GROUP) return undefined
    this.#count(key, group, 1)
    return () => this.#count(key, group, -1)
  }

  #count(key: string, group: string | undefined, change: 1 | -1): void {
    this.#taken += change
    add(this.#byKey, key, change)
    if (group !== undefined) add(this.#byGroup, group, change)
  }
}

function add(counts: Map<string, number>, key: string, change: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + change
  if (count === 0) counts.delete(key)
  else counts.set(key, count)
}
