/** Parting with an inbound peer for a newcomer: gathers what eviction.ts decides by, and stops whom it names. */
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import { withDeadline } from '../../util/deadline.ts'
import type { Scores } from '../scores.ts'
import { chooseEvicted, type Evictable, networkOf } from './eviction.ts'
import { isExempt } from './policy.ts'
import type { Rules } from './rules.ts'

/** How long the newcomer waits for the place. Ours: a removePeer that takes longer is not worth it. */
const ROOM_TIMEOUT_MS = 2_000

export interface RoomComponents {
  readonly rules: Rules
  readonly scores: Scores
  readonly clock: Clock
  readonly logger: Logger
}

export class Room {
  readonly #components: RoomComponents

  constructor(components: RoomComponents) {
    this.#components = components
  }

  /** See `AdmissionComponents.canMakeRoom`. */
  can(ip: string): boolean {
    return chooseEvicted(this.#evictable(), { network: networkOf(ip) }) !== undefined
  }

  /** See `AdmissionComponents.makeRoom`. */
  async make(ip: string): Promise<boolean> {
    const { rules, clock, logger } = this.#components
    const id = chooseEvicted(this.#evictable(), { network: networkOf(ip) })
    const seat = id === undefined ? undefined : rules.ledger.seat(id)
    if (seat?.life === undefined) return false
    logger.info('Parting with an inbound peer for another', { peer: id })
    seat.life.stop({ kind: 'refused', refusal: 'inbound-full', message: 'its place was given to another node' })
    try {
      await withDeadline(seat.gone.promise, clock, ROOM_TIMEOUT_MS, 'the place of an evicted peer')
      return true
    } catch {
      // a reactor is slow to remove it: the newcomer may come again
      return false
    }
  }

  #evictable(): Evictable[] {
    const { rules, scores } = this.#components
    const peers: Evictable[] = []
    for (const seat of rules.ledger.seats()) {
      const { id, ip, direction, life } = seat
      if (direction !== 'inbound' || isExempt(id, rules) || life === undefined || life.stopping) continue
      peers.push({
        id,
        network: networkOf(ip),
        latencyMs: life.latencyMs,
        connectedMs: life.aliveMs,
        score: scores.of(id)
      })
    }
    return peers
  }
}
