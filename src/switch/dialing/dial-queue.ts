/**
 * dialPeersAsync: many addresses in random order, each within 3 s, until the slots are full (p2p/switch.go DialPeersAsync; contract.md). An address that
 * finds no slot waits for one that a failed dial frees; when no dial is left under way the rest stays candidate.
 */
import { PeerRefusedError } from '../../errors.ts'
import type { Clock, Random, TimerHandle } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { Peer } from '../../interface/peer.ts'
import { shuffled } from '../../util/shuffled.ts'
import { addressKey } from './address-key.ts'

/** p2p/switch.go dialRandomizerIntervalMilliseconds. */
export const DIAL_SPREAD_MS = 3_000
/** Ours: addresses that wait; more are dropped, and logged. */
const MAX_QUEUED = 10_000

export interface DialQueueComponents {
  readonly clock: Clock
  readonly random: Random
  readonly logger: Logger
  isRunning(): boolean
  dial(address: NetAddress): Promise<Peer>
  /** The name of the stack on which it is dialled first; undefined: on none. */
  stackFor(address: NetAddress): string | undefined
}

export class DialQueue {
  readonly #components: DialQueueComponents
  /** Those that are still to come. */
  readonly #timers = new Map<TimerHandle, NetAddress>()
  #waiting: NetAddress[] = []
  #active = 0

  constructor(components: DialQueueComponents) {
    this.#components = components
  }

  add(addresses: readonly NetAddress[]): void {
    const { clock, random, logger } = this.#components
    const room = MAX_QUEUED - this.#timers.size - this.#waiting.length
    if (addresses.length > room) logger.warn('Too many addresses to dial', { dropped: addresses.length - room })
    for (const address of shuffled(addresses.slice(0, Math.max(0, room)), random)) {
      const timer = clock.setTimeout(
        () => {
          this.#timers.delete(timer)
          void this.#dial(address)
        },
        Math.floor(random() * DIAL_SPREAD_MS)
      )
      this.#timers.set(timer, address)
    }
  }

  /** Takes back the dials to that node that have not begun. */
  drop(address: NetAddress): void {
    const key = addressKey(address)
    this.#waiting = this.#waiting.filter((one) => addressKey(one) !== key)
    for (const [timer, one] of this.#timers) {
      if (addressKey(one) !== key) continue
      this.#components.clock.clearTimeout(timer)
      this.#timers.delete(timer)
    }
  }

  stop(): void {
    for (const timer of this.#timers.keys()) this.#components.clock.clearTimeout(timer)
    this.#timers.clear()
    this.#waiting = []
  }

  async #dial(address: NetAddress): Promise<void> {
    const { dial, isRunning, logger, stackFor } = this.#components
    if (!isRunning()) return
    this.#active++
    let full = false
    try {
      await dial(address)
    } catch (err) {
      full = err instanceof PeerRefusedError && err.by === 'us' && err.refusal === 'outbound-full'
      if (full) this.#waiting.push(address)
      else logger.debug('Error dialing peer', { address: String(address), stack: stackFor(address), err })
    }
    this.#active--
    // only a dial that had a slot can have freed one
    const next = full ? undefined : this.#waiting.shift()
    if (next !== undefined) void this.#dial(next)
    else if (this.#active === 0) this.#waiting = []
  }
}
