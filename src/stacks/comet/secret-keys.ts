/**
 * What both sides of a SecretConnection derive from the ephemeral keys and the shared secret (spec secret-connection section 3, steps 3 to 5;
 * p2p/conn/secret_connection.go deriveSecrets and MakeSecretConnection). Pure.
 */
import { hkdfSync } from 'node:crypto'
import { Transcript } from './merlin.ts'

export const KEY_BYTES = 32

/** p2p/conn/secret_connection.go: transcript labels. */
const PROTOCOL = 'TENDERMINT_SECRET_CONNECTION_TRANSCRIPT_HASH'
const LABEL_LOWER_KEY = 'EPHEMERAL_LOWER_PUBLIC_KEY'
const LABEL_UPPER_KEY = 'EPHEMERAL_UPPER_PUBLIC_KEY'
const LABEL_SHARED_SECRET = 'DH_SECRET'
const LABEL_CHALLENGE = 'SECRET_CONNECTION_MAC'
const HKDF_INFO = 'TENDERMINT_SECRET_CONNECTION_KEY_AND_CHALLENGE_GEN'

export interface SecretKeys {
  /** 32 bytes each, views of one buffer of 64 that their owner wipes. */
  readonly send: Uint8Array
  readonly receive: Uint8Array
  /** 32 bytes: what both sides sign. */
  readonly challenge: Uint8Array
}

/** The keys of the side whose ephemeral public key is `own`. All three arguments are 32 bytes; `own` and `remote` differ. */
export function deriveSecretKeys(own: Uint8Array, remote: Uint8Array, sharedSecret: Uint8Array): SecretKeys {
  const ownIsLower = compareBytes(own, remote) < 0
  const transcript = new Transcript(PROTOCOL)
  transcript.append(LABEL_LOWER_KEY, ownIsLower ? own : remote)
  transcript.append(LABEL_UPPER_KEY, ownIsLower ? remote : own)
  transcript.append(LABEL_SHARED_SECRET, sharedSecret)
  const challenge = transcript.extract(LABEL_CHALLENGE, 32)
  transcript.wipe()
  return { ...deriveSessionKeys(sharedSecret, ownIsLower), challenge }
}

/** The two directions' keys. Go derives 32 bytes more, the challenge of old versions; they are not asked for here. */
export function deriveSessionKeys(sharedSecret: Uint8Array, ownIsLower: boolean): Pick<SecretKeys, 'send' | 'receive'> {
  const material = new Uint8Array(hkdfSync('sha256', sharedSecret, new Uint8Array(0), HKDF_INFO, 2 * KEY_BYTES))
  const first = material.subarray(0, KEY_BYTES)
  const second = material.subarray(KEY_BYTES)
  return ownIsLower ? { receive: first, send: second } : { receive: second, send: first }
}

/** As unsigned byte strings: negative, zero or positive. Public keys only: it is not constant in time. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}
