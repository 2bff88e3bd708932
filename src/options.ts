/**
 * The options of a switch, whatever its stacks, and their defaults in one place. Stacks add their own.
 */
import { InvalidOptionError } from './errors.ts'
import type { AddressBook } from './interface/address-book.ts'
import type { Clock, Random } from './interface/clock.ts'
import type { Logger } from './interface/logger.ts'
import type { Reactor } from './interface/reactor.ts'

/** How `receive` is serialised: per sender (as classic Go), or per sender and reactor, so that one slow reactor does not hold up others. */
export type Delivery = 'sender' | 'reactor'

export interface SwitchOptions {
  /** Chain id: nodes of another network part at once. */
  network: string
  /** A name for people. @default 'comet-libp2p' */
  moniker?: string
  /** Software version told to peers. */
  version?: string
  /** The application's protocol version told to peers. @default 0n */
  appVersion?: bigint
  /** What is told to peers as `rpc_address`. @default '' */
  rpcAddress?: string
  /** Told to peers instead of the listen address, `tcp://host:port` or `host:port`. */
  externalAddress?: string
  /** Added in order before anything else. */
  reactors?: Record<string, Reactor>
  /** @default {@link switchDefaults.delivery} */
  delivery?: Delivery
  /** How long a reactor's callback may take before its peer is stopped with `reactor-failure`, ms. @default {@link switchDefaults.callbackTimeoutMs} */
  callbackTimeoutMs?: number
  /** How long all reactors' onStart may take, ms. @default {@link switchDefaults.startTimeoutMs} */
  startTimeoutMs?: number
  /** Connecting, ms. @default {@link switchDefaults.dialTimeoutMs} */
  dialTimeoutMs?: number
  /** Hello and its verdict, ms. @default {@link switchDefaults.handshakeTimeoutMs} */
  handshakeTimeoutMs?: number
  /** The user's filters, ms. @default {@link switchDefaults.filterTimeoutMs} */
  filterTimeoutMs?: number
  addressBook?: AddressBook
  logger?: Logger
  clock?: Clock
  random?: Random
}

/** Numbers of design/requirements.md, "Numbers to hold"; those of our own say so. */
export const switchDefaults = Object.freeze({
  moniker: 'comet-libp2p',
  version: '0.40.0',
  delivery: 'sender' as Delivery,
  callbackTimeoutMs: 30_000,
  startTimeoutMs: 30_000,
  dialTimeoutMs: 3_000,
  /** A dial whose remote has not proven its key by then lends its slot to others. Ours: that takes three or four round trips, few of which are longer than 300 ms. */
  slowDialMs: 1_000,
  handshakeTimeoutMs: 5_000,
  filterTimeoutMs: 5_000,
  /** A ban for which nobody names a time (p2p/pex defaultBanTime). */
  banMs: 24 * 3_600_000,
  /** Peer.send gives up (p2p/conn defaultSendTimeout). */
  sendTimeoutMs: 10_000,
  /** Waiting `send` calls per channel; more are refused at once. Ours: bounds memory. */
  maxWaitersPerChannel: 1_024,
  /** Bytes per peer that wait for `receive` (contract.md, Buffers). */
  receiveBufferBytes: 32 * 1024 * 1024,
  /** p2p/conn defaultRecvMessageCapacity. */
  recvMessageCapacity: 22_020_096
})

/** Ours: less could not take a chunk of a socket. */
export const MIN_RECEIVE_BUFFER_BYTES = 256 * 1024

/**
 * The `receiveBufferBytes` of a stack, bytes. No more than the switch lets wait per peer, or an honest sender that fills what its link grants would be stopped for
 * it. Throws `InvalidOptionError`.
 */
export function checkedReceiveBuffer(bytes: number = switchDefaults.receiveBufferBytes): number {
  const most = switchDefaults.receiveBufferBytes
  if (!Number.isSafeInteger(bytes) || bytes < MIN_RECEIVE_BUFFER_BYTES || bytes > most)
    throw new InvalidOptionError(
      'receiveBufferBytes',
      bytes,
      `a whole number of bytes from ${MIN_RECEIVE_BUFFER_BYTES} to ${most}`
    )
  return bytes
}
