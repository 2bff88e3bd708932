/** Our node as its users have it: `createLibp2p` with the `comet()` service, or `createNode` with the classic stack. The limits are those of nobody: one remote address, many peers. */
import { identify } from '@libp2p/identify'
import { createLibp2p } from 'libp2p'
import { type BaseReactor, comet, peerPolicy, type Switch } from '../../src/index.ts'
import { createNode } from '../../src/node/index.ts'
import type { Load } from '../cell.ts'
import { connectionManager, nodeOptions } from './libp2p-node.ts'

export const NETWORK = 'bench'
const LIMITS = { allowDuplicateIP: true, maxNumInboundPeers: 10_000, maxNumOutboundPeers: 10_000 } as const

export interface CometNode {
  /** Where others dial it. */
  addresses(): string[]
  readonly switch: Switch
  stop(): void | Promise<void>
}

/** A node with one reactor on the wire of the load; behind a bridge that is libp2p over TCP. */
export function cometNode(load: Load, reactor: BaseReactor, listens: boolean): Promise<CometNode> {
  return load.wire === 'classic' ? classicNode(reactor, listens) : libp2pNode(load, reactor, listens)
}

async function libp2pNode(load: Load, reactor: BaseReactor, listens: boolean): Promise<CometNode> {
  const policy = peerPolicy(LIMITS)
  const node = await createLibp2p({
    ...nodeOptions(load.wire === 'bridge' ? 'tcp' : load.wire, listens),
    connectionGater: policy.connectionGater(),
    connectionManager: policy.connectionManager(connectionManager),
    services: {
      identify: identify(),
      comet: comet({
        network: NETWORK,
        policy,
        streams: load.oneStream === true ? 'one' : 'channel',
        reactors: { BENCH: reactor }
      })
    }
  })
  return { addresses: () => node.getMultiaddrs().map(String), switch: node.services.comet, stop: () => node.stop() }
}

async function classicNode(reactor: BaseReactor, listens: boolean): Promise<CometNode> {
  const node = await createNode({
    ...LIMITS,
    network: NETWORK,
    stacks: ['comet'],
    listen: listens ? ['tcp://127.0.0.1:0'] : [],
    reactors: { BENCH: reactor }
  })
  return {
    addresses: () => [String(node.switch.nodeInfo().netAddress())],
    switch: node.switch,
    stop: () => node.stop()
  }
}
