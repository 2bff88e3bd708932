/**
 * The connected peers. `snapshot()` is immutable and cheap: it is rebuilt only after the set changed (requirements D-3, R-53).
 */
import type { Random } from '../interface/clock.ts'
import type { NodeId } from '../interface/node-info.ts'
import type { Peer, PeerSet } from '../interface/peer.ts'

export class MutablePeerSet {
  readonly #byId = new Map<NodeId, Peer>()
  readonly #random: Random
  #snapshot: PeerSet | undefined

  constructor(random: Random) {
    this.#random = random
  }

  add(id: NodeId, peer: Peer): void {
    this.#byId.set(id, peer)
    this.#snapshot = undefined
  }

  delete(id: NodeId, peer: Peer): void {
    if (this.#byId.get(id) !== peer) return
    this.#byId.delete(id)
    this.#snapshot = undefined
  }

  snapshot(): PeerSet {
    this.#snapshot ??= new Snapshot(this.#byId, this.#random)
    return this.#snapshot
  }
}

class Snapshot implements PeerSet {
  readonly #byId: ReadonlyMap<NodeId, Peer>
  readonly #list: readonly Peer[]
  readonly #random: Random

  constructor(byId: ReadonlyMap<NodeId, Peer>, random: Random) {
    this.#byId = new Map(byId)
    this.#list = [...byId.values()]
    this.#random = random
  }

  get size(): number {
    return this.#list.length
  }

  has(id: NodeId): boolean {
    return this.#byId.has(id)
  }

  get(id: NodeId): Peer | undefined {
    return this.#byId.get(id)
  }

  list(): Peer[] {
    return [...this.#list]
  }

  random(): Peer | undefined {
    return this.#list[Math.floor(this.#random() * this.#list.length)]
  }

  [Symbol.iterator](): Iterator<Peer> {
    return this.#list[Symbol.iterator]()
  }
}
