/**
 * Which block to ask of whom: a sliding window of heights over many peers (blocksync/pool.go, spec reactors-and-messages section 8.4). Pure: it
 * is told what happened and at what time, and `plan` answers what to do; the reactor sends, stops and keeps the clock. Deviations from Go,
 * each to spare honest peers or bandwidth, are marked "ours" in pool-peer.ts.
 */
import type { NodeId } from '../../interface/node-info.ts'
import { type PoolLimits, PoolPeer, poolDefaults } from './pool-peer.ts'

/** What the reactor is to do. */
export type PoolCommand =
  | { readonly type: 'request'; readonly peerId: NodeId; readonly height: bigint }
  | { readonly type: 'stop'; readonly peerId: NodeId; readonly why: string }

/** A block that waits for its turn, and who sent it. */
export interface Delivered<B> {
  readonly from: NodeId
  readonly block: B
  readonly bytes: number
}

interface Slot<B> {
  /** Who is being asked now, at most two. */
  readonly asked: NodeId[]
  lastAskedAt: number
  delivered?: Delivered<B>
}

/** Bans kept. Ours: bounds what strangers can make us remember. */
const MAX_BANS = 1_000
/** A gap between two plans longer than this means our own clock stood still. Ours. */
const STALL_MS = 5_000
/** How much longer a wait looks with a peer that is late for the very height. Ours. */
const LATE_PENALTY = 1e6
/** Blocks on the way when the buffer fills still find room up to this many times its size; what is beyond is asked for again later. Ours. */
const MAX_OVERFILL = 2
/** Assumed size of a block until some have come, bytes. Ours. */
const FIRST_GUESS_BLOCK_BYTES = 64 * 1024

export class BlockPool<B> {
  readonly #limits: PoolLimits
  readonly #peers = new Map<NodeId, PoolPeer>()
  /** Peers ignored for a while, and how many answers they still owe from before: those are late, not unsolicited. */
  readonly #bans = new Map<NodeId, { until: number; owes: number }>()
  readonly #slots = new Map<bigint, Slot<B>>()
  readonly #start: bigint
  #next: bigint
  #bufferedBytes = 0
  #meanBlockBytes = FIRST_GUESS_BLOCK_BYTES
  #lastPlanAt: number | undefined

  /** `next`: the first height to get. */
  constructor(next: bigint, limits: Partial<PoolLimits> = {}) {
    this.#start = next
    this.#next = next
    this.#limits = { ...poolDefaults, ...limits }
  }

  /** The height whose turn it is. */
  get next(): bigint {
    return this.#next
  }

  /** Peers that take part. */
  get size(): number {
    return this.#peers.size
  }

  /** Bytes of blocks that wait for their turn. */
  get bufferedBytes(): number {
    return this.#bufferedBytes
  }

  /**
   * The last height of the unbroken run from `next` on that the peers together claim; `next - 1` if nobody has `next`. What lies beyond a gap does
   * not count: nobody could prove it, and a peer that claims it must not keep us from having caught up.
   */
  target(now: number): bigint {
    let reach = this.#next - 1n
    for (const peer of [...this.#peers.values()].sort((a, b) => (a.base < b.base ? -1 : a.base > b.base ? 1 : 0))) {
      if (peer.base > reach + 1n) break
      const top = peer.top(this.#next, now)
      if (top > reach) reach = top
    }
    return reach
  }

  /** Does anybody claim blocks that the run up to `target` does not reach? */
  hasGap(now: number): boolean {
    const next = this.target(now) + 1n
    return [...this.#peers.values()].some((peer) => peer.base > next)
  }

  isBanned(peerId: NodeId, now: number): boolean {
    const ban = this.#bans.get(peerId)
    if (ban !== undefined && ban.until <= now) this.#bans.delete(peerId)
    return ban !== undefined && ban.until > now
  }

  /** A StatusResponse. A peer that takes back what it said is ignored for a while. */
  setStatus(peerId: NodeId, base: bigint, height: bigint, now: number): void {
    if (this.isBanned(peerId, now)) return
    const peer = this.#peers.get(peerId)
    if (peer === undefined) this.#peers.set(peerId, new PoolPeer(peerId, base, height, this.#limits))
    else if (base < peer.base || height < peer.height) this.ban(peerId, now)
    else peer.claim(base, height)
  }

  /** The peer left: what it owes is asked of others. What it delivered stays. */
  removePeer(peerId: NodeId): void {
    if (!this.#peers.delete(peerId)) return
    for (const slot of this.#slots.values()) dropAsked(slot, peerId)
  }

  /** The peer misbehaved: forget it and all it delivered, and ignore it for a while. */
  ban(peerId: NodeId, now: number): void {
    const owes = this.#peers.get(peerId)?.pending.size ?? 0
    this.removePeer(peerId)
    for (const slot of this.#slots.values()) if (slot.delivered?.from === peerId) this.#discard(slot)
    this.#bans.delete(peerId)
    if (this.#bans.size >= MAX_BANS) this.#bans.delete(this.#bans.keys().next().value as NodeId)
    this.#bans.set(peerId, { until: now + this.#limits.banMs, owes })
  }

  /** Do we wait for any block of this peer? */
  expects(peerId: NodeId): boolean {
    return this.#peers.get(peerId)?.owesAnything() ?? (this.#bans.get(peerId)?.owes ?? 0) > 0
  }

  /**
   * A block came. `unsolicited`: never asked of this peer. `ignored`: already there or already past, or no room is left for one whose turn is far away;
   * nobody's fault. `heldBytes`: what it takes in memory until its turn.
   */
  addBlock(
    peerId: NodeId,
    height: bigint,
    block: B,
    bytes: number,
    now: number,
    heldBytes = bytes
  ): 'accepted' | 'ignored' | 'unsolicited' {
    const peer = this.#peers.get(peerId)
    if (peer === undefined) return this.#fromBanned(peerId)
    if (!peer.owes(height)) return height < this.#next && height >= this.#start ? 'ignored' : 'unsolicited'
    peer.delivered(height, bytes, now)
    this.#meanBlockBytes += (heldBytes - this.#meanBlockBytes) / 16
    const slot = this.#slots.get(height)
    if (slot === undefined) return 'ignored'
    dropAsked(slot, peerId)
    if (slot.delivered !== undefined) return 'ignored'
    if (!this.#due(height) && this.#bufferedBytes + heldBytes > MAX_OVERFILL * this.#limits.maxBufferedBytes)
      return 'ignored'
    slot.delivered = { from: peerId, block, bytes: heldBytes }
    this.#bufferedBytes += heldBytes
    return 'accepted'
  }

  /** A NoBlockResponse: the height is asked of another peer; one that keeps claiming blocks it does not have is ignored for a while. */
  noBlock(peerId: NodeId, height: bigint, now: number): void {
    const peer = this.#peers.get(peerId)
    if (peer === undefined || !peer.owes(height)) return
    peer.lacks(height, now)
    const slot = this.#slots.get(height)
    if (slot !== undefined) dropAsked(slot, peerId)
    if (peer.noBlocks > this.#limits.maxNoBlocks) this.ban(peerId, now)
  }

  /** The request could not be queued: nothing is owed. It is planned again with the next `plan`. */
  notSent(peerId: NodeId, height: bigint): void {
    this.#peers.get(peerId)?.unask(height)
    const slot = this.#slots.get(height)
    if (slot !== undefined) dropAsked(slot, peerId)
  }

  /** What came over a peer's connection in all, bytes. */
  noteWireBytes(peerId: NodeId, receivedBytes: number): void {
    this.#peers.get(peerId)?.wire(receivedBytes)
  }

  /** The blocks at `next` and `next + 1`, as far as they are there. */
  peek(): { first: Delivered<B> | undefined; second: Delivered<B> | undefined } {
    return {
      first: this.#slots.get(this.#next)?.delivered,
      second: this.#slots.get(this.#next + 1n)?.delivered
    }
  }

  /** The block at `height`, if it waits. */
  at(height: bigint): Delivered<B> | undefined {
    return this.#slots.get(height)?.delivered
  }

  /** The block at `next` is done with. */
  pop(): void {
    const slot = this.#slots.get(this.#next)
    if (slot !== undefined) {
      this.#discard(slot)
      this.#slots.delete(this.#next)
      // whoever else was asked may still answer
      for (const peerId of slot.asked) this.#peers.get(peerId)?.giveUp(this.#next)
    }
    this.#next++
  }

  /** Forgets the block at `height`; it is asked for again. */
  redo(height: bigint): void {
    const slot = this.#slots.get(height)
    if (slot !== undefined) this.#discard(slot)
  }

  /** What to do now. Call after every event, and about once a second. */
  plan(now: number): PoolCommand[] {
    this.#forgiveStall(now)
    const commands: PoolCommand[] = []
    for (const peer of [...this.#peers.values()]) {
      const why = peer.fault(now)
      if (why === undefined) continue
      commands.push({ type: 'stop', peerId: peer.id, why })
      this.ban(peer.id, now)
    }
    this.#openSlots(now)
    for (const [height, slot] of this.#slots) this.#planSlot(height, slot, now, commands)
    return commands
  }

  #planSlot(height: bigint, slot: Slot<B>, now: number, commands: PoolCommand[]): void {
    if (slot.delivered !== undefined) return
    // what is asked now may find no room
    if (!this.#due(height) && this.#bufferedBytes >= this.#limits.maxBufferedBytes) return
    const age = now - slot.lastAskedAt
    if (slot.asked.length > 0 && age >= this.#limits.requestRetryMs) {
      for (const peerId of slot.asked) this.#peers.get(peerId)?.giveUp(height)
      slot.asked.length = 0
    }
    const near = height - this.#next < BigInt(this.#limits.secondPeerWithin)
    const second = slot.asked.length === 1 && near && age >= this.#limits.secondPeerAfterMs
    if (slot.asked.length > 0 && !second) return
    const peer = this.#pick(height, slot, now)
    if (peer === undefined) return
    peer.ask(height, now)
    slot.asked.push(peer.id)
    slot.lastAskedAt = now
    commands.push({ type: 'request', peerId: peer.id, height })
  }

  /** The peer likely to deliver first: the one with the least work ahead; new peers come first and so get measured. */
  #pick(height: bigint, slot: Slot<B>, now: number): PoolPeer | undefined {
    let best: PoolPeer | undefined
    let bestWait = Number.POSITIVE_INFINITY
    for (const peer of this.#peers.values()) {
      if (!peer.mayTake(now) || slot.asked.includes(peer.id)) continue
      if (!peer.has(height, this.#next, now)) continue
      // one that already failed to answer for this height is asked again only if nobody else can be
      const doubt = peer.owes(height) ? LATE_PENALTY : 1
      const wait = (peer.pending.size + 1) * Math.max(peer.expectedMsPerBlock(now), 0.01) * doubt
      if (wait >= bestWait) continue
      best = peer
      bestWait = wait
    }
    return best
  }

  /** Opens slots in order, as far as peers, their heights and the memory for waiting blocks go. */
  #openSlots(now: number): void {
    const target = this.target(now)
    const most = this.#peers.size * this.#limits.maxPendingPerPeer
    let open = 0
    for (const slot of this.#slots.values()) if (slot.delivered === undefined) open++
    for (let height = this.#next + BigInt(this.#slots.size); height <= target; height++) {
      const expectedBytes = this.#bufferedBytes + open * this.#meanBlockBytes
      const full = this.#slots.size >= this.#limits.maxWindow || expectedBytes >= this.#limits.maxBufferedBytes
      if (!this.#due(height) && (open >= most || full)) return
      this.#slots.set(height, { asked: [], lastAskedAt: 0 })
      open++
    }
  }

  /** The two blocks that everything waits for are always admitted. */
  #due(height: bigint): boolean {
    return height <= this.#next + 1n
  }

  #fromBanned(peerId: NodeId): 'ignored' | 'unsolicited' {
    const ban = this.#bans.get(peerId)
    if (ban === undefined || ban.owes === 0) return 'unsolicited'
    ban.owes--
    return 'ignored'
  }

  #discard(slot: Slot<B>): void {
    if (slot.delivered === undefined) return
    this.#bufferedBytes -= slot.delivered.bytes
    delete slot.delivered
  }

  #forgiveStall(now: number): void {
    const gap = now - (this.#lastPlanAt ?? now)
    this.#lastPlanAt = now
    if (gap < STALL_MS) return
    for (const peer of this.#peers.values()) peer.forgive(gap)
    for (const slot of this.#slots.values()) slot.lastAskedAt += gap
  }
}

function dropAsked<B>(slot: Slot<B>, peerId: NodeId): void {
  const at = slot.asked.indexOf(peerId)
  if (at >= 0) slot.asked.splice(at, 1)
}
