/**
 * How two nodes of this library know each other on the classic stack (docs/protocol.md section 11): a field of NodeInfo that Go does not know and therefore skips
 * (gogoproto, spec/identity-and-addresses.md section 6). Whoever sends it gives a verdict after NodeInfo, and understands one.
 */
import protobuf from 'protobufjs/minimal.js'
import { DecodeError } from '../../errors.ts'
import { encodeNodeInfo, MAX_NODE_INFO_BYTES } from '../../identity/node-info.ts'
import type { NodeInfo } from '../../interface/node-info.ts'

/** Far from those that CometBFT may come to use. */
const FIELD = 1_001
/** Of what follows NodeInfo between our own nodes. A higher one of the remote's is fine. */
const VERSION = 1
/** The field as it stands at the end: tag (varint) and value. */
const MARK = Uint8Array.of(0xc8, 0x3e, VERSION)

/** NodeInfo with the mark behind it; without, if the whole would be longer than Go accepts. Throws `EncodeError`. */
export function encodeMarkedNodeInfo(info: NodeInfo): Uint8Array {
  const encoded = encodeNodeInfo(info)
  if (encoded.length + MARK.length > MAX_NODE_INFO_BYTES) return encoded
  const marked = new Uint8Array(encoded.length + MARK.length)
  marked.set(encoded)
  marked.set(MARK, encoded.length)
  return marked
}

/** Does this NodeInfo, which has been decoded as such, carry the mark? */
export function isMarked(encoded: Uint8Array): boolean {
  try {
    const reader = protobuf.Reader.create(encoded)
    while (reader.pos < reader.len) {
      const tag = reader.uint32()
      if (tag === FIELD << 3) return reader.uint32() >= 1
      reader.skipType(tag & 7)
    }
    return false
  } catch (cause) {
    throw new DecodeError('NodeInfo: malformed', { cause })
  }
}
