/**
 * The cryptography that SecretConnection is made of, as a port with two twins: libsodium (primitives-sodium.ts), the fast one, and node:crypto
 * (primitives-node.ts). Both give the same bytes (test/stacks/comet/primitives.test.ts); choose-primitives.ts picks one.
 */

/** The frame of secret-frames.ts, bytes: plain, and with the authentication tag behind it. */
export const PLAIN_FRAME_BYTES = 1028
export const TAG_BYTES = 16
export const SEALED_FRAME_BYTES = PLAIN_FRAME_BYTES + TAG_BYTES

/** One X25519 key pair, used once. */
export interface EphemeralKey {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  /** 32 bytes that the caller wipes; undefined when the remote's point is of low order. */
  sharedSecret(remotePublicKey: Uint8Array): Uint8Array | undefined
  wipe(): void
}

/**
 * ChaCha20-Poly1305 without associated data under one key. Always `PLAIN_FRAME_BYTES` of `plain` and `SEALED_FRAME_BYTES` of `sealed`, which either begin at the same
 * byte of one buffer or do not overlap; `nonce`: 12 bytes. Views instead of a buffer and an offset, because making a view costs a twentieth of sealing it: whoever
 * can keeps them.
 */
export interface FrameCipher {
  seal(plain: Uint8Array, sealed: Uint8Array, nonce: Uint8Array): void
  /** False, the content of `plain` then unspecified, when the tag does not fit. */
  open(sealed: Uint8Array, plain: Uint8Array, nonce: Uint8Array): boolean
  /** No use afterwards. */
  wipe(): void
}

export interface Primitives {
  readonly name: 'sodium' | 'node'
  /** A fresh pair of the platform's secure random source, or the pair of `secret` (32 bytes, wiped when no longer needed). */
  ephemeralKey(secret?: Uint8Array): EphemeralKey
  /** Ed25519, 64 bytes. `seed`: 32 bytes, not changed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** False for some signatures that ZIP-215 accepts, never true for one that it refuses. `publicKey` 32 bytes, `signature` 64. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** `key`: 32 bytes, the cipher's from then on: it wipes them. */
  frameCipher(key: Uint8Array): FrameCipher
}
