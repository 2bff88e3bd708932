/** Addresses that strangers tell: which are taken, and how much of them is kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import {
  MAX_ADDRESSES,
  MAX_CHARACTERS_OF_NODE,
  peerAddress,
  peerAddresses
} from '../../../src/stacks/libp2p/peer-addresses.ts'

const { peerId } = nodeKeyFromSeed(new Uint8Array(32).fill(7))
const inAll = (addresses: readonly unknown[]) => addresses.reduce<number>((sum, one) => sum + String(one).length, 0)

test('a name that no DNS server can have is nobody’s address', () => {
  assert.equal(peerAddress(multiaddr(`/dns4/1.${'a'.repeat(60_000)}.org/tcp/1`), peerId), undefined)
  assert.equal(peerAddress(multiaddr(`/dns4/1.${'a.'.repeat(130)}org/tcp/1/p2p/${peerId}`), peerId), undefined)
})

test('an address read off a message does not keep the message in memory', () => {
  const { bytes } = multiaddr(`/ip4/1.2.3.4/tcp/1/p2p/${peerId}`)
  const message = new Uint8Array(65_536)
  message.set(bytes, 1_000)
  const told = multiaddr(message.subarray(1_000, 1_000 + bytes.length))
  assert.equal(told.getComponents()[0]?.bytes?.buffer.byteLength, message.length)
  const kept = peerAddress(told, peerId)?.multiaddr
  assert.deepEqual(
    kept?.getComponents().map((one) => one.bytes?.buffer.byteLength ?? 0),
    [0, 0, 0]
  )
  assert.equal(String(kept), String(told))
})

test('of one node no more text is kept than eight common addresses have, and of the rest what fits', () => {
  const label = 'a'.repeat(50)
  const long = Array.from({ length: 8 }, (_, i) => multiaddr(`/dns4/${i}.${`${label}.`.repeat(4)}org/tcp/1`))
  const kept = peerAddresses([...long, multiaddr('/ip4/1.2.3.4/tcp/1')], peerId)
  assert.ok(inAll(kept) <= MAX_CHARACTERS_OF_NODE, `${inAll(kept)}`)
  assert.ok(kept.length >= 4)
  // the whole world can reach all of them: the first come first, and a short one still finds room
  assert.match(String(kept.at(-1)), /^\/ip4\/1\.2\.3\.4\//)
  const common = Array.from({ length: 9 }, (_, i) =>
    multiaddr(`/ip6/2001:4860:1111:2222:3333:4444:5555:666${i}/udp/26656/quic-v1`)
  )
  assert.equal(peerAddresses(common, peerId).length, MAX_ADDRESSES)
})
