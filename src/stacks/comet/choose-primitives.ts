/**
 * libsodium where it loads, node:crypto elsewhere. Measured on one machine, CPU of one side's handshake: libsodium 0.2 ms, node:crypto 0.6 ms, @noble/curves,
 * rejected for that, 3 ms; a 1028-byte frame: libsodium 1.0 us, node:crypto, which makes a cipher object for every frame, 5 us.
 */
import { MissingDependencyError } from '../../errors.ts'
import type { Primitives } from './primitives.ts'
import { nodePrimitives } from './primitives-node.ts'
import { sodiumPrimitives } from './primitives-sodium.ts'

let chosen: Primitives | undefined

/** libsodium where it loads, node:crypto elsewhere. Decided once a process. */
export function defaultPrimitives(): Primitives {
  chosen ??= choosePrimitives(sodiumPrimitives, nodePrimitives)
  return chosen
}

/** The first of the two that is there: `fast` throws `MissingDependencyError` where it is not. */
export function choosePrimitives(fast: () => Primitives, everywhere: () => Primitives): Primitives {
  try {
    return fast()
  } catch (cause) {
    if (cause instanceof MissingDependencyError) return everywhere()
    throw cause
  }
}
