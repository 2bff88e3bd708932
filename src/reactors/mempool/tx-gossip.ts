/**
 * Passes the pool's transactions on to one peer: in the pool's order, each at most once, none that the peer itself brought, at the pace at which
 * the peer takes them (mempool/reactor.go broadcastTxRoutine, spec/reactors-and-messages.md section 9).
 *
 * Go sends one transaction a message: it gave up batches when they could exceed what the receiver allows (tendermint issue 5796). The wire has
 * always allowed several, every version from v0.34 on takes them one by one, and a message costs a stream toward Go's lp2p; so what is *already*
 * waiting goes together, up to a bound far below every version's limit. Nothing ever waits to become part of a batch.
 */
import type { Clock } from '../../interface/clock.ts'
import type { Peer } from '../../interface/peer.ts'
import { pause } from '../../util/pause.ts'
import { PEER_STATE_KEY, type PeerHeight } from '../consensus/peer-state.ts'
import { MEMPOOL_CHANNEL } from './channels.ts'
import type { ListElement } from './concurrent-list.ts'
import type { Mempool } from './mempool.ts'
import type { MempoolTx } from './mempool-tx.ts'
import { MAX_TXS_PER_MESSAGE } from './txs-filter.ts'
import { encodedTxBytes } from './txs-size.ts'

/** mempool/mempool.go PeerCatchupSleepIntervalMS: between two looks at a height that cannot announce itself, and after a failed send. */
const RETRY_MS = 100
/** Ours: a peer that takes nothing is asked ever more rarely. */
const MAX_RETRY_MS = 5_000

export interface TxGossipComponents {
  readonly pool: Mempool
  readonly peer: Peer
  readonly clock: Clock
}

export class TxGossip {
  readonly #pool: Mempool
  readonly #peer: Peer
  readonly #clock: Clock
  readonly #batchBytes: number
  readonly #stopped = new AbortController()

  /** `batchBytes`: the most that several transactions may take in one message, encoded; 0 for one transaction a message. */
  constructor({ pool, peer, clock }: TxGossipComponents, batchBytes: number) {
    this.#pool = pool
    this.#peer = peer
    this.#clock = clock
    this.#batchBytes = Math.min(batchBytes, pool.maxTxBytes)
  }

  /** Runs until `stop`, or until the peer stops while something is to be sent. Never rejects unless the pool or the peer throws. */
  async run(): Promise<void> {
    const { signal } = this.#stopped
    const cursor = this.#pool.cursor()
    let next = cursor.next()
    while (!signal.aborted) {
      if (next === undefined) {
        if (!(await cursor.ready(signal))) return
        next = cursor.next()
        continue
      }
      if (!this.#wanted(next)) {
        next = cursor.next()
        continue
      }
      if (this.#early(next.value) && !(await this.#caughtUp(next.value.height - 1n))) return
      const batch = [next]
      let bytes = encodedTxBytes(next.value.tx.length)
      for (next = cursor.next(); next !== undefined; next = cursor.next()) {
        if (!this.#wanted(next)) continue
        bytes += encodedTxBytes(next.value.tx.length)
        if (bytes > this.#batchBytes || batch.length === MAX_TXS_PER_MESSAGE || this.#early(next.value)) break
        batch.push(next)
      }
      if (!(await this.#send(batch))) return
    }
  }

  stop(): void {
    this.#stopped.abort()
  }

  #wanted(element: ListElement<MempoolTx>): boolean {
    return !element.removed && !element.value.isSender(this.#peer.id())
  }

  /** A peer more than one block behind would check the transaction in vain and again (CometBFT RFC 103). */
  #early(tx: MempoolTx): boolean {
    const state = this.#peerHeight()
    return state !== undefined && state.getHeight() < tx.height - 1n
  }

  /** Asked anew each time: without a consensus reactor there is none, and then nothing to wait for. */
  #peerHeight(): PeerHeight | undefined {
    const state = this.#peer.get(PEER_STATE_KEY) as PeerHeight | undefined
    return typeof state?.getHeight === 'function' ? state : undefined
  }

  async #caughtUp(height: bigint): Promise<boolean> {
    const { signal } = this.#stopped
    for (;;) {
      const state = this.#peerHeight()
      if (state === undefined || state.getHeight() >= height) return !signal.aborted
      if (state.whenHeight !== undefined) return await state.whenHeight(height, signal)
      if (!(await pause(this.#clock, RETRY_MS, signal))) return false
    }
  }

  /** False once there is nobody to send to. */
  async #send(batch: ListElement<MempoolTx>[]): Promise<boolean> {
    const { signal } = this.#stopped
    for (let wait = RETRY_MS; ; wait = Math.min(wait * 2, MAX_RETRY_MS)) {
      const txs = batch.filter((element) => this.#wanted(element)).map(({ value }) => value.tx)
      if (txs.length === 0) return true
      if (await this.#peer.send({ channelId: MEMPOOL_CHANNEL, message: { type: 'txs', txs } })) return true
      if (!this.#peer.isRunning() || !(await pause(this.#clock, wait, signal))) return false
    }
  }
}
