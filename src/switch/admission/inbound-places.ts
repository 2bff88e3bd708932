/**
 * Places for inbound connections where the node exists for CometBFT (`exclusive` mode): as many as inbound peers, and a few more for those who are let in only to be
 * told why not (architecture.md, "Policy is pure"; requirements D-15).
 *
 * A connection whose key is proven has a place before it has said what it wants, and keys cost nothing. So no address may sit on places in silence that somebody
 * else wants: when all are taken, a newcomer gets the one of the oldest silent connection of the network (/24, /48), or else of the IP, that has more of them than
 * his own would. A fixed share per IP was rejected: it would refuse a network of nodes behind one address though there is room.
 */
import { ipPrefix } from './pending-budget.ts'

/** So many silent connections of one address are left alone: nodes that happen to arrive together. Ours. */
const FEW = 4

export interface InboundPlace {
  /** Beyond the limits: to be told why, and to leave soon. */
  readonly refusalOnly: boolean
  /** It is a peer's connection now, and no longer silent; one that was `refusalOnly` counts as any other from here on. */
  keep(): void
  /** The connection is gone. */
  release(): void
}

interface Holder {
  readonly ip: string
  close(): void
  state: 'silent' | 'kept' | 'refusal' | 'gone'
}

export class InboundPlaces {
  /** In the order in which they came: no more than there are places. */
  readonly #silent = new Set<Holder>()
  #kept = 0
  #refusals = 0

  /** Takes a place; undefined: there is none, not even to refuse it politely. `close` ends the connection if its place is given to another. */
  take(
    { ip, close }: { readonly ip: string; close(): void },
    max: { readonly places: number; readonly refusals: number }
  ): InboundPlace | undefined {
    if (this.#taken >= max.places) this.#displace(ip, Math.min(FEW, max.places >> 1))
    const refusalOnly = this.#taken >= max.places
    if (refusalOnly && this.#refusals >= max.refusals) return undefined
    const holder: Holder = { ip, close, state: refusalOnly ? 'refusal' : 'silent' }
    if (refusalOnly) this.#refusals++
    else this.#silent.add(holder)
    return {
      refusalOnly,
      keep: () => {
        if (holder.state === 'kept' || holder.state === 'gone') return
        this.#leave(holder)
        holder.state = 'kept'
        this.#kept++
      },
      release: () => this.#leave(holder)
    }
  }

  get #taken(): number {
    return this.#silent.size + this.#kept
  }

  #leave(holder: Holder): void {
    if (holder.state === 'silent') this.#silent.delete(holder)
    else if (holder.state === 'kept') this.#kept--
    else if (holder.state === 'refusal') this.#refusals--
    holder.state = 'gone'
  }

  #displace(newcomer: string, few: number): void {
    const oldest = this.#oldestOfMost(newcomer, few, ipPrefix) ?? this.#oldestOfMost(newcomer, few, (ip) => ip)
    if (oldest === undefined) return
    this.#leave(oldest)
    oldest.close()
  }

  #oldestOfMost(newcomer: string, few: number, groupOf: (ip: string) => string): Holder | undefined {
    const counts = new Map<string, number>()
    for (const { ip } of this.#silent) counts.set(groupOf(ip), (counts.get(groupOf(ip)) ?? 0) + 1)
    const most = Math.max(0, ...counts.values())
    const own = counts.get(groupOf(newcomer)) ?? 0
    if (most <= few || most <= own + 1) return undefined
    for (const holder of this.#silent) if (counts.get(groupOf(holder.ip)) === most) return holder
    return undefined
  }
}
