/** libsodium and node:crypto are twins: whatever the input, the same bytes and the same verdicts. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { verifyZip215 } from '../../../src/chain/ed25519.ts'
import { MissingDependencyError } from '../../../src/errors.ts'
import { choosePrimitives, defaultPrimitives } from '../../../src/stacks/comet/choose-primitives.ts'
import { PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES } from '../../../src/stacks/comet/primitives.ts'
import { nodePrimitives } from '../../../src/stacks/comet/primitives-node.ts'
import { sodiumPrimitives } from '../../../src/stacks/comet/primitives-sodium.ts'

const twins = [sodiumPrimitives(), nodePrimitives()] as const
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const few = { numRuns: 20 }

/** The points of order 1, 2, 4 and 8 of Curve25519 and its twist, and those that are reduced to them (RFC 7748 section 7, libsodium's list). */
const LOW_ORDER_POINTS = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f'
]

test('both make the public key of a secret, and the shared secret, that the reference library makes', () => {
  fc.assert(
    fc.property(bytes(32), bytes(32), (secret, other) => {
      const remote = x25519.getPublicKey(other)
      for (const primitives of twins) {
        const key = primitives.ephemeralKey(secret.slice())
        assert.equal(bytesToHex(key.publicKey), bytesToHex(x25519.getPublicKey(secret)), primitives.name)
        assert.equal(
          bytesToHex(key.sharedSecret(remote) ?? new Uint8Array(0)),
          bytesToHex(x25519.getSharedSecret(secret, remote)),
          primitives.name
        )
      }
    }),
    few
  )
})

test('a public key with its highest bit set is read as without it, as RFC 7748 says', () => {
  const remote = x25519.getPublicKey(new Uint8Array(32).fill(7))
  const high = remote.slice()
  high[31]! |= 0x80
  for (const primitives of twins) {
    const key = primitives.ephemeralKey(new Uint8Array(32).fill(9))
    assert.deepEqual(key.sharedSecret(high), key.sharedSecret(remote), primitives.name)
  }
})

test('a fresh key is another one every time', () => {
  for (const primitives of twins)
    assert.notDeepEqual(primitives.ephemeralKey().publicKey, primitives.ephemeralKey().publicKey, primitives.name)
})

test('a point of low order gives no shared secret', () => {
  for (const primitives of twins)
    for (const point of LOW_ORDER_POINTS)
      for (const highBit of [0, 0x80]) {
        const remote = hexToBytes(point)
        remote[31]! |= highBit
        assert.equal(primitives.ephemeralKey().sharedSecret(remote), undefined, `${primitives.name} ${point}`)
      }
})

test('both sign alike, and each accepts what is signed and nothing else', () => {
  fc.assert(
    fc.property(bytes(32), bytes(32), fc.nat(63), (seed, message, at) => {
      const publicKey = ed25519.getPublicKey(seed)
      const before = seed.slice()
      const signature = ed25519.sign(message, seed)
      const forged = signature.slice()
      forged[at]! ^= 1
      for (const primitives of twins) {
        assert.equal(bytesToHex(primitives.sign(seed, message)), bytesToHex(signature), primitives.name)
        assert.deepEqual(seed, before, 'the seed is not changed')
        assert.equal(primitives.verify(publicKey, message, signature), true, primitives.name)
        assert.equal(primitives.verify(publicKey, message, forged), false, primitives.name)
      }
    }),
    few
  )
})

test('neither accepts a signature that ZIP-215 refuses, on any edge case of the recorded ones', () => {
  const path = new URL('../../chain/fixtures/zip215.json', import.meta.url)
  const vectors: Array<{ name: string; key: string; msg: string; sig: string; valid: boolean }> = JSON.parse(
    readFileSync(path, 'utf8')
  )
  assert.ok(vectors.some(({ valid }) => !valid))
  for (const { name, key, msg, sig, valid } of vectors)
    for (const primitives of twins)
      if (
        key.length === 64 &&
        sig.length === 128 &&
        primitives.verify(hexToBytes(key), hexToBytes(msg), hexToBytes(sig))
      )
        assert.ok(
          valid && verifyZip215(hexToBytes(key), hexToBytes(msg), hexToBytes(sig)),
          `${primitives.name} ${name}`
        )
})

test('each opens what the other sealed, to the byte, wherever the frame lies in the buffer', () => {
  fc.assert(
    fc.property(bytes(32), bytes(12), bytes(PLAIN_FRAME_BYTES), fc.nat(100), (key, nonce, plain, offset) => {
      const sealed = twins.map((primitives) => {
        const buffer = new Uint8Array(offset + SEALED_FRAME_BYTES + 5)
        buffer.set(plain, offset)
        const frame = buffer.subarray(offset, offset + SEALED_FRAME_BYTES)
        primitives.frameCipher(key.slice()).seal(frame.subarray(0, PLAIN_FRAME_BYTES), frame, nonce)
        return buffer
      })
      assert.deepEqual(sealed[0], sealed[1])
      for (const primitives of twins) {
        const buffer = sealed[0]!.slice()
        const frame = buffer.subarray(offset, offset + SEALED_FRAME_BYTES)
        const cipher = primitives.frameCipher(key.slice())
        const apart = new Uint8Array(PLAIN_FRAME_BYTES)
        assert.equal(cipher.open(frame, apart, nonce), true)
        assert.deepEqual(apart, plain)
        assert.equal(cipher.open(frame, frame.subarray(0, PLAIN_FRAME_BYTES), nonce), true)
        assert.deepEqual(buffer.slice(offset, offset + PLAIN_FRAME_BYTES), plain)
        assert.deepEqual(buffer.subarray(offset + SEALED_FRAME_BYTES), new Uint8Array(5), 'nothing behind is touched')
      }
    }),
    few
  )
})

test('a frame with one bit changed anywhere is refused', () => {
  const key = new Uint8Array(32).fill(1)
  const nonce = new Uint8Array(12)
  for (const primitives of twins) {
    const cipher = primitives.frameCipher(key.slice())
    const sealed = new Uint8Array(SEALED_FRAME_BYTES)
    const plain = new Uint8Array(PLAIN_FRAME_BYTES)
    cipher.seal(plain, sealed, nonce)
    for (const at of [0, 3, 500, PLAIN_FRAME_BYTES - 1, PLAIN_FRAME_BYTES, SEALED_FRAME_BYTES - 1]) {
      const tampered = sealed.slice()
      tampered[at]! ^= 0x10
      assert.equal(cipher.open(tampered, plain, nonce), false, `${primitives.name} at ${at}`)
    }
    assert.equal(cipher.open(sealed, plain, nonce), true)
  }
})

test('keys and secrets that were given are zeros when they are wiped', () => {
  for (const primitives of twins) {
    const key = new Uint8Array(32).fill(1)
    primitives.frameCipher(key).wipe()
    const secret = new Uint8Array(32).fill(1)
    primitives.ephemeralKey(secret).wipe()
    assert.deepEqual([key, secret], [new Uint8Array(32), new Uint8Array(32)], primitives.name)
  }
})

test('libsodium is chosen here, and node:crypto where it does not load', async () => {
  assert.equal(defaultPrimitives().name, 'sodium')
  assert.equal(
    choosePrimitives(() => {
      throw new MissingDependencyError('no prebuilt binary')
    }, nodePrimitives).name,
    'node'
  )
  const own = new RangeError('our own bug')
  assert.throws(
    () =>
      choosePrimitives(() => {
        throw own
      }, nodePrimitives),
    own
  )
})

test('a process in which the native module cannot load does with node:crypto', async () => {
  // a build of Node.js without addons is what a platform without a prebuilt binary looks like
  const module = fileURLToPath(new URL('../../../src/stacks/comet/choose-primitives.ts', import.meta.url))
  const script = `import { defaultPrimitives } from ${JSON.stringify(module)}; console.log(defaultPrimitives().name)`
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-addons', '--input-type=module', '-e', script])
  assert.equal(stdout.trim(), 'node')
})
