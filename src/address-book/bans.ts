/**
 * Who is banned, until when and why, with what the book knew of them (Go's badPeers). Unlike Go's, a ban is kept over restarts and ends by itself; what the book knew
 * comes back by `over`. Bounded: past `max` the ban that ends first makes room.
 */
import type { Ban } from '../interface/address-book.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { KnownAddress } from './known-address.ts'

/** As many as the switch's own ban list keeps. */
export const MAX_BANS = 10_000
/** The end of time as JavaScript's Date knows it: what files can say. */
const MAX_WALL_MS = 8.64e15
/** A reason is for people; bounds what a ban costs. */
const MAX_REASON_CHARACTERS = 200

export interface KeptBan extends Ban {
  /** The entry that left the book, if there was one. */
  readonly entry?: KnownAddress
}

export class Bans {
  readonly #max: number
  readonly #bans = new Map<NodeId, KeptBan>()

  constructor(max: number) {
    this.#max = max
  }

  get size(): number {
    return this.#bans.size
  }

  /** The ban of that id, whether or not it is over. */
  get(id: NodeId, now: number): KeptBan | undefined {
    const ban = this.#bans.get(id)
    // the clock was set back: what is left of a ban is never more than the ban
    if (ban === undefined || ban.since <= now) return ban
    const moved = { ...ban, since: now, until: Math.min(now + (ban.until - ban.since), MAX_WALL_MS) }
    this.#bans.set(id, moved)
    return moved
  }

  isInForce(id: NodeId, now: number): boolean {
    return (this.get(id, now)?.until ?? 0) > now
  }

  /** A later end wins over an earlier one; an entry once known is not forgotten. */
  add(ban: KeptBan, now: number): void {
    const known = this.get(ban.id, now)
    const winner = known !== undefined && known.until > ban.until ? known : ban
    const entry = ban.entry ?? known?.entry
    const reason = winner.reason?.slice(0, MAX_REASON_CHARACTERS)
    const { id, since } = winner
    this.#bans.set(id, {
      id,
      address: winner.address || ban.address || known?.address || '',
      since,
      until: Math.min(winner.until, MAX_WALL_MS),
      ...(reason === undefined ? {} : { reason }),
      ...(entry === undefined ? {} : { entry })
    })
    if (this.#bans.size > this.#max) this.#forgetSoonest()
  }

  /** In place of the one of that id. */
  replace(ban: KeptBan): void {
    this.#bans.set(ban.id, ban)
  }

  delete(id: NodeId): KeptBan | undefined {
    const ban = this.#bans.get(id)
    this.#bans.delete(id)
    return ban
  }

  /** In force or over. */
  all(now: number): KeptBan[] {
    return [...this.#bans.keys()].map((id) => this.get(id, now)!)
  }

  inForce(now: number): KeptBan[] {
    return this.all(now).filter(({ until }) => until > now)
  }

  over(now: number): KeptBan[] {
    return this.all(now).filter(({ until }) => until <= now)
  }

  #forgetSoonest(): void {
    let soonest: KeptBan | undefined
    for (const ban of this.#bans.values()) if (soonest === undefined || ban.until < soonest.until) soonest = ban
    if (soonest !== undefined) this.#bans.delete(soonest.id)
  }
}
