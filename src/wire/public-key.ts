/** A validator's public key (tendermint.crypto.PublicKey): one oneof of bytes, told apart by `type`. */
import { describe, EncodeError } from '../errors.ts'
import { bytes } from '../proto/fields.ts'
import { bytesCodec, type MessageCodec } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'

const KEY_TYPES = ['ed25519', 'secp256k1', 'bls12381', 'mldsa65', 'secp256k1eth'] as const

/** The protobuf's names; `secp256k1eth` is field 5 as in v0.40 (v2 release candidates use 4 for it). */
export type KeyType = (typeof KEY_TYPES)[number]

/** `unknown`: none, or a type that this version does not know. */
export type PublicKey = { type: KeyType; value: Uint8Array } | { type: 'unknown' }

const TYPE_NAME = 'tendermint.crypto.PublicKey'

function toWire(key: PublicKey, at: string): object {
  if (key?.type === 'unknown') return {}
  if (!KEY_TYPES.includes(key?.type))
    throw new EncodeError(`${at}.type: expected ${KEY_TYPES.join(' | ')}, found ${describe(key?.type)}`)
  return { [key.type]: bytes.toWire(key.value, `${at}.${key.type}`) }
}

function fromWire(wire?: { sum?: KeyType } & { [K in KeyType]?: Uint8Array | null }): PublicKey {
  const type = wire?.sum
  return type === undefined ? { type: 'unknown' } : { type, value: wire?.[type] as Uint8Array }
}

export const publicKey: MessageCodec<PublicKey> = {
  toWire,
  fromWire,
  ...bytesCodec(TYPE_NAME, tendermint.types.PublicKey, toWire, fromWire)
}
