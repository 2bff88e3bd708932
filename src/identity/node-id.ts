/**
 * Node ids: one key, two names (spec/identity-and-addresses.md sections 2 and 3). CometBFT's is the 40-hex hash of the public key, libp2p's is the PeerId, which
 * inlines the key; so a PeerId gives the hex id, a hex id does not give the PeerId. Above this folder a node's id is always the hex one, in lower case.
 */
import { publicKeyFromRaw } from '@libp2p/crypto/keys'
import type { PeerId } from '@libp2p/interface'
import { peerIdFromPublicKey, peerIdFromString } from '@libp2p/peer-id'
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { InvalidKeyError, InvalidNodeIdError } from '../errors.ts'
import type { NodeId } from '../interface/node-info.ts'

/** crypto.AddressSize. */
const ADDRESS_BYTES = 20
export const ED25519_PUBLIC_KEY_BYTES = 32

/** CometBFT's form of an id, in any case. */
export const HEX_ID = /^[0-9a-f]{40}$/i

/** Is it a node id as this library writes them: 40 lower-case hex digits? */
export function isNodeId(text: unknown): text is NodeId {
  return typeof text === 'string' && HEX_ID.test(text) && text === text.toLowerCase()
}

/** The id of an ed25519 public key, 32 bytes. Throws `InvalidKeyError`. */
export function nodeIdFromPublicKey(publicKey: Uint8Array): NodeId {
  assertPublicKey(publicKey)
  return bytesToHex(sha256(publicKey).subarray(0, ADDRESS_BYTES))
}

/** The id of a secp256k1 public key, compressed, 33 bytes: not looked at, whatever they are. */
export function nodeIdFromSecp256k1(publicKey: Uint8Array): NodeId {
  return bytesToHex(ripemd160(sha256(publicKey)))
}

/**
 * The id of the node that has this PeerId: ed25519 keys, and secp256k1 keys, which Go's lp2p nodes may have as well. Throws `InvalidNodeIdError` for a
 * PeerId that does not inline one of these.
 */
export function nodeIdFromPeerId(peerId: PeerId): NodeId {
  const key = peerId?.publicKey
  if (key?.type === 'Ed25519') return nodeIdFromPublicKey(key.raw)
  if (key?.type === 'secp256k1') return nodeIdFromSecp256k1(key.raw)
  throw new InvalidNodeIdError(
    'peerId',
    peerId,
    `it inlines no ed25519 or secp256k1 key (type ${String(peerId?.type)})`
  )
}

/** The same, and undefined for the PeerId of what is no CometBFT node, such as one with an RSA key. Never throws. */
export function nodeIdIfAny(peerId: PeerId): NodeId | undefined {
  try {
    return nodeIdFromPeerId(peerId)
  } catch {
    // other libp2p peers are on the same host
    return undefined
  }
}

/** The PeerId of an ed25519 public key, 32 bytes. Throws `InvalidKeyError`. */
export function peerIdFromPublicKeyBytes(publicKey: Uint8Array): PeerId {
  assertPublicKey(publicKey)
  return peerIdFromPublicKey(publicKeyFromRaw(publicKey))
}

/** Ours: the longest text of a key that a node can have is a CID of some 70 characters, and decoding base58 takes the square of the length. */
const MAX_PEER_ID_CHARACTERS = 128

/** A PeerId from its text (base58 or CID), undefined if it is none or inlines no key that a node can have. */
export function parsePeerId(text: string): PeerId | undefined {
  if (text.length > MAX_PEER_ID_CHARACTERS) return undefined
  try {
    const peerId = peerIdFromString(text)
    return peerId.type === 'Ed25519' || peerId.type === 'secp256k1' ? peerId : undefined
  } catch {
    // no PeerId: callers say which forms they would have taken
    return undefined
  }
}

/**
 * An id as users write it, for options such as `unconditionalPeerIDs`: 40 hex digits of any case, or a PeerId. `field` names the option in the
 * `InvalidNodeIdError` that anything else gives.
 */
export function parseNodeId(field: string, text: string): NodeId {
  if (typeof text !== 'string' || text === '') throw new InvalidNodeIdError(field, text, 'expected a string')
  if (HEX_ID.test(text)) return text.toLowerCase()
  const peerId = parsePeerId(text)
  if (peerId === undefined)
    throw new InvalidNodeIdError(
      field,
      text,
      'expected 40 hex digits, or a PeerId that inlines an ed25519 or secp256k1 key'
    )
  return nodeIdFromPeerId(peerId)
}

function assertPublicKey(publicKey: Uint8Array): void {
  if (!(publicKey instanceof Uint8Array) || publicKey.length !== ED25519_PUBLIC_KEY_BYTES)
    throw new InvalidKeyError('publicKey', `expected ${ED25519_PUBLIC_KEY_BYTES} bytes, found ${publicKey?.length}`)
}
