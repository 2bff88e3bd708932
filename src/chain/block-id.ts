/** The id of a block: its header's hash and the root of its parts, because the same header may come in other bytes. */
import { type BlockID, partSetHeader } from '../wire/codec.ts'
import { compareBytes, equalBytes, toHex } from './bytes.ts'
import { HASH_BYTES } from './merkle.ts'

/** Names nothing: a nil vote's. */
export function isZeroBlockId(id: BlockID): boolean {
  return id.hash.length === 0 && id.partSetHeader.total === 0 && id.partSetHeader.hash.length === 0
}

/** Names a block. */
export function isCompleteBlockId(id: BlockID): boolean {
  return id.hash.length === HASH_BYTES && id.partSetHeader.total > 0 && id.partSetHeader.hash.length === HASH_BYTES
}

export function equalBlockIds(a: BlockID, b: BlockID): boolean {
  return (
    equalBytes(a.hash, b.hash) &&
    a.partSetHeader.total === b.partSetHeader.total &&
    equalBytes(a.partSetHeader.hash, b.partSetHeader.hash)
  )
}

/** The order in which duplicate votes must stand: hash, then the encoded part set header. */
export function compareBlockIds(a: BlockID, b: BlockID): number {
  return compareBytes(key(a), key(b))
}

function key(id: BlockID): Uint8Array {
  const parts = partSetHeader.encode(id.partSetHeader)
  const bytes = new Uint8Array(id.hash.length + parts.length)
  bytes.set(id.hash)
  bytes.set(parts, id.hash.length)
  return bytes
}

/** For messages to people. */
export function showBlockId(id: BlockID): string {
  return `${toHex(id.hash)}:${id.partSetHeader.total}:${toHex(id.partSetHeader.hash).slice(0, 12)}`
}
