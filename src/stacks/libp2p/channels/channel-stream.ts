/**
 * The channel streams of one link, own protocol (docs/protocol.md section 4): opened at the first message of a channel by whoever sends first,
 * long-lived, used both ways. What one side writes never changes streams, so a channel keeps its order; if both open at once each writes on its
 * own and both are read.
 *
 * The first slice is held while its stream is negotiated, and a negotiation that is refused is tried again (D-23): nothing has left by then.
 * Any later failure ends the link, since what was under way cannot be known.
 */
import { type Connection, type Stream, setMaxListeners } from '@libp2p/interface'
import type { Clock, TimerHandle } from '../../../interface/clock.ts'
import type { Slice } from '../../../interface/link.ts'
import { openStream } from '../open-stream.ts'
import { FrameWriter } from './frame-writer.ts'
import type { FrameReader } from './frames.ts'
import { chunks } from './record-stream.ts'

const PREFIX = '/comet-libp2p/channel/1.0.0/0x'

/** The protocol of a channel's stream between our own nodes. */
export function channelProtocol(channelId: number): string {
  return PREFIX + channelId.toString(16).padStart(2, '0')
}

/** `channel`: each channel has a stream. `one`: all share the first (less memory, far more thin messages a second). The sender decides. */
export type StreamUse = 'channel' | 'one'

/** A refused negotiation is tried again after so long, doubling; then the link ends. Ours: 25 s in all. */
const FIRST_RETRY_MS = 100
const MAX_TRIES = 9

/** What the link does about its streams. No method throws. */
export interface ChannelStreamsSink {
  /** What reads a new stream. */
  reader(): FrameReader
  onChunk(reader: FrameReader, chunk: Uint8Array): void
  /** Some stream may take more. */
  onRoom(): void
  onFailure(message: string, cause: unknown): void
}

interface OutStream {
  readonly writer: FrameWriter
  stream: Stream | undefined
  /** Written while the stream was not there yet. */
  held: Uint8Array[]
  /** There is a `drain` listener on the stream. */
  awaitsDrain: boolean
}

export class ChannelStreams {
  readonly #connection: Connection
  readonly #clock: Clock
  readonly #sink: ChannelStreamsSink
  readonly #one: boolean
  readonly #out = new Map<number, OutStream>()
  readonly #all = new Set<Stream>()
  readonly #ended = new AbortController()
  readonly #retries = new Set<TimerHandle>()
  #corked: OutStream[] = []

  constructor(connection: Connection, use: StreamUse, clock: Clock, sink: ChannelStreamsSink) {
    this.#connection = connection
    this.#one = use === 'one'
    this.#clock = clock
    this.#sink = sink
    // one listener per stream being opened
    setMaxListeners(Number.POSITIVE_INFINITY, this.#ended.signal)
  }

  /** Would a write for this channel go straight to the transport, or be held for a stream that is yet to be opened? */
  writable(channelId: number): boolean {
    const out = this.#out.get(this.#key(channelId))
    if (out === undefined) return true
    const { stream } = out
    if (stream === undefined) return false
    if (!stream.writableNeedsDrain && stream.writeBufferLength === 0) return true
    this.#awaitDrain(out, stream)
    return false
  }

  /** Takes a slice; it leaves when a buffer is full, and at the end of the turn. */
  write(slice: Slice, wireBytes: number): void {
    const key = this.#key(slice.channelId)
    let out = this.#out.get(key)
    if (out === undefined) {
      out = this.#create(undefined)
      this.#out.set(key, out)
      this.#open(out, slice.channelId, 0)
    }
    if (out.writer.held === 0) this.#cork(out)
    out.writer.write(slice, wireBytes)
  }

  /** Sends what waits for the end of the turn. */
  flush(): void {
    const corked = this.#corked
    if (corked.length === 0) return
    this.#corked = []
    for (const out of corked) out.writer.flush()
  }

  /** A stream the remote opened for this channel: read, and written to if we have none of our own. */
  adopt(channelId: number, stream: Stream): void {
    this.#attach(stream)
    const key = this.#key(channelId)
    if (!this.#out.has(key)) this.#out.set(key, this.#create(stream))
  }

  /** Resets every stream; nothing is reported any more. */
  abort(error: Error): void {
    this.#ended.abort(error)
    this.#corked = []
    for (const handle of this.#retries) this.#clock.clearTimeout(handle)
    for (const stream of [...this.#all]) stream.abort(error)
    this.#all.clear()
    this.#out.clear()
  }

  #key(channelId: number): number {
    return this.#one ? 0 : channelId
  }

  #create(stream: Stream | undefined): OutStream {
    const out: OutStream = {
      writer: new FrameWriter((bytes) => this.#send(out, bytes)),
      stream,
      held: [],
      awaitsDrain: false
    }
    return out
  }

  /** Listens only while somebody waits: idle peers are many, and a listener costs 400 bytes. */
  #awaitDrain(out: OutStream, stream: Stream): void {
    if (out.awaitsDrain) return
    out.awaitsDrain = true
    const onDrain = (): void => {
      out.awaitsDrain = false
      this.#sink.onRoom()
    }
    stream.addEventListener('drain', onDrain, { once: true })
  }

  #cork(out: OutStream): void {
    if (this.#corked.length === 0) queueMicrotask(() => this.flush())
    this.#corked.push(out)
  }

  #send(out: OutStream, bytes: Uint8Array): void {
    if (out.stream === undefined) {
      out.held.push(bytes)
      return
    }
    try {
      out.stream.send(bytes)
    } catch (cause) {
      this.#fail('a channel stream failed while it was written to', cause)
    }
  }

  #open(out: OutStream, channelId: number, tries: number): void {
    openStream(this.#connection, channelProtocol(channelId), { signal: this.#ended.signal, maxStreams: 1_000 }).then(
      (stream) => this.#opened(out, stream),
      (cause) => this.#refused(out, channelId, tries, cause)
    )
  }

  #opened(out: OutStream, stream: Stream): void {
    if (this.#ended.signal.aborted) {
      stream.abort(new Error('the link has ended'))
      return
    }
    out.stream = stream
    this.#attach(stream)
    for (const bytes of out.held.splice(0)) this.#send(out, bytes)
    this.#sink.onRoom()
  }

  #refused(out: OutStream, channelId: number, tries: number, cause: unknown): void {
    if (this.#ended.signal.aborted) return
    if (tries + 1 >= MAX_TRIES || this.#connection.status !== 'open') {
      this.#fail(`no stream for channel 0x${channelId.toString(16)}`, cause)
      return
    }
    const handle = this.#clock.setTimeout(
      () => {
        this.#retries.delete(handle)
        this.#open(out, channelId, tries + 1)
      },
      FIRST_RETRY_MS * 2 ** tries
    )
    this.#retries.add(handle)
  }

  #attach(stream: Stream): void {
    this.#all.add(stream)
    const reader = this.#sink.reader()
    stream.addEventListener('message', ({ data }) => {
      for (const chunk of chunks(data)) this.#sink.onChunk(reader, chunk)
    })
    stream.addEventListener('close', (event) => {
      this.#all.delete(stream)
      this.#fail('a channel stream was closed', event.error)
    })
    if (stream.status !== 'open') this.#fail(`a channel stream is ${stream.status}`, undefined)
  }

  #fail(message: string, cause: unknown): void {
    if (!this.#ended.signal.aborted) this.#sink.onFailure(message, cause)
  }
}
