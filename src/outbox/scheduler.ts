/**
 * Which channel may write next: the one that got least of the link for its priority (p2p/conn/connection.go selectChannelToGossipOn).
 *
 * Go compares recentlySent / priority, where recentlySent remembers the last seconds, also those in which nobody else wanted the link. A vote
 * channel that has just been busy then waits behind megabytes of a bulk channel that starts from nothing, and the reverse. We keep the
 * ratio but count only what was sent while others waited (start-time fair queueing): `reached` grows by cost / priority, and a channel that
 * comes back, from being empty or from being blocked, starts where the others are. So a channel that sends seldom waits for one slice
 * at most, and channels that always want the link share it by priority.
 *
 * recentlySent itself is kept as in Go, for `status()`.
 */

/** What the choice depends on. */
export interface Lane {
  readonly priority: number
  /** How far this channel has come: bytes per unit of priority. Only differences mean something. */
  reached: number
}

/**
 * The lane to serve: the least `reached`, none counting as less than `front`; of equals the higher priority, then the first. Undefined when none is
 * ready. Pure.
 *
 * @param front - where the lane served last began ({@link advance})
 */
export function pickLane<L extends Lane>(
  lanes: readonly L[],
  front: number,
  ready: (lane: L) => boolean
): L | undefined {
  let best: L | undefined
  let bestAt = 0
  for (let i = 0; i < lanes.length; i++) {
    const lane = lanes[i] as L
    const at = Math.max(lane.reached, front)
    // the cheap comparison first: `ready` asks the link
    if (best !== undefined && (at > bestAt || (at === bestAt && lane.priority <= best.priority))) continue
    if (!ready(lane)) continue
    best = lane
    bestAt = at
  }
  return best
}

/** Books `costBytes` on the lane just picked. Returns the new front. */
export function advance(lane: Lane, front: number, costBytes: number): number {
  const start = Math.max(lane.reached, front)
  lane.reached = start + costBytes / lane.priority
  return start
}

/** p2p/conn/connection.go updateStats: every 2 s recentlySent becomes 0.8 of itself, cut to an integer. */
const DECAY_PERIOD_MS = 2_000
const DECAY = 0.8
/** After so many periods nothing is left of any figure below 2^53. */
const DECAYED_PERIODS = 170

/** Go's recentlySent, decayed when looked at instead of by a timer. */
export class RecentlySent {
  #bytes = 0
  #since: number

  constructor(now: number) {
    this.#since = now
  }

  add(bytes: number, now: number): void {
    this.#decay(now)
    this.#bytes += bytes
  }

  /** Bytes, as in Go's ChannelStatus. */
  value(now: number): number {
    this.#decay(now)
    return this.#bytes
  }

  #decay(now: number): void {
    const elapsed = now - this.#since
    if (elapsed < DECAY_PERIOD_MS) return
    const periods = Math.floor(elapsed / DECAY_PERIOD_MS)
    this.#since += periods * DECAY_PERIOD_MS
    for (let i = Math.min(periods, DECAYED_PERIODS); i > 0 && this.#bytes > 0; i--)
      this.#bytes = Math.trunc(this.#bytes * DECAY)
  }
}
