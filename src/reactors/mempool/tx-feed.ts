/**
 * Tells users about transactions as they enter the pool: callbacks, or async iteration with a bound for readers slower than the network.
 *
 * A slow reader loses transactions, never the pool its memory or a peer its connection, and it is told how many. Rejected: letting readers walk
 * the pool's own list (no buffer at all, but then committed transactions vanish before they were read, silently).
 */
import { InvalidOptionError } from '../../errors.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NodeId } from '../../interface/node-info.ts'
import { ConcurrentList } from './concurrent-list.ts'
import type { TxKey } from './tx-key.ts'

/** A transaction that was accepted. */
export interface TxEvent {
  /** Shared with the pool: do not change the bytes. */
  readonly tx: Uint8Array
  readonly key: TxKey
  /** The peer that sent it first; absent for one submitted here. */
  readonly from?: NodeId
}

/** What {@link TxFeed.iterate} yields. */
export interface TxItem extends TxEvent {
  /** How many transactions were dropped right before this one because the reader was too slow. */
  readonly missed: number
}

export type TxListener = (event: TxEvent) => void

export interface TxIterationOptions {
  /** Ends the iteration, without an error. */
  signal?: AbortSignal
  /** How many transactions wait for the reader before further ones are dropped. @default 10_000 */
  bufferTxs?: number
  /** How many bytes of transactions wait. @default 16 MiB */
  bufferBytes?: number
}

export const txFeedDefaults = Object.freeze({ bufferTxs: 10_000, bufferBytes: 16 * 1024 * 1024 })

export class TxFeed {
  readonly #logger: Logger
  readonly #listeners = new Set<TxListener>()
  /** What ends each iteration under way. */
  readonly #iterations = new Set<() => void>()
  #closed = false

  constructor(logger: Logger) {
    this.#logger = logger
  }

  /** Calls every listener in turn. One that throws is logged and stays. */
  emit(event: TxEvent): void {
    for (const listener of this.#listeners)
      try {
        listener(event)
      } catch (err) {
        this.#logger.error('a transaction listener threw', { err })
      }
  }

  /** Returns what takes the listener off again. */
  listen(listener: TxListener): () => void {
    if (typeof listener !== 'function') throw new InvalidOptionError('listener', listener, 'a function')
    // a wrapper, so that one function given twice is two listeners, each taken off by its own return value
    const own: TxListener = (event) => listener(event)
    if (!this.#closed) this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /**
   * Transactions accepted from this call on, in order. Buffering begins at once and ends with the iteration: by `return` (a `break` in
   * `for await`), by `signal`, or by `close`; after the latter two, what is buffered is still yielded.
   */
  iterate(options: TxIterationOptions = {}): AsyncIterableIterator<TxItem> {
    const { signal, bufferTxs = txFeedDefaults.bufferTxs, bufferBytes = txFeedDefaults.bufferBytes } = options
    const buffer = new TxBuffer(bufferTxs, bufferBytes)
    const unlisten = this.listen((event) => buffer.offer(event))
    const end = () => {
      unlisten()
      this.#iterations.delete(end)
      signal?.removeEventListener('abort', end)
      buffer.end()
    }
    if (this.#closed || signal?.aborted === true) end()
    else {
      this.#iterations.add(end)
      signal?.addEventListener('abort', end, { once: true })
    }
    // not a generator: `return` on a generator waits for the pending `next`, which here may wait for ever
    return {
      [Symbol.asyncIterator]() {
        return this
      },
      next: () => buffer.take(),
      async return() {
        end()
        buffer.clear()
        return DONE
      }
    }
  }

  /** Ends every iteration; listeners hear nothing more. */
  close(): void {
    this.#closed = true
    for (const end of [...this.#iterations]) end()
    this.#listeners.clear()
  }
}

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined }

/** What waits for one reader: at most `maxTxs`, and `maxBytes` beyond a first one of any size. What does not fit is counted, not kept. */
class TxBuffer {
  readonly #maxTxs: number
  readonly #maxBytes: number
  readonly #items = new ConcurrentList<TxItem>()
  readonly #cursor = this.#items.cursor()
  readonly #ended = new AbortController()
  #bytes = 0
  #missed = 0

  constructor(maxTxs: number, maxBytes: number) {
    this.#maxTxs = maxTxs
    this.#maxBytes = maxBytes
  }

  offer(event: TxEvent): void {
    const full = this.#items.size >= this.#maxTxs || this.#bytes + event.tx.length > this.#maxBytes
    if (full && this.#items.size > 0) {
      this.#missed++
      return
    }
    this.#bytes += event.tx.length
    this.#items.push({ ...event, missed: this.#missed })
    this.#missed = 0
  }

  async take(): Promise<IteratorResult<TxItem, undefined>> {
    for (;;) {
      const element = this.#cursor.next()
      if (element !== undefined) {
        this.#items.remove(element)
        this.#bytes -= element.value.tx.length
        return { done: false, value: element.value }
      }
      if (this.#ended.signal.aborted) return DONE
      await this.#cursor.ready(this.#ended.signal)
    }
  }

  end(): void {
    this.#ended.abort()
  }

  clear(): void {
    this.#items.clear()
  }
}
