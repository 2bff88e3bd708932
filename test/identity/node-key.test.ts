import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import {
  isNodeId,
  nodeIdFromPeerId,
  nodeIdFromPublicKey,
  nodeIdIfAny,
  parseNodeId,
  parsePeerId,
  peerIdFromPublicKeyBytes
} from '../../src/identity/node-id.ts'
import {
  generateNodeKey,
  nodeKeyFromLibp2p,
  nodeKeyFromSeed,
  nodeKeyToJson,
  parseNodeKeyJson
} from '../../src/identity/node-key.ts'
import { readVectors } from '../helpers/vectors.ts'

// spec/identity-and-addresses.md section 2
const SEED = sha256(utf8ToBytes('lp2p-test-secret'))
const PUBLIC = '3ed8ab3f45c8df52530989c96e396f23c2ea084f21f38252ef124142b48ca262'
const ID = 'bedc24428f061f201a9f8f26b9b59927fad6b08e'
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'
const SECP_PEER_ID = '16Uiu2HAmNt4G6MjXTVwSz5HoajXdpbApHvwBNCc5WX6peH3rosN9'
const SECP_ID = '030111e961a4ade4467f970208ec4a3b76771ebe'
const JSON_FILE =
  '{"priv_key":{"type":"tendermint/PrivKeyEd25519","value":"1NdUv6vE+S9+oP/tySnSzwURaMnfYw9avUSwdc9IHrs+2Ks/RcjfUlMJicluOW8jwuoITyHzglLvEkFCtIyiYg=="}}'

test('R-12: the id, the PeerId and the file follow from the key, as in Go', () => {
  const key = nodeKeyFromSeed(SEED)
  assert.equal(bytesToHex(key.publicKey), PUBLIC)
  assert.equal(key.id, ID)
  assert.equal(String(key.peerId), PEER_ID)
  assert.equal(nodeKeyToJson(key), JSON_FILE)
  assert.deepEqual(parseNodeKeyJson(JSON_FILE).seed, key.seed)
  assert.ok(Object.isFrozen(key))
})

test('R-12: PeerId, public key and hex id name the same key, whichever one begins with', () => {
  assert.equal(nodeIdFromPublicKey(hexToBytes(PUBLIC)), ID)
  assert.equal(String(peerIdFromPublicKeyBytes(hexToBytes(PUBLIC))), PEER_ID)
  assert.equal(nodeIdFromPeerId(parsePeerId(PEER_ID)!), ID)
  assert.equal(nodeIdFromPeerId(parsePeerId(SECP_PEER_ID)!), SECP_ID)
  assert.equal(nodeIdIfAny(parsePeerId(SECP_PEER_ID)!), SECP_ID)
})

test('fresh keys differ, and survive the file and libp2p', async () => {
  const key = generateNodeKey()
  assert.notEqual(key.id, generateNodeKey().id)
  assert.ok(isNodeId(key.id))
  assert.equal(parseNodeKeyJson(nodeKeyToJson(key)).id, key.id)
  assert.equal(nodeKeyFromLibp2p(key.privateKey).id, key.id)
  assert.equal(nodeKeyFromLibp2p(await generateKeyPair('Ed25519')).privateKey.type, 'Ed25519')
  const message = utf8ToBytes('hello')
  assert.ok(await key.peerId.publicKey!.verify(message, await key.privateKey.sign(message)))
})

test('the seed is copied: the caller may wipe its own', () => {
  const seed = Uint8Array.from(SEED)
  const key = nodeKeyFromSeed(seed)
  seed.fill(0)
  assert.equal(nodeKeyFromSeed(key.seed).id, ID)
})

describe('keys that are refused', () => {
  const value = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
  const file = (type: string, text: unknown) => JSON.stringify({ priv_key: { type, value: text } })
  const ed = 'tendermint/PrivKeyEd25519'
  const table = [
    { name: 'not JSON', text: '{', says: /not JSON/ },
    { name: 'JSON, but null', text: 'null', says: /priv_key: missing/ },
    { name: 'no key', text: '{}', says: /priv_key: missing/ },
    { name: 'another type', text: file('tendermint/PrivKeySecp256k1', ''), says: /priv_key\.type.*Secp256k1/ },
    { name: 'no value', text: file(ed, 5), says: /priv_key\.value/ },
    { name: 'not base64', text: file(ed, '***'), says: /not base64/ },
    { name: 'too short', text: file(ed, value(SEED)), says: /expected 64 bytes, found 32/ },
    { name: 'halves of two keys', text: file(ed, value(new Uint8Array(64))), says: /public half/ }
  ]
  for (const { name, text, says } of table)
    test(name, () => {
      assert.throws(() => parseNodeKeyJson(text), { name: 'InvalidKeyError', message: says })
    })

  test('the message never quotes the secret', () => {
    for (const text of [`${JSON_FILE}x`, JSON_FILE.replace('==', ''), JSON_FILE.replace('1NdUv6vE', 'AAAAAAAA')])
      try {
        parseNodeKeyJson(text)
      } catch (error) {
        assert.doesNotMatch(`${error} ${(error as Error).cause}`, /vE\+S9|1NdU/)
      }
  })

  test('seeds and libp2p keys of another kind', async () => {
    assert.throws(() => nodeKeyFromSeed(new Uint8Array(31)), { name: 'InvalidKeyError' })
    assert.throws(() => nodeKeyFromSeed(undefined as never), { name: 'InvalidKeyError' })
    const secp = await generateKeyPair('secp256k1')
    assert.throws(() => nodeKeyFromLibp2p(secp), { name: 'InvalidKeyError', message: /secp256k1/ })
    assert.throws(() => nodeIdFromPublicKey(new Uint8Array(33)), { name: 'InvalidKeyError' })
  })
})

describe('ids as users write them', () => {
  const accepted = [
    { given: ID, want: ID },
    { given: ID.toUpperCase(), want: ID },
    { given: PEER_ID, want: ID },
    { given: SECP_PEER_ID, want: SECP_ID }
  ]
  for (const { given, want } of accepted) test(given, () => assert.equal(parseNodeId('f', given), want))

  test('a PeerId as a CID', () => {
    assert.equal(parseNodeId('f', parsePeerId(PEER_ID)!.toCID().toString()), ID)
  })

  for (const given of [
    '',
    'x',
    ID.slice(1),
    `${ID}0`,
    ` ${ID}`,
    'QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC',
    5,
    undefined,
    null
  ])
    test(`refused: ${JSON.stringify(given)}`, () => {
      assert.throws(() => parseNodeId('unconditionalPeerIDs[0]', given as string), {
        name: 'InvalidNodeIdError',
        message: /^unconditionalPeerIDs\[0\]/
      })
    })

  test('a PeerId without an inlined key has no hex id', async () => {
    const { peerIdFromString } = await import('@libp2p/peer-id')
    const rsa = peerIdFromString('QmcgpsyWgH8Y8ajJz1Cu72KnS5uo2Aa2LpzU7kinSupNKC')
    assert.throws(() => nodeIdFromPeerId(rsa), { name: 'InvalidNodeIdError' })
    assert.equal(nodeIdIfAny(rsa), undefined)
  })
})

describe('beside Go', () => {
  interface Vector {
    type: 'ed25519' | 'secp256k1'
    seed?: string
    public: string
    id: string
    peerId: string
    file?: string
  }
  const vectors = readVectors<Vector>('keys.jsonl')

  test(`R-12: ${vectors.length} keys have the ids, PeerIds and files that Go gives them`, () => {
    for (const vector of vectors) {
      const peerId = parsePeerId(vector.peerId)!
      assert.equal(nodeIdFromPeerId(peerId), vector.id)
      assert.equal(bytesToHex(peerId.publicKey!.raw), vector.public)
      if (vector.type !== 'ed25519') continue
      const key = nodeKeyFromSeed(hexToBytes(vector.seed!))
      assert.deepEqual(
        { id: key.id, peerId: String(key.peerId), public: bytesToHex(key.publicKey), file: nodeKeyToJson(key) },
        { id: vector.id, peerId: vector.peerId, public: vector.public, file: vector.file }
      )
      assert.equal(parseNodeKeyJson(vector.file!).id, vector.id)
    }
  })
})
