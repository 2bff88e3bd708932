/**
 * What the libp2p stack is made from: the part of a node's components it uses, and its options with their defaults.
 */
import type { Libp2pEvents, PeerId, PeerStore, TypedEventTarget } from '@libp2p/interface'
import type { AddressManager, ConnectionManager, Registrar } from '@libp2p/interface-internal'
import { InvalidOptionError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { checkedReceiveBuffer, switchDefaults } from '../../options.ts'
import { assertNames, assertObject, assertTimer } from '../../util/check.ts'
import type { StreamUse } from './channels/channel-stream.ts'
import { type LivenessInit, livenessDefaults } from './channels/liveness.ts'

/** What a libp2p service is given, as far as the stack uses it. */
export interface Libp2pStackComponents {
  readonly peerId: PeerId
  readonly registrar: Pick<Registrar, 'handle' | 'unhandle' | 'getProtocols'>
  readonly connectionManager: Pick<
    ConnectionManager,
    'openConnection' | 'getConnections' | 'getMaxConnections' | 'setMaxConnections'
  >
  readonly events: TypedEventTarget<Libp2pEvents>
  readonly peerStore: Pick<PeerStore, 'patch' | 'merge' | 'delete'>
  readonly addressManager: Pick<AddressManager, 'getAddresses'>
}

export interface Libp2pStackInit {
  /** As the policy's: whether connections are ours to close. @default 'shared' */
  readonly mode?: 'shared' | 'exclusive'
  /** @default 'channel' */
  readonly streams?: StreamUse
  /** Which Go CometBFT lp2p nodes may be peers: all, those that are persistent or unconditional, none. @default 'any' */
  readonly goLp2p?: 'any' | 'known' | 'off'
  /**
   * Messages at once per channel toward a Go lp2p node, 1 to 60; always 1 on 0x20 to 0x23. With 1 they are read in the order in which they were sent, and
   * a quarter as many a second (spec/lp2p.md section 8). @default 60
   */
  readonly goInFlight?: number
  /** Connecting, ms. @default {@link switchDefaults.dialTimeoutMs} */
  readonly dialTimeoutMs?: number
  /** Hello and its verdict, ms. @default {@link switchDefaults.handshakeTimeoutMs} */
  readonly handshakeTimeoutMs?: number
  /** What one peer may make us hold, bytes; see {@link checkedReceiveBuffer}. @default {@link switchDefaults.receiveBufferBytes} */
  readonly receiveBufferBytes?: number
  /** @default {@link livenessDefaults} */
  readonly liveness?: LivenessInit
  /** Is that another stack's of this switch: `id@host:port` beside the classic one? @default none is */
  readonly dialledElsewhere?: (address: NetAddress) => boolean
  readonly clock?: Clock
  readonly logger?: Logger
}

/** The options with every default filled in; clock and logger apart. */
export type CheckedInit = Required<Omit<Libp2pStackInit, 'logger' | 'clock'>>

const STREAMS: readonly unknown[] = ['channel', 'one'] satisfies StreamUse[]
const GO_LP2P: readonly unknown[] = ['any', 'known', 'off'] satisfies Array<Libp2pStackInit['goLp2p']>
/** Go admits 64 inbound streams per peer and protocol (lp2p.md section 6). */
const MAX_GO_IN_FLIGHT = 60

/** Throws `InvalidOptionError` naming the field. `mode` and the timeouts are the policy's and the switch's to check. */
export function checkedInit(init: Libp2pStackInit): CheckedInit {
  const checked: CheckedInit = {
    mode: init.mode ?? 'shared',
    streams: init.streams ?? 'channel',
    goLp2p: init.goLp2p ?? 'any',
    goInFlight: init.goInFlight ?? MAX_GO_IN_FLIGHT,
    dialTimeoutMs: init.dialTimeoutMs ?? switchDefaults.dialTimeoutMs,
    handshakeTimeoutMs: init.handshakeTimeoutMs ?? switchDefaults.handshakeTimeoutMs,
    receiveBufferBytes: checkedReceiveBuffer(init.receiveBufferBytes),
    liveness: init.liveness ?? livenessDefaults,
    dialledElsewhere: init.dialledElsewhere ?? (() => false)
  }
  const { streams, goLp2p, goInFlight, liveness } = checked
  if (!STREAMS.includes(streams)) throw new InvalidOptionError('streams', streams, "'channel' or 'one'")
  // a word misspelt must not open the door that it was to close
  if (!GO_LP2P.includes(goLp2p)) throw new InvalidOptionError('goLp2p', goLp2p, "'any', 'known' or 'off'")
  if (!Number.isSafeInteger(goInFlight) || goInFlight < 1 || goInFlight > MAX_GO_IN_FLIGHT)
    throw new InvalidOptionError('goInFlight', goInFlight, `a whole number of 1 to ${MAX_GO_IN_FLIGHT}`)
  assertObject('liveness', liveness)
  assertNames('liveness', liveness, ['intervalMs', 'looks'])
  const { intervalMs, looks } = liveness
  assertTimer('liveness.intervalMs', intervalMs)
  if (!Number.isSafeInteger(looks) || looks < 2)
    throw new InvalidOptionError('liveness.looks', looks, 'a whole number of at least 2')
  return checked
}
