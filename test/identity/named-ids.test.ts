import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { idsNamedBy, idsNamedIn } from '../../src/identity/named-ids.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { nodeIdFromPeerId } from '../../src/identity/node-id.ts'
import { keyOf, recordOf } from '../reactors/pex/records.ts'

const [NODE, RELAY] = [keyOf(1), keyOf(2)]

test('an address names its node, and a relay that it leads through, whatever the kind of its key', async () => {
  const other = peerIdFromPrivateKey(await generateKeyPair('secp256k1'))
  const rsa = peerIdFromPrivateKey(await generateKeyPair('RSA', 1024))
  const named = (text: string) => [...new Set(idsNamedBy(parseNetAddress(text)))]
  const end = `p2p/${NODE.peerId}`
  assert.deepEqual(named(`${NODE.id}@1.2.3.4:5`), [NODE.id])
  assert.deepEqual(named(`/ip4/1.2.3.4/tcp/5/${end}`), [NODE.id])
  assert.deepEqual(named(`/ip4/1.2.3.4/tcp/5/p2p/${RELAY.peerId}/p2p-circuit/${end}`), [RELAY.id, NODE.id])
  assert.deepEqual(named(`/ip4/1.2.3.4/tcp/5/p2p/${other}/p2p-circuit/${end}`), [nodeIdFromPeerId(other), NODE.id])
  assert.deepEqual(named(`/ip4/1.2.3.4/tcp/5/p2p/${rsa}/p2p-circuit/${end}`), [NODE.id])
})

test('a record names its node and the relays in it, up to its last byte', async () => {
  const other = peerIdFromPrivateKey(await generateKeyPair('secp256k1'))
  const record = await recordOf(NODE, [
    `/ip4/1.2.3.4/tcp/5/p2p/${RELAY.peerId}/p2p-circuit`,
    `/ip4/1.2.3.4/tcp/5/p2p/${other}/p2p-circuit`
  ])
  const ids = idsNamedIn(record)
  for (const id of [NODE.id, RELAY.id, nodeIdFromPeerId(other)]) assert.ok(ids.includes(id), id)
  const bare = other.toMultihash().digest
  assert.deepEqual(idsNamedIn(bare), [nodeIdFromPeerId(other)])
  assert.deepEqual(idsNamedIn(bare.subarray(0, -1)), [])
})
