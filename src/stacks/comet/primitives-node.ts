/**
 * SecretConnection's cryptography by node:crypto, the plain twin of primitives-sodium.ts. Keys live in key objects, because importing one for every
 * frame would cost four times the cipher; OpenSSL wipes them when they are collected, and the bytes they came from are wiped here.
 */
import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  diffieHellman,
  type KeyObject,
  randomFillSync,
  sign,
  verify
} from 'node:crypto'
import { type EphemeralKey, type FrameCipher, PLAIN_FRAME_BYTES, type Primitives, TAG_BYTES } from './primitives.ts'

const ALGORITHM = 'chacha20-poly1305'
const TAG = { authTagLength: TAG_BYTES } as const

/** RFC 8410: what stands before the 32 bytes of a key in PKCS#8 and SPKI. */
const PRIVATE_PREFIX = { x25519: '302e020100300506032b656e04220420', ed25519: '302e020100300506032b657004220420' }
const PUBLIC_PREFIX = { x25519: '302a300506032b656e032100', ed25519: '302a300506032b6570032100' }

type Curve = keyof typeof PRIVATE_PREFIX

export function nodePrimitives(): Primitives {
  return {
    name: 'node',

    ephemeralKey(given): EphemeralKey {
      const secret = given ?? randomFillSync(new Uint8Array(32))
      let privateKey: KeyObject | undefined = privateKeyOf('x25519', secret)
      secret.fill(0)
      const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
      return {
        publicKey: new Uint8Array(spki.subarray(spki.length - 32)),
        sharedSecret(remote) {
          try {
            return new Uint8Array(diffieHellman({ privateKey: privateKey!, publicKey: publicKeyOf('x25519', remote) }))
          } catch {
            // its only failure on 32 bytes is a result of zeros
            return undefined
          }
        },
        wipe() {
          privateKey = undefined
        }
      }
    },

    sign: (seed, message) => new Uint8Array(sign(null, message, privateKeyOf('ed25519', seed))),

    verify(publicKey, message, signature) {
      try {
        return verify(null, message, publicKeyOf('ed25519', publicKey), signature)
      } catch {
        return false
      }
    },

    frameCipher(bytes): FrameCipher {
      let key: KeyObject | undefined = createSecretKey(bytes)
      bytes.fill(0)
      return {
        seal(plain, sealed, nonce) {
          const cipher = createCipheriv(ALGORITHM, key!, nonce, TAG)
          sealed.set(cipher.update(plain))
          cipher.final()
          sealed.set(cipher.getAuthTag(), PLAIN_FRAME_BYTES)
        },
        open(sealed, plain, nonce) {
          const decipher = createDecipheriv(ALGORITHM, key!, nonce, TAG)
          decipher.setAuthTag(sealed.subarray(PLAIN_FRAME_BYTES))
          const opened = decipher.update(sealed.subarray(0, PLAIN_FRAME_BYTES))
          try {
            decipher.final()
          } catch {
            return false
          }
          plain.set(opened)
          return true
        },
        wipe() {
          key = undefined
        }
      }
    }
  }
}

function privateKeyOf(curve: Curve, secret: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(PRIVATE_PREFIX[curve], 'hex'), secret])
  try {
    return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  } finally {
    key.fill(0)
  }
}

function publicKeyOf(curve: Curve, bytes: Uint8Array): KeyObject {
  const key = Buffer.concat([Buffer.from(PUBLIC_PREFIX[curve], 'hex'), bytes])
  return createPublicKey({ key, format: 'der', type: 'spki' })
}
