/** The mempool's channel as other nodes know it (mempool/reactor.go GetChannels, spec/reactors-and-messages.md section 1). */
import type { ChannelDescriptor } from '../../interface/channel.ts'
import { type MempoolMessage, mempoolMessage } from '../../wire/channel-messages.ts'
import { recvMessageCapacity } from './txs-size.ts'

export const MEMPOOL_CHANNEL = 0x30

/** `maxTxBytes` decides how long a message may be; `maxBatchBytes` where the chain's nodes send batches longer than that. */
export function mempoolChannel(maxTxBytes: number, maxBatchBytes: number): ChannelDescriptor<MempoolMessage> {
  return {
    id: MEMPOOL_CHANNEL,
    priority: 5,
    recvMessageCapacity: recvMessageCapacity(Math.max(maxTxBytes, maxBatchBytes)),
    messageType: mempoolMessage
  }
}
