/**
 * A book in a file that Go's nodes read too (spec/addrbook-and-pex.md section 5). Written beside the file, synced, and renamed over it: killed at any moment, or with a
 * full disk, there is the old book or the new one.
 */
import { mkdir, open, readFile, readlink, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { BookDamagedError, type BookStore, type StoredBook } from '../address-book/book-store.ts'
import { InvalidOptionError } from '../errors.ts'
import { bookFromJson, bookToJson } from './book-json.ts'
import { asideOf, exists, moveAside } from './set-aside.ts'

/** p2p/pex/file.go writes it so that everybody may read it. */
const FILE_MODE = 0o644
/** config/config.go DefaultDirPerm. */
const DIRECTORY_MODE = 0o700
/** Ours: the largest book has some 20,000 entries of 1 to 4 KB. More is somebody else's file. */
const MAX_FILE_BYTES = 128 * 1024 * 1024
/** Written at once, so that a large book holds nobody up. */
const CHUNK_CHARACTERS = 256 * 1024

export class BookFile implements BookStore {
  readonly path: string

  /** `path`: CometBFT's is `config/addrbook.json` of a home. */
  constructor(path: string) {
    if (typeof path !== 'string' || path === '') throw new InvalidOptionError('path', path, 'a file')
    this.path = path
  }

  async load(): Promise<StoredBook | undefined> {
    try {
      const { size } = await stat(this.path)
      if (size > MAX_FILE_BYTES) throw new BookDamagedError(`${this.path} has ${size} bytes: no address book does`)
      return bookFromJson(await readFile(this.path, 'utf8'))
    } catch (err) {
      if ((err as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw err
    }
  }

  async save(book: StoredBook): Promise<void> {
    const path = await targetOf(this.path)
    await mkdir(dirname(path), { recursive: true, mode: DIRECTORY_MODE })
    await place(path, path, (temporary) => writeSynced(temporary, bookToJson(book)))
  }

  /** Renames it; what an earlier damage left under that name is kept as well. */
  async setAside(): Promise<string> {
    return await moveAside(await targetOf(this.path))
  }

  /** Under the names of `setAside`; one copy of the same, however often the node starts. */
  async copyAside(): Promise<string> {
    const path = await targetOf(this.path)
    const bytes = await readFile(path)
    for (let n = 0; ; n++) {
      const aside = asideOf(path, n)
      if (await holds(aside, bytes)) return aside
      if (await exists(aside)) continue
      await place(path, aside, (temporary) => writeFile(temporary, bytes, { mode: FILE_MODE, flush: true }))
      return aside
    }
  }
}

/** All of it or nothing. `book`: whose temporary file it is written to first. */
async function place(book: string, path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  // one name: a process that is killed leaves one of them at most, and the next one uses it
  const temporary = `${book}.tmp`
  try {
    await write(temporary)
    await rename(temporary, path)
  } catch (err) {
    // what cannot be removed is in the way of the next save, which says so; this one failed of something else
    await rm(temporary, { force: true }).catch(() => undefined)
    throw err
  }
  await syncDirectory(dirname(path))
}

async function holds(path: string, bytes: Buffer): Promise<boolean> {
  try {
    return (await stat(path)).size === bytes.length && bytes.equals(await readFile(path))
  } catch {
    // not there, or nothing that can be read
    return false
  }
}

/** Where a link leads, also to what is not there yet: a rename over the link would leave the book behind it as it was, for ever. */
async function targetOf(path: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code !== 'ENOENT') throw err
  }
  // no link, or nothing at all: then it is written where it is asked for
  const link = await readlink(path).catch(() => undefined)
  return link === undefined ? path : await targetOf(resolve(dirname(path), link))
}

/** The store of `createAddressBook` that is a file. Throws `InvalidOptionError`. */
export function bookFile(path: string): BookStore {
  return new BookFile(path)
}

async function writeSynced(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'w', FILE_MODE)
  try {
    let waiting = ''
    for (const piece of pieces) {
      waiting += piece
      if (waiting.length < CHUNK_CHARACTERS) continue
      await file.writeFile(waiting)
      waiting = ''
    }
    await file.writeFile(waiting)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The rename itself survives a power cut only then. Not every system can: it is then as good as a rename is there. */
async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path, 'r')
    try {
      await directory.sync()
    } finally {
      await directory.close()
    }
  } catch {
    // Windows opens no directories; the file itself is whole
  }
}
