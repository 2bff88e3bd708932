/** Remotes that no CometBFT is: each is refused by name, and its connection dropped. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ed25519, x25519 } from '@noble/curves/ed25519.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import { SecretConnectionError, type SecretConnectionFault } from '../../../src/errors.ts'
import { generateNodeKey } from '../../../src/identity/node-key.ts'
import { delimit } from '../../../src/stacks/comet/delimited.ts'
import { encodeAuthMessage, encodeEphemeralMessage } from '../../../src/stacks/comet/handshake-messages.ts'
import { nodePrimitives } from '../../../src/stacks/comet/primitives-node.ts'
import { sodiumPrimitives } from '../../../src/stacks/comet/primitives-sodium.ts'
import { secretConnection } from '../../../src/stacks/comet/secret-connection.ts'
import { Opener, Sealer } from '../../../src/stacks/comet/secret-frames.ts'
import { deriveSecretKeys } from '../../../src/stacks/comet/secret-keys.ts'
import { TestDuplex } from './test-duplex.ts'

const EPHEMERAL_BYTES = 35
const FRAME_BYTES = 1_044

const primitives = sodiumPrimitives()

function faults(fault: SecretConnectionFault) {
  return (error: unknown) =>
    error instanceof SecretConnectionError && error.name === 'SecretConnectionError' && error.fault === fault
}

/** A remote that knows all it needs to authenticate, and may do it wrong. */
async function hostile(
  given: {
    ephemeral?: Uint8Array
    auth?: (challenge: Uint8Array) => Uint8Array
    wire?: (frame: Uint8Array) => Uint8Array
  } = {}
) {
  const key = generateNodeKey()
  const port = new TestDuplex()
  const connected = secretConnection(port, generateNodeKey())
  connected.catch(() => undefined)
  const ours = port.wire.slice(3)
  const secret = new Uint8Array(32).fill(5)
  const publicKey = x25519.getPublicKey(secret)
  port.give(given.ephemeral ?? delimit(encodeEphemeralMessage(publicKey)))
  // the stream's side of the handshake goes on in microtasks
  await new Promise(setImmediate)
  if (!port.destroyed) {
    const { send, challenge } = deriveSecretKeys(publicKey, ours, x25519.getSharedSecret(secret, ours))
    const auth =
      given.auth?.(challenge) ??
      encodeAuthMessage({ publicKey: key.publicKey, signature: ed25519.sign(challenge, key.seed) })
    const frame = new Sealer(primitives.frameCipher(send)).seal(delimit(auth))
    port.give(given.wire?.(frame) ?? frame)
  }
  return { key, port, connected }
}

test('the remote of the next tests is accepted where it does nothing wrong', async () => {
  const { key, connected } = await hostile()
  assert.deepEqual((await connected).remoteKey, key.publicKey)
})

const hex = (text: string) => () => hexToBytes(text.replaceAll(' ', ''))
const SIGNATURE = `12 40${' 01'.repeat(64)}`
const ZERO_KEY = new Uint8Array(32)

const refusals: Array<{ name: string; given: Parameters<typeof hostile>[0]; want: SecretConnectionFault }> = [
  {
    name: 'a point of low order (zero)',
    given: { ephemeral: delimit(encodeEphemeralMessage(ZERO_KEY)) },
    want: 'low-order-point'
  },
  {
    name: 'a point of low order (order 8)',
    given: { ephemeral: hexToBytes('220a20e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800') },
    want: 'low-order-point'
  },
  {
    name: 'D-13: an ephemeral key of 31 bytes',
    given: { ephemeral: hexToBytes(`210a1f${'07'.repeat(31)}`) },
    want: 'ephemeral-key-length'
  },
  {
    name: 'D-13: an ephemeral key of 33 bytes',
    given: { ephemeral: hexToBytes(`230a21${'07'.repeat(33)}`) },
    want: 'ephemeral-key-length'
  },
  {
    name: 'D-13: no ephemeral key in the message',
    given: { ephemeral: hexToBytes('020a00') },
    want: 'ephemeral-key-length'
  },
  { name: 'an empty ephemeral message', given: { ephemeral: hexToBytes('00') }, want: 'malformed-message' },
  {
    name: 'an ephemeral message of another type',
    given: { ephemeral: hexToBytes(`221220${'07'.repeat(32)}`) },
    want: 'malformed-message'
  },
  {
    name: 'an ephemeral message that claims 129 bytes',
    given: { ephemeral: hexToBytes('8101') },
    want: 'message-too-long'
  },
  { name: 'a length that never ends', given: { ephemeral: hexToBytes('80'.repeat(10)) }, want: 'malformed-message' },
  {
    name: 'an HTTP request',
    given: { ephemeral: new TextEncoder().encode('GET / HTTP/1.1\r\n\r\n'.padEnd(200)) },
    want: 'malformed-message'
  },
  { name: 'a secp256k1 key', given: { auth: hex(`0a 23 12 21${' 02'.repeat(33)} ${SIGNATURE}`) }, want: 'key-type' },
  { name: 'a BLS key', given: { auth: hex(`0a 62 1a 60${' 02'.repeat(96)} ${SIGNATURE}`) }, want: 'key-type' },
  { name: 'no key', given: { auth: hex(SIGNATURE) }, want: 'key-type' },
  {
    name: 'a key of 31 bytes',
    given: { auth: hex(`0a 21 0a 1f${' 02'.repeat(31)} ${SIGNATURE}`) },
    want: 'key-length'
  },
  {
    name: 'a signature of 63 bytes',
    given: { auth: hex(`0a 22 0a 20${' 02'.repeat(32)} 12 3f${' 01'.repeat(63)}`) },
    want: 'bad-signature'
  },
  { name: 'no signature', given: { auth: hex(`0a 22 0a 20${' 02'.repeat(32)}`) }, want: 'bad-signature' },
  { name: 'an empty auth message', given: { auth: () => new Uint8Array(0) }, want: 'key-type' },
  { name: 'an auth message that is no protobuf', given: { auth: hex('0a ff 01') }, want: 'malformed-message' },
  { name: 'an auth message of 257 bytes', given: { auth: () => new Uint8Array(257) }, want: 'message-too-long' },
  {
    name: 'a signature by another key',
    given: {
      auth: (challenge) =>
        encodeAuthMessage({
          publicKey: generateNodeKey().publicKey,
          signature: ed25519.sign(challenge, generateNodeKey().seed)
        })
    },
    want: 'bad-signature'
  },
  {
    name: 'a signature of another challenge',
    given: {
      auth: (challenge) => {
        const { publicKey, seed } = generateNodeKey()
        return encodeAuthMessage({
          publicKey,
          signature: ed25519.sign(
            challenge.map((byte) => byte ^ 1),
            seed
          )
        })
      }
    },
    want: 'bad-signature'
  },
  {
    name: 'a tampered frame',
    given: { wire: (frame) => frame.map((byte, i) => (i === 900 ? byte ^ 1 : byte)) },
    want: 'tampered-frame'
  },
  {
    name: 'an auth message in clear',
    given: { wire: () => new Uint8Array(FRAME_BYTES).fill(0x66) },
    want: 'tampered-frame'
  }
]

for (const { name, given, want } of refusals)
  test(`refused: ${name} (${want})`, async () => {
    const { port, connected } = await hostile(given)
    await assert.rejects(connected, faults(want))
    assert.ok(port.destroyed)
  })

test('our own bytes sent back are refused before anything is signed', async () => {
  const port = new TestDuplex()
  const connected = secretConnection(port, generateNodeKey())
  port.give(port.wire)
  await assert.rejects(connected, faults('reflected-key'))
  assert.equal(port.wire.length, EPHEMERAL_BYTES)
})

test('a signature that only ZIP-215 accepts is accepted, as by Go', async () => {
  // key and R are the identity, s is zero: [8][s]B = [8]R + [8][k]A holds for every message
  const identity = hexToBytes(`01${'00'.repeat(31)}`)
  const claim = { publicKey: identity, signature: hexToBytes(`01${'00'.repeat(63)}`) }
  const { connected } = await hostile({ auth: () => encodeAuthMessage(claim) })
  assert.deepEqual((await connected).remoteKey, identity)
})

test('an opener of the test reads what the stream sealed, so the recordings are not read by the code that wrote them alone', async () => {
  const { port, connected, key } = await hostile()
  const stream = await connected
  assert.deepEqual(stream.remoteKey, key.publicKey)
  const secret = new Uint8Array(32).fill(5)
  const ours = port.wire.slice(3, EPHEMERAL_BYTES)
  const { receive } = deriveSecretKeys(x25519.getPublicKey(secret), ours, x25519.getSharedSecret(secret, ours))
  stream.write(Uint8Array.of(1, 2, 3))
  const { data } = new Opener(nodePrimitives().frameCipher(receive)).open(port.wire.slice(EPHEMERAL_BYTES))
  assert.deepEqual(data.slice(-3), Uint8Array.of(1, 2, 3))
})
