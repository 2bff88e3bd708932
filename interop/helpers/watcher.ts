/** A reactor without channels that notes which peers come and go, and why: what the tests wait for on our side. */
import type { Peer } from '../../src/index.ts'
import { BaseReactor } from '../../src/reactors/index.ts'
import { until } from './until.ts'

export interface Departure {
  readonly peer: Peer
  readonly reason: unknown
}

export class Watcher extends BaseReactor {
  readonly added: Peer[] = []
  readonly removed: Departure[] = []
  /** Called as each is added and removed, in that order. */
  onChange: (change: 'added' | 'removed', peer: Peer, reason?: unknown) => void = () => {}

  constructor() {
    super('WATCHER')
  }

  override addPeer(peer: Peer): void {
    this.added.push(peer)
    this.onChange('added', peer)
  }

  override removePeer(peer: Peer, reason: unknown): void {
    this.removed.push({ peer, reason })
    this.onChange('removed', peer, reason)
  }

  /** The first peer of that node that has not left again. */
  async peerOf(nodeId: string, timeoutMs = 20_000): Promise<Peer> {
    return await until(
      `${nodeId} is a peer of ours`,
      () => this.added.find((peer) => peer.id() === nodeId && peer.isRunning()),
      { timeoutMs }
    )
  }

  /** How the first peer of that PeerId left. */
  async departureOf(peerId: string, timeoutMs = 20_000): Promise<Departure> {
    return await until(`${peerId} leaves`, () => this.removed.find(({ peer }) => String(peer.peerId()) === peerId), {
      timeoutMs
    })
  }
}
