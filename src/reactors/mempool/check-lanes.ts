/** The lanes of all sources: one per connected peer that ever sent something, one for this node's own, and for a while those of peers that left. */
import type { NodeId } from '../../interface/node-info.ts'
import { type Checkable, CheckLane, LANE_MAX_BYTES, type LaneHost } from './check-lane.ts'
import type { RejectReason } from './mempool-options.ts'

/** The lanes of peers that left keep at most this many bytes waiting, all together. Ours. */
const ORPHAN_MAX_BYTES = 4 * LANE_MAX_BYTES

export class CheckLanes<C extends Checkable> {
  readonly #host: LaneHost<C>
  readonly #concurrency: number
  /** Undefined is this node itself. Bounded by the connected peers: `orphan` takes a lane out. */
  readonly #lanes = new Map<NodeId | undefined, CheckLane<C>>()
  /** What peers sent right before they left is still checked: they may have come only to hand it over. Oldest first. */
  readonly #orphans = new Set<CheckLane<C>>()

  constructor(host: LaneHost<C>, concurrency: number) {
    this.#host = host
    this.#concurrency = concurrency
  }

  find(source: NodeId | undefined): CheckLane<C> | undefined {
    return this.#lanes.get(source)
  }

  get(source: NodeId | undefined): CheckLane<C> {
    let lane = this.#lanes.get(source)
    if (lane === undefined) {
      lane = new CheckLane(this.#host, this.#concurrency)
      this.#lanes.set(source, lane)
    }
    return lane
  }

  /** The source is gone. Beyond the bound, what the first to leave left behind is dropped. */
  orphan(source: NodeId): void {
    const lane = this.#lanes.get(source)
    this.#lanes.delete(source)
    for (const orphan of this.#orphans) if (orphan.size === 0) this.#orphans.delete(orphan)
    if (lane === undefined || lane.size === 0) return
    this.#orphans.add(lane)
    let bytes = 0
    for (const orphan of this.#orphans) bytes += orphan.bytes
    for (const orphan of this.#orphans) {
      if (bytes <= ORPHAN_MAX_BYTES) return
      bytes -= orphan.bytes
      this.#orphans.delete(orphan)
      orphan.drop('dropped', 'its peer left with too much unchecked')
    }
  }

  /** After a pause. */
  advance(): void {
    for (const lane of this.#all()) lane.advance()
  }

  /** Rejects everything whose check has not begun. */
  drop(reason: RejectReason, message: string): void {
    for (const lane of this.#all()) lane.drop(reason, message)
  }

  #all(): CheckLane<C>[] {
    return [...this.#lanes.values(), ...this.#orphans]
  }
}
