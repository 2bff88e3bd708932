/**
 * Who is banned, until when and why, with what the book knew of them (Go's badPeers). Unlike Go's, a ban is kept over restarts and ends by itself; what the book knew
 * comes back by `over`. Bounded: past `max` the ban that ends first makes room, those by the operator last: what he says is about one node, while a ban of a stranger
 * who can make as many keys as he likes keeps little away.
 */
import type { Ban } from '../interface/address-book.ts'
import type { NodeId } from '../interface/node-info.ts'
import { MAX_WALL_MS } from '../util/clock.ts'
import { movedTo, Terms } from '../util/terms.ts'
import type { KnownAddress } from './known-address.ts'

/** As many as the switch's own ban list keeps. */
export const MAX_BANS = 10_000
/** A reason is for people; bounds what a ban costs. */
const MAX_REASON_CHARACTERS = 200

export interface KeptBan extends Ban {
  /** The entry that left the book, if there was one. */
  readonly entry?: KnownAddress
}

export class Bans {
  readonly #bans: Terms<NodeId, KeptBan>

  constructor(max: number) {
    this.#bans = new Terms(max, ({ byOperator }) => byOperator === true)
  }

  get size(): number {
    return this.#bans.size
  }

  /** The ban of that id, whether or not it is over. */
  get(id: NodeId, now: number): KeptBan | undefined {
    return this.#bans.get(id, now)
  }

  isInForce(id: NodeId, now: number): boolean {
    return (this.get(id, now)?.until ?? 0) > now
  }

  /** A later end wins over an earlier one, or, if it `replaces`, the new one over any. An entry once known is not forgotten, nor that the operator has spoken. */
  add(given: KeptBan, now: number, replaces = false): void {
    const ban = movedTo(given, now)
    const known = this.get(given.id, now)
    const winner = known !== undefined && known.until > ban.until && !replaces ? known : ban
    const entry = ban.entry ?? known?.entry
    const reason = winner.reason?.slice(0, MAX_REASON_CHARACTERS)
    const { id, since } = winner
    const kept: KeptBan = {
      id,
      address: winner.address || ban.address || known?.address || '',
      since,
      until: Math.min(winner.until, MAX_WALL_MS),
      ...(reason === undefined ? {} : { reason }),
      ...(ban.byOperator || known?.byOperator ? { byOperator: true } : {}),
      ...(entry === undefined ? {} : { entry })
    }
    this.#bans.set(id, kept, now)
  }

  /** In place of the one of that id. */
  replace(ban: KeptBan, now: number): void {
    this.#bans.set(ban.id, ban, now)
  }

  delete(id: NodeId): KeptBan | undefined {
    return this.#bans.delete(id)
  }

  /** In force or over. */
  all(now: number): KeptBan[] {
    return this.#bans.entries(now).map(([, ban]) => ban)
  }

  inForce(now: number): KeptBan[] {
    return this.all(now).filter(({ until }) => until > now)
  }

  over(now: number): KeptBan[] {
    return this.all(now).filter(({ until }) => until <= now)
  }
}
