/**
 * The least framing that libp2p's users would write themselves: a uvarint length, then the message. What the ceiling and the naive variants speak;
 * deliberately none of our code.
 */

/** One message with its length in front. */
export function frame(payload: Uint8Array): Uint8Array {
  const head: number[] = []
  let rest = payload.length
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) head.push((rest % 0x80) | 0x80)
  head.push(rest)
  const out = new Uint8Array(head.length + payload.length)
  out.set(head)
  out.set(payload, head.length)
  return out
}

/**
 * Endless copies of one frame, in buffers of exactly `bytes` each: frames lie wherever they fall, as in any coalescing sender that cuts at the
 * record. Each message is copied, because a sender that coalesces must.
 */
export class EndlessFrames {
  readonly #frame: Uint8Array
  readonly #payloadBytes: number
  #offset = 0
  #messages = 0

  constructor(payload: Uint8Array) {
    this.#frame = frame(payload)
    this.#payloadBytes = payload.length
  }

  /** Messages begun so far. */
  get messages(): number {
    return this.#messages
  }

  /** True when the last buffer ended with a message. */
  get atBoundary(): boolean {
    return this.#offset === 0
  }

  /** A buffer of `bytes`, or with `wholeMessages` exactly so many messages. */
  next(bytes: number): Uint8Array {
    const out = Buffer.allocUnsafeSlow(bytes)
    const one = this.#frame
    let at = 0
    while (at < bytes) {
      if (this.#offset === 0) this.#messages++
      const take = Math.min(one.length - this.#offset, bytes - at)
      out.set(take === one.length ? one : one.subarray(this.#offset, this.#offset + take), at)
      this.#offset = (this.#offset + take) % one.length
      at += take
    }
    return out
  }

  /** So many whole messages. */
  nextMessages(count: number): Uint8Array {
    return this.next(count * this.#frame.length)
  }

  /** What is missing of the last message begun; empty at a boundary. */
  rest(): Uint8Array {
    return this.#offset === 0 ? new Uint8Array(0) : this.next(this.#frame.length - this.#offset)
  }

  get payloadBytes(): number {
    return this.#payloadBytes
  }
}

/** Push parser: a message that lies whole in a chunk is handed on as a view, others are copied together. */
export class FrameParser {
  readonly #onMessage: (message: Uint8Array) => void
  // the length being read
  #length = 0
  #scale = 1
  // the message being read
  #need = -1
  #kept: Uint8Array | undefined
  #at = 0

  constructor(onMessage: (message: Uint8Array) => void) {
    this.#onMessage = onMessage
  }

  push(chunk: Uint8Array): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#need >= 0) {
        at = this.#payload(chunk, at)
        continue
      }
      const byte = chunk[at++] as number
      this.#length += (byte & 0x7f) * this.#scale
      this.#scale *= 0x80
      if (byte >= 0x80) continue
      this.#need = this.#length
      this.#length = 0
      this.#scale = 1
      if (this.#need === 0) this.#done(new Uint8Array(0))
    }
  }

  #payload(chunk: Uint8Array, at: number): number {
    const have = chunk.length - at
    if (this.#kept === undefined) {
      if (have >= this.#need) {
        const end = at + this.#need
        this.#done(chunk.subarray(at, end))
        return end
      }
      this.#kept = Buffer.allocUnsafeSlow(this.#need)
      this.#at = 0
    }
    const take = Math.min(have, this.#need - this.#at)
    this.#kept.set(take === chunk.length ? chunk : chunk.subarray(at, at + take), this.#at)
    this.#at += take
    if (this.#at === this.#need) this.#done(this.#kept)
    return at + take
  }

  #done(message: Uint8Array): void {
    this.#need = -1
    this.#kept = undefined
    this.#onMessage(message)
  }
}
