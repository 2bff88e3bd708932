/**
 * Time that a simulation moves: src/interface/clock.ts over a wheel of ticks. Timers fall due on whole ticks, so what happens at about the same time happens in one turn of
 * the event loop; that, and a heap of ticks in place of test/helpers/fake-clock.ts's list of timers, is what makes a minute of a thousand nodes affordable. What it costs:
 * a wait may be longer than asked for, by less than one tick.
 */
import type { Clock, TimerHandle } from '../../src/interface/clock.ts'

/** Small beside the latency of the simulated network. */
export const TICK_MS = 10
/** 2026-01-01T00:00:00Z. */
const WALL_AT_ZERO = 1_767_225_600_000
/** Turns of the event loop after a tick: one for what waits for promises, one for what takes a turn itself (stacks/memory/traffic.ts). */
const TURNS = 2

interface Timer {
  readonly tick: number
  readonly fn: () => void
}

export class SimClock implements Clock {
  #tick = 0
  readonly #due = new Map<number, Set<Timer>>()
  /** A binary heap of the ticks in `#due`. */
  readonly #ticks: number[] = []

  now(): number {
    return this.#tick * TICK_MS
  }

  wall(): number {
    return WALL_AT_ZERO + this.now()
  }

  setTimeout(fn: () => void, ms: number): TimerHandle {
    const timer: Timer = { tick: this.#tick + Math.max(1, Math.ceil(ms / TICK_MS)), fn }
    const due = this.#due.get(timer.tick)
    if (due === undefined) {
      this.#due.set(timer.tick, new Set([timer]))
      this.#push(timer.tick)
    } else due.add(timer)
    return timer
  }

  clearTimeout(handle: TimerHandle): void {
    const timer = handle as Timer | undefined
    if (timer !== undefined) this.#due.get(timer.tick)?.delete(timer)
  }

  /** How many timers are set: 0 after everything was stopped. */
  get pending(): number {
    let pending = 0
    for (const due of this.#due.values()) pending += due.size
    return pending
  }

  /** Moves on by `ms`, running what falls due; what was set in motion settles before time goes on. */
  async run(ms: number): Promise<void> {
    const end = this.#tick + Math.round(ms / TICK_MS)
    await settle()
    for (let tick = this.#ticks[0]; tick !== undefined && tick <= end; tick = this.#ticks[0]) {
      this.#tick = tick
      const due = this.#due.get(tick)!
      // one that was set and cleared again leaves nobody to wait for; one that clears itself while it runs does
      const anybody = due.size > 0
      // a timer that is set now falls due later; one that is cleared by an earlier one leaves the set
      for (const timer of due) timer.fn()
      this.#due.delete(tick)
      this.#pop()
      if (anybody) await settle()
    }
    this.#tick = end
  }

  #push(tick: number): void {
    const heap = this.#ticks
    let at = heap.push(tick) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (heap[parent]! <= tick) break
      heap[at] = heap[parent]!
      at = parent
    }
    heap[at] = tick
  }

  #pop(): void {
    const heap = this.#ticks
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (let child = 1; child < heap.length; child = 2 * at + 1) {
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++
      if (heap[child]! >= last) break
      heap[at] = heap[child]!
      at = child
    }
    heap[at] = last
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await new Promise<void>((resolve) => setImmediate(resolve))
}
