/**
 * When each peer is asked for its status, and which of them answer nothing at all.
 *
 * Beside the interval a peer may be asked at once, when its consensus lets us know of a block more (`news`). That waits while an answer is on its way:
 * so nobody can make us ask more often than it answers, and no two answers can overtake one another. Go's lp2p carries each on a stream of its own, and
 * a height that goes down gets its peer banned from the pool. An interval would bound only the first of these.
 */
import type { Clock } from '../../interface/clock.ts'
import type { Peer } from '../../interface/peer.ts'

/** Spec lp2p section 8: a Go node that kept our dead connection never answers; measured answers take milliseconds. */
const SILENT_FROM_THE_START_MS = 3_000
/** Ours: a peer that did answer before is busy rather than stale; links notice by themselves when it is dead. */
const SILENT_MS = 15_000

interface Asked {
  /** Last StatusRequest, ms. */
  lastAt: number
  /** The first one that nothing was heard after; undefined if something was. */
  unansweredSince: number | undefined
  /** What had come over the connection by then, bytes. */
  receivedBytes: number
  /** Anything at all came on our channel since it connected. */
  heard: boolean
  /** The answer to the last StatusRequest has not come yet. */
  answerDue: boolean
  /** The height of its last StatusResponse. */
  told: bigint
  /** What became known while an answer was due: the last block it must have. 0 for nothing. */
  missed: bigint
}

export class StatusPoll {
  readonly #clock: Clock
  readonly #onSilent: (peer: Peer) => void
  /** Connected peers only: bounded by the switch. */
  readonly #asked = new Map<Peer, Asked>()

  /** `onSilent`: the peer did not answer for 3 s (15 s if it ever did), and nothing else came from it either. Called once per silence. */
  constructor(clock: Clock, onSilent: (peer: Peer) => void) {
    this.#clock = clock
    this.#onSilent = onSilent
  }

  /** Is it time to ask this peer? One that was never asked always is. */
  due(peer: Peer, intervalMs: number): boolean {
    const asked = this.#asked.get(peer)
    return asked === undefined || this.#clock.now() - asked.lastAt >= intervalMs
  }

  /** A StatusRequest was queued. */
  asked(peer: Peer): void {
    const now = this.#clock.now()
    const asked = this.#asked.get(peer)
    if (asked === undefined) {
      const { receivedBytes } = peer.status()
      const fresh = { heard: false, answerDue: true, told: 0n, missed: 0n }
      this.#asked.set(peer, { lastAt: now, unansweredSince: now, receivedBytes, ...fresh })
      return
    }
    asked.lastAt = now
    asked.answerDue = true
    if (asked.unansweredSince !== undefined) return
    asked.unansweredSince = now
    asked.receivedBytes = peer.status().receivedBytes
  }

  /** Something came from the peer on our channel. */
  heard(peer: Peer): void {
    const asked = this.#asked.get(peer)
    if (asked === undefined) return
    asked.unansweredSince = undefined
    asked.heard = true
  }

  /** The peer is said to have the block of `height`. True: ask it now. False: it told us so already, or its answer is awaited and `answered` will say. */
  news(peer: Peer, height: bigint): boolean {
    const asked = this.#asked.get(peer)
    if (asked === undefined) return true
    if (height <= asked.told) return false
    if (asked.answerDue) asked.missed = height
    return !asked.answerDue
  }

  /** A StatusResponse with `height` came. True: ask again, for there was news meanwhile that it does not cover; once, whatever the next answer is. */
  answered(peer: Peer, height: bigint): boolean {
    const asked = this.#asked.get(peer)
    if (asked === undefined) return false
    const { missed } = asked
    asked.told = height
    asked.answerDue = false
    asked.missed = 0n
    return missed > height
  }

  remove(peer: Peer): void {
    this.#asked.delete(peer)
  }

  /** Looks for silent peers. A large message on its way is no silence. */
  check(): void {
    const now = this.#clock.now()
    for (const [peer, asked] of this.#asked) {
      const patience = asked.heard ? SILENT_MS : SILENT_FROM_THE_START_MS
      if (asked.unansweredSince === undefined || now - asked.unansweredSince < patience) continue
      const { receivedBytes } = peer.status()
      const silent = receivedBytes === asked.receivedBytes
      // either way the time begins anew
      asked.unansweredSince = silent ? undefined : now
      asked.receivedBytes = receivedBytes
      if (silent) this.#onSilent(peer)
    }
  }
}
