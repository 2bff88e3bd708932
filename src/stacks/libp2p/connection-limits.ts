/**
 * libp2p's connection manager refuses before any gater is asked: by default 5 inbound connections a second and host, 10 at once in the handshake,
 * 300 in all. The dialer sees a failed encryption, so "persistent peers are never refused" cannot hold under these (spec/js-libp2p.md, last
 * section). Our own pending budget and limits take their place.
 */
import type { Libp2pOptions } from 'libp2p'
import type { Logger } from '../../interface/logger.ts'

/** libp2p's own options, as `createLibp2p({ connectionManager })` takes them. */
export type ConnectionManagerInit = NonNullable<Libp2pOptions['connectionManager']>

/** Beyond what our own limits (64 pending, 50 peers by default) let through. */
export const liftedLimits = Object.freeze({
  /** Per second and host; our pending budget counts per IP. */
  inboundConnectionThreshold: 10_000,
  /** Ours: `pending.global`. */
  maxIncomingPendingConnections: 10_000,
  /** Above this libp2p refuses inbound and closes connections without streams, such as idle ones to Go nodes. */
  maxConnections: 10_000
})

/** The user's options with the limits lifted that the user did not set. */
export function connectionManagerOptions(user: ConnectionManagerInit = {}): ConnectionManagerInit {
  return { ...liftedLimits, ...user }
}

/** The part of libp2p's connection manager that can be changed once it exists. */
export interface AdjustableConnectionManager {
  getMaxConnections(): number
  setMaxConnections(max: number): void
}

/** For a node made without our options: raises what can be raised at run time and warns of the rest, once. */
export function liftLimits(connectionManager: AdjustableConnectionManager, logger: Logger): void {
  if (connectionManager.getMaxConnections() < liftedLimits.maxConnections)
    connectionManager.setMaxConnections(liftedLimits.maxConnections)
  logger.warn(
    'This libp2p node was made without connectionManager: policy.connectionManager(). libp2p then refuses inbound connections before any policy ' +
      'is asked, by default more than 5 a second from one host or 10 at once in the handshake, also from persistent peers. maxConnections has been raised; ' +
      'inboundConnectionThreshold and maxIncomingPendingConnections can only be set when the node is made.'
  )
}
