/** Under what those count that tell the DHT something: requirements issue 5; a free key is nobody by itself. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { NO_IP, networkOf, tellerOf } from '../../../../src/stacks/libp2p/dht/told-by.ts'

const id = generateNodeKey().peerId
const relay = generateNodeKey().peerId
const relayed = `/ip4/9.9.9.9/tcp/1/p2p/${relay}/p2p-circuit/p2p/${id}`

for (const { name, at, teller, network } of [
  { name: 'a public IP', at: ['/ip4/8.8.1.1/tcp/1'], teller: '8.8.0.0', network: '8.8.0.0' },
  { name: 'a local IP', at: ['/ip4/10.1.2.3/tcp/1'], teller: String(id), network: '10.1.0.0' },
  { name: 'a relay', at: [relayed], teller: NO_IP, network: NO_IP },
  { name: 'a relay and an IP', at: [relayed, '/ip4/8.8.1.1/tcp/1'], teller: '8.8.0.0', network: '8.8.0.0' },
  {
    name: 'a local IP and a public one',
    at: ['/ip4/10.1.2.3/tcp/1', '/ip4/8.8.1.1/tcp/1'],
    teller: '8.8.0.0',
    network: '10.1.0.0'
  },
  { name: 'nowhere any more', at: [], teller: NO_IP, network: NO_IP }
])
  test(`connected from ${name}: tells as ${teller === String(id) ? 'itself' : teller}, provides as ${network}`, () => {
    const connections = at.map((one) => ({ remoteAddr: multiaddr(one) }))
    assert.equal(tellerOf(id, connections), teller)
    assert.equal(networkOf(connections), network)
  })
