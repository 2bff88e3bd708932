/** The transactions that were submitted here: from the pool to a peer to a block. */
import type { MempoolReactor } from '../reactors/mempool/mempool-reactor.ts'
import { type TxKey, txKey } from '../reactors/mempool/tx-key.ts'
import type { OwnTxView } from './node-view.ts'
import { showTx } from './tx-input.ts'

/** Transactions whose way is followed; of more, the oldest are only counted. Ours. */
const MAX_FOLLOWED = 10_000
/** Shown one by one. */
const SHOWN = 5
/** A pool that is full is asked again, ms. */
const FULL_RETRY_MS = 100

interface OwnTx {
  readonly text: string
  state: OwnTxView['state']
  /** Hex ids; in the end as many as there are peers. */
  readonly peers: Set<string>
  height?: bigint
  reason?: string
}

export class OwnTxs {
  readonly #followed = new Map<TxKey, OwnTx>()
  readonly #counts = { waiting: 0, sent: 0, 'in a block': 0, refused: 0 }

  /** Settles when the pool has answered; while it is full, the transaction waits, until `signal`. Never rejects. */
  async submit(tx: Uint8Array, mempool: MempoolReactor, pauseMs: (ms: number) => Promise<boolean>): Promise<void> {
    const own: OwnTx = { text: showTx(tx), state: 'waiting', peers: new Set() }
    const key = txKey(tx)
    // twice the same: the first one is followed
    if (!this.#followed.has(key)) this.#follow(key, own)
    this.#counts.waiting++
    for (;;) {
      const result = await mempool.submit(tx)
      if (result.accepted) return
      if (result.reason === 'full' && (await pauseMs(FULL_RETRY_MS))) continue
      own.reason = result.message
      this.#move(own, 'refused')
      return
    }
  }

  /** Something that was meant as a transaction is none. */
  refuse(text: string, reason: string): void {
    this.#counts.refused++
    this.#follow(`input:${this.#counts.refused}` as TxKey, { text, state: 'refused', peers: new Set(), reason })
  }

  /** A peer's queue has taken it. */
  handedTo(tx: Uint8Array, peerId: string): void {
    if (this.#followed.size === 0) return
    const own = this.#followed.get(txKey(tx))
    if (own === undefined) return
    own.peers.add(peerId)
    if (own.state === 'waiting') this.#move(own, 'sent')
  }

  /** A block was verified. */
  inBlock(height: bigint, txs: readonly Uint8Array[]): void {
    if (this.#followed.size === 0) return
    for (const tx of txs) {
      const own = this.#followed.get(txKey(tx))
      if (own === undefined || own.state === 'in a block') continue
      own.height = height
      this.#move(own, 'in a block')
    }
  }

  counts(): Record<OwnTxView['state'], number> {
    return { ...this.#counts }
  }

  latest(): OwnTxView[] {
    return [...this.#followed.values()].slice(-SHOWN).map(({ text, state, peers, height, reason }) => ({
      text,
      state,
      peers: peers.size,
      ...(height === undefined ? {} : { height: Number(height) }),
      ...(reason === undefined ? {} : { reason })
    }))
  }

  #follow(key: TxKey, own: OwnTx): void {
    if (this.#followed.size >= MAX_FOLLOWED) this.#followed.delete(this.#followed.keys().next().value as TxKey)
    this.#followed.set(key, own)
  }

  #move(own: OwnTx, to: OwnTxView['state']): void {
    this.#counts[own.state]--
    own.state = to
    this.#counts[to]++
  }
}
