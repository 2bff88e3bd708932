/**
 * How many SecretConnections of strangers are in the making at once: each costs a fraction of a millisecond of CPU within one turn of the event loop, and a few
 * hundred of them in one turn would hold up everybody. Those who wait take turns by IP, so that a host that sends many does not stand before a host that sends one.
 * A slot is for those who go on: whoever takes long, because he is far or means to, gives it up and costs nothing more than his place in the budget of strangers,
 * which bounds who can wait here.
 */
import type { Clock } from '../../interface/clock.ts'

/** Ours: some 10 ms of CPU in a turn at worst. */
const AT_ONCE = 32
/** Ours: a round trip around the world and some. */
const SLOT_MS = 500

export class HandshakeGate {
  readonly #clock: Clock
  /** By IP, in order of their turns. */
  readonly #waiting = new Map<string, Array<() => void>>()
  #taken = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Waits for a slot. The function gives it back, once. Rejects with the signal's reason. */
  async enter(ip: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.#taken >= AT_ONCE) await this.#turn(ip, signal)
    else this.#taken++
    let open = true
    const leave = () => {
      if (!open) return
      open = false
      this.#clock.clearTimeout(timer)
      this.#pass()
    }
    const timer = this.#clock.setTimeout(leave, SLOT_MS)
    return leave
  }

  /** Settles when a slot was handed to us. */
  #turn(ip: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const called = () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      const onAbort = () => {
        this.#forget(ip, called)
        reject(signal.reason)
      }
      signal.addEventListener('abort', onAbort, { once: true })
      const queue = this.#waiting.get(ip)
      if (queue === undefined) this.#waiting.set(ip, [called])
      else queue.push(called)
    })
  }

  /** The slot goes to the next IP's first, or is free. */
  #pass(): void {
    for (const [ip, queue] of this.#waiting) {
      const next = queue.shift()
      // behind all others
      this.#waiting.delete(ip)
      if (queue.length > 0) this.#waiting.set(ip, queue)
      next?.()
      return
    }
    this.#taken--
  }

  #forget(ip: string, called: () => void): void {
    const rest = this.#waiting.get(ip)?.filter((other) => other !== called) ?? []
    if (rest.length > 0) this.#waiting.set(ip, rest)
    else this.#waiting.delete(ip)
  }
}
