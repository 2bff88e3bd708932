/**
 * The number of a signed peer record (libp2p's envelope; RFC 2 and 3), read off its bytes: of two records of one node the higher one is the newer. Pure. Whoever checked
 * the signature has parsed the same bytes with another reader, and the envelope around the signed payload can be put together anew by anybody; so this one reads only what
 * libraries write, each field once and in order, which no reader takes for anything else. Rejected: the number carried beside the record, which whoever keeps, stores
 * or passes on a record could lose or change.
 */
import { takeVarint, type VarintCursor } from '../util/varint.ts'

/** Fields of the envelope: key, payload type, payload, signature. */
const ENVELOPE_TAGS = [0x0a, 0x12, 0x1a, 0x2a]
const PAYLOAD = 2
/** Fields of the payload: the PeerId, and the number, which is left out where it is 0. */
const PEER_ID_TAG = 0x0a
const SEQ_TAG = 0x10
const MAX_UINT64 = 2n ** 64n - 1n

/** 0n where there is none to be read: any other record is as new. */
export function recordSeq(record: Uint8Array | undefined): bigint {
  if (record === undefined) return 0n
  const cursor = { offset: 0, value: 0 }
  const fields = ENVELOPE_TAGS.map((tag) => takeField(record, cursor, tag))
  const payload = fields[PAYLOAD]
  if (payload === undefined || fields.includes(undefined) || cursor.offset !== record.length) return 0n
  const inside = { offset: 0, value: 0 }
  if (takeField(payload, inside, PEER_ID_TAG) === undefined || payload[inside.offset] !== SEQ_TAG) return 0n
  return readUint64(payload, inside.offset + 1)
}

/** The bytes of a field that must be the next one. */
function takeField(bytes: Uint8Array, cursor: VarintCursor, tag: number): Uint8Array | undefined {
  if (bytes[cursor.offset] !== tag) return undefined
  cursor.offset++
  if (!takeVarint(bytes, cursor)) return undefined
  const start = cursor.offset
  cursor.offset += cursor.value
  return cursor.offset > bytes.length ? undefined : bytes.subarray(start, cursor.offset)
}

function readUint64(bytes: Uint8Array, start: number): bigint {
  let value = 0n
  for (let at = start, shift = 0n; at < bytes.length && shift < 70n; at++, shift += 7n) {
    value |= BigInt(bytes[at]! & 0x7f) << shift
    if (bytes[at]! < 0x80) return value <= MAX_UINT64 ? value : 0n
  }
  return 0n
}
