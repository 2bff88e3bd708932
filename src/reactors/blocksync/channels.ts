/**
 * Channel 0x40 (spec reactors-and-messages sections 1 and 8.1). What the reactor sends is a `BlocksyncMessage`, or a block straight from the
 * store: `StoredBlockResponse` goes on the wire without being decoded and encoded again.
 */
import { blockResponseBytes } from '../../chain/block-response.ts'
import type { ChannelDescriptor, MessageType } from '../../interface/channel.ts'
import { type BlocksyncMessage, blocksyncMessage } from '../../wire/codec.ts'

export const BLOCKSYNC_CHANNEL = 0x40

/** A block as stored: canonical bytes of a Block and, where extensions are enabled, of its ExtendedCommit. Sent only. */
export interface StoredBlockResponse {
  type: 'storedBlockResponse'
  block: Uint8Array
  extCommit?: Uint8Array
}

/** A block as it arrives, with the length of its message: what a peer's rate and the window's memory are counted in. */
export type ReceivedBlockResponse = Extract<BlocksyncMessage, { type: 'blockResponse' }> & { wireBytes?: number }

const messageType: MessageType<BlocksyncMessage | StoredBlockResponse> = {
  typeName: blocksyncMessage.typeName,
  encode: (message) =>
    message.type === 'storedBlockResponse'
      ? blockResponseBytes(message.block, message.extCommit)
      : blocksyncMessage.encode(message),
  decode(bytes) {
    const message = blocksyncMessage.decode(bytes)
    return message.type === 'blockResponse' ? Object.assign(message, { wireBytes: bytes.length }) : message
  }
}

/** blocksync/reactor.go GetChannels; the capacity is the largest block, and 5 bytes of framing. */
export const blocksyncChannel: ChannelDescriptor<BlocksyncMessage | StoredBlockResponse> = Object.freeze({
  id: BLOCKSYNC_CHANNEL,
  priority: 5,
  sendQueueCapacity: 1_000,
  recvMessageCapacity: 104_857_605,
  messageType
})
