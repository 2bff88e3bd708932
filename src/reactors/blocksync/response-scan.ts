/**
 * A look at a message of channel 0x40 before it is decoded (blocksync/reactor.go FilterMsgBytes): is it a BlockResponse, and how many signatures
 * does it carry? Walks tags and lengths only and allocates nothing, because a message of 100 MB may come from anybody.
 */

/** What was found; undefined where the bytes are no protobuf message. Signatures count over all occurrences of their parent. */
export interface ResponseScan {
  readonly isBlockResponse: boolean
  readonly commitSignatures: number
  readonly extendedSignatures: number
}

/** Field numbers on the way to the signatures (spec reactors-and-messages sections 3 and 8.1). */
const MESSAGE_BLOCK_RESPONSE = 3
const RESPONSE_BLOCK = 1
const RESPONSE_EXT_COMMIT = 2
const BLOCK_LAST_COMMIT = 4
const COMMIT_SIGNATURES = 4

export function scanBlocksyncMessage(bytes: Uint8Array): ResponseScan | undefined {
  let isBlockResponse = false
  let commitSignatures = 0
  let extendedSignatures = 0
  const signature = (count: () => void) => (number: number) => {
    if (number === COMMIT_SIGNATURES) count()
    return true
  }
  const inBlock: Visit = (number, from, to) =>
    number !== BLOCK_LAST_COMMIT ||
    walk(
      bytes,
      from,
      to,
      signature(() => commitSignatures++)
    )
  const inResponse: Visit = (number, from, to) => {
    if (number === RESPONSE_BLOCK) return walk(bytes, from, to, inBlock)
    if (number !== RESPONSE_EXT_COMMIT) return true
    return walk(
      bytes,
      from,
      to,
      signature(() => extendedSignatures++)
    )
  }
  const inMessage: Visit = (number, from, to) => {
    if (number !== MESSAGE_BLOCK_RESPONSE) return true
    isBlockResponse = true
    return walk(bytes, from, to, inResponse)
  }
  if (!walk(bytes, 0, bytes.length, inMessage)) return undefined
  return { isBlockResponse, commitSignatures, extendedSignatures }
}

/** Called for each length-delimited field with where its content lies; false ends the walk as malformed. */
type Visit = (number: number, from: number, to: number) => boolean

/** Visits the length-delimited fields of a message at `from..to`; false if it is malformed. Groups, which nobody sends, count as malformed. */
function walk(bytes: Uint8Array, from: number, to: number, visit: Visit): boolean {
  let at = from
  while (at < to) {
    const tag = uvarint(bytes, at, to)
    if (tag === undefined) return false
    at = tag.next
    const wireType = tag.value % 8
    if (wireType === 0) {
      const value = uvarint(bytes, at, to)
      if (value === undefined) return false
      at = value.next
    } else if (wireType === 1 || wireType === 5) at += wireType === 1 ? 8 : 4
    else if (wireType === 2) {
      const length = uvarint(bytes, at, to)
      if (length === undefined || length.value > to - length.next) return false
      if (!visit(Math.floor(tag.value / 8), length.next, length.next + length.value)) return false
      at = length.next + length.value
    } else return false
    if (at > to) return false
  }
  return true
}

/** Up to 10 bytes; a value above 2^53 is inexact, which no length or tag may be anyway. */
function uvarint(bytes: Uint8Array, from: number, to: number): { value: number; next: number } | undefined {
  let value = 0
  let scale = 1
  for (let at = from; at < to && at < from + 10; at++) {
    const byte = bytes[at]!
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return { value, next: at + 1 }
    scale *= 128
  }
  return undefined
}
