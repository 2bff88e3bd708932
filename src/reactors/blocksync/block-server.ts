/**
 * Answers BlockRequests, one at a time per peer. A queue of answers is a queue of blocks, and 1,000 of them (the channel's capacity) may be 100 GB: so
 * a peer has at most a few MB waiting to be sent, and a bounded number of requests waiting for that. What is beyond is dropped, and asked again by whoever
 * meant it.
 */
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { Peer } from '../../interface/peer.ts'
import { BoundedQueue } from '../../util/bounded-queue.ts'
import type { BlockStore } from './block-store.ts'
import { BLOCKSYNC_CHANNEL } from './channels.ts'

/** Requests waiting per peer. Ours: honest nodes have 20 unanswered, and as many given up. */
const MAX_WAITING_REQUESTS = 64
/** Bytes of blocks queued to one peer. Ours: keeps a fast link busy; one block always fits. */
const MAX_QUEUED_BYTES = 8 * 1024 * 1024
/** How often a full queue is looked at, ms. Ours: links tell nobody when they have drained. */
const DRAIN_POLL_MS = 20

interface Served {
  readonly requests: BoundedQueue<bigint>
  /** Sizes of the latest answers, newest last; older ones than are still queued do not matter. */
  readonly sizes: number[]
  busy: boolean
}

export class BlockServer {
  readonly #store: BlockStore
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #served = new WeakMap<Peer, Served>()

  constructor(store: BlockStore, clock: Clock, logger: Logger) {
    this.#store = store
    this.#clock = clock
    this.#logger = logger
  }

  /** Never throws; the answer comes later, or never if the peer stops. */
  request(peer: Peer, height: bigint): void {
    let served = this.#served.get(peer)
    if (served === undefined) {
      served = { requests: new BoundedQueue(MAX_WAITING_REQUESTS), sizes: [], busy: false }
      this.#served.set(peer, served)
    }
    if (!served.requests.push(height)) {
      this.#logger.debug('dropped a block request: too many are waiting', { peer: peer.id(), height })
      return
    }
    if (!served.busy) void this.#serve(peer, served)
  }

  async #serve(peer: Peer, served: Served): Promise<void> {
    served.busy = true
    try {
      for (;;) {
        const height = served.requests.shift()
        if (height === undefined || !peer.isRunning()) return
        while (this.#queuedBytes(peer, served) > MAX_QUEUED_BYTES) {
          await new Promise<void>((resolve) => this.#clock.setTimeout(resolve, DRAIN_POLL_MS))
          if (!peer.isRunning()) return
        }
        await this.#answer(peer, height, served)
      }
    } finally {
      served.busy = false
    }
  }

  async #answer(peer: Peer, height: bigint, served: Served): Promise<void> {
    const stored = await this.#load(height)
    if (stored === undefined) {
      peer.trySend({ channelId: BLOCKSYNC_CHANNEL, message: { type: 'noBlockResponse', height } })
      return
    }
    const { block, extCommit } = stored
    const message = { type: 'storedBlockResponse', block, ...(extCommit === undefined ? {} : { extCommit }) }
    if (peer.trySend({ channelId: BLOCKSYNC_CHANNEL, message }))
      served.sizes.push(block.length + (extCommit?.length ?? 0))
  }

  async #load(height: bigint) {
    try {
      return await this.#store.load(height)
    } catch (err) {
      this.#logger.error('cannot read a block', { height, err })
      return undefined
    }
  }

  /** Bytes of our answers that are still in the peer's send queue. */
  #queuedBytes(peer: Peer, served: Served): number {
    const waiting = peer.status().channels.find((channel) => channel.id === BLOCKSYNC_CHANNEL)?.sendQueueSize ?? 0
    served.sizes.splice(0, Math.max(0, served.sizes.length - waiting))
    return served.sizes.reduce((sum, size) => sum + size, 0)
  }
}
