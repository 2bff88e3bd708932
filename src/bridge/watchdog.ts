/**
 * When a pair that relays does no good any more (spec/bridge.md): a Go half that catches up over lp2p may wedge for ever, because a block part that overtakes
 * its proposal is never sent again. Then one side goes on and the other stands still, and pairing them anew heals it. Pure.
 */

/** One half's height, as it tells in NewRoundStep. */
export interface HeightSeen {
  readonly height: bigint
  /** When it was first told, ms. */
  readonly since: number
}

export const watchdogDefaults = Object.freeze({
  /** So many heights ahead is more than one that is just being decided. */
  aheadBy: 2n,
  /** The half that is behind has stood still for so long, ms. */
  stillMs: 10_000
})

/** True when one half is at least `aheadBy` heights ahead of one that has stood still for `stillMs`. A half that has told nothing yet is not judged. */
export function wedged(
  a: HeightSeen | undefined,
  b: HeightSeen | undefined,
  now: number,
  { aheadBy, stillMs } = watchdogDefaults
): boolean {
  if (a === undefined || b === undefined || a.height === b.height) return false
  const [ahead, behind] = a.height > b.height ? [a, b] : [b, a]
  return ahead.height - behind.height >= aheadBy && now - behind.since >= stillMs
}
