/**
 * How much a memory link may have under way per channel, and how it is paid back: what a window is to a real muxer. The sender charges each piece,
 * the receiver pays a message's charge back when `receive` is done with it; so a reactor that is slow stops its sender and fills no memory
 * (architecture.md, "A message in", step 3).
 */
import { BoundedQueue } from '../../util/bounded-queue.ts'

/** Bytes per channel and direction. A message that was begun may exceed it, or one longer than the window would never arrive. */
export const WINDOW_BYTES = 1 << 20
/** What a piece costs beside its payload, so that empty messages cannot pile up either. Also the link's `overheadBytes`. */
export const PIECE_OVERHEAD_BYTES = 16
/** Paid back in lumps of this: a part of the window small enough that the sender never waits for less. */
const LUMP_BYTES = WINDOW_BYTES / 4

/** The charge of one piece of a message, or of a whole one. */
export function chargeOf(bytes: number): number {
  return bytes + PIECE_OVERHEAD_BYTES
}

/** The sending side of one channel. */
export class SendWindow {
  #charged = 0
  #midMessage = false

  get open(): boolean {
    return this.#midMessage || this.#charged < WINDOW_BYTES
  }

  /** `last`: the message ends with this piece. */
  charge(bytes: number, last: boolean): void {
    this.#charged += chargeOf(bytes)
    this.#midMessage = !last
  }

  pay(charge: number): void {
    this.#charged -= charge
  }
}

/** The receiving side of one channel: which messages were delivered and are not consumed. */
export class ReceiveWindow {
  readonly #lengths = new BoundedQueue<number>(Number.POSITIVE_INFINITY)
  readonly #charges = new BoundedQueue<number>(Number.POSITIVE_INFINITY)
  #consumed = 0
  #owed = 0

  delivered(length: number, charge: number): void {
    this.#lengths.push(length)
    this.#charges.push(charge)
  }

  /** `receive` is done with so many bytes. Returns what to pay back now, 0 for nothing yet. */
  consumed(bytes: number): number {
    this.#consumed += bytes
    // an empty message is done when it is said so, or when something after it is
    let length = this.#lengths.peek()
    let emptyDone = bytes === 0
    while (length !== undefined && length <= this.#consumed && (this.#consumed > 0 || emptyDone)) {
      if (length === 0 && this.#consumed === 0) emptyDone = false
      this.#consumed -= length
      this.#lengths.shift()
      this.#owed += this.#charges.shift() as number
      length = this.#lengths.peek()
    }
    if (this.#owed < LUMP_BYTES) return 0
    const lump = this.#owed
    this.#owed = 0
    return lump
  }
}
