/**
 * Bans in memory, behind the `AddressBook` port: what a switch has that was given no address book. Bounded: past `MAX_BANS` the one that ends first makes
 * room, those by the operator last.
 */
import type { AddressBook, Ban, BanOptions } from '../../interface/address-book.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { endOfTerm } from '../../util/clock.ts'
import { Terms } from '../../util/terms.ts'

/** Ours: a stranger costs about 200 bytes here. */
const MAX_BANS = 10_000
const MAX_PRIVATE_IDS = 10_000

export class BanList implements AddressBook {
  readonly #clock: Clock
  readonly #bans = new Terms<NodeId, Ban>(MAX_BANS, ({ byOperator }) => byOperator === true)
  readonly #privateIDs = new Set<NodeId>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  bannedUntil(id: NodeId): number | undefined {
    const now = this.#clock.wall()
    const ban = this.#bans.get(id, now)
    if (ban === undefined) return undefined
    if (ban.until > now) return ban.until
    this.#bans.delete(id)
    return undefined
  }

  markBad(
    id: NodeId,
    address: NetAddress | undefined,
    banMs: number,
    reason?: string,
    { byOperator = false }: BanOptions = {}
  ): void {
    const now = this.#clock.wall()
    const known = this.#bans.get(id, now)
    const until = endOfTerm(now, banMs)
    if (known !== undefined && known.until > until && !byOperator) return
    const ban = {
      id,
      address: address === undefined ? (known?.address ?? '') : String(address),
      since: now,
      until,
      ...(reason === undefined ? {} : { reason }),
      ...(byOperator || known?.byOperator ? { byOperator: true as const } : {})
    }
    this.#bans.set(id, ban, now)
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
    this.#bans.delete(id)
    return banned
  }

  banned(): Ban[] {
    const now = this.#clock.wall()
    return this.#bans.entries(now).flatMap(([, ban]) => (ban.until > now ? [{ ...ban }] : []))
  }
}
