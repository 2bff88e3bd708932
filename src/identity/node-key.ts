/**
 * The key that a node proves its id with, and its form in node_key.json (spec/identity-and-addresses.md section 1). Only ed25519: the classic stack carries no other.
 * All synchronous, and without files: reading and writing them is node/'s. Rejected: libp2p's generateKeyPair, which is asynchronous.
 */
import { privateKeyFromRaw } from '@libp2p/crypto/keys'
import type { Ed25519PrivateKey, PeerId, PrivateKey } from '@libp2p/interface'
import { ed25519 } from '@noble/curves/ed25519.js'
import { concatBytes, randomBytes } from '@noble/hashes/utils.js'
import { describe, InvalidKeyError } from '../errors.ts'
import type { NodeId } from '../interface/node-info.ts'
import { ED25519_PUBLIC_KEY_BYTES, nodeIdFromPublicKey, peerIdFromPublicKeyBytes } from './node-id.ts'

export const SEED_BYTES = 32
const PRIVATE_KEY_BYTES = SEED_BYTES + ED25519_PUBLIC_KEY_BYTES

/** Go's registered name of the private key in JSON. */
const PRIVATE_KEY_TYPE = 'tendermint/PrivKeyEd25519'

/** A node's key and both of its names. Immutable. */
export interface NodeKey {
  readonly id: NodeId
  readonly peerId: PeerId
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** What `createLibp2p({ privateKey })` takes. */
  readonly privateKey: Ed25519PrivateKey
  /** 32 bytes: the secret. */
  readonly seed: Uint8Array
}

/** A fresh key, of the platform's secure random source. */
export function generateNodeKey(): NodeKey {
  return nodeKeyFromSeed(randomBytes(SEED_BYTES))
}

/** The key of a seed, 32 bytes. Throws `InvalidKeyError`. */
export function nodeKeyFromSeed(seed: Uint8Array): NodeKey {
  if (!(seed instanceof Uint8Array) || seed.length !== SEED_BYTES)
    throw new InvalidKeyError('seed', `expected ${SEED_BYTES} bytes, found ${describe(seed?.length)}`)
  return make(Uint8Array.from(seed), ed25519.getPublicKey(seed))
}

/** The key of a libp2p node. Throws `InvalidKeyError` if it is not ed25519. */
export function nodeKeyFromLibp2p(privateKey: PrivateKey): NodeKey {
  if (privateKey?.type !== 'Ed25519')
    throw new InvalidKeyError('privateKey', `expected an Ed25519 key, found ${describe(privateKey?.type)}`)
  return fromRaw('privateKey', privateKey.raw)
}

/** The key in the text of a node_key.json. Throws `InvalidKeyError` saying which part is wrong; the secret is never part of the message. */
export function parseNodeKeyJson(text: string): NodeKey {
  let file: { priv_key?: { type?: unknown; value?: unknown } } | null
  try {
    file = JSON.parse(text)
  } catch {
    // no cause: the parser's message would quote the file
    throw new InvalidKeyError('node key', 'the file is not JSON')
  }
  const key = file?.priv_key
  if (typeof key !== 'object' || key === null) throw new InvalidKeyError('priv_key', 'missing')
  if (key.type !== PRIVATE_KEY_TYPE)
    throw new InvalidKeyError('priv_key.type', `expected "${PRIVATE_KEY_TYPE}", found ${describe(key.type)}`)
  if (typeof key.value !== 'string') throw new InvalidKeyError('priv_key.value', 'expected a string of base64')
  return fromRaw('priv_key.value', fromBase64(key.value))
}

/**
 * A key that somebody gave, whose parts must belong together: whoever runs under an id must be able to prove it. Throws `InvalidKeyError`; the secret is
 * never part of the message.
 */
export function checkedNodeKey(field: string, key: NodeKey): NodeKey {
  if (typeof key !== 'object' || key === null)
    throw new InvalidKeyError(field, `expected a NodeKey, found ${describe(key)}`)
  if (!(key.seed instanceof Uint8Array) || key.seed.length !== SEED_BYTES)
    throw new InvalidKeyError(`${field}.seed`, `expected ${SEED_BYTES} bytes, found ${describe(key.seed?.length)}`)
  const made = nodeKeyFromSeed(key.seed)
  if (key.id !== made.id)
    throw new InvalidKeyError(`${field}.id`, `expected that of its seed, found ${describe(key.id)}`)
  return made
}

/** The text of a node_key.json, byte for byte what Go writes: compact, no newline at the end. */
export function nodeKeyToJson(key: NodeKey): string {
  const value = btoa(String.fromCharCode(...key.seed, ...key.publicKey))
  return JSON.stringify({ priv_key: { type: PRIVATE_KEY_TYPE, value } })
}

function fromRaw(field: string, raw: Uint8Array): NodeKey {
  if (raw.length !== PRIVATE_KEY_BYTES)
    throw new InvalidKeyError(field, `expected ${PRIVATE_KEY_BYTES} bytes, found ${raw.length}`)
  const key = nodeKeyFromSeed(raw.subarray(0, SEED_BYTES))
  // Go trusts the second half; signatures made with a half that does not fit would give the seed away
  if (key.publicKey.some((byte, i) => byte !== raw[SEED_BYTES + i]))
    throw new InvalidKeyError(field, 'its public half does not belong to its secret half')
  return key
}

function make(seed: Uint8Array, publicKey: Uint8Array): NodeKey {
  return Object.freeze({
    id: nodeIdFromPublicKey(publicKey),
    peerId: peerIdFromPublicKeyBytes(publicKey),
    publicKey,
    privateKey: privateKeyFromRaw(concatBytes(seed, publicKey)) as Ed25519PrivateKey,
    seed
  })
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
  } catch {
    throw new InvalidKeyError('priv_key.value', 'not base64')
  }
}
