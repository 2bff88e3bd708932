/**
 * Who has asked us and whom we have asked, per connected peer (p2p/pex/pex_reactor.go receiveRequest, RequestAddrs; spec/addrbook-and-pex.md section 6.1). Pure but for
 * the time it is given. Go keeps two tables by id that a removed peer leaves; here it is one, bounded by the number of peers.
 */
import type { NodeId } from '../../interface/node-info.ts'

/** What to do with a request. `ignored`: a seed has answered already. */
export type RequestVerdict = 'answer' | 'ignored' | 'too-soon'

export interface RequestLedgerInit {
  /** What peers must leave between two requests, from the third on, ms. */
  readonly minIntervalMs: number
}

/**
 * Ours: what we leave between two requests to one peer, as a multiple of what we ask of others, since it counts from when it came to
 * read the one before, and a peer whose process stood still for some seconds must not take us for a nuisance; and before the second, which is free, so that a node that
 * has just joined learns of those who came with it.
 */
const OWN_INTERVAL_FACTOR = 2
const SECOND_INTERVAL_FACTOR = 0.2

interface Entry {
  /** Requests of theirs that were answered. */
  answered: number
  /** When the last one after the first came, ms. */
  lastReceived: number
  /** Requests of ours. */
  asked: number
  lastAsked: number
  outstanding: boolean
  /** Empty lists in a row. */
  empty: number
}

export class RequestLedger {
  readonly #minIntervalMs: number
  readonly #entries = new Map<NodeId, Entry>()

  constructor({ minIntervalMs }: RequestLedgerInit) {
    this.#minIntervalMs = minIntervalMs
  }

  /** A request came. The first two are free, as in Go, whose first stores no time. */
  received(id: NodeId, now: number): RequestVerdict {
    const entry = this.#entry(id)
    if (entry.answered >= 2 && now - entry.lastReceived < this.#minIntervalMs) return 'too-soon'
    entry.answered++
    entry.lastReceived = now
    return 'answer'
  }

  /** A request came to a seed: one answer for each connection. */
  receivedBySeed(id: NodeId): RequestVerdict {
    const entry = this.#entry(id)
    if (entry.answered > 0) return 'ignored'
    entry.answered++
    return 'answer'
  }

  /** May we ask this peer now, without being a nuisance to it? */
  mayAsk(id: NodeId, now: number): boolean {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.asked === 0) return true
    const factor = entry.asked === 1 ? SECOND_INTERVAL_FACTOR : OWN_INTERVAL_FACTOR
    return !entry.outstanding && now - entry.lastAsked >= factor * this.#minIntervalMs
  }

  asked(id: NodeId, now: number): void {
    const entry = this.#entry(id)
    entry.asked++
    entry.lastAsked = now
    entry.outstanding = true
  }

  isOutstanding(id: NodeId): boolean {
    return this.#entries.get(id)?.outstanding === true
  }

  /** A list came. False: nobody had asked for it. `entries`: how many it has. */
  answered(id: NodeId, entries: number): boolean {
    const entry = this.#entries.get(id)
    if (entry?.outstanding !== true) return false
    entry.outstanding = false
    entry.empty = entries === 0 ? entry.empty + 1 : 0
    return true
  }

  /** How many empty lists in a row that peer has sent. */
  emptyAnswers(id: NodeId): number {
    return this.#entries.get(id)?.empty ?? 0
  }

  /** The peer has left. */
  forget(id: NodeId): void {
    this.#entries.delete(id)
  }

  #entry(id: NodeId): Entry {
    let entry = this.#entries.get(id)
    if (entry === undefined) {
      entry = { answered: 0, lastReceived: 0, asked: 0, lastAsked: 0, outstanding: false, empty: 0 }
      this.#entries.set(id, entry)
    }
    return entry
  }
}
