/**
 * What a remote sends on a stream of the DHT, looked at before kad-dht decodes it: that reads the addresses of whoever is named, and a PeerId among them in the square of its length,
 * so that one answer could stop the node for 16 s. Messages with their length in front, of kad-dht's message/dht.proto. An honest node tells of no address that is refused here.
 * Beside short-peer-ids.ts, which holds as far as kad-dht has the same copy of multiaddr as we have.
 */
import { everyField } from '../../../util/fields.ts'
import { MAX_ADDRESS_BYTES } from '../peer-addresses.ts'

const CLOSER = 8
const PROVIDERS = 9
const ID = 1
const MULTIADDRS = 2
/** Ours: a node's has 38 or 39, as its key is in it. */
const MAX_ID_BYTES = 64
/** A decoder takes ten bytes for any number in more than five. */
const MAX_NUMBER = 0xffffffff
/** Of a length: some megabytes. */
const MAX_LENGTH_BYTES = 4

export class DhtFrames {
  readonly #maxBytes: number
  #length = 0
  #lengthBytes = 0
  /** The message under way, from its length on. */
  #message: Uint8Array | undefined
  #has = 0
  #refused = false

  /** `maxBytes`: of one message. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** What has come next. False, from then on: there is something in it that must not be decoded. */
  take(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length && !this.#refused; ) {
      if (this.#message === undefined) {
        this.#takeLength(chunk[at++] as number)
        continue
      }
      const part = chunk.subarray(at, at + this.#message.length - this.#has)
      this.#message.set(part, this.#has)
      this.#has += part.length
      at += part.length
      if (this.#has < this.#message.length) continue
      this.#refused = !isHarmless(this.#message)
      this.#message = undefined
    }
    return !this.#refused
  }

  #takeLength(byte: number): void {
    this.#length += (byte & 0x7f) * 0x80 ** this.#lengthBytes++
    if (byte < 0x80) {
      if (this.#length > this.#maxBytes) this.#refused = true
      else if (this.#length > 0) this.#message = new Uint8Array(this.#length)
      this.#length = 0
      this.#lengthBytes = 0
      this.#has = 0
    } else if (this.#lengthBytes === MAX_LENGTH_BYTES) this.#refused = true
  }
}

function isHarmless(message: Uint8Array): boolean {
  return everyField(message, (field, value) => {
    if (typeof value === 'number') return value <= MAX_NUMBER
    return (field !== CLOSER && field !== PROVIDERS) || everyField(value, isHarmlessOfPeer)
  })
}

function isHarmlessOfPeer(field: number, value: number | Uint8Array): boolean {
  if (typeof value === 'number') return value <= MAX_NUMBER
  return value.length <= (field === ID ? MAX_ID_BYTES : field === MULTIADDRS ? MAX_ADDRESS_BYTES : 0)
}
