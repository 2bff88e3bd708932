/** A ByteDuplex in the hands of a test: what the stream writes is recorded, what it receives is given by the byte, and how it ends is the test's choice. */
import type { ByteDuplex, ByteDuplexHandlers } from '../../../src/stacks/comet/byte-duplex.ts'

export class TestDuplex implements ByteDuplex {
  readonly remoteAddress = '192.0.2.1'
  readonly remotePort = 26656
  writableLength = 0
  /** What `write` answers. */
  accepts = true
  /** False: what is written is recorded, but does not reach the other end. */
  carries = true
  paused = false
  ended = false
  destroyed = false
  readonly written: Uint8Array[] = []
  #handlers: ByteDuplexHandlers | undefined
  #taken: (() => void) | undefined
  /** The other end, to which what is written goes at once. */
  #other: TestDuplex | undefined
  readonly #early: Uint8Array[] = []

  /** Two ends of one wire: what is written to one is given to the other, copied, in a microtask and in order. */
  static pair(): [TestDuplex, TestDuplex] {
    const [a, b] = [new TestDuplex(), new TestDuplex()]
    a.#other = b
    b.#other = a
    return [a, b]
  }

  open(handlers: ByteDuplexHandlers): void {
    this.#handlers = handlers
    for (const bytes of this.#early.splice(0)) this.give(bytes)
  }

  write(bytes: Uint8Array): boolean {
    this.written.push(bytes.slice())
    const copy = bytes.slice()
    if (this.carries) queueMicrotask(() => this.#other?.give(copy))
    return this.accepts
  }

  pause(): void {
    this.paused = true
  }

  resume(): void {
    this.paused = false
  }

  end(taken: () => void): void {
    this.ended = true
    this.#taken = taken
  }

  destroy(): void {
    this.destroyed = true
    this.#handlers = undefined
  }

  /** Bytes arrive. */
  give(bytes: Uint8Array): void {
    if (this.#handlers === undefined && !this.destroyed) this.#early.push(bytes)
    else this.#handlers?.onChunk(bytes)
  }

  /** The remote closed, or the connection broke. */
  finish(error?: Error): void {
    const handlers = this.#handlers
    this.#handlers = undefined
    handlers?.onEnd(error)
  }

  drain(): void {
    this.accepts = true
    this.#handlers?.onDrain()
  }

  /** The kernel has taken all that was written before `end`. */
  takeAll(): void {
    this.#taken?.()
  }

  /** All that was written so far, joined. */
  get wire(): Uint8Array {
    return new Uint8Array(Buffer.concat(this.written))
  }
}
