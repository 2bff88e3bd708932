/**
 * Two reactors face to face: every message is encoded by one's channel and decoded by the other's, delivered in order in later turns, and nothing else of a
 * switch is there. What the reactors ask of their switch is written down. The whole stack is in the end-to-end tests.
 */

import type { Envelope } from '../../../src/interface/envelope.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import type { Reactor } from '../../../src/interface/reactor.ts'
import type { Switch } from '../../../src/interface/switch.ts'
import type { BaseReactor } from '../../../src/reactors/base-reactor.ts'
import { BLOCKSYNC_CHANNEL, blocksyncChannel } from '../../../src/reactors/blocksync/channels.ts'

export interface Stop {
  /** Whom. */
  id: string
  reason: any
}

/** One node: a reactor and the switch it believes in. */
export class LoopNode {
  readonly id: string
  readonly reactor: BaseReactor
  /** What the reactor stopped, in order. */
  readonly stops: Stop[] = []
  readonly peers = new Map<string, LoopPeer>()
  /** Others that `switch.reactor(name)` finds. */
  readonly others: Record<string, object> = {}
  onStop: ((stop: Stop) => void) | undefined

  constructor(id: string, reactor: BaseReactor) {
    this.id = id
    this.reactor = reactor
    const self = this
    const sw: Partial<Switch> = {
      reactor: (name) => self.others[name] as Reactor | undefined,
      async stopPeerForError(peer, reason) {
        const stop = { id: peer.id(), reason }
        self.stops.push(stop)
        self.disconnect(peer.id(), reason)
        self.onStop?.(stop)
      }
    }
    reactor.getChannels()
    reactor.setSwitch(sw as Switch)
  }

  async connect(other: LoopNode): Promise<void> {
    const here = new LoopPeer(other.id, this, other)
    const there = new LoopPeer(this.id, other, this)
    this.peers.set(other.id, here)
    other.peers.set(this.id, there)
    await this.reactor.initPeer(here as unknown as Peer)
    await other.reactor.initPeer(there as unknown as Peer)
    await this.reactor.addPeer(here as unknown as Peer)
    await other.reactor.addPeer(there as unknown as Peer)
  }

  disconnect(id: string, reason: unknown = { kind: 'communication', message: 'cut' }): void {
    const peer = this.peers.get(id)
    if (peer === undefined) return
    this.peers.delete(id)
    peer.running = false
    void this.reactor.removePeer(peer as unknown as Peer, reason)
    peer.there.disconnect(this.id)
  }

  /** Bytes from `from` reach this node's reactor. */
  deliver(from: string, bytes: Uint8Array): void {
    const src = this.peers.get(from) as unknown as Peer | undefined
    if (src === undefined || !this.reactor.isRunning()) return
    const refused = (this.reactor as Reactor).filterMsgBytes?.(BLOCKSYNC_CHANNEL, src, bytes)
    if (refused !== undefined) {
      const reason = { kind: 'protocol', message: refused.message, cause: refused }
      this.stops.push({ id: from, reason })
      this.disconnect(from, reason)
      return
    }
    void this.reactor.receive({
      src,
      channelId: BLOCKSYNC_CHANNEL,
      message: blocksyncChannel.messageType.decode(bytes)
    })
  }
}

/** What one node holds of another. */
export class LoopPeer {
  readonly there: LoopNode
  readonly sent: any[] = []
  running = true
  receivedBytes = 0
  queued = 0
  /** False: trySend refuses. */
  accepts = true
  readonly #id: string
  readonly #here: LoopNode

  constructor(id: string, here: LoopNode, there: LoopNode) {
    this.#id = id
    this.#here = here
    this.there = there
  }

  id(): string {
    return this.#id
  }

  isRunning(): boolean {
    return this.running
  }

  status() {
    const { receivedBytes } = this
    return { receivedBytes, channels: [{ id: BLOCKSYNC_CHANNEL, sendQueueSize: this.queued }] }
  }

  trySend({ message }: Envelope): boolean {
    if (!this.running || !this.accepts) return false
    this.sent.push(message)
    const bytes = blocksyncChannel.messageType.encode(message as never)
    setImmediate(() => {
      const back = this.there.peers.get(this.#here.id)
      if (back === undefined || !this.running) return
      back.receivedBytes += bytes.length
      this.there.deliver(this.#here.id, bytes)
    })
    return true
  }
}
