/** ZIP-215 against the verdicts of CometBFT's own ed25519 (fixtures/zip215.go), and the native verifier against ZIP-215. */
import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import { verifyZip215, zip215Verifier } from '../../src/chain/ed25519.ts'
import { nativeEd25519Verifier } from '../../src/node/ed25519.ts'

interface Vector {
  name: string
  key: Uint8Array
  msg: Uint8Array
  sig: Uint8Array
  valid: boolean
}

const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))

const vectors: Vector[] = JSON.parse(readFileSync(new URL('./fixtures/zip215.json', import.meta.url), 'utf8')).map(
  (v: Record<'name' | 'key' | 'msg' | 'sig', string> & { valid: boolean }) => ({
    ...v,
    key: unhex(v.key),
    msg: unhex(v.msg),
    sig: unhex(v.sig)
  })
)

/** What OpenSSL says, with nothing of ours around it. */
function openssl({ key, msg, sig }: Vector): boolean {
  try {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
    return verify(null, msg, createPublicKey({ key: jwk, format: 'jwk' }), sig)
  } catch {
    return false
  }
}

/** A signature whose R carries a point of order 8: only the cofactored equation accepts it. */
function torsionSignature(): Vector {
  const { Point } = ed25519
  const eighth = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', true)
  const le = (bytes: Uint8Array) => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) % Point.Fn.ORDER
  const [a, r, msg] = [1234567n, 7654321n, unhex('0102')]
  const key = Point.BASE.multiply(a).toBytes()
  const rBytes = Point.BASE.multiply(r).add(eighth).toBytes()
  const s = (r + le(sha512(Buffer.concat([rBytes, key, msg]))) * a) % Point.Fn.ORDER
  const sBytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()
  return { name: 'torsion in R', key, msg, sig: new Uint8Array(Buffer.concat([rBytes, sBytes])), valid: true }
}

test('the ZIP-215 library gives the verdict of CometBFT on every edge case', () => {
  assert.ok(vectors.some((v) => v.valid) && vectors.some((v) => !v.valid))
  for (const v of vectors) assert.equal(verifyZip215(v.key, v.msg, v.sig), v.valid, `${v.name} ${v.key} ${v.sig}`)
})

test('wherever OpenSSL says yes, ZIP-215 says yes; and it refuses some that ZIP-215 accepts', () => {
  const all = [...vectors, torsionSignature()]
  for (const v of all) if (openssl(v)) assert.ok(verifyZip215(v.key, v.msg, v.sig), v.name)
  assert.ok(all.some((v) => v.valid && !openssl(v)))
})

test('the native verifier answers as ZIP-215 does, also where OpenSSL refuses', async () => {
  const native = nativeEd25519Verifier()
  for (const v of [...vectors, torsionSignature()])
    assert.equal(await native.verify(v.key, v.msg, v.sig), v.valid, `${v.name} ${v.key} ${v.sig}`)
})

test('keys and signatures of a wrong length are false, never an exception', async () => {
  const { key, msg, sig } = vectors.find((v) => v.name === 'ordinary')!
  for (const verifier of [zip215Verifier, nativeEd25519Verifier()]) {
    assert.equal(await verifier.verify(key, msg, sig), true)
    assert.equal(await verifier.verify(key.subarray(1), msg, sig), false)
    assert.equal(await verifier.verify(new Uint8Array(33), msg, sig), false)
    assert.equal(await verifier.verify(key, msg, sig.subarray(1)), false)
    assert.equal(await verifier.verify(key, msg, new Uint8Array(0)), false)
  }
})
