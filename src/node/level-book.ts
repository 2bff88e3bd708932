/**
 * A book in a directory of LevelDB, for a node that shares its home with no Go node: see DatastoreBookStore for how it is written. Here is what LevelDB itself asks for: it
 * is opened before anybody reads and closed after the last save, one process at a time may have it, and what it finds damaged is moved out of the way as a damaged file is.
 * So is what it does not find: of a damaged log it drops what it cannot read without a word (its paranoid checks cannot be asked for from here), so a file beside has the
 * number of the last save.
 * Native code, so it is loaded only where such a book is wanted.
 */
import { copyFile, link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LevelDatastore } from 'datastore-level'
import { BookDamagedError, type BookStore, type StoredBook } from '../address-book/book-store.ts'
import { DatastoreBookStore } from '../address-book/datastore-store.ts'
import { InvalidOptionError } from '../errors.ts'
import type { Logger } from '../interface/logger.ts'
import { exists, moveAside } from './set-aside.ts'

/** config/config.go DefaultDirPerm. */
const DIRECTORY_MODE = 0o700
/** What LevelDB says of a database of which a part is wrong or gone. */
const DAMAGE = /Corruption|No such file/

/** In the directory, where LevelDB lets it be: the number of the last save. */
const MARKER = 'last-save'
/** In the directory: the logs as they were before LevelDB opened it, until the book was read. */
const LOGS = 'logs-before'

interface Opened {
  readonly datastore: LevelDatastore
  readonly store: DatastoreBookStore
}

export class LevelBook implements BookStore {
  readonly path: string
  readonly #logger: Logger
  #opened: Opened | undefined
  /** What earlier runs have saved was read: the logs of before are of no more use. */
  #read = false
  /** Between `open` and `close`, also while a book that has stopped has let go of it. */
  #usable = false
  /** One call after the other: the last one. Never rejects. */
  #last: Promise<unknown> = Promise.resolve()

  /** `path`: a directory, which is made when it is opened. `logger`: safe. */
  constructor(path: string, logger: Logger) {
    this.path = path
    this.#logger = logger
  }

  /**
   * Before the book starts. Rejects with `InvalidOptionError` (`addrBookFile`) where another process has it, or something else than a directory is there. A disk that is
   * full or cannot be written is no reason not to start: it is tried again by each call, and until then nothing is read or saved.
   */
  async open(): Promise<void> {
    await this.#inTurn(async () => {
      try {
        this.#opened ??= await this.#open()
      } catch (err) {
        if (err instanceof InvalidOptionError) throw err
        this.#logger.error('The address book cannot be opened; that is tried again', { err })
      }
      this.#usable = true
    })
  }

  /** After the book has stopped, any number of times. Waits for a call that is under way; afterwards nothing is read or written. */
  async close(): Promise<void> {
    this.#usable = false
    await this.release()
  }

  /** Another process may have it; the next call opens it again. */
  async release(): Promise<void> {
    await this.#inTurn(async () => {
      const opened = this.#opened
      this.#opened = undefined
      await opened?.datastore.close()
    })
  }

  async load(): Promise<StoredBook | undefined> {
    return await this.#run(async ({ store }) => {
      const [book, lastSave] = [await loadFrom(store), await readMarker(this.path)]
      if (book === undefined && lastSave > 0)
        throw new BookDamagedError(`LevelDB finds no book, and one was saved here (save ${lastSave})`)
      if (store.saves < lastSave) {
        const keptAs = await moveAside(join(this.path, LOGS), this.path)
        const lost = lastSave - store.saves
        this.#logger.warn('The last of the address book that was saved is lost: it is an older one', { lost, keptAs })
      } else await rm(join(this.path, LOGS), { recursive: true, force: true })
      this.#read = true
      return book
    })
  }

  async save(book: StoredBook): Promise<void> {
    await this.#run(async ({ store, datastore }) => {
      try {
        await store.save(book)
      } catch (err) {
        // a write that has failed may leave half a record in the log, and all that comes after it there is lost: the next call opens another
        this.#opened = undefined
        await datastore.close()
        throw err
      }
      try {
        await writeMarker(this.path, store.saves)
      } catch (err) {
        this.#logger.warn('The address book is saved; that it is cannot be noted, so damage may not be found', { err })
      }
    })
  }

  /** The whole directory: what LevelDB cannot read it cannot copy. */
  async setAside(): Promise<string> {
    return await this.#run(async ({ datastore }) => {
      await datastore.close()
      this.#opened = undefined
      const keptAs = await moveAside(this.path)
      this.#opened = await openLevel(this.path)
      return keptAs
    })
  }

  async copyAside(): Promise<string> {
    return await this.#run(async ({ store }) => `${this.path}: ${await store.copyAside()}`)
  }

  /** Rejects with `InvalidOptionError` for what will not mend itself. */
  async #open(): Promise<Opened> {
    try {
      if (!this.#read) await keepLogs(this.path)
      return await openLevel(this.path)
    } catch (err) {
      const { code, message } = causeOf(err)
      if (code === 'LEVEL_LOCKED')
        throw new InvalidOptionError('addrBookFile', this.path, 'an address book that no other node has open; one has')
      if (code === 'ENOTDIR' || code === 'EEXIST')
        throw new InvalidOptionError('addrBookFile', this.path, `a directory, or a name in .json: ${message}`)
      if (!DAMAGE.test(message)) throw new Error(`the address book ${this.path}: ${message}`, { cause: err })
      const keptAs = await moveAside(this.path)
      this.#logger.error('The address book was damaged: starting with an empty one', { err, keptAs })
      return await openLevel(this.path)
    }
  }

  async #run<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    if (!this.#usable) throw new Error(`the address book ${this.path} is not open`)
    return await this.#inTurn(async () => {
      this.#opened ??= await this.#open()
      return await work(this.#opened)
    })
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const running = this.#last.then(work)
    // whoever asked is told by `running`; the next one only waits
    this.#last = running.catch(() => undefined)
    return await running
  }
}

async function loadFrom(store: DatastoreBookStore): Promise<StoredBook | undefined> {
  try {
    return await store.load()
  } catch (err) {
    if (err instanceof Error && err.name === 'GetFailedError' && DAMAGE.test(err.message))
      throw new BookDamagedError(err.message, { cause: err })
    throw err
  }
}

/** 0 where nothing was saved, or it says nothing. */
async function readMarker(path: string): Promise<number> {
  const text = await readFile(join(path, MARKER), 'utf8').catch(() => '')
  return /^\d{1,15}$/.test(text) ? Number(text) : 0
}

async function writeMarker(path: string, saves: number): Promise<void> {
  const temporary = join(path, `${MARKER}.tmp`)
  await writeFile(temporary, String(saves))
  await rename(temporary, join(path, MARKER))
}

/** LevelDB passes over what is damaged in a log, says nothing, and deletes it: under another name it stays until it is known that nothing is lost. */
async function keepLogs(path: string): Promise<void> {
  const kept = join(path, LOGS)
  await rm(kept, { recursive: true, force: true })
  const logs = (await exists(path)) ? (await readdir(path)).filter((name) => name.endsWith('.log')) : []
  if (logs.length > 0) await mkdir(kept, { recursive: true, mode: DIRECTORY_MODE })
  for (const name of logs) {
    const [from, to] = [join(path, name), join(kept, name)]
    // not everywhere can a file have two names
    await link(from, to)
      .catch(() => copyFile(from, to))
      // it is gone: another process has the book, as LevelDB will say
      .catch(() => undefined)
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
