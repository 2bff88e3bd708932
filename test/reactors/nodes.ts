/** Nodes of a memory network, each a real Switch with the reactors a test gives it. */
import type { Peer } from '../../src/interface/peer.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import type { Switch } from '../../src/interface/switch.ts'
import { createMemoryNetwork, type MemoryNetworkInit } from '../../src/testing/index.ts'

export interface Node {
  readonly sw: Switch
  readonly address: string
}

/** One running node per entry of `reactors`, connected as `links` says: [dialler, listener]. */
export async function startNodes(
  reactors: Array<Record<string, Reactor>>,
  links: Array<[number, number]>,
  init: MemoryNetworkInit = {}
): Promise<Node[]> {
  const network = createMemoryNetwork(init)
  const nodes = reactors.map((own) => {
    const sw = network.createSwitch({ network: 'test-chain', reactors: own })
    return { sw, address: String(sw.nodeInfo().netAddress()) }
  })
  await Promise.all(nodes.map(({ sw }) => sw.start()))
  for (const [from, to] of links) await (nodes[from] as Node).sw.dialPeerWithAddress((nodes[to] as Node).address)
  return nodes
}

export async function stopNodes(nodes: readonly Node[]): Promise<void> {
  await Promise.all(nodes.map(({ sw }) => sw.stop()))
}

/** Settles with the reason once `reactor` loses a peer. Must be called before the peer is added. */
export function nextRemoval(reactor: Reactor): Promise<{ peer: Peer; reason: unknown }> {
  const removePeer = reactor.removePeer.bind(reactor)
  return new Promise((resolve) => {
    reactor.removePeer = async (peer, reason) => {
      await removePeer(peer, reason)
      resolve({ peer, reason })
    }
  })
}
