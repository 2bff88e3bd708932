/**
 * A connection between two memory stacks from the first word of its handshake to the end of its second link: what a cut cuts. Whoever breaks it, both
 * sides learn of it, and a handshake that is still going on fails.
 */
import { DialFailedError } from '../../errors.ts'
import type { StopReason } from '../../interface/stop-reason.ts'
import type { MemoryLink } from './link.ts'
import type { MemoryStack } from './stack.ts'
import { type Carrier, Flow } from './traffic.ts'

export class Connection {
  readonly dialer: MemoryStack
  readonly listener: MemoryStack
  readonly #traffic: Carrier
  readonly #onGone: () => void
  readonly #broken = new AbortController()
  /** The words of the handshake, one after the other. */
  readonly #words = new Flow<() => void>((resolve) => resolve())
  #links: readonly [] | readonly [MemoryLink, MemoryLink] = []

  constructor(traffic: Carrier, dialer: MemoryStack, listener: MemoryStack, onGone: () => void) {
    this.#traffic = traffic
    this.dialer = dialer
    this.listener = listener
    this.#onGone = onGone
  }

  /** Aborts, with a `DialFailedError`, when the connection breaks. */
  get broken(): AbortSignal {
    return this.#broken.signal
  }

  /** Settles when a word of the handshake has reached the other side. Never, if the connection breaks before. */
  word(): Promise<void> {
    return new Promise((resolve) => this.#traffic.send(this.#words, resolve))
  }

  /** The handshake has succeeded: from here on a break ends these, the listener's end and the dialer's. */
  established(links: readonly [MemoryLink, MemoryLink]): void {
    this.#links = links
  }

  /** One side stops: breaks the connection unless that side has already said goodbye, which is still to arrive. */
  leave(stack: MemoryStack, why: string): void {
    const [near, far] = this.#links
    const own = stack === this.listener ? near : far
    if (own?.over !== true) this.break(why)
  }

  /** At once, for both sides. */
  break(why: string): void {
    if (this.broken.aborted) return
    this.#broken.abort(new DialFailedError(why))
    this.#traffic.drop(this.#words)
    const reason: StopReason = { kind: 'communication', message: why }
    for (const link of this.#links) link.break(reason)
    this.#onGone()
  }
}
