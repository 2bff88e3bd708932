/**
 * Ed25519 by the rules of ZIP-215, which is what consensus means by a valid signature (crypto/ed25519, v0.38 and later; spec
 * reactors-and-messages section 4). A port, because the fast way differs by platform: node/ed25519.ts asks OpenSSL first, and lets this
 * file decide only what OpenSSL refuses; a browser can do the same with crypto.subtle. The default works everywhere, at about 1.2 ms each.
 */
import { ed25519 } from '@noble/curves/ed25519.js'

export const ED25519_KEY_BYTES = 32
export const ED25519_SIGNATURE_BYTES = 64

/** Verifies one signature. Must give ZIP-215's answer, must not throw or reject on any bytes. */
export interface Ed25519Verifier {
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean | Promise<boolean>
}

/** ZIP-215: cofactored equation, non-canonical encodings of points allowed, s below the group order. False for wrong lengths. */
export function verifyZip215(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== ED25519_KEY_BYTES || signature.length !== ED25519_SIGNATURE_BYTES) return false
  return ed25519.verify(signature, message, publicKey, { zip215: true })
}

/** The portable verifier, and the judge of the others. */
export const zip215Verifier: Ed25519Verifier = { verify: verifyZip215 }
