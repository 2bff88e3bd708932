/**
 * The peers we are connected with, as the book sees them: their addresses on the way in, and those that are dialled first after a restart.
 */
import type { PeerRecords } from '../../interface/address-book.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import type { Intake } from './intake.ts'
import type { PexDialer } from './pex-dialer.ts'
import type { PexParts } from './pex-parts.ts'
import { reportedAddress } from './reported-address.ts'
import { sourceOf } from './source-of.ts'

/** Ours, as many as the book keeps. */
export const MAX_ANCHORS = 4

export interface CompanyComponents extends PexParts {
  readonly dialer: PexDialer
  readonly intake: Intake
  readonly records: PeerRecords | undefined
}

export class Company {
  readonly #components: CompanyComponents
  /** Our outbound peers, the longest connected first; those of the last moment once the switch stops. Bounded by the switch's slots. */
  readonly #outbound = new Map<NodeId, { readonly address: NetAddress; readonly since: number }>()
  /** Peers whose record is being read. */
  readonly #reading = new WeakSet<Peer>()

  constructor(components: CompanyComponents) {
    this.#components = components
  }

  joined(peer: Peer): void {
    const { dialer, clock } = this.#components
    if (peer.isOutbound()) {
      this.#outbound.set(peer.id(), { address: peer.socketAddr(), since: clock.now() })
      dialer.reached(peer.socketAddr(), peer.remoteIP())
    }
    this.#learnAddress(peer)
  }

  /** What an outbound peer leaves behind: where it was, and for how long, ms. Undefined for others, and when all leave because the switch stops. */
  left(peer: Peer): { readonly address: NetAddress; readonly stayedMs: number } | undefined {
    const { switch: sw, clock } = this.#components
    const known = this.#outbound.get(peer.id())
    // the peers of the last moment are the anchors of the next run
    if (known === undefined || sw.quit().aborted) return undefined
    this.#outbound.delete(peer.id())
    return { address: known.address, stayedMs: clock.now() - known.since }
  }

  /** Those we have been connected with longest. None is no news: our own network may be down. */
  keepAnchors(): void {
    const { book, dialer } = this.#components
    const anchors = [...this.#outbound]
      .filter(([id]) => !book.isPrivate(id) && !dialer.isSeed(id))
      .map(([, { address }]) => address)
    if (anchors.length > 0) book.setAnchors(anchors.slice(0, MAX_ANCHORS))
  }

  /** Records of peers that had none to show when they came. */
  learnRecords(): void {
    const { switch: sw, book, records } = this.#components
    if (records === undefined) return
    for (const peer of sw.peers()) if (book.entry(peer.id())?.record === undefined) this.#learnAddress(peer)
  }

  /** Where a peer says that it can be reached. Its signed record, once libp2p has it, says so better than its NodeInfo does. */
  #learnAddress(peer: Peer): void {
    const { book, intake, background, records } = this.#components
    const reported = peer.isOutbound() ? undefined : reportedAddress(peer)
    const source = sourceOf(peer)
    const addReported = () => {
      if (reported !== undefined && peer.isRunning()) book.addAddress(reported, source)
    }
    if (records === undefined || peer.stack() === 'comet') {
      addReported()
      return
    }
    if (this.#reading.has(peer)) return
    this.#reading.add(peer)
    background.run('reading a record', async () => {
      try {
        if (!(await intake.takeOwnRecord(peer.id(), reported ?? peer.socketAddr(), source, peer.quit()))) addReported()
      } finally {
        this.#reading.delete(peer)
      }
    })
  }
}
