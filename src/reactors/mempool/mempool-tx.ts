/** A transaction in the pool, as its readers see it and as the pool keeps it. */
import type { NodeId } from '../../interface/node-info.ts'
import type { Verdict } from './tx-checker.ts'
import type { TxKey } from './tx-key.ts'

/** A transaction in the pool. */
export interface MempoolTx {
  /** Do not change the bytes. */
  readonly tx: Uint8Array
  readonly key: TxKey
  /** The last committed height when it entered. */
  readonly height: bigint
  readonly gasWanted: bigint
  /** Did this node bring it to us over its present connection? */
  isSender(id: NodeId): boolean
}

/** What `reap` may take; a limit left out does not limit. */
export interface ReapLimits {
  /** Bytes as a block counts them: each transaction with its tag and length. */
  maxBytes?: number
  maxTxs?: number
  maxGas?: bigint
}

/** The pool's own side of it. */
export class Entry implements MempoolTx {
  readonly tx: Uint8Array
  readonly key: TxKey
  readonly from: NodeId | undefined
  height = 0n
  gasWanted = 0n
  /** Nodes that brought it: never more than there are connected peers, as `removeSender` takes them out. Mostly one or two, so no Set. */
  #senders: NodeId[] | undefined
  /** Set when it must not enter any more although its check still runs. */
  outcome: Verdict | undefined

  constructor(tx: Uint8Array, key: TxKey, from: NodeId | undefined) {
    this.tx = tx
    this.key = key
    this.from = from
    if (from !== undefined) this.#senders = [from]
  }

  isSender(id: NodeId): boolean {
    return this.#senders?.includes(id) === true
  }

  addSender(id: NodeId): void {
    if (this.#senders === undefined) this.#senders = [id]
    else if (!this.#senders.includes(id)) this.#senders.push(id)
  }

  removeSender(id: NodeId): void {
    const index = this.#senders?.indexOf(id) ?? -1
    if (index >= 0) this.#senders?.splice(index, 1)
  }
}
