/**
 * The hello stream of one connection: records in and out (docs/protocol.md section 2). Read one by one during hello, then by a handler for
 * as long as the link lives.
 *
 * Never iterated and never awaited for drain: the iterator loses data around a FIN, and `onDrain()` spins after its first use
 * (spec/js-libp2p.md sections 1.1, 5.1; lp2p.md section 8). Listeners are attached at once and never throw: a listener that throws ends the process.
 */
import type { Stream } from '@libp2p/interface'
import type { Uint8ArrayList } from 'uint8arraylist'
import { ProtocolViolationError } from '../../../errors.ts'
import { type Deferred, deferred } from '../../../util/deferred.ts'
import { frameRecord, MAX_RECORD_BYTES, RecordReader } from './records.ts'

/** Records and bytes that may wait before somebody reads them. Ours: an honest remote sends a handful, and a first limit for each of its channels. */
const MAX_WAITING_RECORDS = 512
const MAX_WAITING_BYTES = 2 * MAX_RECORD_BYTES

/** What becomes of the stream after hello. No method throws. */
export interface RecordHandler {
  onRecord(body: Uint8Array): void
  /** More may be sent. */
  onRoom(): void
  /** The remote will send nothing more: it closed its side in order (no error), or the stream broke. Once. */
  onEnd(error: Error | undefined): void
}

export class RecordStream {
  readonly #stream: Stream
  readonly #waiting: Uint8Array[] = []
  #waitingBytes = 0
  #next: Deferred<Uint8Array> | undefined
  #handler: RecordHandler | undefined
  #ended: { error: Error | undefined } | undefined
  readonly #end = deferred<void>()

  /** Call synchronously with the stream's arrival: data that comes before there is a listener is held by libp2p only up to 4 MiB. */
  constructor(stream: Stream) {
    this.#stream = stream
    const reader = new RecordReader((body) => this.#onRecord(body))
    stream.addEventListener('message', (event) => {
      try {
        for (const chunk of chunks(event.data)) reader.push(chunk)
      } catch (error) {
        // told before the reset is: what is wrong with the records, not that the stream broke
        this.#onEnd(error as Error)
        this.abort(error as Error)
      }
    })
    stream.addEventListener('drain', () => this.#handler?.onRoom())
    // comes after the last byte, which `remoteCloseWrite` does not; a reset dispatches it too, before its `close` tells why
    stream.addEventListener('end', () => {
      if (stream.status !== 'reset' && stream.status !== 'aborted') this.#onEnd(undefined)
    })
    stream.addEventListener('close', (event) => this.#onEnd(event.error ?? undefined))
    if (stream.status !== 'open') this.#onEnd(new Error(`stream is ${stream.status}`))
  }

  /** Resolves when the remote will send nothing more, in order or not. */
  get ended(): Promise<void> {
    return this.#end.promise
  }

  /** True while records go straight to the transport. */
  get writable(): boolean {
    return !this.#stream.writableNeedsDrain && this.#stream.writeBufferLength === 0
  }

  /** The next record; rejects when none can come. For hello only, before `handle`. */
  next(): Promise<Uint8Array> {
    const first = this.#waiting.shift()
    if (first !== undefined) {
      this.#waitingBytes -= first.length
      return Promise.resolve(first)
    }
    if (this.#ended !== undefined) return Promise.reject(this.#ended.error ?? new Error('the remote closed the stream'))
    this.#next = deferred<Uint8Array>()
    return this.#next.promise
  }

  /** From here on records go to the handler, those that wait first. */
  handle(handler: RecordHandler): void {
    this.#handler = handler
    for (const body of this.#waiting.splice(0)) handler.onRecord(body)
    if (this.#ended !== undefined) handler.onEnd(this.#ended.error)
  }

  /** Sends records as one write. False when the stream is no longer open. */
  send(...bodies: readonly Uint8Array[]): boolean {
    const records = bodies.map(frameRecord)
    const all = new Uint8Array(records.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const record of records) {
      all.set(record, at)
      at += record.length
    }
    try {
      this.#stream.send(all)
      return true
    } catch {
      // closed under our hands: its `close` event tells whom it concerns
      return false
    }
  }

  /** Says that we send nothing more; what was sent still goes out. Never rejects; gives up when the signal aborts. */
  async closeWrite(signal: AbortSignal): Promise<void> {
    try {
      await this.#stream.close({ signal })
    } catch {
      // broken or not drained in time: whoever closes aborts next
    }
  }

  abort(error: Error): void {
    this.#stream.abort(error)
  }

  #onRecord(body: Uint8Array): void {
    if (this.#handler !== undefined) {
      this.#handler.onRecord(body)
      return
    }
    const next = this.#next
    if (next !== undefined) {
      this.#next = undefined
      next.resolve(body)
      return
    }
    this.#waitingBytes += body.length
    if (this.#waiting.length >= MAX_WAITING_RECORDS || this.#waitingBytes > MAX_WAITING_BYTES)
      throw new ProtocolViolationError('too many records before hello is done')
    this.#waiting.push(body)
  }

  #onEnd(error: Error | undefined): void {
    if (this.#ended !== undefined) return
    this.#ended = { error }
    this.#end.resolve()
    this.#next?.reject(error ?? new Error('the remote closed the stream'))
    this.#handler?.onEnd(error)
  }
}

/** The buffers of a `message` event. */
export function chunks(data: Uint8Array | Uint8ArrayList): Iterable<Uint8Array> {
  return data instanceof Uint8Array ? [data] : data
}
