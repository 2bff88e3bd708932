/** The channels of consensus as other nodes know them (consensus/reactor.go GetChannels, spec/reactors-and-messages.md section 1). */
import type { ChannelDescriptor } from '../../interface/channel.ts'
import { type ConsensusMessage, consensusMessage } from '../../wire/consensus-message.ts'

export const STATE_CHANNEL = 0x20
export const DATA_CHANNEL = 0x21
export const VOTE_CHANNEL = 0x22
export const VOTE_SET_BITS_CHANNEL = 0x23

/** consensus/reactor.go maxMsgSize. */
const MAX_MESSAGE_BYTES = 1_048_576

/** All four, in the order of their ids. */
export function consensusChannels(): ChannelDescriptor<ConsensusMessage>[] {
  const common = { recvMessageCapacity: MAX_MESSAGE_BYTES, messageType: consensusMessage }
  return [
    { id: STATE_CHANNEL, priority: 6, sendQueueCapacity: 100, ...common },
    { id: DATA_CHANNEL, priority: 10, sendQueueCapacity: 100, ...common },
    { id: VOTE_CHANNEL, priority: 7, sendQueueCapacity: 100, ...common },
    { id: VOTE_SET_BITS_CHANNEL, priority: 1, sendQueueCapacity: 2, ...common }
  ]
}
