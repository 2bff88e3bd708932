// A reactor of one's own in one's own libp2p node. Run: node examples/plug-in.ts
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { BaseReactor, comet, type Envelope, type Peer, peerPolicy } from 'comet-libp2p'
import { createLibp2p } from 'libp2p'

const text = {
  typeName: 'Text',
  encode: (m: string) => new TextEncoder().encode(m),
  decode: (b: Uint8Array) => new TextDecoder().decode(b)
}

class Greeter extends BaseReactor {
  readonly greeted = Promise.withResolvers<string>()
  override getChannels = () => [{ id: 0x70, priority: 1, messageType: text }]
  override addPeer = async (peer: Peer) => void (await peer.send({ channelId: 0x70, message: 'hello' }))
  override receive = ({ src, message }: Envelope) => this.greeted.resolve(`${src?.id().slice(0, 8)} says ${message}`)
}

async function startNode(greeter: Greeter) {
  const policy = peerPolicy({ mode: 'shared', allowDuplicateIP: true })
  return await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    services: { identify: identify(), comet: comet({ network: 'my-chain', policy, reactors: { GREETER: greeter } }) }
  })
}

const greeter = new Greeter('GREETER')
const [a, b] = [await startNode(greeter), await startNode(new Greeter('GREETER'))]
await a.services.comet.dialPeerWithAddress(b.getMultiaddrs()[0]!)
console.log(await greeter.greeted.promise)
await a.stop()
await b.stop()
