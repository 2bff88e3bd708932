/** Addresses of validators' keys, and keys as CometBFT's JSON writes them (spec identity-and-addresses sections 1 and 2). */
import { ripemd160 } from '@noble/hashes/legacy.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { describe, InvalidOptionError } from '../errors.ts'
import type { KeyType, PublicKey } from '../wire/codec.ts'
import { fromBase64, toBase64 } from './bytes.ts'
import { UnsupportedKeyTypeError } from './errors.ts'

/** Length of an address, bytes. */
export const ADDRESS_BYTES = 20

/** JSON's names of the key types, and the length of each. */
const KEY_TYPES = {
  ed25519: { name: 'tendermint/PubKeyEd25519', bytes: 32 },
  secp256k1: { name: 'tendermint/PubKeySecp256k1', bytes: 33 },
  secp256k1eth: { name: 'tendermint/PubKeySecp256k1eth', bytes: 33 },
  mldsa65: { name: 'cometbft/PubKeyMlDsa65', bytes: 1952 },
  bls12381: { name: 'cometbft/PubKeyBls12_381', bytes: 96 }
} as const

/** The address of a key, 20 bytes. `UnsupportedKeyTypeError` for Ethereum keys, whose address needs the uncompressed point, and unknown ones. */
export function addressOf(key: PublicKey): Uint8Array {
  if (key.type === 'unknown' || key.type === 'secp256k1eth') throw new UnsupportedKeyTypeError(key.type)
  if (key.type === 'secp256k1') return ripemd160(sha256(key.value))
  return sha256(key.value).slice(0, ADDRESS_BYTES)
}

/** `{ type, value }` of genesis and RPC, or bare base64 of an ed25519 key as the recordings have it. */
export function publicKeyFromJSON(json: unknown, field: string): PublicKey {
  const { type: name, value } =
    typeof json === 'string'
      ? { type: KEY_TYPES.ed25519.name, value: json }
      : ((json ?? {}) as { type?: unknown; value?: unknown })
  const type = (Object.keys(KEY_TYPES) as KeyType[]).find((each) => KEY_TYPES[each].name === name)
  if (type === undefined) throw new UnsupportedKeyTypeError(describe(name))
  const bytes = typeof value === 'string' ? fromBase64(value) : undefined
  if (bytes?.length !== KEY_TYPES[type].bytes)
    throw new InvalidOptionError(field, json, `base64 of a ${type} key of ${KEY_TYPES[type].bytes} bytes`)
  return { type, value: bytes }
}

export function publicKeyToJSON(key: PublicKey): { type: string; value: string } {
  if (key.type === 'unknown') throw new UnsupportedKeyTypeError(key.type)
  return { type: KEY_TYPES[key.type].name, value: toBase64(key.value) }
}
