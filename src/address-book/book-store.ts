/**
 * Where a book is kept between runs: a port, so that the book itself runs in a browser. What is stored is plain JSON values; buckets follow from the rest, so a file
 * that was tampered with cannot put anything where it does not belong.
 */
import type { KeptScore } from '../interface/address-book.ts'
import type { Slot } from './known-address.ts'

export interface StoredPlace {
  readonly slot: Slot
  readonly address: string
  readonly proven: boolean
  readonly signed: boolean
  readonly byItself: boolean
  readonly sourceGroups: readonly string[]
  /** Who told of it, where that is not the entry's source. */
  readonly source?: string
  /** The IP that a proven name led to last. */
  readonly leadsTo?: string
  /** That of the source, where it is not the first of `sourceGroups` that none of `confirmedBy` has. */
  readonly sourceGroup?: string
  /** Who else has told of it. */
  readonly confirmedBy?: ReadonlyArray<{ readonly group: string; readonly id: string; readonly address?: string }>
}

/** An entry. Times are wall ms, 0: never. */
export interface StoredEntry {
  readonly id: string
  readonly source: string
  /** The home first. */
  readonly places: readonly StoredPlace[]
  readonly kind: 'new' | 'old'
  /** As placed when it was written: for Go, which trusts them. Not read back. */
  readonly buckets: readonly number[]
  readonly attempts: number
  readonly lastAttempt: number
  readonly lastSuccess: number
  readonly good: boolean
  /** base64. */
  readonly record?: string
  /** Who told the record, where that is not the entry's source. */
  readonly recordSource?: string
  /** Who else has told it. */
  readonly recordConfirmedBy?: readonly string[]
}

export interface StoredBan {
  readonly id: string
  readonly address: string
  readonly since: number
  readonly until: number
  readonly reason?: string
  readonly byOperator?: true
  readonly entry?: StoredEntry
}

export interface StoredBook {
  /** 24 hex digits: the key of the buckets. */
  readonly key: string
  readonly entries: readonly StoredEntry[]
  readonly bans: readonly StoredBan[]
  readonly anchors: readonly string[]
  /** What the switch thought of nodes. Absent where none was kept. */
  readonly scores?: readonly KeptScore[]
  /** Set by `load`: how many entries, bans, anchors and scores were none, or only in part what was written. */
  readonly unreadable?: number
}

/**
 * A store of one book. Calls never overlap. `save` is all or nothing: killed at any moment, the next `load` gives the book of before or the new one.
 */
export interface BookStore {
  /** Undefined where there is none yet. Rejects with `BookDamagedError` for what is no book, with anything else where reading failed and may work later. */
  load(): Promise<StoredBook | undefined>
  save(book: StoredBook): Promise<void>
  /** After `BookDamagedError`: moves what is there out of the way and says where it is now. Without it, a damaged book is overwritten. */
  setAside?(reason: string): Promise<string>
  /** After the last save of a book that has stopped: whatever is held open may be let go of. Another call takes it again. */
  release?(): Promise<void>
  /** After a `load` of which something could not be read: keeps a copy of what is there, and says where. Without it, what could not be read is lost at the next save. */
  copyAside?(): Promise<string>
}

/** What is stored is no address book. */
export class BookDamagedError extends Error {
  static override readonly name = 'BookDamagedError'
  override readonly name = 'BookDamagedError'
}
