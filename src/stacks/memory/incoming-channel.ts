/** The receiving side of one channel of a memory link: pieces become messages again, checked as if they came from a stranger. */
import type { Parcel } from './link.ts'
import { chargeOf, ReceiveWindow } from './window.ts'

export class IncomingChannel {
  readonly window: ReceiveWindow
  readonly #id: number
  readonly #capacity: number | undefined
  #pieces: Uint8Array[] = []
  #have = 0
  #charge = 0

  /** `capacity`: the longest message, bytes; undefined for a channel that we do not serve. `window`: bytes, see `windowBytes`. */
  constructor(id: number, capacity: number | undefined, window: number) {
    this.window = new ReceiveWindow(window)
    this.#id = id
    this.#capacity = capacity
  }

  /** The message that this parcel completes, undefined if more is to come, or a sentence that says how the protocol was broken. */
  take({ bytes, piece }: Parcel): Uint8Array | undefined | string {
    if (this.#capacity === undefined) return `message on unknown channel ${this.#id}`
    const total = piece?.total ?? bytes.byteLength
    if (total > this.#capacity)
      return `message of ${total} bytes on channel ${this.#id}, at most ${this.#capacity} allowed`
    if ((piece?.offset ?? 0) !== this.#have) return `piece out of order on channel ${this.#id}`
    this.#charge += chargeOf(bytes.byteLength)
    this.#have += bytes.byteLength
    if (this.#have < total) {
      this.#pieces.push(bytes)
      return undefined
    }
    const whole = this.#pieces.length === 0 ? bytes : join([...this.#pieces, bytes], total)
    this.window.delivered(total, this.#charge)
    this.#pieces = []
    this.#have = 0
    this.#charge = 0
    return whole
  }
}

function join(pieces: readonly Uint8Array[], total: number): Uint8Array {
  const whole = new Uint8Array(total)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
