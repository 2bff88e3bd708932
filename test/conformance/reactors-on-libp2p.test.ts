/** The reactor suite on libp2p nodes over loopback: TCP, WebSockets and QUIC, each node made as a user makes it. */
import { identify } from '@libp2p/identify'
import { createLibp2p, type Libp2p } from 'libp2p'
import { comet, peerPolicy, type Switch } from '../../src/index.ts'
import { LISTEN, needs, type Transport, transportOptions } from '../stacks/libp2p/nodes.ts'
import { type NodeUnderTest, reactorSuite } from './reactor-api.ts'

/** Where nobody listens. */
const NOWHERE: Readonly<Record<Transport, string>> = {
  tcp: '/ip4/127.0.0.1/tcp/1',
  ws: '/ip4/127.0.0.1/tcp/1/ws',
  quic: '/ip4/127.0.0.1/udp/1/quic-v1'
}

for (const kind of ['tcp', 'ws', 'quic'] as const) {
  if (needs(kind).skip !== undefined) continue
  reactorSuite(`libp2p over ${kind}`, {
    stack: 'libp2p',
    timeoutMs: 60_000,
    async setup() {
      const nodes = new Map<NodeUnderTest, Libp2p>()
      const libp2pOf = (node: NodeUnderTest) => nodes.get(node) as Libp2p
      return {
        async createNode({ moniker, switch: options, policy: limits }) {
          const policy = peerPolicy(limits)
          const libp2p = await createLibp2p({
            start: false,
            addresses: { listen: [LISTEN[kind]] },
            ...(await transportOptions(kind)),
            connectionGater: policy.connectionGater(),
            connectionManager: policy.connectionManager(),
            services: { identify: identify(), comet: comet({ ...options, moniker, policy }) }
          })
          // known after stop too
          let address = ''
          const node: NodeUnderTest = {
            sw: libp2p.services.comet as Switch,
            async start() {
              await libp2p.start()
              address = String(libp2p.getMultiaddrs()[0])
            },
            async stop() {
              await libp2p.services.comet.stop()
              await libp2p.stop()
            },
            address: (as) => (as === undefined ? address : address.replace(/p2p\/.*$/, `p2p/${libp2pOf(as).peerId}`))
          }
          nodes.set(node, libp2p)
          return node
        },
        lose(a, b) {
          for (const [from, to] of [
            [a, b],
            [b, a]
          ] as const)
            for (const connection of libp2pOf(from).getConnections(libp2pOf(to).peerId))
              connection.abort(new Error('lost'))
        },
        nowhere: (as) => `${NOWHERE[kind]}/p2p/${libp2pOf(as).peerId}`,
        teardown: async () => {}
      }
    }
  })
}
