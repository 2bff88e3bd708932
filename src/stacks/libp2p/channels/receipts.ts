/**
 * When the sender of what arrives is told how much has (docs/protocol.md section 5). Each receipt costs both sides a record, a window update and system
 * calls, so what arrives in one turn of the event loop has one receipt, and the sender says how few will do.
 */
import { macrotask } from '../../../util/macrotask.ts'
import { LEAST_PACE_BYTES } from './flight.ts'

/** So many bytes are told at once: the least that a sender has under way, which must not wait for the end of a long turn. */
const AT_ONCE_BYTES = 128 * 1024

export class Receipts {
  readonly #tell: (total: number) => void
  readonly #macrotask: (fn: () => void) => void
  #received = 0
  #told = 0
  #pace = LEAST_PACE_BYTES
  #asked = -1
  #due = false
  #stopped = false

  /** `tell` sends a receipt. `turn` runs something in a later turn of the event loop; tests give their own. */
  constructor(tell: (total: number) => void, turn: (fn: () => void) => void = macrotask) {
    this.#tell = tell
    this.#macrotask = turn
  }

  /** Bytes received in all. */
  get received(): number {
    return this.#received
  }

  /** `bytes` more arrived. Follow it with {@link consider} once they have been dealt with. */
  arrived(bytes: number): void {
    this.#received += bytes
  }

  /** The sender wants a receipt as soon as so many bytes have arrived. */
  ask(total: number): void {
    this.#asked = total
    this.consider()
  }

  /** The sender wants a receipt for each so many bytes; fewer than {@link LEAST_PACE_BYTES} count as that. */
  setPace(bytes: number): void {
    this.#pace = Math.max(LEAST_PACE_BYTES, bytes)
    this.consider()
  }

  /** Tells what is due, now or at the end of this turn. */
  consider(): void {
    const untold = this.#received - this.#told
    const asked = this.#asked >= 0 && this.#received >= this.#asked
    if (asked || untold >= Math.max(AT_ONCE_BYTES, this.#pace)) this.#now()
    else if (untold >= this.#pace && !this.#due) {
      this.#due = true
      this.#macrotask(this.#onTurnEnd)
    }
  }

  /** Nothing is told any more. */
  stop(): void {
    this.#stopped = true
  }

  readonly #onTurnEnd = (): void => {
    this.#due = false
    if (this.#received - this.#told >= this.#pace) this.#now()
  }

  #now(): void {
    if (this.#stopped) return
    this.#told = this.#received
    if (this.#received >= this.#asked) this.#asked = -1
    this.#tell(this.#received)
  }
}
