/** A SecureStream in the hands of a test: what is written is recorded as packets, what comes is given, and how it ends is the test's choice. */

import { decodePacket, type Packet } from '../../../src/stacks/comet/packet.ts'
import type { SecureStream, SecureStreamHandlers } from '../../../src/stacks/comet/secret-stream.ts'

export class TestStream implements SecureStream {
  readonly remoteKey = new Uint8Array(32)
  readonly remoteAddress = '192.0.2.1'
  readonly remotePort = 26656
  bufferedBytes = 0
  sentBytes = 0
  receivedBytes = 0
  /** What `write` answers. */
  accepts = true
  paused = false
  /** `end` was called. */
  ending = false
  destroyed = false
  /** How often it was paused. */
  pauses = 0
  /** One entry per write. */
  readonly writes: Uint8Array[] = []
  /** Called with each write: a test that answers. */
  onWrite: ((bytes: Uint8Array) => void) | undefined
  #handlers: SecureStreamHandlers | undefined
  #taken: (() => void) | undefined
  readonly #closed = new AbortController()

  get closed(): AbortSignal {
    return this.#closed.signal
  }

  readDelimited(): Promise<Uint8Array> {
    return Promise.reject(new Error('not in this test'))
  }

  start(handlers: SecureStreamHandlers): void {
    this.#handlers = handlers
  }

  write(bytes: Uint8Array): boolean {
    if (this.closed.aborted || this.ending) return false
    const own = bytes.slice()
    this.writes.push(own)
    this.sentBytes += bytes.length
    this.onWrite?.(own)
    return this.accepts
  }

  pause(): void {
    this.paused = true
    this.pauses++
  }

  resume(): void {
    this.paused = false
  }

  end(): Promise<void> {
    this.ending = true
    return new Promise((resolve) => {
      this.#taken = resolve
    })
  }

  destroy(): void {
    this.destroyed = true
    this.#handlers = undefined
    this.#closed.abort()
  }

  /** Plaintext arrives. */
  give(...parts: Uint8Array[]): void {
    const bytes = new Uint8Array(Buffer.concat(parts))
    this.receivedBytes += bytes.length
    this.#handlers?.onData(bytes)
  }

  drain(): void {
    this.accepts = true
    this.bufferedBytes = 0
    this.#handlers?.onDrain()
  }

  /** The remote closed, or the connection broke. */
  finish(error?: Error): void {
    const handlers = this.#handlers
    this.#handlers = undefined
    this.#closed.abort()
    handlers?.onEnd(error)
  }

  /** The kernel has taken all that was written before `end`. */
  takeAll(): void {
    this.#taken?.()
  }

  /** All that was written, as packets. */
  get packets(): Packet[] {
    const bytes = Buffer.concat(this.writes)
    const packets: Packet[] = []
    for (let at = 0; at < bytes.length; ) {
      let length = 0
      for (let scale = 1; ; scale *= 0x80) {
        const byte = bytes[at++] as number
        length += (byte & 0x7f) * scale
        if (byte < 0x80) break
      }
      packets.push(decodePacket(bytes.subarray(at, at + length)))
      at += length
    }
    return packets
  }

  /** Types of the packets written: 'ping', 'pong', or 'channel:bytes', with a dot where the message ends. */
  get told(): string[] {
    return this.packets.map((packet) =>
      packet.type === 'msg' ? `${packet.channelId}:${packet.data.length}${packet.eof ? '.' : ''}` : packet.type
    )
  }
}
