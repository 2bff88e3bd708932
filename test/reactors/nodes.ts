/** Nodes of a memory network, each a real Switch with the reactors a test gives it. */
import { nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import type { Logger } from '../../src/interface/logger.ts'
import type { Peer } from '../../src/interface/peer.ts'
import type { Reactor } from '../../src/interface/reactor.ts'
import { MemoryNetwork } from '../../src/stacks/memory/network.ts'
import { MemoryStack } from '../../src/stacks/memory/stack.ts'
import { CometSwitch } from '../../src/switch/switch.ts'

export interface Node {
  readonly sw: CometSwitch
  readonly address: string
}

/** One running node per entry of `reactors`, connected as `links` says: [dialler, listener]. */
export async function startNodes(
  reactors: Array<Record<string, Reactor>>,
  links: Array<[number, number]>,
  options: { seed?: number; latencyMs?: number; logger?: Logger } = {}
): Promise<Node[]> {
  const { logger, ...init } = options
  const network = new MemoryNetwork(init)
  const nodes = reactors.map((own, index) => {
    const nodeKey = nodeKeyFromSeed(new Uint8Array(32).fill(index + 1))
    const stack = new MemoryStack({ network, nodeKey, host: `node${index}` })
    const sw = new CometSwitch({
      nodeKey,
      stacks: [stack],
      network: 'test-chain',
      reactors: own,
      ...(logger && { logger })
    })
    return { sw, address: String(stack.address) }
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
