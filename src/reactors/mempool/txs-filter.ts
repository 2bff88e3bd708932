/**
 * What a mempool message must look like before it is decoded (mempool/filter.go, spec/reactors-and-messages.md section 9): one walk over the
 * bytes, no allocation, so that a message of two million empty transactions costs its sender the connection and us nothing.
 *
 * Two rules are stricter than Go's: a field tag must fit 32 bits (a longer one is read as another field by some decoders, ours included), and one
 * message carries at most {@link MAX_TXS_PER_MESSAGE} transactions (each costs memory once decoded, however short it is).
 */
import { DecodeError, ProtocolViolationError } from '../../errors.ts'

/** Ours. Go's own senders stay far below: one transaction a message, or batches of real ones up to 4 MiB. */
export const MAX_TXS_PER_MESSAGE = 65_536

const FIELD_TXS = 1
const FIELD_TX = 1
const WIRE_VARINT = 0
const WIRE_FIXED64 = 1
const WIRE_BYTES = 2
const WIRE_FIXED32 = 5
const MAX_VARINT_BYTES = 10

export interface TxsLimits {
  /** The longest transaction accepted, bytes. */
  readonly maxTxBytes: number
  /** The most all transactions of one message may have together, bytes; never less than `maxTxBytes`. */
  readonly maxBatchBytes: number
}

/** Undefined if `bytes` is an acceptable `mempool.Message`, else what is wrong with it. */
export function checkTxsBytes(bytes: Uint8Array, limits: TxsLimits): Error | undefined {
  const tally = { count: 0, bytes: 0 }
  const countTx = (length: number) => count(length, limits, tally)
  const at: Position = { bytes, offset: 0 }
  try {
    eachField(at, bytes.length, FIELD_TXS, (length) => eachField(at, at.offset + length, FIELD_TX, countTx))
    if (tally.count === 0) throw new ProtocolViolationError('mempool message: no transaction in it')
    return undefined
  } catch (err) {
    return err as Error
  }
}

function count(
  txBytes: number,
  { maxTxBytes, maxBatchBytes }: TxsLimits,
  tally: { count: number; bytes: number }
): void {
  if (txBytes === 0) throw new ProtocolViolationError('mempool message: an empty transaction')
  if (txBytes > maxTxBytes)
    throw new ProtocolViolationError(
      `mempool message: a transaction of ${txBytes} bytes, at most ${maxTxBytes} allowed`
    )
  tally.count++
  tally.bytes += txBytes
  const most = Math.max(maxTxBytes, maxBatchBytes)
  if (tally.bytes > most)
    throw new ProtocolViolationError(`mempool message: more than ${most} bytes of transactions in one message`)
  if (tally.count > MAX_TXS_PER_MESSAGE)
    throw new ProtocolViolationError(`mempool message: more than ${MAX_TXS_PER_MESSAGE} transactions in one message`)
}

/** Walks the fields up to `end`, calling `visit` at the first byte of each length-delimited one numbered `wanted`; bounds are checked in all. */
function eachField(at: Position, end: number, wanted: number, visit: (length: number) => void): void {
  while (at.offset < end) {
    const tag = readVarint(at, end)
    const field = Math.floor(tag / 8)
    if (tag >= 2 ** 32 || field === 0) throw malformed(at, `illegal field tag ${tag}`)
    const wireType = tag % 8
    if (wireType === WIRE_BYTES) {
      const length = readVarint(at, end)
      const from = at.offset
      skip(at, end, length)
      if (field === wanted) {
        at.offset = from
        visit(length)
        at.offset = from + length
      }
    } else if (wireType === WIRE_VARINT) readVarint(at, end)
    else if (wireType === WIRE_FIXED64) skip(at, end, 8)
    else if (wireType === WIRE_FIXED32) skip(at, end, 4)
    else throw malformed(at, `wire type ${wireType}`)
  }
}

interface Position {
  readonly bytes: Uint8Array
  offset: number
}

/** Above 2^53 the value is inexact, and then far beyond any bound it is compared with. */
function readVarint(at: Position, end: number): number {
  let value = 0
  let scale = 1
  for (let i = 0; i < MAX_VARINT_BYTES; i++) {
    if (at.offset >= end) throw malformed(at, 'ends inside a number')
    const byte = at.bytes[at.offset++] as number
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 128
  }
  throw malformed(at, `a number of more than ${MAX_VARINT_BYTES} bytes`)
}

function skip(at: Position, end: number, length: number): void {
  if (length > end - at.offset) throw malformed(at, `a field of ${length} bytes where ${end - at.offset} are left`)
  at.offset += length
}

function malformed(at: Position, why: string): DecodeError {
  return new DecodeError(`mempool message: ${why} (at byte ${at.offset} of ${at.bytes.length})`)
}
