/** The name of a transaction inside the pool: SHA-256 of its bytes (spec/reactors-and-messages.md section 4). */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** 64 lower-case hex digits; Go prints the same in upper case. */
export type TxKey = string

/** The key of a transaction. */
export function txKey(tx: Uint8Array): TxKey {
  return bytesToHex(sha256(tx))
}
