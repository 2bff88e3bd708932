/**
 * A SecureStream over a ByteDuplex: clear text until `encrypt`, frames afterwards; messages by `readDelimited` until `start`, `onData` afterwards. The
 * handshake itself is secret-connection.ts. Whatever ends it, `#finish` is the one place where socket and keys go.
 */
import { ConnectionLostError, SecretConnectionError } from '../../errors.ts'
import type { ByteDuplex } from './byte-duplex.ts'
import { delimitedSpan } from './delimited.ts'
import { givePlain, giveSealed, takePlain, takeSealed } from './frame-memory.ts'
import { HeldBytes } from './held-bytes.ts'
import { framesFor, type Opener, type Sealer } from './secret-frames.ts'
import type { SecureStream, SecureStreamHandlers } from './secret-stream.ts'

/** Bytes held before `start` while nobody reads; then the socket waits. Ours: a chunk of the socket, many times what an honest node says before. */
const MAX_HELD_BYTES = 65_536

interface Waiting {
  readonly limitBytes: number
  resolve(message: Uint8Array): void
  reject(reason: unknown): void
}

interface Frames {
  readonly sealer: Sealer
  readonly opener: Opener
}

/** `destroy`, a bad frame, or the socket's end. How the last is to be told depends on what came before it, which may not have been looked at yet. */
type Ending = { by: 'us' } | { by: 'fault'; fault: SecretConnectionError } | { by: 'socket'; cause: Error | undefined }

/** `ending`: we write no more. `ended`: over, though what was held may still have to be told. */
type State = { is: 'open' | 'ending' } | { is: 'ended'; how: Ending }

export class SecretDuplex implements SecureStream {
  readonly remoteAddress: string
  readonly remotePort: number
  readonly #port: ByteDuplex
  readonly #held = new HeldBytes()
  readonly #closed = new AbortController()
  #state: State = { is: 'open' }
  #frames: Frames | undefined
  #remoteKey: Uint8Array | undefined
  #waiting: Waiting | undefined
  #started = false
  /** From `start` until `onEnd` was told or `destroy` called. */
  #handlers: SecureStreamHandlers | undefined
  #paused = false
  #portPaused = false

  /** Opens `port`, which is the stream's own from then on. */
  constructor(port: ByteDuplex) {
    this.#port = port
    this.remoteAddress = port.remoteAddress
    this.remotePort = port.remotePort
    port.open({
      onChunk: (chunk) => this.#onChunk(chunk),
      onDrain: () => this.#handlers?.onDrain(),
      onEnd: (cause) => this.#finish({ by: 'socket', cause })
    })
  }

  get remoteKey(): Uint8Array {
    if (this.#remoteKey === undefined) throw new TypeError('remoteKey: nothing is proven yet')
    return this.#remoteKey
  }

  get closed(): AbortSignal {
    return this.#closed.signal
  }

  get bufferedBytes(): number {
    return this.#port.writableLength
  }

  /** Handshake only: writes without frames. */
  writeClear(bytes: Uint8Array): void {
    if (this.#state.is === 'open') this.#port.write(bytes)
  }

  /** Handshake only: from here on all is in frames, also what came behind the last message. The keys go when the stream ends, or at once if it has. */
  encrypt(sealer: Sealer, opener: Opener): void {
    this.#frames = { sealer, opener }
    if (this.#held.length > 0) this.#open(this.#held.take(this.#held.length))
    if (this.#state.is === 'ended') this.#wipe()
  }

  /** Handshake only: the remote has proven this key. */
  authenticate(remoteKey: Uint8Array): void {
    this.#remoteKey = remoteKey
  }

  readDelimited(limitBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.#started || this.#waiting !== undefined)
      return Promise.reject(new TypeError('readDelimited: only before start, one at a time'))
    return new Promise((resolve, reject) => {
      const onAbort = () => this.#finish({ by: 'us' }, signal?.reason)
      const leave = () => {
        this.#waiting = undefined
        signal?.removeEventListener('abort', onAbort)
      }
      this.#waiting = {
        limitBytes,
        resolve(message) {
          leave()
          resolve(message)
        },
        reject(reason) {
          leave()
          reject(reason)
        }
      }
      if (signal?.aborted) return onAbort()
      signal?.addEventListener('abort', onAbort, { once: true })
      this.#tryMessage()
      this.#regulate()
    })
  }

  start(handlers: SecureStreamHandlers): void {
    if (this.#started) throw new TypeError('start: only once')
    this.#started = true
    this.#handlers = handlers
    queueMicrotask(() => this.#tell())
  }

  write(bytes: Uint8Array): boolean {
    if (this.#frames === undefined) throw new TypeError('write: not encrypted yet')
    if (this.#state.is !== 'open') return false
    if (bytes.length === 0) return true
    // while the kernel is behind, the socket keeps what it is given: then memory of its own, no longer than needed
    const idle = this.#port.writableLength === 0
    const memory = idle ? takeSealed(framesFor(bytes.length)) : undefined
    let sealed: Uint8Array
    try {
      sealed = this.#frames.sealer.seal(bytes, memory)
    } catch (error) {
      if (!(error instanceof SecretConnectionError)) throw error
      this.#finish({ by: 'fault', fault: error })
      return false
    }
    const more = this.#port.write(sealed)
    if (memory !== undefined && this.#port.writableLength === 0) giveSealed(memory)
    return more
  }

  pause(): void {
    this.#paused = true
    this.#regulate()
  }

  resume(): void {
    this.#paused = false
    this.#tell()
  }

  end(): Promise<void> {
    if (this.#state.is === 'ended') return Promise.resolve()
    this.#state = { is: 'ending' }
    return new Promise((resolve) => {
      this.closed.addEventListener('abort', () => resolve(), { once: true })
      this.#port.end(resolve)
    })
  }

  destroy(): void {
    this.#handlers = undefined
    this.#held.clear()
    this.#finish({ by: 'us' })
  }

  #onChunk(chunk: Uint8Array): void {
    if (this.#frames === undefined) this.#held.append(chunk)
    else this.#open(chunk)
    this.#tryMessage()
    this.#regulate()
  }

  #open(chunk: Uint8Array): void {
    const { opener } = this.#frames!
    const memory = takePlain(opener.framesIn(chunk.length))
    const { data, fault } = opener.open(chunk, memory)
    if (data.length > 0) {
      if (this.#handlers === undefined || this.#held.length > 0) this.#held.append(data)
      else this.#handlers.onData(data)
    }
    givePlain(memory)
    if (fault !== undefined) this.#finish({ by: 'fault', fault })
  }

  /** Gives the message that is waited for, if it has come; without a waiter the bytes stay held. */
  #tryMessage(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    try {
      const span = delimitedSpan(this.#held.bytes, waiting.limitBytes)
      if (span !== undefined && span.end <= this.#held.length)
        waiting.resolve(this.#held.take(span.end).subarray(span.start))
      else if (this.#state.is === 'ended') waiting.reject(this.#error() ?? this.#lost())
    } catch (error) {
      if (!(error instanceof SecretConnectionError)) throw error
      this.#finish({ by: 'fault', fault: error })
    }
  }

  /** Tells what was held, then the end if it has come. */
  #tell(): void {
    if (this.#handlers !== undefined && this.#held.length > 0 && !this.#paused)
      this.#handlers.onData(this.#held.take(this.#held.length))
    // the handler may have destroyed it
    const handlers = this.#handlers
    if (handlers !== undefined && this.#state.is === 'ended' && this.#held.length === 0) {
      this.#handlers = undefined
      handlers.onEnd(this.#error())
    }
    this.#regulate()
  }

  /** Reads the socket only while somebody wants the bytes or there is room for them. */
  #regulate(): void {
    if (this.#state.is === 'ended') return
    const full = !this.#started && this.#waiting === undefined && this.#held.length >= MAX_HELD_BYTES
    const pause = this.#paused || full
    if (pause === this.#portPaused) return
    this.#portPaused = pause
    if (pause) this.#port.pause()
    else this.#port.resume()
  }

  /** Ends it, once; a fault found later in what was held by then replaces the reason. `told` is what a waiting reader hears instead. */
  #finish(how: Ending, told?: unknown): void {
    const before = this.#state.is
    if (before !== 'ended' || how.by === 'fault') this.#state = { is: 'ended', how }
    if (before !== 'ended') {
      this.#port.destroy()
      this.#wipe()
      this.#closed.abort(this.#error())
      // never within a call of the link's own
      queueMicrotask(() => this.#tell())
    }
    this.#waiting?.reject(told ?? this.#error() ?? this.#lost())
  }

  /** How it ended, as `onEnd` tells it. */
  #error(): Error | undefined {
    const how = this.#state.is === 'ended' ? this.#state.how : undefined
    if (how?.by === 'fault') return how.fault
    if (how?.by !== 'socket') return undefined
    const lost = this.#lost(how.cause)
    return how.cause === undefined && lost.at === 'between-frames' ? undefined : lost
  }

  #lost(cause?: Error): ConnectionLostError {
    const options = cause === undefined ? undefined : { cause }
    if (this.#frames?.opener.insideFrame === true) return new ConnectionLostError('inside-frame', options)
    return new ConnectionLostError(this.#remoteKey === undefined ? 'handshake' : 'between-frames', options)
  }

  #wipe(): void {
    this.#frames?.sealer.wipe()
    this.#frames?.opener.wipe()
  }
}
