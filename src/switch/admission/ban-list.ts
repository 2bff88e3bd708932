/**
 * Bans in memory, behind the `AddressBook` port: what a switch has that was given no address book. Bounded: past `MAX_BANS` the one that ends first makes
 * room.
 */
import type { AddressBook, Ban } from '../../interface/address-book.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'

/** Ours: a stranger costs about 200 bytes here. */
const MAX_BANS = 10_000
const MAX_PRIVATE_IDS = 10_000

export class BanList implements AddressBook {
  readonly #clock: Clock
  readonly #bans = new Map<NodeId, Omit<Ban, 'id'>>()
  readonly #privateIDs = new Set<NodeId>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  bannedUntil(id: NodeId): number | undefined {
    const ban = this.#bans.get(id)
    if (ban === undefined) return undefined
    if (ban.until > this.#clock.wall()) return ban.until
    this.#bans.delete(id)
    return undefined
  }

  markBad(id: NodeId, address: NetAddress | undefined, banMs: number, reason?: string): void {
    const since = this.#clock.wall()
    const until = since + banMs
    const known = this.#bans.get(id)
    if (known !== undefined && known.until > until) return
    const ban = { address: address === undefined ? '' : String(address), since, until }
    this.#bans.set(id, reason === undefined ? ban : { ...ban, reason })
    if (this.#bans.size > MAX_BANS) this.#forgetSoonest()
  }

  markGood(_id: NodeId): void {
    // only a book prefers good peers; a mark does not lift a ban
  }

  addPrivateIDs(ids: NodeId[]): void {
    for (const id of ids) if (this.#privateIDs.size < MAX_PRIVATE_IDS) this.#privateIDs.add(id)
  }

  isPrivate(id: NodeId): boolean {
    return this.#privateIDs.has(id)
  }

  unban(id: NodeId): boolean {
    const banned = this.bannedUntil(id) !== undefined
    return this.#bans.delete(id) && banned
  }

  banned(): Ban[] {
    const now = this.#clock.wall()
    return [...this.#bans].filter(([, ban]) => ban.until > now).map(([id, ban]) => ({ id, ...ban }))
  }

  #forgetSoonest(): void {
    let soonest: [NodeId, number] | undefined
    for (const [id, { until }] of this.#bans) if (soonest === undefined || until < soonest[1]) soonest = [id, until]
    if (soonest !== undefined) this.#bans.delete(soonest[0])
  }
}
