import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseNetAddress } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { PersistentPeers } from '../../../src/switch/dialing/persistent-peers.ts'
import { puppet } from '../fake-stack.ts'

const { id, peerId } = puppet(1)
const hex = (n: number) => parseNetAddress(`${id}@10.0.0.${n}:26656`)
const multiaddr = parseNetAddress(`/ip4/10.0.0.9/tcp/4001/p2p/${peerId}`)
const nameless = parseNetAddress('/ip4/10.0.0.8/tcp/4001')
const texts = (addresses: readonly NetAddress[]) => addresses.map(String)

test('D-24: addresses of one id are one node; the lowest rank is first, and of equal ones what was said last', () => {
  const peers = new PersistentPeers(({ form }) => (form === 'multiaddr' ? 0 : 1))
  peers.add([hex(1), multiaddr, hex(2), hex(1)])
  assert.deepEqual(texts(peers.addresses()), [String(multiaddr)])
  assert.deepEqual(texts(peers.otherAddresses(multiaddr)), texts([hex(1), hex(2)]))
  peers.add([hex(3), hex(2)])
  assert.deepEqual(texts(peers.otherAddresses(multiaddr)), texts([hex(3), hex(2), hex(1)]))
  assert.equal(String(peers.addressOf(id)), String(multiaddr))
  assert.ok(peers.hasAddress(parseNetAddress(`${id}@1.2.3.4:5`)), 'any address of that id is')
  assert.deepEqual(
    [peers.livesAt('10.0.0.3'), peers.livesAt('10.0.0.4'), peers.has(puppet(2).id)],
    [true, false, false]
  )
  assert.deepEqual(peers.otherAddresses(puppet(2).address), [])
})

test('a node is kept with so many addresses, the oldest go', () => {
  const peers = new PersistentPeers()
  for (let n = 1; n <= 20; n++) peers.add([hex(n)])
  assert.deepEqual(texts(peers.otherAddresses(multiaddr)), texts([20, 19, 18, 17, 16, 15, 14, 13].map(hex)))
})

test('an address without an id is persistent as the one node it last led to', () => {
  const peers = new PersistentPeers()
  peers.add([nameless])
  peers.learn(nameless, id)
  assert.ok(peers.has(id))
  peers.add([nameless])
  peers.learn(nameless, puppet(2).id)
  assert.deepEqual([peers.has(id), peers.has(puppet(2).id)], [false, true])
  assert.equal(peers.addresses().length, 1)
  // whoever is persistent by name stays what he is
  peers.add([puppet(3).address])
  peers.learn(nameless, puppet(3).id)
  assert.equal(String(peers.addressOf(puppet(3).id)), String(puppet(3).address))
  peers.learn(puppet(4).address, puppet(5).id)
  assert.equal(peers.has(puppet(5).id), false)
})
