/**
 * What the libp2p stack is made from: the part of a node's components it uses, and its options with their defaults.
 */
import type { ConnectionGater, Libp2pEvents, PeerId, PeerStore, TypedEventTarget } from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar } from '@libp2p/interface-internal'
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import { switchDefaults } from '../../options.ts'
import type { StreamUse } from './channel-stream.ts'
import { type LivenessInit, livenessDefaults } from './liveness.ts'

/** What a libp2p service is given, as far as the stack uses it. */
export interface Libp2pStackComponents {
  readonly peerId: PeerId
  readonly registrar: Pick<Registrar, 'handle' | 'unhandle' | 'getProtocols'>
  readonly connectionManager: Pick<
    ConnectionManager,
    'openConnection' | 'getConnections' | 'getMaxConnections' | 'setMaxConnections'
  >
  /** The very object the node was made with: hooks put on it take effect. */
  connectionGater: ConnectionGater
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly peerStore: Pick<PeerStore, 'patch' | 'merge'>
  readonly addressManager: Pick<AddressManager, 'getAddresses'>
}

export interface Libp2pStackInit {
  /** As the policy's: whether connections are ours to close. @default 'shared' */
  readonly mode?: 'shared' | 'exclusive'
  /** @default 'channel' */
  readonly streams?: StreamUse
  /** Which Go CometBFT lp2p nodes may be peers: all, those that are persistent or unconditional, none. @default 'any' */
  readonly goLp2p?: 'any' | 'known' | 'off'
  /** Connecting, ms. @default {@link switchDefaults.dialTimeoutMs} */
  readonly dialTimeoutMs?: number
  /** Hello and its verdict, ms. @default {@link switchDefaults.handshakeTimeoutMs} */
  readonly handshakeTimeoutMs?: number
  /** What one peer may make us hold, bytes. @default {@link switchDefaults.receiveBufferBytes} */
  readonly receiveBufferBytes?: number
  /** @default {@link livenessDefaults} */
  readonly liveness?: LivenessInit
  readonly clock?: Clock
  readonly logger?: Logger
}

/** The options with every default filled in; clock and logger apart. */
export type CheckedInit = Required<Omit<Libp2pStackInit, 'logger' | 'clock'>>

export function checkedInit(init: Libp2pStackInit): CheckedInit {
  return {
    mode: init.mode ?? 'shared',
    streams: init.streams ?? 'channel',
    goLp2p: init.goLp2p ?? 'any',
    dialTimeoutMs: init.dialTimeoutMs ?? switchDefaults.dialTimeoutMs,
    handshakeTimeoutMs: init.handshakeTimeoutMs ?? switchDefaults.handshakeTimeoutMs,
    receiveBufferBytes: init.receiveBufferBytes ?? switchDefaults.receiveBufferBytes,
    liveness: init.liveness ?? livenessDefaults
  }
}
