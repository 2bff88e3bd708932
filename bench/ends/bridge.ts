/**
 * A bridge between two nodes of ours: `Bridge` in a node with both stacks, as `comet-libp2p bridge` has it. It dials both ends: the sender listens on the classic stack, the
 * receiver on libp2p over TCP.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Bridge, type BridgePair, bridgeSwitchOptions } from '../../src/bridge/bridge.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import type { Peer } from '../../src/index.ts'
import { createNode } from '../../src/node/index.ts'
import type { Load } from '../cell.ts'
import { cometNode, NETWORK } from './comet-node.ts'
import type { SendingEnd } from './end.ts'
import { BenchReactor, OursSender } from './ours.ts'

const JOIN_TIMEOUT_MS = 10_000

/** Resolves when the two are joined. */
export async function joinByBridge(pair: BridgePair): Promise<void> {
  const bridge = new Bridge({ pairs: [pair] })
  const node = await createNode({
    ...bridgeSwitchOptions,
    stacks: ['libp2p', 'comet'],
    listen: [],
    network: NETWORK,
    reactors: bridge.reactors(),
    goInFlight: 1,
    maxNumInboundPeers: 0,
    maxNumOutboundPeers: 0,
    unconditionalPeerIDs: [pair.classic, pair.lp2p].map((address) => parseNetAddress(address).id),
    allowDuplicateIP: true
  })
  bridge.start(node.switch)
  const deadline = performance.now() + JOIN_TIMEOUT_MS
  for (;;) {
    const [status] = bridge.status()
    if (status?.state === 'relaying') return
    if (performance.now() > deadline)
      throw new Error(`the bridge does not join its pair: ${status?.lastEnd ?? status?.state}`)
    await pause(5)
  }
}

/** A sender that the bridge dials. */
export interface BridgedSender {
  readonly addresses: string[]
  /** Resolves with the end once the bridge is its peer. */
  connected(): Promise<SendingEnd>
}

export async function bridgedSender(load: Load): Promise<BridgedSender> {
  const reactor = new DialledReactor(load)
  const node = await cometNode({ ...load, wire: 'classic' }, reactor, true)
  return { addresses: node.addresses(), connected: async () => new OursSender(load, await reactor.peer) }
}

class DialledReactor extends BenchReactor {
  readonly #peer = Promise.withResolvers<Peer>()

  get peer(): Promise<Peer> {
    return this.#peer.promise
  }

  override addPeer(peer: Peer): void {
    this.#peer.resolve(peer)
  }
}
