/**
 * A book in any `interface-datastore`: LevelDB on disk, IndexedDB in a browser. It is written in pieces into the one of two halves that does not count, in one batch whose
 * last write makes it count; so a process killed at any moment leaves the old book or the new one, also where batches are not atomic. Each piece has its digest in that
 * last write: what is not what was written is `BookDamagedError`. Rejected: a key per entry, which leaves a mixture of two books.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { type Datastore, Key } from 'interface-datastore'
import { InvalidOptionError } from '../errors.ts'
import type { KeptScore } from '../interface/address-book.ts'
import { assertMethods } from '../util/check.ts'
import { macrotask } from '../util/macrotask.ts'
import { BookDamagedError, type BookStore, type StoredBan, type StoredBook, type StoredEntry } from './book-store.ts'
import { checkStoredBook, isObject } from './stored.ts'

export interface DatastoreBookStoreOptions {
  /** Where in the datastore. @default '/addrbook' */
  prefix?: string
}

/** Of what is described above; another one is not read. */
const LAYOUT = 1
/** Ours: some 100 KB a piece, a few ms of work at a time. */
const ITEMS_PER_PIECE = 256

type Half = 'a' | 'b'

interface Head {
  readonly half: Half
  /** How many saves there were, with this one; 0 where it was not counted yet. */
  readonly saves: number
  readonly key: string
  readonly anchors: unknown[]
  /** SHA-256 of each piece, in hex. */
  readonly pieces: readonly string[]
}

/**
 * The datastore is opened and closed by whoever made it. After a save that failed, LevelDB loses what it is told later unless it is opened anew: `createNode` does so.
 * Throws `InvalidOptionError`.
 */
export class DatastoreBookStore implements BookStore {
  readonly #datastore: Datastore
  readonly #prefix: string
  /** That counts; undefined before it was looked up. */
  #half: Half | undefined
  #saves = 0

  constructor(datastore: Datastore, { prefix = '/addrbook' }: DatastoreBookStoreOptions = {}) {
    assertMethods('datastore', datastore, ['get', 'batch', 'query', 'queryKeys'])
    if (typeof prefix !== 'string' || !/^(\/[^/]+)+$/.test(prefix))
      throw new InvalidOptionError('prefix', prefix, 'a path such as /addrbook')
    this.#datastore = datastore
    this.#prefix = prefix
  }

  /** Of the book that was loaded or saved last, how many saves there were of it; 0 before that. Grows with each save, also over restarts. */
  get saves(): number {
    return this.#saves
  }

  async load(): Promise<StoredBook | undefined> {
    const bytes = await this.#get(this.#headKey())
    if (bytes === undefined) return undefined
    const head = readHead(bytes)
    const entries: unknown[] = []
    const bans: unknown[] = []
    const scores: unknown[] = []
    for (const [i, digest] of head.pieces.entries()) {
      const piece = await this.#get(this.#pieceKey(head.half, i))
      if (piece === undefined || bytesToHex(sha256(piece)) !== digest)
        throw new BookDamagedError(
          `piece ${i} of ${head.pieces.length} is ${piece === undefined ? 'gone' : 'not what was written'}`
        )
      const items = parse(piece)
      if (!isObject(items) || !Array.isArray(items.entries) || !Array.isArray(items.bans))
        throw new BookDamagedError(`piece ${i} is no part of an address book`)
      entries.push(...items.entries)
      bans.push(...items.bans)
      // pieces of before there were any have none
      if (items.scores !== undefined) scores.push(...(Array.isArray(items.scores) ? items.scores : [items.scores]))
    }
    const checked = checkStoredBook({ key: head.key, entries, bans, anchors: head.anchors, scores })
    if (checked === undefined) throw new BookDamagedError('the stored book has no key')
    this.#half = head.half
    this.#saves = head.saves
    return checked
  }

  async save({ key, entries, bans, anchors, scores = [] }: StoredBook): Promise<void> {
    if (this.#half === undefined) await this.#lookUp()
    const half: Half = this.#half === 'a' ? 'b' : 'a'
    const saves = this.#saves + 1
    const batch = this.#datastore.batch()
    const former: Key[] = []
    for await (const stored of this.#datastore.queryKeys({ prefix: `${this.#prefix}/${half}/` })) former.push(stored)
    const digests: string[] = []
    for (const piece of piecesOf(entries, bans, scores)) {
      const bytes = encode(piece)
      batch.put(this.#pieceKey(half, digests.length), bytes)
      digests.push(bytesToHex(sha256(bytes)))
      // hashing a large book is no reason to hold up everything else
      await new Promise<void>((resolve) => macrotask(resolve))
    }
    // what is left of a larger book: nobody reads it, but it may name somebody who is private by now
    const written = new Set(digests.map((_, i) => this.#pieceKey(half, i).toString()))
    for (const stored of former) if (!written.has(stored.toString())) batch.delete(stored)
    // last: this makes the book count
    batch.put(this.#headKey(), encode({ layout: LAYOUT, half, saves, key, anchors, pieces: digests }))
    await batch.commit()
    this.#half = half
    this.#saves = saves
  }

  /** Copies what is there to `<prefix>-damaged`, in place of what an earlier damage left there, and forgets it. */
  async setAside(): Promise<string> {
    const aside = await this.#copy([this.#headKey()])
    this.#half = undefined
    return aside
  }

  /** The same copy; what is there stays. */
  async copyAside(): Promise<string> {
    return await this.#copy([])
  }

  async #copy(forget: readonly Key[]): Promise<string> {
    const aside = `${this.#prefix}-damaged`
    const batch = this.#datastore.batch()
    for await (const { key } of this.#datastore.query({ prefix: `${aside}/` })) batch.delete(key)
    await batch.commit()
    const copy = this.#datastore.batch()
    for await (const { key, value } of this.#datastore.query({ prefix: `${this.#prefix}/` }))
      copy.put(new Key(aside + key.toString().slice(this.#prefix.length)), value)
    for (const key of forget) copy.delete(key)
    await copy.commit()
    return aside
  }

  /** A head that cannot be read counts for nothing; whoever loads is told of it. */
  async #lookUp(): Promise<void> {
    const bytes = await this.#get(this.#headKey())
    this.#half = 'b'
    this.#saves = 0
    try {
      if (bytes === undefined) return
      const { half, saves } = readHead(bytes)
      this.#half = half
      this.#saves = saves
    } catch {
      // damaged
    }
  }

  async #get(key: Key): Promise<Uint8Array | undefined> {
    try {
      return await this.#datastore.get(key)
    } catch (err) {
      if ((err as Error).name === 'NotFoundError') return undefined
      throw err
    }
  }

  #headKey(): Key {
    return new Key(`${this.#prefix}/head`)
  }

  #pieceKey(half: Half, piece: number): Key {
    return new Key(`${this.#prefix}/${half}/${String(piece).padStart(4, '0')}`)
  }
}

function* piecesOf(entries: readonly StoredEntry[], bans: readonly StoredBan[], scores: readonly KeptScore[]) {
  for (let i = 0; i < entries.length; i += ITEMS_PER_PIECE)
    yield { entries: entries.slice(i, i + ITEMS_PER_PIECE), bans: [] }
  for (let i = 0; i < bans.length; i += ITEMS_PER_PIECE) yield { entries: [], bans: bans.slice(i, i + ITEMS_PER_PIECE) }
  for (let i = 0; i < scores.length; i += ITEMS_PER_PIECE)
    yield { entries: [], bans: [], scores: scores.slice(i, i + ITEMS_PER_PIECE) }
}

function readHead(bytes: Uint8Array): Head {
  const head = parse(bytes)
  if (!isObject(head)) throw new BookDamagedError('the head is no object')
  const { layout, half, saves, key, anchors, pieces } = head
  if (layout !== LAYOUT) throw new BookDamagedError(`layout ${String(layout)}, expected ${LAYOUT}`)
  if ((half !== 'a' && half !== 'b') || typeof key !== 'string' || !Array.isArray(anchors) || !Array.isArray(pieces))
    throw new BookDamagedError('the head lacks a field')
  return { half, saves: Number.isSafeInteger(saves) ? (saves as number) : 0, key, anchors, pieces: pieces.map(String) }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new BookDamagedError(`not JSON: ${(cause as Error).message}`, { cause })
  }
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
