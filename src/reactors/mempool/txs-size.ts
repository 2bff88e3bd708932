/** Sizes of transactions once encoded: the same in a mempool message and in a block, a repeated bytes field numbered 1. */
import { varintLength } from '../../util/varint.ts'

/** Bytes of one transaction of `txBytes` bytes as an entry of `Txs` or `Data`: tag, length, content. */
export function encodedTxBytes(txBytes: number): number {
  return 1 + varintLength(txBytes) + txBytes
}

/** Bytes of a whole `mempool.Message` whose `Txs` takes `txsBytes`. */
export function encodedMessageBytes(txsBytes: number): number {
  return 1 + varintLength(txsBytes) + txsBytes
}

/** M of spec/reactors-and-messages.md section 1: what a mempool channel must be able to receive for transactions of up to `maxTxBytes`. */
export function recvMessageCapacity(maxTxBytes: number): number {
  return encodedMessageBytes(encodedTxBytes(maxTxBytes))
}
