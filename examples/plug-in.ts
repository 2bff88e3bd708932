// A reactor of one's own in one's own libp2p node. Run: node examples/plug-in.ts
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { BaseReactor, comet, type Envelope, type Peer } from 'comet-libp2p'
import { createLibp2p } from 'libp2p'

const text = { typeName: 'Text', encode: (m: string) => Buffer.from(m), decode: (b: Uint8Array) => `${Buffer.from(b)}` }

class Greeter extends BaseReactor {
  readonly greeted = Promise.withResolvers<string>()
  override getChannels = () => [{ id: 0x70, priority: 1, messageType: text }]
  override addPeer = async (peer: Peer) => void (await peer.send({ channelId: 0x70, message: 'hello' }))
  override receive = ({ src, message }: Envelope) => this.greeted.resolve(`${src?.id().slice(0, 8)} says ${message}`)
}

const startNode = (greeter: Greeter) =>
  createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: { comet: comet({ network: 'my-chain', reactors: { GREETER: greeter } }) }
  })

const greeter = new Greeter('GREETER')
const [a, b] = [await startNode(greeter), await startNode(new Greeter('GREETER'))]
await a.services.comet.dialPeerWithAddress(b.getMultiaddrs()[0]!)
console.log(await greeter.greeted.promise)
await Promise.all([a.stop(), b.stop()])
