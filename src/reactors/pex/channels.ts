/** The channel of peer exchange and the bounds of its lists (p2p/pex/pex_reactor.go, spec/addrbook-and-pex.md section 6). */
import type { ChannelDescriptor } from '../../interface/channel.ts'
import { type PexMessage, pexMessage } from '../../wire/channel-messages.ts'

export const PEX_CHANNEL = 0x00

/** p2p/pex/params.go maxMsgSize: 256 bytes for each address of the largest selection. */
export const MAX_MESSAGE_BYTES = 64_000
/** p2p/pex/params.go maxGetSelection: no honest node tells more at once. */
export const MAX_ADDRESSES = 250
/** Ours: each costs its receiver a signature to check. */
export const MAX_RECORDS = 100
/** Ours: a node with more says more than anybody needs to reach it. */
export const MAX_ADDRESSES_PER_RECORD = 8

export function pexChannel(): ChannelDescriptor<PexMessage> {
  return {
    id: PEX_CHANNEL,
    priority: 1,
    sendQueueCapacity: 10,
    recvMessageCapacity: MAX_MESSAGE_BYTES,
    messageType: pexMessage
  }
}
