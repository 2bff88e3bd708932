/**
 * How many requests of others a DHT server has in hand. kad-dht waits 10 s for a request's bytes, and a stream that says nothing costs its opener nothing: what is held in
 * all has a bound, and nobody has more than a part of it, neither one key (which may have many connections) nor one network of addresses (which may have many keys). One host has several
 * networks, IPv4 and IPv6 at least: when all is taken, the oldest request of the network that has most gives way to a newcomer's that has fewer.
 */
import { groupOf } from '../../../identity/groups.ts'

/** In all; of more some are reset. Ours. */
export const MAX_REQUESTS = 64
/** Of one key, over all its connections. An honest node asks one thing at a time, and provides and looks at once. Ours. */
export const MAX_REQUESTS_PER_KEY = 8
/** Of one group of addresses: half, so that the other half is there for the rest of the world. Ours. */
export const MAX_REQUESTS_PER_GROUP = 32

interface Request {
  readonly key: string
  readonly group: string
  reset(): void
}

export class RequestSlots {
  /** In the order in which they came: no more than `MAX_REQUESTS`. */
  readonly #held = new Set<Request>()

  /**
   * Takes one; undefined: no room. The returned function gives it back, once or more often. `ip` '': a transport without, or a relay; all those are one group. `reset`: it has gone to another.
   */
  take(key: string, ip: string, reset: () => void): (() => void) | undefined {
    const request = { key, group: ip === '' ? '' : groupOf(ip, false), reset }
    const byGroup = new Map<string, number>([[request.group, 0]])
    let ofKey = 0
    for (const held of this.#held) {
      byGroup.set(held.group, (byGroup.get(held.group) ?? 0) + 1)
      if (held.key === key) ofKey++
    }
    const ofGroup = byGroup.get(request.group) as number
    if (ofKey >= MAX_REQUESTS_PER_KEY || ofGroup >= MAX_REQUESTS_PER_GROUP) return undefined
    if (this.#held.size >= MAX_REQUESTS) {
      const most = Math.max(...byGroup.values())
      // else two groups would take one from each other for ever
      if (most <= ofGroup + 1) return undefined
      this.#displace((group) => byGroup.get(group) === most)
    }
    this.#held.add(request)
    return () => this.#held.delete(request)
  }

  /** The oldest of such a group. */
  #displace(ofGroup: (group: string) => boolean): void {
    for (const held of this.#held)
      if (ofGroup(held.group)) {
        this.#held.delete(held)
        held.reset()
        return
      }
  }
}
