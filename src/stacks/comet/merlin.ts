/**
 * Merlin transcripts over STROBE-128/1600, only the operations that SecretConnection needs (spec secret-connection section 5). The permutation is
 * @noble/hashes'; the rest is here because no kept package does Merlin. One transcript per handshake, about 30 us, most of it in the permutation.
 */
import { keccakP } from '@noble/hashes/sha3.js'
import { swap32IfBE } from '@noble/hashes/utils.js'

/** STROBE's R at 128 bits of security: 200 - 128 / 4 - 2. */
const RATE = 166
const STATE_BYTES = 200

/** STROBE's operation flags. */
const INBOUND = 1
const APPLICATION = 2
const CIPHER = 4
const META = 16

const text = new TextEncoder()

/** A transcript that both sides fill alike and draw the same challenge from. */
export class Transcript {
  readonly #bytes = new Uint8Array(STATE_BYTES)
  readonly #words = new Uint32Array(this.#bytes.buffer)
  #at = 0
  #operationBegan = 0

  /** `protocol` separates one use of transcripts from every other. */
  constructor(protocol: string) {
    this.#bytes.set([1, RATE + 2, 1, 0, 1, 96])
    this.#bytes.set(text.encode('STROBEv1.0.2'), 6)
    this.#permute()
    this.#meta([text.encode('Merlin v1.0')])
    this.append('dom-sep', text.encode(protocol))
  }

  append(label: string, message: Uint8Array): void {
    this.#meta([text.encode(label), uint32le(message.length)])
    this.#begin(APPLICATION)
    this.#absorb(message)
  }

  /** Draws `length` bytes that depend on all that was appended. */
  extract(label: string, length: number): Uint8Array {
    this.#meta([text.encode(label), uint32le(length)])
    this.#begin(INBOUND | APPLICATION | CIPHER)
    const out = new Uint8Array(length)
    for (let i = 0; i < length; i++) {
      out[i] = this.#bytes[this.#at]!
      this.#bytes[this.#at] = 0
      this.#step()
    }
    return out
  }

  /** The state knows the shared secret. Call when done; the transcript is then of no use. */
  wipe(): void {
    this.#bytes.fill(0)
  }

  /** One meta-AD operation over all parts: STROBE's `more`. */
  #meta(parts: Uint8Array[]): void {
    this.#begin(META | APPLICATION)
    for (const part of parts) this.#absorb(part)
  }

  #begin(flags: number): void {
    const before = this.#operationBegan
    this.#operationBegan = this.#at + 1
    this.#absorb([before, flags])
    if ((flags & CIPHER) !== 0 && this.#at !== 0) this.#runF()
  }

  #absorb(data: ArrayLike<number>): void {
    for (let i = 0; i < data.length; i++) {
      this.#bytes[this.#at]! ^= data[i]!
      this.#step()
    }
  }

  #step(): void {
    if (++this.#at === RATE) this.#runF()
  }

  #runF(): void {
    this.#bytes[this.#at]! ^= this.#operationBegan
    this.#bytes[this.#at + 1]! ^= 0x04
    this.#bytes[RATE + 1]! ^= 0x80
    this.#permute()
    this.#at = 0
    this.#operationBegan = 0
  }

  #permute(): void {
    swap32IfBE(this.#words)
    keccakP(this.#words)
    swap32IfBE(this.#words)
  }
}

function uint32le(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value, true)
  return bytes
}
