/**
 * libp2p without us: the ceiling and the naive variant.
 *
 * Ceiling: one stream per channel, buffers of 65507 bytes filled with framed messages without regard to where they end, then the next stream that
 * takes more; blocked on all, it waits for a `drain` event (never `onDrain()`, spec/js-libp2p.md 1.1). In `turns` all messages of the turn go into one
 * write on one stream. Naive: one `stream.send` per message, waiting for the `drain` event when it says so. Both are read by the same push parser.
 */
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { COALESCED_WRITE_BYTES, type Load, TURN_MESSAGES, URGENT_BYTES, URGENT_EVERY_MS } from '../cell.ts'
import { EndlessFrames, FrameParser, frame } from '../framing.ts'
import { Counter, isUrgent, nextTurn, type ReceivingEnd, type SendingEnd, stamped } from './end.ts'
import { nodeOptions } from './libp2p-node.ts'

const protocol = (index: number): string => `/bench/${index}/1.0.0`

/** Feeds every chunk that arrives on a stream to `push`. */
export function onChunks(stream: Stream, push: (chunk: Uint8Array) => void): void {
  stream.addEventListener('message', ({ data }) => {
    if (data instanceof Uint8Array) push(data)
    else for (const chunk of data) push(chunk)
  })
}

export async function rawReceiver(load: Load): Promise<ReceivingEnd> {
  const counter = new Counter()
  const node = await createLibp2p(nodeOptions(load.wire, true))
  for (let i = 0; i < load.channels; i++) {
    const urgent = isUrgent(load, i)
    await node.handle(protocol(i), (stream) => {
      const parser = new FrameParser(urgent ? (m) => counter.addUrgent(m) : (m) => counter.add(m))
      onChunks(stream, (chunk) => parser.push(chunk))
    })
  }
  return {
    addresses: node.getMultiaddrs().map(String),
    counts: counter.counts,
    takeLatencies: () => counter.takeLatencies()
  }
}

export async function rawSender(load: Load, addresses: string[], coalesce: boolean): Promise<SendingEnd> {
  const node = await createLibp2p(nodeOptions(load.wire, false))
  const connection = await node.dial(addresses.map((address) => multiaddr(address)))
  const streams: Stream[] = []
  // backwards: after a drain libp2p serves streams in the order of their opening, and a bulk stream that refills at once starves those behind it
  for (let i = load.channels - 1; i >= 0; i--) streams[i] = await connection.newStream(protocol(i))
  return new RawSender(load, streams, coalesce)
}

class RawSender implements SendingEnd {
  readonly #load: Load
  readonly #streams: Stream[]
  readonly #frames: EndlessFrames[]
  readonly #coalesce: boolean
  // what changes
  #running = false
  #loop: Promise<void> = Promise.resolve()
  #singles = 0
  #wake: (() => void) | undefined
  #closed: Error | undefined

  constructor(load: Load, streams: Stream[], coalesce: boolean) {
    this.#load = load
    this.#streams = streams
    this.#coalesce = coalesce
    this.#frames = streams.map(() => new EndlessFrames(new Uint8Array(load.size).fill(7)))
    for (const stream of streams) {
      stream.addEventListener('drain', () => this.#wake?.())
      stream.addEventListener('close', ({ error }) => {
        this.#running = false
        this.#closed = error ?? new Error('the remote closed a stream')
        this.#wake?.()
      })
    }
  }

  start(): void {
    this.#running = true
    const { discipline } = this.#load
    if (discipline === 'urgent' || discipline === 'idle') this.#sendUrgent()
    if (discipline === 'idle') return
    const bulk = discipline === 'urgent' ? [0] : this.#streams.map((_, i) => i)
    if (discipline === 'turns') this.#loop = this.#coalesce ? this.#coalescedTurns() : this.#naiveTurns()
    else this.#loop = this.#coalesce ? this.#coalesced(bulk) : this.#naive(bulk)
  }

  async stop(): Promise<number> {
    this.#running = false
    this.#wake?.()
    await this.#loop
    if (this.#closed !== undefined) throw this.#closed
    for (const [i, frames] of this.#frames.entries()) {
      await this.#takes(i)
      const rest = frames.rest()
      if (rest.length > 0) this.#stream(i).send(rest)
    }
    return this.#singles + this.#frames.reduce((sum, { messages }) => sum + messages, 0)
  }

  async #coalesced(indexes: number[]): Promise<void> {
    for (let turn = 0; this.#running; ) {
      let sent = false
      for (let n = 0; n < indexes.length; n++) {
        const i = indexes[turn++ % indexes.length] as number
        const stream = this.#stream(i)
        if (stream.writableNeedsDrain) continue
        stream.send((this.#frames[i] as EndlessFrames).next(COALESCED_WRITE_BYTES))
        sent = true
      }
      if (!sent) await this.#anyDrain()
    }
  }

  async #coalescedTurns(): Promise<void> {
    while (this.#running) {
      await this.#takes(0)
      if (!this.#running) return
      this.#stream(0).send((this.#frames[0] as EndlessFrames).nextMessages(TURN_MESSAGES))
      await nextTurn()
    }
  }

  async #naive(indexes: number[]): Promise<void> {
    const payload = new Uint8Array(this.#load.size).fill(7)
    for (let turn = 0; this.#running; turn++) {
      const i = indexes[turn % indexes.length] as number
      this.#singles++
      if (!this.#stream(i).send(frame(payload))) await this.#takes(i)
      // while its ten streams take turns at draining, a loop of promises alone would let no socket write: the queue grows for minutes
      if (turn % TURN_MESSAGES === TURN_MESSAGES - 1) await nextTurn()
    }
  }

  async #naiveTurns(): Promise<void> {
    const payload = new Uint8Array(this.#load.size).fill(7)
    for (let turn = 0; this.#running; ) {
      for (let n = 0; n < TURN_MESSAGES; n++) {
        const i = turn++ % this.#streams.length
        this.#singles++
        if (!this.#stream(i).send(frame(payload))) await this.#takes(i)
        if (!this.#running) return
      }
      await nextTurn()
    }
  }

  #sendUrgent(): void {
    const timer = setInterval(() => {
      if (!this.#running) return clearInterval(timer)
      this.#singles++
      this.#stream(1).send(frame(stamped(URGENT_BYTES)))
    }, URGENT_EVERY_MS)
  }

  #stream(index: number): Stream {
    return this.#streams[index] as Stream
  }

  async #takes(index: number): Promise<void> {
    while (this.#closed === undefined && this.#stream(index).writableNeedsDrain) await this.#anyDrain()
  }

  #anyDrain(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined
        resolve()
      }
    })
  }
}
