/** Real libp2p nodes on loopback with the DHT of a network and a switch, and ways to wait for what they come to. */
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p, type Libp2p, type Libp2pOptions } from 'libp2p'
import { type CometInit, comet, type PeerPolicyOptions, peerPolicy, type Switch } from '../../../src/index.ts'
import { type CometDht, type CometDhtInit, cometDht } from '../../../src/stacks/libp2p/dht/network-dht.ts'
import { TextReactor } from '../../helpers/text-reactor.ts'

export interface DhtNodeInit {
  network?: string
  /** @default a server that takes loopback addresses; false: a node without DHT */
  dht?: Partial<CometDhtInit> | false
  policy?: PeerPolicyOptions
  comet?: Partial<CometInit>
  libp2p?: Libp2pOptions
}

export interface DhtNode {
  readonly libp2p: Libp2p
  readonly sw: Switch
  readonly dht: CometDht
  readonly reactor: TextReactor
  readonly id: string
  /** Where others find it first. */
  readonly bootstrap: string[]
  stop(): Promise<void>
}

export async function startDhtNode(init: DhtNodeInit = {}): Promise<DhtNode> {
  const { network = 'chain', dht = {} } = init
  const policy = peerPolicy({ allowDuplicateIP: true, maxNumOutboundPeers: 3, ...init.policy })
  const reactor = new TextReactor()
  const libp2p = await createLibp2p({
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(),
    connectionMonitor: { enabled: false },
    ...init.libp2p,
    services: {
      identify: identify(),
      ...init.libp2p?.services,
      comet: comet({ network, policy, reactors: { TEXT: reactor }, ...init.comet }),
      // after the switch on purpose: the order of services must not matter
      ...(dht === false ? {} : { cometDht: cometDht({ network, strict: false, ...dht }) })
    }
  })
  const services = libp2p.services as unknown as { comet: Switch; cometDht: CometDht }
  return {
    libp2p,
    sw: services.comet,
    dht: services.cometDht,
    reactor,
    id: services.comet.nodeInfo().id,
    get bootstrap() {
      return libp2p.getMultiaddrs().map(String)
    },
    stop: async () => await libp2p.stop()
  }
}

/** At its outbound target, or connected with every other there is. */
export function isSettled({ sw }: DhtNode, others: number): boolean {
  return sw.numPeers().outbound === sw.maxNumOutboundPeers() || sw.peers().size === others
}

/** Waits for what no event tells. The test's own timeout is its bound. */
export async function met(question: () => boolean): Promise<void> {
  while (!question()) await new Promise((resolve) => setTimeout(resolve, 5))
}

export async function stopAll(nodes: ReadonlyArray<{ stop(): Promise<void> | void }>): Promise<void> {
  await Promise.all(nodes.map((node) => node.stop()))
}
