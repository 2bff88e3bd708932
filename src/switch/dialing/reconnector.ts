/**
 * Dials again: persistent peers for ever by the schedule of util/backoff.ts, others after a transient fault a few times (p2p/switch.go
 * reconnectToPeer; requirements, D-16). One track per node, one timer per track.
 */
import type { Clock, Random, TimerHandle } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import { reconnectDelay } from '../../util/backoff.ts'
import type { NodeStates } from '../node-states.ts'
import { addressKey } from './address-key.ts'

/** Ours: a connection that held this long starts the schedule anew; a shorter one goes on where it was. */
export const STABLE_MS = 60_000
/** p2p/switch.go: 20 steady and 10 exponential tries; what is not persistent is then left to discovery. */
export const MAX_ATTEMPTS_OTHERS = 30
/** Ours: tracks of peers that are not persistent. */
const MAX_TRACKS = 1_000

export interface ReconnectorComponents {
  readonly clock: Clock
  readonly random: Random
  readonly states: NodeStates
  readonly logger: Logger
  isRunning(): boolean
  isPersistent(address: NetAddress): boolean
  isConnected(id: NodeId): boolean
  /** By how much longer that node is left alone than the schedule says: at least 1. */
  delayFactor(address: NetAddress): number
  dial(address: NetAddress): Promise<Peer>
  /** The name of the stack on which it is dialled first; undefined: on none. */
  stackFor(address: NetAddress): string | undefined
}

interface Track {
  readonly address: NetAddress
  attempts: number
  timer: TimerHandle | undefined
  /** Wall time of the next try. */
  until: number
  /** The same by the clock that only grows. */
  due: number
  /** By that clock: until then there is no try, as a penalty. */
  penaltyEnds: number
}

export class Reconnector {
  readonly #components: ReconnectorComponents
  readonly #capMs: number
  readonly #tracks = new Map<string, Track>()

  constructor(components: ReconnectorComponents, capMs: number) {
    this.#components = components
    this.#capMs = capMs
  }

  /** The peer was lost after `aliveMs`: the next dial goes by the schedule, not before `penaltyMs`. */
  lost(address: NetAddress, aliveMs: number, penaltyMs: number): void {
    const track = this.#track(address)
    if (track === undefined) return
    if (aliveMs >= STABLE_MS) track.attempts = 0
    track.penaltyEnds = this.#components.clock.now() + penaltyMs
    this.#schedule(track)
  }

  /** A dial to a persistent address failed: the next one is scheduled, if it is not already. */
  failed(address: NetAddress): void {
    const track = this.#track(address)
    if (track === undefined) return
    if (track.timer !== undefined) {
      this.#components.states.reconnecting(address, track.attempts, track.until)
      return
    }
    track.attempts = Math.max(track.attempts, 1)
    this.#schedule(track)
  }

  /** No more tries until the peer has been connected again: a graceful stop. */
  suspend(address: NetAddress): void {
    const key = addressKey(address)
    this.#components.clock.clearTimeout(this.#tracks.get(key)?.timer)
    this.#tracks.delete(key)
  }

  /**
   * A node was reached after a time in which nobody was: our own line was down, so the tries of that time say nothing about anybody (D-21). The schedules begin
   * anew, with their jitter, so that they do not all dial at once. A try that is due sooner stays so; a penalty is for something else, and stays too.
   */
  forgive(): void {
    for (const track of this.#tracks.values()) {
      if (track.timer === undefined) continue
      track.attempts = Math.min(track.attempts, 1)
      this.#schedule(track, 'if sooner')
    }
  }

  stop(): void {
    for (const { timer } of this.#tracks.values()) this.#components.clock.clearTimeout(timer)
    this.#tracks.clear()
  }

  #track(address: NetAddress): Track | undefined {
    const key = addressKey(address)
    let track = this.#tracks.get(key)
    if (track === undefined) {
      if (this.#tracks.size >= MAX_TRACKS) this.#forgetIdle()
      if (this.#tracks.size >= MAX_TRACKS && !this.#components.isPersistent(address)) return undefined
      track = { address, attempts: 0, timer: undefined, until: 0, due: 0, penaltyEnds: 0 }
      this.#tracks.set(key, track)
    }
    return track
  }

  /** Those that came back keep a track for their schedule; it is given up when room is needed. */
  #forgetIdle(): void {
    for (const [key, { timer, address }] of this.#tracks)
      if (timer === undefined && !this.#components.isPersistent(address)) this.#tracks.delete(key)
  }

  #schedule(track: Track, when: 'in any case' | 'if sooner' = 'in any case'): void {
    const { clock, random, states, delayFactor } = this.#components
    const usual = reconnectDelay(track.attempts, this.#capMs, random)
    const leastMs = track.penaltyEnds - clock.now()
    const delay = Math.max(leastMs, Math.min(usual * delayFactor(track.address), Math.max(usual, this.#capMs)))
    const due = clock.now() + delay
    if (when === 'if sooner' && due >= track.due) return
    clock.clearTimeout(track.timer)
    track.due = due
    track.until = clock.wall() + delay
    states.reconnecting(track.address, track.attempts, track.until)
    track.timer = clock.setTimeout(() => {
      void this.#try(track)
    }, delay)
  }

  async #try(track: Track): Promise<void> {
    const { address } = track
    const { dial, isConnected, isPersistent, isRunning, logger, stackFor } = this.#components
    track.timer = undefined
    if (!isRunning() || (address.id !== '' && isConnected(address.id))) return
    track.attempts++
    try {
      await dial(address)
    } catch (err) {
      const of = { address: String(address), stack: stackFor(address) }
      logger.debug('Reconnecting failed', { ...of, attempt: track.attempts, err })
      if (!isRunning() || this.#tracks.get(addressKey(address)) !== track || track.timer !== undefined) return
      if (!isPersistent(address) && track.attempts >= MAX_ATTEMPTS_OTHERS) {
        logger.info('Giving up on peer', { ...of, attempts: track.attempts })
        this.#tracks.delete(addressKey(address))
      } else this.#schedule(track)
    }
  }
}
