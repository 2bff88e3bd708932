/**
 * What a seed does instead of keeping its peers (p2p/pex/pex_reactor.go crawlPeersRoutine, attemptDisconnects; spec/addrbook-and-pex.md section 6.3; R-83): visits the
 * addresses it knows, asks each for more, and sends off who has stayed too long.
 *
 * Unlike Go's, our switch holds a seed to its outbound slots as well, so a visit ends when the visited has answered or has had its time, if no slot is free for
 * the next one; and a few visits go on at once, or one dead address after the other would take three seconds each.
 */
import type { BookEntry } from '../../interface/address-book.ts'
import type { NodeId } from '../../interface/node-info.ts'
import type { Peer } from '../../interface/peer.ts'
import { pause } from '../../util/pause.ts'
import type { PexDialer } from './pex-dialer.ts'
import type { PexParts } from './pex-parts.ts'

/** p2p/pex/params.go minTimeBetweenCrawls. */
const MIN_BETWEEN_VISITS_MS = 120_000
/** p2p/pex/pex_reactor.go cleanupCrawlPeerInfos. */
const FORGET_VISIT_MS = 24 * 3_600_000
/** Ours: past it the oldest visit is forgotten. */
const MAX_VISITS = 20_000
/** Ours. */
const VISITS_AT_ONCE = 8
/** Ours: how long an answer, and then the slot, is waited for where it is wanted for the next visit; and how often it is looked whether there is one. */
const ANSWER_WAIT_MS = 5_000
const SLOT_POLL_MS = 100

export interface CrawlerComponents extends PexParts {
  readonly dialer: PexDialer
  request(peer: Peer): void
}

export interface CrawlerInit {
  readonly crawlPeriodMs: number
  readonly seedDisconnectWaitMs: number
}

export class Crawler {
  readonly #components: CrawlerComponents
  readonly #init: CrawlerInit
  /** When each node was last visited, ms; the oldest first. */
  readonly #visits = new Map<NodeId, number>()

  constructor(components: CrawlerComponents, init: CrawlerInit) {
    this.#components = components
    this.#init = init
  }

  /** whoever has been connected too long, but for persistent peers. */
  disconnectOld(): void {
    for (const peer of this.#components.switch.peers())
      if (!peer.isPersistent() && peer.status().duration >= this.#init.seedDisconnectWaitMs) this.#sendOff(peer)
  }

  /** Visits those that were not visited lately. Settles when all have been tried. Never rejects. */
  async crawl(entries: readonly BookEntry[]): Promise<void> {
    const last = ({ id }: BookEntry) => this.#visits.get(id) ?? Number.NEGATIVE_INFINITY
    const waiting = entries.filter(({ id }) => !this.#visitedLately(id))
    // those never visited first
    waiting.sort((a, b) => (last(a) === last(b) ? 0 : last(a) - last(b)))
    const worker = async () => {
      for (let entry = waiting.shift(); entry !== undefined && (await this.#slot()); entry = waiting.shift())
        await this.#visit(entry)
    }
    // a slot each: a dial takes its slot a moment later, when others have looked already
    const workers = Math.max(1, Math.min(VISITS_AT_ONCE, this.#components.switch.freeOutboundSlots()))
    await Promise.all(Array.from({ length: workers }, worker))
  }

  /** That peer has told us what it knows. */
  answered(peer: Peer): void {
    if (this.#components.switch.freeOutboundSlots() <= 0 && this.#isGuest(peer)) this.#sendOff(peer)
  }

  /** Visits of long ago are forgotten. */
  cleanUp(): void {
    const now = this.#components.clock.now()
    for (const [id, at] of this.#visits) if (now - at > FORGET_VISIT_MS) this.#visits.delete(id)
  }

  /** Waits for a slot. Those that have had their time are sent off for one. */
  async #slot(): Promise<boolean> {
    const { switch: sw, signal, clock } = this.#components
    const until = clock.now() + ANSWER_WAIT_MS
    while (!signal.aborted && sw.freeOutboundSlots() <= 0) {
      if (clock.now() >= until) return false
      for (const peer of sw.peers())
        if (this.#isGuest(peer) && peer.status().duration >= this.#init.crawlPeriodMs) this.#sendOff(peer)
      await pause(clock, SLOT_POLL_MS, signal)
    }
    return !signal.aborted
  }

  /** One that is connected for our visit only. */
  #isGuest(peer: Peer): boolean {
    return peer.isOutbound() && !peer.isPersistent() && !this.#components.switch.isPeerUnconditional(peer.id())
  }

  #visitedLately(id: NodeId): boolean {
    const at = this.#visits.get(id)
    return at !== undefined && this.#components.clock.now() - at < MIN_BETWEEN_VISITS_MS
  }

  async #visit({ id, addresses }: BookEntry): Promise<void> {
    const { switch: sw, dialer, request, clock, signal } = this.#components
    const address = addresses[0] && dialer.wayTo(addresses[0])
    if (address === undefined || dialer.state(address) !== 'dial') return
    this.#visits.delete(id)
    this.#visits.set(id, clock.now())
    if (this.#visits.size > MAX_VISITS) {
      const oldest = this.#visits.keys().next().value
      if (oldest !== undefined) this.#visits.delete(oldest)
    }
    const peer = await dialer.dial(address)
    if (peer?.isRunning() !== true) return
    request(peer)
    if (sw.freeOutboundSlots() > 0 || !this.#isGuest(peer)) return
    // `answered` sends it off
    const silent = await pause(clock, ANSWER_WAIT_MS, AbortSignal.any([signal, peer.quit()]))
    if (silent) this.#sendOff(peer)
  }

  #sendOff(peer: Peer): void {
    const { switch: sw, background } = this.#components
    background.run('sending a peer off', () => sw.stopPeerGracefully(peer))
  }
}
