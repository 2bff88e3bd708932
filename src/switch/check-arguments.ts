/** What callers of the switch's methods give, checked at the door. */
import { InvalidOptionError } from '../errors.ts'
import type { Peer } from '../interface/peer.ts'

/** The signal of `{ signal }`, if it is one. Throws `InvalidOptionError`. */
export function checkedSignal(options: { signal?: AbortSignal } | undefined): AbortSignal | undefined {
  const signal = options?.signal
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw new InvalidOptionError('options.signal', signal, 'an AbortSignal')
  return signal
}

/** Throws `InvalidOptionError` if that is no peer. */
export function checkedPeer(peer: Peer): Peer {
  if (typeof peer?.id !== 'function') throw new InvalidOptionError('peer', peer, 'a peer')
  return peer
}
