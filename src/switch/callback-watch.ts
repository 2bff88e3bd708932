/**
 * Which callbacks of reactors are under way, `receive` apart, which nobody waits for. Who stops a peer or the switch from inside one, and awaits that, would
 * wait for itself: the stop goes on when the callback has come back. So a stop that is awaited inside settles at once (contract.md, Stop), and one from
 * outside when it is done, however long that takes.
 *
 * Which of the two a call is, is known in a callback's first, synchronous part, and where the platform keeps track of asynchronous work. Two cases remain in
 * which it is given `graceMs` and then let go: a browser, where later parts of a callback look like anybody; and a callback of one peer that stops another one,
 * whose callback may be doing the same the other way round.
 */
import type { Clock } from '../interface/clock.ts'
import { AsyncContext } from '../util/async-context.ts'

/** A callback under way, and the one that what it does was begun in. */
interface Callback {
  readonly watch: CallbackWatch
  readonly within: Callback | undefined
  active: boolean
}

const platform = new AsyncContext<Callback>()

export class CallbackWatch {
  readonly #clock: Clock
  readonly #graceMs: number
  readonly #parent: CallbackWatch | undefined
  readonly #context: AsyncContext<Callback>
  readonly #underWay = new Set<Promise<unknown>>()
  #synchronous = 0

  /** `parent`: watches these callbacks too, among others. */
  constructor(clock: Clock, graceMs: number, parent?: CallbackWatch, context: AsyncContext<Callback> = platform) {
    this.#clock = clock
    this.#graceMs = graceMs
    this.#parent = parent
    this.#context = context
  }

  /** The caller is in the synchronous part of a callback. */
  get inside(): boolean {
    return this.#synchronous > 0
  }

  /** Calls back. The promise that `call` returns is bounded in time and does not reject, or somebody else handles it. */
  async around<T>(call: () => Promise<T>): Promise<T> {
    const callback: Callback = { watch: this, within: firstActive(this.#context.current()), active: true }
    this.#step(1)
    let result: Promise<T>
    try {
      result = this.#context.run(callback, call)
    } finally {
      this.#step(-1)
    }
    this.#add(result)
    try {
      return await result
    } finally {
      callback.active = false
      this.#delete(result)
    }
  }

  /** Settles with `done`, or early where the caller is, or may be, inside a callback that is under way now. `done` does not reject. */
  async settled(done: Promise<void>): Promise<void> {
    if (this.inside) return
    const where = this.#whereabouts()
    if (where === 'inside') return
    if (where === 'elsewhere' && this.#underWay.size > 0 && (await this.#lateOrDone(done))) return
    await done
  }

  /** `elsewhere`: in a callback, but not one of these; or nobody can tell. */
  #whereabouts(): 'inside' | 'elsewhere' | 'outside' {
    if (!this.#context.exact) return 'elsewhere'
    let found: 'elsewhere' | 'outside' = 'outside'
    for (let callback = this.#context.current(); callback !== undefined; callback = callback.within) {
      if (!callback.active) continue
      if (callback.watch === this || callback.watch.#parent === this) return 'inside'
      found = 'elsewhere'
    }
    return found
  }

  /** True when the grace is over first. */
  async #lateOrDone(done: Promise<void>): Promise<boolean> {
    let timer: unknown
    const late = new Promise<boolean>((resolve) => {
      timer = this.#clock.setTimeout(() => resolve(true), this.#graceMs)
    })
    const back = Promise.allSettled(this.#underWay).then(() => false)
    const early = await Promise.race([done.then(() => false), back, late])
    this.#clock.clearTimeout(timer)
    return early
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

/** A reconnection begun in a callback has callbacks of its own, and so on: only those still under way are kept, or the chain would grow for ever. */
function firstActive(callback: Callback | undefined): Callback | undefined {
  let found = callback
  while (found !== undefined && !found.active) found = found.within
  return found
}
