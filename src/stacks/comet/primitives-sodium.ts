/**
 * SecretConnection's cryptography by libsodium, through sodium-native: prebuilt binaries inside the package for Linux (glibc), macOS and Windows on x64 and
 * arm64, nothing to compile. Secrets stay in buffers of ours, so that they can be wiped. The module is loaded at the first use, because on other platforms
 * loading throws.
 */
import { createRequire } from 'node:module'
import { MissingDependencyError } from '../../errors.ts'
import type { EphemeralKey, FrameCipher, Primitives } from './primitives.ts'

/** What is used of sodium-native; the package has no types. All arguments are exact in length, or it throws. */
interface Sodium {
  randombytes_buf(out: Uint8Array): void
  sodium_memzero(bytes: Uint8Array): void
  crypto_scalarmult_base(publicKey: Uint8Array, secret: Uint8Array): void
  crypto_scalarmult(shared: Uint8Array, secret: Uint8Array, publicKey: Uint8Array): void
  crypto_sign_seed_keypair(publicKey: Uint8Array, secretKey: Uint8Array, seed: Uint8Array): void
  crypto_sign_detached(signature: Uint8Array, message: Uint8Array, secretKey: Uint8Array): void
  crypto_sign_verify_detached(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean
  crypto_aead_chacha20poly1305_ietf_encrypt(
    sealed: Uint8Array,
    plain: Uint8Array,
    additional: null,
    unused: null,
    nonce: Uint8Array,
    key: Uint8Array
  ): number
  crypto_aead_chacha20poly1305_ietf_decrypt(
    plain: Uint8Array,
    unused: null,
    sealed: Uint8Array,
    additional: null,
    nonce: Uint8Array,
    key: Uint8Array
  ): number
}

/** Throws `MissingDependencyError` where sodium-native does not load. */
export function sodiumPrimitives(): Primitives {
  const sodium = load()
  return {
    name: 'sodium',

    ephemeralKey(given): EphemeralKey {
      const secret = given ?? new Uint8Array(32)
      if (given === undefined) sodium.randombytes_buf(secret)
      const publicKey = new Uint8Array(32)
      sodium.crypto_scalarmult_base(publicKey, secret)
      return {
        publicKey,
        sharedSecret(remote) {
          const shared = new Uint8Array(32)
          try {
            sodium.crypto_scalarmult(shared, secret, remote)
          } catch {
            // its only failure on 32 bytes is a result of zeros
            return undefined
          }
          return shared
        },
        wipe: () => sodium.sodium_memzero(secret)
      }
    },

    sign(seed, message) {
      const publicKey = new Uint8Array(32)
      const secretKey = new Uint8Array(64)
      const signature = new Uint8Array(64)
      try {
        // the public half is made anew: a signature with one that does not fit would give the seed away
        sodium.crypto_sign_seed_keypair(publicKey, secretKey, seed)
        sodium.crypto_sign_detached(signature, message, secretKey)
      } finally {
        sodium.sodium_memzero(secretKey)
      }
      return signature
    },

    verify: (publicKey, message, signature) => sodium.crypto_sign_verify_detached(signature, message, publicKey),

    frameCipher(key): FrameCipher {
      return {
        seal(plain, sealed, nonce) {
          sodium.crypto_aead_chacha20poly1305_ietf_encrypt(sealed, plain, null, null, nonce, key)
        },
        open(sealed, plain, nonce) {
          try {
            sodium.crypto_aead_chacha20poly1305_ietf_decrypt(plain, null, sealed, null, nonce, key)
            return true
          } catch {
            return false
          }
        },
        wipe: () => sodium.sodium_memzero(key)
      }
    }
  }
}

function load(): Sodium {
  try {
    return createRequire(import.meta.url)('sodium-native') as Sodium
  } catch (cause) {
    throw new MissingDependencyError('sodium-native does not load on this platform', { cause })
  }
}
