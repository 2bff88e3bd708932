/**
 * Which callbacks of reactors are under way, `receive` apart, which nobody waits for. Who stops a peer or the switch from inside one, and awaits that, would
 * wait for itself: the stop goes on when the callback has come back. So a stop that is awaited inside settles early (contract.md, Stop).
 *
 * Within a callback's first, synchronous part it is certain that a call comes from inside. Later nothing tells it from a call from outside while the
 * callback happens to be under way (AsyncLocalStorage would, but browsers lack it), so the callback is given `graceMs` to come back first.
 */
import type { Clock } from '../interface/clock.ts'

export class CallbackWatch {
  readonly #clock: Clock
  readonly #graceMs: number
  readonly #parent: CallbackWatch | undefined
  readonly #underWay = new Set<Promise<unknown>>()
  #synchronous = 0

  /** `parent`: watches these callbacks too, among others. */
  constructor(clock: Clock, graceMs: number, parent?: CallbackWatch) {
    this.#clock = clock
    this.#graceMs = graceMs
    this.#parent = parent
  }

  /** The caller is in the synchronous part of a callback. */
  get inside(): boolean {
    return this.#synchronous > 0
  }

  /** Calls back. The promise that `call` returns is bounded in time and does not reject, or somebody else handles it. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    this.#step(1)
    let result: Promise<T>
    try {
      result = call()
    } finally {
      this.#step(-1)
    }
    this.#add(result)
    try {
      return await result
    } finally {
      this.#delete(result)
    }
  }

  /** Settles with `done`, or early where the caller may be inside a callback that is under way now. `done` does not reject. */
  async settled(done: Promise<void>): Promise<void> {
    if (this.inside) return
    if (this.#underWay.size > 0) {
      let timer: unknown
      const late = new Promise<boolean>((resolve) => {
        timer = this.#clock.setTimeout(() => resolve(true), this.#graceMs)
      })
      const back = Promise.allSettled(this.#underWay).then(() => false)
      const early = await Promise.race([done.then(() => false), back, late])
      this.#clock.clearTimeout(timer)
      if (early) return
    }
    await done
  }

  #step(by: number): void {
    this.#synchronous += by
    if (this.#parent !== undefined) this.#parent.#step(by)
  }

  #add(call: Promise<unknown>): void {
    this.#underWay.add(call)
    if (this.#parent !== undefined) this.#parent.#add(call)
  }

  #delete(call: Promise<unknown>): void {
    this.#underWay.delete(call)
    if (this.#parent !== undefined) this.#parent.#delete(call)
  }
}
