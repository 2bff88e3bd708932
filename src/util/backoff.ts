/**
 * When to try again (p2p/switch.go reconnectToPeer; requirements D-16): the first try at once, then 20 every 5 s plus up to 3 s of jitter, then
 * exponentially up to a cap, for ever. Pure: the caller counts.
 */
import type { Random } from '../interface/clock.ts'

/** p2p/switch.go reconnectInterval, reconnectAttempts, dialRandomizerIntervalMilliseconds. */
export const RECONNECT_INTERVAL_MS = 5_000
export const RECONNECT_STEADY_ATTEMPTS = 20
export const RECONNECT_JITTER_MS = 3_000
/** p2p/switch.go reconnectBackOffBaseSeconds. */
const BACKOFF_BASE = 3

/** The wait before try number `attempt` (0 = the first), in ms. `capMs` bounds the exponential part, jitter comes on top. */
export function reconnectDelay(attempt: number, capMs: number, random: Random): number {
  if (attempt <= 0) return 0
  const jitter = random() * RECONNECT_JITTER_MS
  if (attempt < RECONNECT_STEADY_ATTEMPTS) return Math.min(RECONNECT_INTERVAL_MS, capMs) + jitter
  // beyond 3^20 the cap has long won; the exponent is kept finite
  const exponent = Math.min(attempt - RECONNECT_STEADY_ATTEMPTS + 1, 20)
  return Math.min(BACKOFF_BASE ** exponent * 1_000, capMs) + jitter
}
