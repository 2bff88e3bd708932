/** Waiting for what another process does. Polling is right here, and only here: RPC has no event that says what these tests ask. */
import { setTimeout as pause } from 'node:timers/promises'

const POLL_MS = 50

/** The deadline passed; the message says what was awaited and what was last seen. */
export class DeadlineError extends Error {
  static override readonly name = 'DeadlineError'
  override readonly name = 'DeadlineError'
}

/** There is nothing to wait for any more: ends every `until` that meets it. */
export class GivenUpError extends Error {
  static override readonly name = 'GivenUpError'
  override readonly name = 'GivenUpError'
}

/**
 * Calls `look` until it answers something other than undefined or false, at most for `timeoutMs`. A `look` that throws counts as no answer: an RPC
 * server that is not up yet refuses connections. Rejects with `DeadlineError`, or at once with the `GivenUpError` that `look` throws.
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = 30_000, pollMs = POLL_MS }: { timeoutMs?: number; pollMs?: number } = {}
): Promise<T> {
  const started = performance.now()
  let last: unknown
  for (;;) {
    try {
      const answer = await look()
      if (answer !== undefined && answer !== false) return answer
      last = undefined
    } catch (error) {
      if (error instanceof GivenUpError) throw error
      last = error
    }
    if (performance.now() - started > timeoutMs) {
      const seen = last === undefined ? '' : ` (last: ${(last as Error).message})`
      throw new DeadlineError(`${what}: not within ${timeoutMs} ms${seen}`, { cause: last })
    }
    await pause(pollMs)
  }
}

/** `promise`, or `DeadlineError` after `timeoutMs`. */
export async function within<T>(what: string, promise: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DeadlineError(`${what}: not within ${timeoutMs} ms`)), timeoutMs)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
