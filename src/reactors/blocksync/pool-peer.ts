/**
 * One peer as the block pool sees it: what it claims to have, what it owes us, how fast it delivers (blocksync/pool.go bpPeer). Plain data and
 * arithmetic over a given `now` (ms of a clock that only grows); no timers.
 */
import type { NodeId } from '../../interface/node-info.ts'

/** Numbers of spec reactors-and-messages section 8.4, where not said to be ours. */
export interface PoolLimits {
  /** Unanswered requests per peer. @default 20 */
  maxPendingPerPeer: number
  /** An unanswered request is given to somebody else after this, ms. @default 30_000 */
  requestRetryMs: number
  /** Nothing received for this long with requests unanswered: the peer goes, ms. @default 15_000 */
  peerTimeoutMs: number
  /** Ours: the same while the connection brings bytes, which may be a large block on its way, or anything else, ms. @default 120_000 */
  busyPeerTimeoutMs: number
  /** A peer that makes us wait and delivers less goes, bytes per second. @default 131_072 */
  minReceiveBytesPerSecond: number
  /** Ours: the rate counts only against a peer that has owed a block for this long, so that small blocks on a distant peer are no fault, ms. @default 5_000 */
  slowAfterMs: number
  /** How long the pool ignores a peer that misbehaved, ms. @default 60_000 */
  banMs: number
  /** Heights from the pool's own that may be asked from a second peer. @default 50 */
  secondPeerWithin: number
  /** Ours: the second peer is asked only once the first is this late; Go asks both at once and downloads twice, ms. @default 1_000 */
  secondPeerAfterMs: number
  /** Ours: how long a peer's NoBlockResponse for a height it claims to have is believed, ms. @default 30_000 */
  noBlockMs: number
  /** Ours: how many such answers in a row before the peer is banned from the pool. @default 40 */
  maxNoBlocks: number
  /** Ours: heights in the window, waiting or asked for (v0.34 had the same bound). @default 600 */
  maxWindow: number
  /** Ours: blocks that wait for their turn, bytes; two blocks are always admitted. @default 67_108_864 */
  maxBufferedBytes: number
}

export const poolDefaults: PoolLimits = Object.freeze({
  maxPendingPerPeer: 20,
  requestRetryMs: 30_000,
  peerTimeoutMs: 15_000,
  busyPeerTimeoutMs: 120_000,
  minReceiveBytesPerSecond: 131_072,
  slowAfterMs: 5_000,
  banMs: 60_000,
  secondPeerWithin: 50,
  secondPeerAfterMs: 1_000,
  noBlockMs: 30_000,
  maxNoBlocks: 40,
  maxWindow: 600,
  maxBufferedBytes: 64 * 1024 * 1024
})

/** The flow monitor's sample and window (libs/flowrate as the pool sets it up). */
const RATE_SAMPLE_MS = 1_000
const RATE_WINDOW_MS = 40_000
/** Weight of the newest delivery in `msPerBlock`. Ours. */
const PACE_WEIGHT = 0.2
/** Heights remembered as late or missing. Ours: twice what a peer can owe. */
const MAX_REMEMBERED = 40

export class PoolPeer {
  readonly id: NodeId
  /** What it claims: first and last height it has. */
  base: bigint
  height: bigint
  /** Unanswered requests: height -> when asked. */
  readonly pending = new Map<bigint, number>()
  /** NoBlockResponses in a row. */
  noBlocks = 0
  /** Smoothed time between deliveries while it owes something, ms; 0 until the first. */
  msPerBlock = 0
  readonly #limits: PoolLimits
  /** Heights it says it lacks: height -> until when we believe it. */
  readonly #missing = new Map<bigint, number>()
  /** Given to somebody else meanwhile; an answer is late, not unsolicited. */
  readonly #givenUp = new Set<bigint>()
  #lastDeliveryAt = 0
  /** How long it has owed us something since its last answer, ms. Not begun anew where others deliver what it owed: a silent peer must not profit from that. */
  #silentMs = 0
  #silentCountedTo = 0
  /** Requests given to somebody else since its last delivery. */
  #missed = 0
  #rate = 0
  #sampleBytes = 0
  #sampleStart = 0
  #wireBytes = 0
  #wireBytesAtSample = 0
  #wireRate = 0

  constructor(id: NodeId, base: bigint, height: bigint, limits: PoolLimits) {
    this.id = id
    this.base = base
    this.height = height
    this.#limits = limits
  }

  /** A newer status. What lies below its base is no longer missing but gone. */
  claim(base: bigint, height: bigint): void {
    for (const missing of this.#missing.keys()) if (missing < base) this.#missing.delete(missing)
    this.base = base
    this.height = height
  }

  /** The highest height worth asking it for: what it claims, up to the first height from `next` on that it said it lacks. */
  top(next: bigint, now: number): bigint {
    let top = this.height
    for (const [height, until] of this.#missing) {
      if (until <= now) this.#missing.delete(height)
      else if (height >= next && height <= top) top = height - 1n
    }
    return top
  }

  has(height: bigint, next: bigint, now: number): boolean {
    return height >= this.base && height <= this.top(next, now)
  }

  ask(height: bigint, now: number): void {
    this.#countSilence(now)
    if (this.pending.size === 0) {
      this.#lastDeliveryAt = now
      this.#rate = this.#limits.minReceiveBytesPerSecond * Math.E
      this.#sampleBytes = 0
      this.#sampleStart = now
    }
    this.pending.set(height, now)
    this.#givenUp.delete(height)
  }

  /** The request never went out. */
  unask(height: bigint): void {
    this.pending.delete(height)
  }

  /** Somebody else will be asked; an answer may still come. */
  giveUp(height: bigint): void {
    if (!this.pending.delete(height)) return
    this.#missed++
    remember(this.#givenUp, height)
  }

  owes(height: bigint): boolean {
    return this.pending.has(height) || this.#givenUp.has(height)
  }

  owesAnything(): boolean {
    return this.pending.size > 0 || this.#givenUp.size > 0
  }

  delivered(height: bigint, bytes: number, now: number): void {
    this.pending.delete(height)
    this.#givenUp.delete(height)
    this.noBlocks = 0
    this.#missed = 0
    this.#heard(now)
    const elapsed = now - this.#lastDeliveryAt
    this.msPerBlock = this.msPerBlock === 0 ? elapsed : this.msPerBlock * (1 - PACE_WEIGHT) + elapsed * PACE_WEIGHT
    this.#lastDeliveryAt = now
    this.#sampleBytes += bytes
  }

  lacks(height: bigint, now: number): void {
    this.pending.delete(height)
    this.#givenUp.delete(height)
    this.noBlocks++
    // it answered: that is a sign of life, too
    this.#heard(now)
    this.#lastDeliveryAt = now
    if (this.#missing.size >= MAX_REMEMBERED) this.#missing.delete(this.#missing.keys().next().value as bigint)
    this.#missing.set(height, now + this.#limits.noBlockMs)
  }

  /**
   * May one more block be asked of it? One that makes us wait, or let others answer in its place, gets one request at a time until it answers: else
   * silent peers would keep us waiting for a window of blocks each.
   */
  mayTake(now: number): boolean {
    const { maxPendingPerPeer } = this.#limits
    return this.pending.size < (this.#late(now) ? Math.min(1, maxPendingPerPeer) : maxPendingPerPeer)
  }

  /** What to expect of it: as measured, but not less than it makes us wait now, nor than what made others be asked in its place. */
  expectedMsPerBlock(now: number): number {
    return this.#late(now) ? Math.max(this.msPerBlock, this.#limits.secondPeerAfterMs) : this.msPerBlock
  }

  #late(now: number): boolean {
    if (this.#missed > 0) return true
    return this.pending.size > 0 && now - this.#lastDeliveryAt >= this.#limits.secondPeerAfterMs
  }

  /** Bytes that came over its connection so far: a large block on its way counts as life before it is complete. */
  wire(receivedBytes: number): void {
    this.#wireBytes = receivedBytes
  }

  /** Why it must go, judged at `now`. Call about once a second. */
  fault(now: number): string | undefined {
    this.#sample(now)
    this.#countSilence(now)
    if (this.pending.size === 0) return undefined
    const { minReceiveBytesPerSecond: least, peerTimeoutMs, busyPeerTimeoutMs, slowAfterMs } = this.#limits
    if (this.#wireRate >= least && this.#silentMs < busyPeerTimeoutMs) return undefined
    if (this.#silentMs >= peerTimeoutMs) return 'did not send us anything'
    const oldest = Math.min(...this.pending.values())
    if (this.#rate < least && now - oldest >= slowAfterMs) return 'does not send us blocks fast enough'
    return undefined
  }

  /** Our own clock stood still for `ms` (a suspended machine, a blocked event loop): that is not the peer's fault. */
  forgive(ms: number): void {
    for (const [height, at] of this.pending) this.pending.set(height, at + ms)
    this.#lastDeliveryAt += ms
    this.#silentCountedTo += ms
    this.#sampleStart += ms
  }

  #heard(now: number): void {
    this.#silentMs = 0
    this.#silentCountedTo = now
  }

  #countSilence(now: number): void {
    if (this.pending.size > 0) this.#silentMs += now - this.#silentCountedTo
    this.#silentCountedTo = now
  }

  #sample(now: number): void {
    const elapsed = now - this.#sampleStart
    if (elapsed < RATE_SAMPLE_MS) return
    const weight = 1 - Math.exp(-elapsed / RATE_WINDOW_MS)
    this.#rate = this.#rate * (1 - weight) + ((this.#sampleBytes * 1000) / elapsed) * weight
    this.#wireRate = ((this.#wireBytes - this.#wireBytesAtSample) * 1000) / elapsed
    this.#wireBytesAtSample = this.#wireBytes
    this.#sampleBytes = 0
    this.#sampleStart = now
  }
}

function remember(set: Set<bigint>, height: bigint): void {
  if (set.size >= MAX_REMEMBERED) set.delete(set.keys().next().value as bigint)
  set.add(height)
}
