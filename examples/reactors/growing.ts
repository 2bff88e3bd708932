// A reactor that knows nothing of stacks: whoever dialled sends one byte, every answer is ten times as long, and at a million the peer is let go.
import { BaseReactor, type ChannelDescriptor, type Envelope, type Peer } from 'comet-libp2p'

const CHANNEL = 0x70
const LONGEST_BYTES = 1_000_000

const bytesType = { typeName: 'Bytes', encode: (m: Uint8Array) => m, decode: (b: Uint8Array) => b }

export class GrowingReactor extends BaseReactor {
  /** Settles when a peer has come and gone. */
  readonly done = Promise.withResolvers<void>()

  override getChannels(): ChannelDescriptor[] {
    return [{ id: CHANNEL, priority: 1, messageType: bytesType }]
  }

  override async addPeer(peer: Peer): Promise<void> {
    if (peer.isOutbound()) await peer.send({ channelId: CHANNEL, message: new Uint8Array(1) })
  }

  override async receive({ src, message }: Envelope): Promise<void> {
    const { length } = message as Uint8Array
    if (src === undefined) return
    if (length < LONGEST_BYTES) await src.send({ channelId: CHANNEL, message: new Uint8Array(10 * length) })
    else await this.switch.stopPeerGracefully(src)
  }

  override removePeer(): void {
    this.done.resolve()
  }
}
