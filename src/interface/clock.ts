/**
 * Time and chance as ports: everything that waits or draws gets them by option, so tests run on a fake clock and a seed.
 */

/** What a timer call returns; opaque. */
export type TimerHandle = unknown

export interface Clock {
  /** Milliseconds that only ever grow (not wall time). */
  now(): number
  /** Wall time in ms since 1970. */
  wall(): number
  /** Calls `fn` once after `ms`. The timer must not keep the process alive by itself where the platform allows it. */
  setTimeout(fn: () => void, ms: number): TimerHandle
  clearTimeout(handle: TimerHandle): void
}

/** Uniform in [0, 1), as Math.random. */
export type Random = () => number
