/** A chain head as the datastore keeps it: JSON, so that it can be read with any tool; validator sets by their hash, stored once each. */
import { fromHex, toHex } from '../../chain/bytes.ts'
import type { ValidatorSet } from '../../chain/validator-set.ts'
import { BlockStoreError, type ChainHead } from './block-store.ts'

export function headToJSON(head: ChainHead): string {
  const { blockId, validators, lastValidators, commitHash } = head
  return JSON.stringify({
    chain_id: head.chainId,
    height: String(head.height),
    block_id: {
      hash: toHex(blockId.hash),
      parts: { total: blockId.partSetHeader.total, hash: toHex(blockId.partSetHeader.hash) }
    },
    time: { seconds: String(head.time.seconds), nanos: head.time.nanos },
    next_validators_hash: toHex(head.nextValidatorsHash),
    validators_known: validators !== undefined,
    ...(lastValidators === undefined ? {} : { last_validators_hash: toHex(lastValidators.hash()) }),
    ...(commitHash === undefined ? {} : { commit_hash: toHex(commitHash) })
  })
}

/** Reads it back; `setOf` finds a validator set by its hash in hex. Undefined where anything is missing or not what it was; a `BlockStoreError` of `setOf` passes. */
export async function headFromJSON(
  text: string,
  setOf: (hash: string) => Promise<ValidatorSet | undefined>
): Promise<ChainHead | undefined> {
  try {
    const json = JSON.parse(text)
    const validators = json.validators_known ? await setOf(json.next_validators_hash) : undefined
    const lastValidators = json.last_validators_hash ? await setOf(json.last_validators_hash) : undefined
    if (json.validators_known && validators === undefined) return undefined
    if (json.last_validators_hash && lastValidators === undefined) return undefined
    return {
      chainId: String(json.chain_id),
      height: BigInt(json.height),
      blockId: {
        hash: bytes(json.block_id.hash),
        partSetHeader: { total: Number(json.block_id.parts.total), hash: bytes(json.block_id.parts.hash) }
      },
      time: { seconds: BigInt(json.time.seconds), nanos: Number(json.time.nanos) },
      nextValidatorsHash: bytes(json.next_validators_hash),
      ...(validators === undefined ? {} : { validators }),
      ...(lastValidators === undefined ? {} : { lastValidators }),
      ...(json.commit_hash === undefined ? {} : { commitHash: bytes(json.commit_hash) })
    }
  } catch (err) {
    // a read that fails is no damage: what is taken for damaged is cut off for good
    if (err instanceof BlockStoreError) throw err
    return undefined
  }
}

function bytes(hex: unknown): Uint8Array {
  const value = typeof hex === 'string' ? fromHex(hex) : undefined
  if (value === undefined) throw new TypeError('not hex')
  return value
}
