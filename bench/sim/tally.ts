/** How much of its time each node had as many outbound peers as it wants; exact, by the switch's own calls. */

import type { Clock } from '../../src/interface/clock.ts'
import type { NodeId } from '../../src/interface/node-info.ts'
import type { Peer } from '../../src/interface/peer.ts'
import { BaseReactor } from '../../src/reactors/base-reactor.ts'

/** A node's first minute is for joining. */
const GRACE_MS = 60_000

export interface Share {
  /** Since the end of the first minute, ms; 0: it did not live so long. */
  readonly ms: number
  readonly atTargetMs: number
  /** The integral of outbound peers over that time. */
  readonly peerMs: number
  /** Outbound peers lost in that time, and how long it took until the target was reached again, ms each. */
  readonly lost: number
  readonly gapsMs: readonly number[]
}

/** A reactor without channels: it is told of every peer. */
export class Tally extends BaseReactor {
  readonly #clock: Clock
  readonly #target: () => number
  readonly #from: number
  readonly #ids = new Set<NodeId>()
  readonly #counted = new WeakSet<Peer>()
  #outbound = 0
  #since: number
  #ms = 0
  #atTargetMs = 0
  #peerMs = 0
  #lost = 0
  #belowSince: number | undefined
  readonly #gapsMs: number[] = []

  constructor(clock: Clock, target: () => number) {
    super('TALLY')
    this.#clock = clock
    this.#target = target
    this.#from = clock.now() + GRACE_MS
    this.#since = this.#from
  }

  override addPeer(peer: Peer): void {
    this.#ids.add(peer.id())
    if (!peer.isOutbound()) return
    this.#counted.add(peer)
    this.#account()
    this.#outbound++
    const now = this.#clock.now()
    if (this.#belowSince === undefined || this.#outbound < this.#target()) return
    if (now > this.#from) this.#gapsMs.push(now - this.#belowSince)
    this.#belowSince = undefined
  }

  override removePeer(peer: Peer): void {
    // one that has not come so far as addPeer is none of ours
    if (!this.#counted.has(peer) || this.switch.quit().aborted) return
    this.#account()
    if (this.#clock.now() > this.#from) this.#lost++
    this.#outbound--
    if (this.#outbound < this.#target()) this.#belowSince ??= this.#clock.now()
  }

  /** Different nodes that were peers: as many scores a switch has at most. */
  get met(): number {
    return this.#ids.size
  }

  get outbound(): number {
    return this.#outbound
  }

  share(): Share {
    this.#account()
    const { ms, atTargetMs, peerMs, lost } = {
      ms: this.#ms,
      atTargetMs: this.#atTargetMs,
      peerMs: this.#peerMs,
      lost: this.#lost
    }
    return { ms, atTargetMs, peerMs, lost, gapsMs: this.#gapsMs }
  }

  /** What has passed since the last change, with the number of peers of that time. */
  #account(): void {
    const passed = this.#clock.now() - this.#since
    if (passed <= 0) return
    this.#since = this.#clock.now()
    this.#ms += passed
    this.#peerMs += passed * this.#outbound
    if (this.#outbound >= this.#target()) this.#atTargetMs += passed
  }
}
