/**
 * What waits for `receive` (contract.md, "Buffers"). The classic wire has no credit: the only way to stop a remote is to stop reading the socket, which stops
 * its pings too. So messages are handed up until the bound is reached, one always may be; what a chunk brings beyond that waits here, in order,
 * and the link stops reading. Pure.
 */
import { Unconsumed } from '../../util/unconsumed.ts'

/** What a message counts beside its bytes: a million empty ones are not free. Ours, as on the libp2p stack. */
const MESSAGE_CHARGE_BYTES = 128

export class ReceiveQueue {
  readonly #maxBytes: number
  readonly #deliver: (channelId: number, bytes: Uint8Array) => void
  readonly #waiting = new Map<number, Unconsumed>()
  #waitingBytes = 0
  #held: Array<{ readonly channelId: number; readonly bytes: Uint8Array }> = []
  #heldBytes = 0
  #handingUp = false

  /** `maxBytes`: charge of all that waits; beyond it only when nothing else waits. */
  constructor(maxBytes: number, deliver: (channelId: number, bytes: Uint8Array) => void) {
    this.#maxBytes = maxBytes
    this.#deliver = deliver
  }

  /** Everything that came was handed up. */
  get empty(): boolean {
    return this.#held.length === 0
  }

  /** Should the link stop reading? Not while nothing waits for `receive`: nothing would ever start it again. `partialBytes`: of incomplete messages. */
  full(partialBytes: number): boolean {
    return this.#waitingBytes > 0 && this.#waitingBytes + this.#heldBytes + partialBytes > this.#maxBytes
  }

  /** Has so much been consumed that reading pays again? Ours: half, so that the socket is not stopped for every message. */
  ready(partialBytes: number): boolean {
    return (
      this.#waitingBytes === 0 || this.#waitingBytes + this.#heldBytes + partialBytes <= Math.floor(this.#maxBytes / 2)
    )
  }

  /** A whole message came. */
  message(channelId: number, bytes: Uint8Array): void {
    if (this.#held.length === 0 && this.#fits(bytes.length)) this.#handUp(channelId, bytes)
    else {
      this.#held.push({ channelId, bytes })
      this.#heldBytes += bytes.length + MESSAGE_CHARGE_BYTES
    }
  }

  /** `receive` is done with `bytes` bytes of that channel, 0 for an empty message. */
  consumed(channelId: number, bytes: number): void {
    const channel = this.#waiting.get(channelId)
    if (channel === undefined) return
    const before = channel.bytes
    const done = channel.consume(bytes)
    this.#waitingBytes -= before - channel.bytes + done * MESSAGE_CHARGE_BYTES
    // called within a delivery: whoever delivers goes on
    if (this.#handingUp || this.#held.length === 0) return
    this.#handingUp = true
    let taken = 0
    for (let next = this.#held[0]; next !== undefined && this.#fits(next.bytes.length); next = this.#held[taken]) {
      taken++
      this.#heldBytes -= next.bytes.length + MESSAGE_CHARGE_BYTES
      this.#handUp(next.channelId, next.bytes)
    }
    this.#held.splice(0, taken)
    this.#handingUp = false
  }

  /** Drops what is held. */
  clear(): void {
    this.#held = []
    this.#heldBytes = 0
  }

  #fits(length: number): boolean {
    return this.#waitingBytes === 0 || this.#waitingBytes + length + MESSAGE_CHARGE_BYTES <= this.#maxBytes
  }

  #handUp(channelId: number, bytes: Uint8Array): void {
    let channel = this.#waiting.get(channelId)
    if (channel === undefined) {
      channel = new Unconsumed()
      this.#waiting.set(channelId, channel)
    }
    channel.add(bytes.length)
    this.#waitingBytes += bytes.length + MESSAGE_CHARGE_BYTES
    this.#deliver(channelId, bytes)
  }
}
