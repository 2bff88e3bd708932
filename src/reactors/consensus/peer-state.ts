/**
 * What a peer told about its place in consensus (consensus/reactor.go PeerState; spec/reactors-and-messages.md section 7.3), as far as
 * NewRoundStep goes. It lies on the peer under Go's key, where mempool and evidence look for the peer's height.
 */

/** The key of `peer.get` and `peer.set`: part of the API between reactors (types.PeerStateKey). */
export const PEER_STATE_KEY = 'ConsensusReactor.peerState'

/** What other reactors may ask of whatever a consensus reactor stored under {@link PEER_STATE_KEY}. */
export interface PeerHeight {
  /** The height the peer works on: one above its last block. 0 until it has spoken. */
  getHeight(): bigint
  /** Settles true once `getHeight()` is at least `height`, false when `signal` aborts first. Absent where a reactor cannot tell. */
  whenHeight?(height: bigint, signal: AbortSignal): Promise<boolean>
}

/** Height, round and step, in the order in which one follows another. */
export interface RoundStep {
  readonly height: bigint
  readonly round: number
  readonly step: number
}

export class PeerState implements PeerHeight {
  #at: RoundStep = { height: 0n, round: -1, step: 0 }
  /** Those who wait for a height: each other reactor's routine for this peer, so a handful. */
  readonly #waiting = new Set<() => void>()

  getHeight(): bigint {
    return this.#at.height
  }

  roundStep(): RoundStep {
    return this.#at
  }

  /** Takes over what is strictly later than what is known; anything else is ignored. True if it was taken. */
  apply({ height, round, step }: RoundStep): boolean {
    if (compare({ height, round, step }, this.#at) <= 0) return false
    const higher = height > this.#at.height
    this.#at = { height, round, step }
    if (higher) for (const wake of [...this.#waiting]) wake()
    return true
  }

  async whenHeight(height: bigint, signal: AbortSignal): Promise<boolean> {
    while (this.#at.height < height && !signal.aborted)
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      })
    return !signal.aborted
  }
}

function compare(a: RoundStep, b: RoundStep): number {
  if (a.height !== b.height) return a.height > b.height ? 1 : -1
  return a.round !== b.round ? a.round - b.round : a.step - b.step
}
