/**
 * How many entries a message of this channel has, read off its bytes before anything is decoded: 64 000 bytes hold 32 000 empty addresses, which as objects are
 * megabytes. Pure. It walks the tags and lengths of two levels only; what it cannot read is left to the decoder, whose result is counted again.
 */
import { MAX_ADDRESSES, MAX_RECORDS } from './channels.ts'

/** Field numbers of src/proto/p2p.proto. */
const PEX_ADDRS = 2
const ADDRS = 1
const RECORDS = 100

/** Why a message must not be decoded; undefined where nothing is against it. */
export function listFault(bytes: Uint8Array): string | undefined {
  const count = { addresses: 0, records: 0 }
  eachDelimited(bytes, 0, bytes.length, (field, start, end) => {
    if (field !== PEX_ADDRS) return
    eachDelimited(bytes, start, end, (inner) => {
      if (inner === ADDRS) count.addresses++
      else if (inner === RECORDS) count.records++
    })
  })
  if (count.addresses > MAX_ADDRESSES)
    return `a list of ${count.addresses} addresses, at most ${MAX_ADDRESSES} are allowed`
  if (count.records > MAX_RECORDS) return `a list of ${count.records} records, at most ${MAX_RECORDS} are allowed`
  return undefined
}

/** Calls `found` for each length-delimited field, and ends at the first thing that cannot be read. */
function eachDelimited(
  bytes: Uint8Array,
  from: number,
  to: number,
  found: (field: number, start: number, end: number) => void
): void {
  let at = from
  // lengths may be padded, as protobufjs reads them: the lowest 32 bits count
  const varint = (): number => {
    let value = 0
    for (let i = 0; i < 10 && at < to; i++) {
      const byte = bytes[at++] as number
      if (i < 5) value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return value % 2 ** 32
    }
    at = to
    return 0
  }
  while (at < to) {
    const tag = varint()
    const wireType = tag % 8
    if (wireType === 0) varint()
    else if (wireType === 1) at += 8
    else if (wireType === 5) at += 4
    else if (wireType === 2) {
      const length = varint()
      if (at + length > to) return
      found(Math.floor(tag / 8), at, at + length)
      at += length
    } else return
  }
}
