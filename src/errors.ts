/**
 * Errors a caller can meet, one class per reaction it may have. `name` is fixed: compare by it across realms and versions.
 */
import type { NetAddress } from './interface/net-address.ts'
import type { NodeId } from './interface/node-info.ts'

/** An option, argument or declaration is wrong: the message names the field and what was found. */
export class InvalidOptionError extends Error {
  static override readonly name = 'InvalidOptionError'
  override readonly name = 'InvalidOptionError'
  readonly field: string
  constructor(field: string, found: unknown, want: string) {
    super(`${field}: expected ${want}, found ${describe(found)}`)
    this.field = field
  }
}

/** An address that no stack can read. */
export class InvalidAddressError extends Error {
  static override readonly name = 'InvalidAddressError'
  override readonly name = 'InvalidAddressError'
  readonly address: string
  constructor(address: unknown, why: string, options?: ErrorOptions) {
    super(`invalid address ${describe(address)}: ${why}`, options)
    this.address = String(address)
  }
}

/** A node id that is neither 40 hex digits nor a PeerId with an inlined ed25519 key. */
export class InvalidNodeIdError extends Error {
  static override readonly name = 'InvalidNodeIdError'
  override readonly name = 'InvalidNodeIdError'
  constructor(field: string, found: unknown, why: string, options?: ErrorOptions) {
    super(`${field}: invalid node id ${describe(found)}: ${why}`, options)
  }
}

/** A key that cannot be read, or of a type this stack does not carry. */
export class InvalidKeyError extends Error {
  static override readonly name = 'InvalidKeyError'
  override readonly name = 'InvalidKeyError'
  constructor(field: string, why: string, options?: ErrorOptions) {
    super(`${field}: ${why}`, options)
  }
}

/** A reactor, name or channel that cannot be registered. */
export class RegistrationError extends Error {
  static override readonly name = 'RegistrationError'
  override readonly name = 'RegistrationError'
}

export class AlreadyStartedError extends Error {
  static override readonly name = 'AlreadyStartedError'
  override readonly name = 'AlreadyStartedError'
}

export class AlreadyStoppedError extends Error {
  static override readonly name = 'AlreadyStoppedError'
  override readonly name = 'AlreadyStoppedError'
}

/** Asked of a switch that does not run: dialling before start or after stop. */
export class NotRunningError extends Error {
  static override readonly name = 'NotRunningError'
  override readonly name = 'NotRunningError'
}

/** `start()` on a switch that its libp2p node starts, before the node was started. */
export class NodeNotStartedError extends Error {
  static override readonly name = 'NodeNotStartedError'
  override readonly name = 'NodeNotStartedError'
}

/** Something that must come to an end in time did not. */
export class TimeoutError extends Error {
  static override readonly name = 'TimeoutError'
  override readonly name = 'TimeoutError'
}

/** No connection, or it broke before the remote's verdict. */
export class DialFailedError extends Error {
  static override readonly name = 'DialFailedError'
  override readonly name = 'DialFailedError'
}

/** The address led to a node with another key than it names. */
export class WrongIdentityError extends Error {
  static override readonly name = 'WrongIdentityError'
  override readonly name = 'WrongIdentityError'
}

/** Policy, ours or the remote's, does not want this peer now. */
export class PeerRefusedError extends Error {
  static override readonly name = 'PeerRefusedError'
  override readonly name = 'PeerRefusedError'
  /** A `Refusal` (interface/policy.ts). */
  readonly refusal: string
  readonly by: 'us' | 'remote'
  /** What a full remote gives instead of a place: signed peer records of others it has reached. Nothing of them is proven yet. */
  readonly alternatives: readonly Uint8Array[]
  /** Set by the switch where a dial of ours was refused by the remote: the address at which it has proven its key, which may be another one of its than was asked for, the IP that it led to, and whose key it was. */
  reachedAt: { readonly address: NetAddress; readonly ip: string; readonly id?: NodeId } | undefined
  constructor(
    refusal: string,
    by: 'us' | 'remote',
    detail: string,
    options?: ErrorOptions & { alternatives?: readonly Uint8Array[] }
  ) {
    super(`peer refused by ${by} (${refusal}): ${detail}`, options)
    this.refusal = refusal
    this.by = by
    this.alternatives = options?.alternatives ?? []
  }
}

/** Another network, block version, or no channel in common. */
export class IncompatiblePeerError extends Error {
  static override readonly name = 'IncompatiblePeerError'
  override readonly name = 'IncompatiblePeerError'
}

/** The peer stopped before its dial settled; `reason` is what stopped it. */
export class PeerStoppedError extends Error {
  static override readonly name = 'PeerStoppedError'
  override readonly name = 'PeerStoppedError'
  readonly reason: unknown
  constructor(message: string, reason: unknown) {
    super(message, { cause: reason })
    this.reason = reason
  }
}

/** The remote broke a protocol; data from the wire that cannot be what it claims. */
export class ProtocolViolationError extends Error {
  static override readonly name = 'ProtocolViolationError'
  override readonly name = 'ProtocolViolationError'
}

/** What a remote did to a SecretConnection that no honest one does. */
export type SecretConnectionFault =
  | 'malformed-message'
  | 'message-too-long'
  | 'ephemeral-key-length'
  | 'low-order-point'
  | 'reflected-key'
  | 'key-type'
  | 'key-length'
  | 'bad-signature'
  | 'tampered-frame'
  | 'chunk-too-long'
  | 'empty-frames'
  | 'nonces-exhausted'

/** The remote broke the protocol of the classic stack's encryption, or could not prove its key. The connection is gone. */
export class SecretConnectionError extends Error {
  static override readonly name = 'SecretConnectionError'
  override readonly name = 'SecretConnectionError'
  readonly fault: SecretConnectionFault
  constructor(fault: SecretConnectionFault, detail: string, options?: ErrorOptions) {
    super(`${fault}: ${detail}`, options)
    this.fault = fault
  }
}

/** Where a classic connection was when it broke. `between-frames`: a message was due, or the socket failed. */
export type ConnectionLostAt = 'handshake' | 'inside-frame' | 'between-frames'

/** A connection of the classic stack ended where it should not, or broke; `cause` is the socket's error where there was one. */
export class ConnectionLostError extends Error {
  static override readonly name = 'ConnectionLostError'
  override readonly name = 'ConnectionLostError'
  readonly at: ConnectionLostAt
  constructor(at: ConnectionLostAt, options?: ErrorOptions) {
    super(`connection lost (${at})`, options)
    this.at = at
  }
}

/** Bytes that are not the message they should be. */
export class DecodeError extends Error {
  static override readonly name = 'DecodeError'
  override readonly name = 'DecodeError'
}

/** A message that cannot be turned into bytes. */
export class EncodeError extends Error {
  static override readonly name = 'EncodeError'
  override readonly name = 'EncodeError'
}

/** A part that is optional to install is not there. */
export class MissingDependencyError extends Error {
  static override readonly name = 'MissingDependencyError'
  override readonly name = 'MissingDependencyError'
}

const MAX_SHOWN = 120

/** A value as an error message shows it: short, with its type where that helps. */
export function describe(value: unknown): string {
  let text: string
  if (typeof value === 'string') text = JSON.stringify(value)
  else if (typeof value === 'bigint') text = `${value}n`
  else if (value === null || typeof value !== 'object') text = String(value)
  else text = `${value.constructor?.name ?? 'object'} ${safeString(value)}`
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

function safeString(value: object): string {
  try {
    return String(value)
  } catch {
    // a toString that throws, or none: the error to be told is another
    return '(unprintable)'
  }
}
