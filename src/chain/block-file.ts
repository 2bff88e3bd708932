/**
 * Recordings of chains: `blocksync.BlockResponse` messages one after another, each behind a uvarint of its length, as the recorder under
 * interop/ writes them. Tests and the command line load them into stores.
 */
import { DecodeError } from '../errors.ts'
import { type BlocksyncMessage, blocksyncMessage } from '../wire/codec.ts'
import { envelopeOfBlockResponse } from './block-response.ts'

export type BlockResponse = Extract<BlocksyncMessage, { type: 'blockResponse' }>

/** One block of a recording, and its own bytes. */
export interface RecordedBlock {
  /** The whole BlockResponse, as recorded. */
  readonly bytes: Uint8Array
  readonly response: BlockResponse
}

/** Reads a recording (not compressed), block by block. `DecodeError` where it is cut or not a recording. */
export function* readBlockFile(bytes: Uint8Array): Generator<RecordedBlock> {
  let at = 0
  while (at < bytes.length) {
    const { value: length, next } = readUvarint(bytes, at)
    const end = next + length
    if (end > bytes.length)
      throw new DecodeError(`recording: ${length} bytes announced at ${at}, ${bytes.length - next} there`)
    const response = bytes.subarray(next, end)
    const message = blocksyncMessage.decode(envelopeOfBlockResponse(response))
    if (message.type !== 'blockResponse') throw new DecodeError(`recording: no block at ${at}`)
    yield { bytes: response, response: message }
    at = end
  }
}

/** Lengths fit 32 bits: no message is longer. */
function readUvarint(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) break
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return { value, next: from + i + 1 }
  }
  throw new DecodeError(`recording: no length at ${from}`)
}
