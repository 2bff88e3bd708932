/**
 * Ed25519 for Node.js: OpenSSL in the thread pool first, the ZIP-215 library only for what OpenSSL refuses (spec js-libp2p, "Ed25519
 * verification"). OpenSSL accepts a subset of ZIP-215, which test/chain/ed25519.test.ts holds over the known edge cases, so the answer is always
 * ZIP-215's. Asynchronous: about 65 us a signature on two cores against 105 us for the synchronous call, and the event loop stays free.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { ED25519_KEY_BYTES, ED25519_SIGNATURE_BYTES, type Ed25519Verifier, verifyZip215 } from '../chain/ed25519.ts'

/** Imported keys kept. Ours: importing costs 22 us, a key object about 1 KB; the largest validator set has 10,000. */
const MAX_CACHED_KEYS = 10_000

/** A verifier with its own cache of imported keys. */
export function nativeEd25519Verifier(): Ed25519Verifier {
  const keys = new Map<string, KeyObject | undefined>()

  function imported(publicKey: Uint8Array): KeyObject | undefined {
    const x = Buffer.from(publicKey.buffer, publicKey.byteOffset, publicKey.length).toString('base64url')
    if (keys.has(x)) return keys.get(x)
    let key: KeyObject | undefined
    try {
      key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    } catch {
      // the library decides
    }
    if (keys.size >= MAX_CACHED_KEYS) keys.delete(keys.keys().next().value as string)
    keys.set(x, key)
    return key
  }

  return {
    verify(publicKey, message, signature) {
      if (publicKey.length !== ED25519_KEY_BYTES || signature.length !== ED25519_SIGNATURE_BYTES) return false
      const key = imported(publicKey)
      if (key === undefined) return verifyZip215(publicKey, message, signature)
      return new Promise((resolve) => {
        verify(null, message, key, signature, (err, valid) => {
          resolve((err == null && valid) || verifyZip215(publicKey, message, signature))
        })
      })
    }
  }
}
