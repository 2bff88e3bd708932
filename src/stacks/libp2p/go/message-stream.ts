/**
 * One message on one stream, as Go CometBFT's lp2p does it (spec/lp2p.md sections 3 and 8): a length, so many bytes, then the writer's end. Everything
 * odd here was a stall against a real Go node:
 *
 * - never iterated: the iterator hangs or drops data around a FIN;
 * - never half-closed: Go stops reading right after the payload, a FIN after that fails silently and the stream's place (256 per connection) is lost.
 *   Both sides end a stream by waiting for the remote's FIN and then resetting it.
 * - `abort()` dispatches `close` at once, so the outcome is recorded before.
 */
import type { Connection, Stream } from '@libp2p/interface'
import { MAX_VARINT_BYTES, putVarint, varintLength } from '../../../util/varint.ts'
import { Assembly } from '../channels/assembly.ts'
import { chunks } from '../channels/record-stream.ts'
import { openStream } from '../open-stream.ts'

/** `unsupported`: the remote does not know the protocol. `refused`: it was not read; it may be sent again. */
export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'refused'; readonly cause: unknown }

/** Over what libp2p allows per protocol: our own bounds are lower. */
const MAX_STREAMS = 10_000

/**
 * Sends one message and settles once the remote has read it (its FIN), or it certainly was not read. Never rejects. Aborting the signal
 * resets the stream.
 */
export async function sendMessage(
  connection: Connection,
  protocol: string,
  payload: Uint8Array,
  signal: AbortSignal
): Promise<Outcome> {
  let stream: Stream
  // a signal of its own: libp2p leaves a listener on the one it is given (p-event, waiting for `drain`), 8 KB a message over a link's life
  const opening = new AbortController()
  const onGivenUp = () => opening.abort(signal.reason)
  signal.addEventListener('abort', onGivenUp, { once: true })
  if (signal.aborted) onGivenUp()
  try {
    stream = await openStream(connection, protocol, { signal: opening.signal, maxStreams: MAX_STREAMS })
  } catch (cause) {
    return (cause as Error).name === 'UnsupportedProtocolError' ? { kind: 'unsupported' } : { kind: 'refused', cause }
  } finally {
    signal.removeEventListener('abort', onGivenUp)
  }
  return await new Promise((resolve) => {
    const settle = (outcome: Outcome, why: string) => {
      signal.removeEventListener('abort', onAbort)
      resolve(outcome)
      stream.abort(new Error(why))
    }
    const onAbort = () => settle({ kind: 'refused', cause: signal.reason }, 'no longer wanted')
    stream.addEventListener('remoteCloseWrite', () => settle({ kind: 'delivered' }, 'message delivered'))
    stream.addEventListener('close', (event) => settle({ kind: 'refused', cause: event.error }, 'closed'))
    signal.addEventListener('abort', onAbort, { once: true })
    if (signal.aborted) return onAbort()
    if (stream.status !== 'open')
      return settle({ kind: 'refused', cause: new Error(`stream is ${stream.status}`) }, 'closed')
    try {
      stream.send(frameMessage(payload))
    } catch (cause) {
      settle({ kind: 'refused', cause }, 'send failed')
    }
  })
}

function frameMessage(payload: Uint8Array): Uint8Array {
  const head = varintLength(payload.length)
  const out = new Uint8Array(head + payload.length)
  putVarint(out, 0, payload.length)
  out.set(payload, head)
  return out
}

/** What comes of an arriving message. No method throws. */
export interface IncomingSink {
  /** Bytes of payload arrived that were not there before. */
  onBytes(count: number): void
  onMessage(bytes: Uint8Array): void
  /** Announced longer than allowed, or a malformed length: the remote's fault. */
  onFault(message: string): void
  /** The stream ended before the message did. */
  onTruncated(): void
}

/** Reads one message. */
export class IncomingMessage {
  readonly #stream: Stream
  readonly #maxBytes: number
  readonly #sink: IncomingSink
  readonly #assembly = new Assembly()
  #length = -1
  #headValue = 0
  #headBytes = 0
  /** The message is complete, or will never be. */
  #done = false
  #released = false

  /** Call synchronously with the stream's arrival. */
  constructor(stream: Stream, maxBytes: number, sink: IncomingSink) {
    this.#stream = stream
    this.#maxBytes = maxBytes
    this.#sink = sink
    stream.addEventListener('message', (event) => {
      for (const chunk of chunks(event.data)) if (!this.#done) this.#push(chunk)
      this.#cutIfEnded()
    })
    stream.addEventListener('remoteCloseWrite', () => this.#maybeReset())
    stream.addEventListener('end', () => this.#cut())
    stream.addEventListener('close', () => this.#cut())
    if (stream.status !== 'open') this.#cut()
    this.#cutIfEnded()
  }

  /** Bytes of payload collected so far. */
  get received(): number {
    return this.#assembly.length
  }

  /** The message has been consumed: gives the stream's place back to the remote, now or when its FIN comes. */
  release(): void {
    this.#released = true
    this.#maybeReset()
  }

  /** Drops what has come so far. */
  abort(error: Error): void {
    this.#done = true
    this.#stream.abort(error)
  }

  #push(chunk: Uint8Array): void {
    let at = 0
    while (this.#length < 0) {
      const byte = chunk[at++]
      if (byte === undefined) return
      if (!this.#head(byte)) return
    }
    // what follows the payload is discarded, as Go does
    const take = Math.min(chunk.length - at, this.#length - this.#assembly.length)
    if (take > 0) {
      this.#assembly.add(new Uint8Array(chunk.buffer, chunk.byteOffset + at, take), this.#length)
      this.#sink.onBytes(take)
    }
    if (this.#assembly.length < this.#length) return
    this.#done = true
    this.#sink.onMessage(this.#assembly.take())
  }

  /** One byte of the length; false when that is at fault. */
  #head(byte: number): boolean {
    this.#headValue += (byte & 0x7f) * 0x80 ** this.#headBytes++
    if (this.#headValue > this.#maxBytes || this.#headBytes > MAX_VARINT_BYTES) {
      this.#done = true
      this.#sink.onFault(`a message of ${this.#headValue} bytes or more, at most ${this.#maxBytes} are accepted`)
      return false
    }
    if (byte < 0x80) this.#length = this.#headValue
    return true
  }

  /**
   * `end` comes once, and may have come before we listened: where all of a stream was there while libp2p negotiated, what it put back follows its end.
   */
  #cutIfEnded(): void {
    if (this.#stream.remoteWriteStatus === 'closed' && this.#stream.readBufferLength === 0) this.#cut()
  }

  #cut(): void {
    if (this.#done) return
    this.#done = true
    this.#sink.onTruncated()
    this.#stream.abort(new Error('message cut off'))
  }

  #maybeReset(): void {
    if (this.#released && this.#stream.remoteWriteStatus === 'closed') this.#stream.abort(new Error('message complete'))
  }
}
