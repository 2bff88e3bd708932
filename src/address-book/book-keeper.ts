/**
 * When a book is loaded and saved, and what follows if that fails: nothing known is lost, nobody is told but the log. A store that cannot be read is never written
 * over: its book is asked for again before each save, and joins what was learnt meanwhile. One that can be read in part is copied before it is written over.
 */
import type { Clock, TimerHandle } from '../interface/clock.ts'
import type { Logger } from '../interface/logger.ts'
import { BookDamagedError, type BookStore, type StoredBook } from './book-store.ts'

interface Components {
  readonly store: BookStore | undefined
  readonly clock: Clock
  readonly logger: Logger
  readonly saveIntervalMs: number
  readonly snapshot: () => StoredBook
  /** Returns how much of it could not be read. */
  readonly restore: (book: StoredBook) => number
}

export class BookKeeper {
  readonly #components: Components
  #loaded = false
  /** How much of what is stored could not be read, and has no copy yet. */
  #uncopied = 0
  #unsaved = false
  #running = false
  #starting: Promise<void> | undefined
  #timer: TimerHandle | undefined
  /** The save under way, and whether another one is wanted after it. */
  #saving: Promise<void> | undefined
  #again = false

  constructor(components: Components) {
    this.#components = components
  }

  /** The book has changed. */
  touch(): void {
    this.#unsaved = true
  }

  /** Never rejects. A second call waits for the first. */
  async start(): Promise<void> {
    if (!this.#running) {
      this.#running = true
      this.#starting = this.#loaded ? undefined : this.#load()
      this.#arm()
    }
    await this.#starting
  }

  /** Never rejects. */
  async stop(): Promise<void> {
    this.#running = false
    this.#components.clock.clearTimeout(this.#timer)
    await this.#starting
    if (this.#unsaved || this.#saving !== undefined) await this.save()
    // started again meanwhile, it is needed again
    if (this.#running) return
    const { store, logger } = this.#components
    await store?.release?.().catch((err) => logger.warn('Failed to close the address book', { err }))
  }

  /** Never rejects. Settles when a state not older than the call is stored, or that has failed. */
  async save(): Promise<void> {
    this.#again = true
    this.#saving ??= this.#writeAll().finally(() => {
      this.#saving = undefined
    })
    await this.#saving
  }

  #arm(): void {
    const { clock, saveIntervalMs } = this.#components
    this.#timer = clock.setTimeout(() => {
      if (!this.#running) return
      this.#arm()
      // it never rejects; nobody waits for it
      if (this.#unsaved && this.#saving === undefined) void this.save()
    }, saveIntervalMs)
  }

  async #writeAll(): Promise<void> {
    while (this.#again) {
      this.#again = false
      await this.#write()
    }
  }

  async #write(): Promise<void> {
    const { store, logger, snapshot } = this.#components
    // a load that start has begun comes first
    await this.#starting
    if (!this.#loaded) await this.#load()
    if (!this.#loaded || store === undefined || !(await this.#copied())) return
    this.#unsaved = false
    try {
      await store.save(snapshot())
    } catch (err) {
      this.#unsaved = true
      logger.error('Failed to save the address book; the stored one is as it was', { err })
    }
  }

  async #load(): Promise<void> {
    const { store, logger, restore } = this.#components
    try {
      const book = await store?.load()
      if (book !== undefined) this.#uncopied = restore(book)
      this.#loaded = true
      await this.#copied()
    } catch (err) {
      if ((err as Error)?.name === BookDamagedError.name) await this.#setAside(err as Error)
      else logger.error('Failed to read the address book; it is read again before the next save', { err })
    }
  }

  /** Is what could not be read in a safe place? */
  async #copied(): Promise<boolean> {
    const { store, logger } = this.#components
    const unreadable = this.#uncopied
    if (unreadable === 0) return true
    try {
      const keptAs = await store?.copyAside?.()
      this.#uncopied = 0
      logger.warn('Some of the stored address book could not be read: it is left out', { unreadable, keptAs })
      return true
    } catch (err) {
      logger.error('Some of the stored address book could not be read, nor copied: nothing is saved', {
        err,
        unreadable
      })
      return false
    }
  }

  async #setAside(damage: Error): Promise<void> {
    const { store, logger } = this.#components
    try {
      const where = await store?.setAside?.(damage.message)
      this.#loaded = true
      logger.error('The address book was damaged: starting with an empty one', { err: damage, keptAs: where })
    } catch (err) {
      logger.error('The address book is damaged and cannot be set aside: nothing is saved', { err, damage })
    }
  }
}
