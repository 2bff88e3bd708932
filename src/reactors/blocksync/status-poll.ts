/** When each peer is asked for its status, and which of them answer nothing at all. */
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
      this.#asked.set(peer, { lastAt: now, unansweredSince: now, receivedBytes, heard: false })
      return
    }
    asked.lastAt = now
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
