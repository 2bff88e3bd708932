/** The two messages of a SecretConnection's handshake (spec secret-connection section 3, steps 1, 6 and 7), without the length before them. */
import { DecodeError, SecretConnectionError } from '../../errors.ts'
import { bytes, embedded } from '../../proto/fields.ts'
import { message } from '../../proto/message.ts'
import { tendermint } from '../../proto/messages.js'
import { type PublicKey, publicKey } from '../../wire/public-key.ts'

/** 34 bytes is the only length an honest node sends; room enough to tell a key of a wrong length from nonsense. Go allows 1 MiB. */
export const MAX_EPHEMERAL_MESSAGE_BYTES = 128

/**
 * 102 bytes is what an honest node sends, because only ed25519 keys are accepted; with BLS keys, which get a named refusal, it would be some 200. Go allows 1 MiB.
 */
export const MAX_AUTH_MESSAGE_BYTES = 256

const EPHEMERAL_KEY_BYTES = 32
const ED25519_KEY_BYTES = 32
const ED25519_SIGNATURE_BYTES = 64

/** google.protobuf.BytesValue: field 1, length-delimited. */
const BYTES_VALUE_TAG = 0x0a

/** A BytesValue of the 32 bytes. */
export function encodeEphemeralMessage(key: Uint8Array): Uint8Array {
  const encoded = new Uint8Array(2 + EPHEMERAL_KEY_BYTES)
  encoded.set([BYTES_VALUE_TAG, EPHEMERAL_KEY_BYTES])
  encoded.set(key, 2)
  return encoded
}

/** The 32 bytes. Where Go pads or cuts a key of another length, this refuses (requirement D-13). Throws `SecretConnectionError`. */
export function decodeEphemeralMessage(encoded: Uint8Array): Uint8Array {
  const length = encoded.length - 2
  // no honest key has 128 bytes, whose length would take two
  if (encoded[0] !== BYTES_VALUE_TAG || encoded[1] !== length)
    throw new SecretConnectionError('malformed-message', 'the ephemeral key is not a BytesValue')
  if (length !== EPHEMERAL_KEY_BYTES)
    throw new SecretConnectionError('ephemeral-key-length', `${length} bytes instead of ${EPHEMERAL_KEY_BYTES}`)
  return encoded.slice(2)
}

interface AuthMessage {
  readonly pubKey: PublicKey
  readonly sig: Uint8Array
}

const authMessage = message<AuthMessage>('tendermint.p2p.AuthSigMessage', tendermint.p2p.AuthSigMessage, {
  pubKey: embedded(publicKey),
  sig: bytes
})

/** An identity's claim: its ed25519 key (32 bytes) and its signature of the challenge (64). */
export interface Claim {
  readonly publicKey: Uint8Array
  readonly signature: Uint8Array
}

export function encodeAuthMessage(claim: Claim): Uint8Array {
  return authMessage.encode({ pubKey: { type: 'ed25519', value: claim.publicKey }, sig: claim.signature })
}

/** Checks types and lengths; the signature itself is the caller's to verify. Throws `SecretConnectionError`. */
export function decodeAuthMessage(encoded: Uint8Array): Claim {
  const { pubKey, sig } = decode(encoded)
  if (pubKey.type !== 'ed25519') throw new SecretConnectionError('key-type', `${pubKey.type} instead of ed25519`)
  if (pubKey.value.length !== ED25519_KEY_BYTES)
    throw new SecretConnectionError('key-length', `${pubKey.value.length} bytes instead of ${ED25519_KEY_BYTES}`)
  if (sig.length !== ED25519_SIGNATURE_BYTES)
    throw new SecretConnectionError('bad-signature', `${sig.length} bytes instead of ${ED25519_SIGNATURE_BYTES}`)
  return { publicKey: pubKey.value, signature: sig }
}

function decode(encoded: Uint8Array): AuthMessage {
  try {
    return authMessage.decode(encoded)
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause
    throw new SecretConnectionError('malformed-message', cause.message, { cause })
  }
}
