/**
 * Outbound: dials by address, and who waits for them (requirement R-56). Dials to one node are joined; a dial is given up when the last who waits for it has,
 * and the peer that it has come to meanwhile with it.
 */
import { NotRunningError } from '../../errors.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { Peer } from '../../interface/peer.ts'
import { withSignal } from '../../util/deadline.ts'
import type { NodeStates } from '../node-states.ts'
import { addressKey } from './address-key.ts'
import { Attempts, type AttemptsComponents, type AttemptsInit } from './attempts.ts'

export interface DialerComponents extends AttemptsComponents {
  readonly states: NodeStates
  /** After a dial has settled, either way. */
  onSettled(address: NetAddress, peer: Peer | undefined, err: unknown): void
}

/** A dial that several callers may wait for: it is given up when the last of them has. */
interface SharedDial {
  readonly result: Promise<Peer>
  readonly abort: AbortController
  waiting: number
}

export class Dialer {
  readonly #components: DialerComponents
  readonly #attempts: Attempts
  readonly #shared = new Map<string, SharedDial>()
  readonly #quit = new AbortController()

  constructor(components: DialerComponents, init: AttemptsInit) {
    this.#components = components
    this.#attempts = new Attempts(components, init)
  }

  get dialing(): number {
    return this.#shared.size
  }

  isDialing(address: NetAddress): boolean {
    if (this.#shared.has(addressKey(address))) return true
    if (address.id !== '')
      for (const job of this.#components.rules.ledger.jobs()) if (job.id === address.id) return true
    return false
  }

  /** Rejects every dial under way; later ones are refused by `isRunning`. */
  stop(): void {
    this.#quit.abort(new NotRunningError('the switch was stopped'))
  }

  /** See `Switch.dialPeerWithAddress`. */
  async dial(address: NetAddress, signal?: AbortSignal): Promise<Peer> {
    signal?.throwIfAborted()
    if (!this.#components.isRunning()) throw new NotRunningError(`cannot dial ${address}: the switch does not run`)
    const key = addressKey(address)
    let shared = this.#shared.get(key)
    if (shared === undefined) {
      const abort = new AbortController()
      const begun: SharedDial = {
        abort,
        waiting: 0,
        result: this.#run(address, AbortSignal.any([abort.signal, this.#quit.signal]), () => this.#forget(key, begun))
      }
      shared = begun
      this.#shared.set(key, shared)
    }
    const joined = shared
    joined.waiting++
    // within the abort, so that no peer gets ready between its caller's rejection and its end
    const leave = () => {
      if (--joined.waiting > 0) return
      // whoever comes now begins a dial of its own
      this.#forget(key, joined)
      joined.abort.abort(signal?.reason)
    }
    signal?.addEventListener('abort', leave, { once: true })
    try {
      return await withSignal(joined.result, signal)
    } finally {
      signal?.removeEventListener('abort', leave)
    }
  }

  #forget(key: string, shared: SharedDial): void {
    if (this.#shared.get(key) === shared) this.#shared.delete(key)
  }

  async #run(address: NetAddress, signal: AbortSignal, settled: () => void): Promise<Peer> {
    const { onSettled, states } = this.#components
    // the caller has put the shared dial in the map before anything here can end it
    await Promise.resolve()
    try {
      states.dialing(address)
      const peer = await withSignal(this.#attempts.run(address, signal), signal)
      onSettled(address, peer, undefined)
      return peer
    } catch (err) {
      onSettled(address, undefined, err)
      throw err
    } finally {
      settled()
    }
  }
}
