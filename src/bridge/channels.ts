/**
 * The channels that a bridge relays: all of a standard node's but peer exchange, which would tell either network addresses of the other (spec/bridge.md). With
 * Go's priorities, queues and limits (spec/reactors-and-messages.md section 1). Messages pass as bytes: nothing is decoded but what the bridge itself needs.
 */
import type { ChannelDescriptor, MessageType } from '../interface/channel.ts'

export const STATE_CHANNEL = 0x20

/** Messages that may wait for a slow half, per channel. Ours: Go's own queues, but at least 100, so that a burst does not stop the other half's reading. */
const MIN_QUEUE = 100

const rawBytes: MessageType<Uint8Array> = {
  typeName: 'bytes',
  encode: (message) => message,
  decode: (bytes) => bytes
}

/** [id, priority, send queue, longest message] */
const TABLE: ReadonlyArray<readonly [id: number, priority: number, sendQueue: number, recvMessage: number]> = [
  [STATE_CHANNEL, 6, 100, 1_048_576],
  [0x21, 10, 100, 1_048_576],
  [0x22, 7, 100, 1_048_576],
  [0x23, 1, 2, 1_048_576],
  [0x30, 5, 1, 22_020_096],
  [0x38, 6, 1, 1_048_576],
  [0x40, 5, 1_000, 104_857_605],
  [0x60, 5, 10, 4_000_000],
  [0x61, 3, 10, 16_000_000]
]

export const bridgeChannels: readonly ChannelDescriptor<Uint8Array>[] = TABLE.map(
  ([id, priority, sendQueue, recvMessageCapacity]) => ({
    id,
    priority,
    sendQueueCapacity: Math.max(sendQueue, MIN_QUEUE),
    recvMessageCapacity,
    messageType: rawBytes
  })
)
