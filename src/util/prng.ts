/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine. Not for secrets. Mulberry32: 32 bits of state are plenty
 * for orders and jitter, and it is five lines.
 */
import type { Random } from '../interface/clock.ts'

/** Numbers in [0, 1) that depend on the seed alone. Any finite number will do as a seed; its lowest 53 bits count. */
export function seededRandom(seed: number): Random {
  // both halves of a large seed count
  let state = (Math.trunc(seed) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1)) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
