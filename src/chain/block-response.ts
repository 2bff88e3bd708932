/**
 * BlockResponse messages made straight from stored bytes, so that serving a block neither decodes nor encodes it. The plain twin is
 * `blocksyncMessage.encode`; a test holds the two equal.
 */

/** Field 3 of blocksync.Message, length-delimited. */
const BLOCK_RESPONSE_TAG = 0x1a
/** Fields 1 and 2 of BlockResponse, length-delimited. */
const BLOCK_TAG = 0x0a
const EXT_COMMIT_TAG = 0x12

/** `blocksync.Message` around the bytes of a BlockResponse. */
export function envelopeOfBlockResponse(response: Uint8Array): Uint8Array {
  return concat([field(BLOCK_RESPONSE_TAG, response.length), response])
}

/** `blocksync.Message { block_response }` of an encoded Block and, where there is one, an encoded ExtendedCommit. */
export function blockResponseBytes(block: Uint8Array, extCommit: Uint8Array | undefined): Uint8Array {
  const parts = [field(BLOCK_TAG, block.length), block]
  if (extCommit !== undefined) parts.push(field(EXT_COMMIT_TAG, extCommit.length), extCommit)
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return concat([field(BLOCK_RESPONSE_TAG, length), ...parts])
}

function field(tag: number, length: number): Uint8Array {
  const bytes = [tag]
  let rest = length
  while (rest >= 0x80) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
