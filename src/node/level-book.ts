/**
 * A book in a directory of LevelDB, for a node that shares its home with no Go node: see DatastoreBookStore for how it is written. Here is what LevelDB itself asks for: it
 * is opened before anybody reads and closed after the last save, one process at a time may have it, and what it finds damaged is moved out of the way as a damaged file is.
 * Native code, so it is loaded only where such a book is wanted.
 */
import { mkdir, rename, stat } from 'node:fs/promises'
import type { LevelDatastore } from 'datastore-level'
import { BookDamagedError, type BookStore, type StoredBook } from '../address-book/book-store.ts'
import { DatastoreBookStore } from '../address-book/datastore-store.ts'
import { InvalidOptionError } from '../errors.ts'
import type { Logger } from '../interface/logger.ts'

/** config/config.go DefaultDirPerm. */
const DIRECTORY_MODE = 0o700
/** What LevelDB says of a database of which a part is wrong or gone. */
const DAMAGE = /Corruption|No such file/

interface Opened {
  readonly datastore: LevelDatastore
  readonly store: DatastoreBookStore
}

export class LevelBook implements BookStore {
  readonly path: string
  readonly #logger: Logger
  #opened: Opened | undefined
  /** Calls do not overlap: the last one. Never rejects. */
  #last: Promise<unknown> = Promise.resolve()

  /** `path`: a directory, which is made when it is opened. `logger`: safe. */
  constructor(path: string, logger: Logger) {
    this.path = path
    this.#logger = logger
  }

  /** Before the book starts. Rejects with `InvalidOptionError` (`addrBookFile`) where another process has it, or it is no directory that could be one. */
  async open(): Promise<void> {
    try {
      this.#opened = await openLevel(this.path)
    } catch (err) {
      const { code, message } = causeOf(err)
      if (code === 'LEVEL_LOCKED')
        throw new InvalidOptionError('addrBookFile', this.path, 'an address book that no other node has open; one has')
      if (!DAMAGE.test(message))
        throw new InvalidOptionError(
          'addrBookFile',
          this.path,
          `a directory for LevelDB, or a name in .json: ${message}`
        )
      const keptAs = await moveAside(this.path)
      this.#logger.error('The address book was damaged: starting with an empty one', { err, keptAs })
      this.#opened = await openLevel(this.path)
    }
  }

  /** After the book has stopped, any number of times. Waits for a call that is under way. */
  async close(): Promise<void> {
    const opened = this.#opened
    this.#opened = undefined
    await this.#last
    await opened?.datastore.close()
  }

  async load(): Promise<StoredBook | undefined> {
    try {
      return await this.#run(({ store }) => store.load())
    } catch (err) {
      if (err instanceof Error && err.name === 'GetFailedError' && DAMAGE.test(err.message))
        throw new BookDamagedError(err.message, { cause: err })
      throw err
    }
  }

  async save(book: StoredBook): Promise<void> {
    await this.#run(({ store }) => store.save(book))
  }

  /** The whole directory: what LevelDB cannot read it cannot copy. */
  async setAside(): Promise<string> {
    return await this.#run(async ({ datastore }) => {
      await datastore.close()
      const keptAs = await moveAside(this.path)
      this.#opened = await openLevel(this.path)
      return keptAs
    })
  }

  async copyAside(): Promise<string> {
    return await this.#run(async ({ store }) => `${this.path}: ${await store.copyAside()}`)
  }

  async #run<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    if (this.#opened === undefined) throw new Error(`the address book ${this.path} is not open`)
    const running = work(this.#opened)
    this.#last = running.catch(() => undefined)
    return await running
  }
}

async function openLevel(path: string): Promise<Opened> {
  await mkdir(path, { recursive: true, mode: DIRECTORY_MODE })
  const { LevelDatastore } = await import('datastore-level')
  const datastore = new LevelDatastore(path)
  // its own open() says only that it failed, not why
  await datastore.db.open()
  return { datastore, store: new DatastoreBookStore(datastore) }
}

function causeOf(err: unknown): { readonly code: unknown; readonly message: string } {
  const { code, message } = ((err as Error).cause ?? err) as NodeJS.ErrnoException
  return { code, message }
}

/** Under a name that nothing has: what an earlier damage left is kept as well. */
async function moveAside(path: string): Promise<string> {
  for (let n = 0; ; n++) {
    const aside = `${path}.damaged${n === 0 ? '' : `-${n}`}`
    if (await exists(aside)) continue
    await rename(path, aside)
    return aside
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (err) {
    if ((err as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw err
  }
}
