import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNodeInfo } from '../../../src/identity/node-info.ts'
import { nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { reportedAddress } from '../../../src/reactors/pex/reported-address.ts'

const { id, peerId } = nodeKeyFromSeed(new Uint8Array(32).fill(1))

const peer = (stack: string, listenAddr: string, remoteIP = '9.9.9.9', told = id): Peer =>
  ({
    id: () => id,
    peerId: () => peerId,
    stack: () => stack,
    remoteIP: () => remoteIP,
    nodeInfo: () =>
      createNodeInfo({ id: told, listenAddr, network: 'n', version: '1', channels: new Uint8Array(0), moniker: 'm' })
  }) as unknown as Peer

const table: Array<{ name: string; given: Peer; want: string | undefined }> = [
  { name: 'classic', given: peer('comet', 'tcp://8.8.8.8:26656'), want: `${id}@8.8.8.8:26656` },
  { name: 'memory', given: peer('memory', '8.8.8.8:26656'), want: `${id}@8.8.8.8:26656` },
  { name: 'libp2p', given: peer('libp2p', 'tcp://8.8.8.8:26656'), want: `/ip4/8.8.8.8/tcp/26656/p2p/${peerId}` },
  {
    name: 'libp2p, IPv6',
    given: peer('libp2p', 'tcp://[2600::1]:26656'),
    want: `/ip6/2600::1/tcp/26656/p2p/${peerId}`
  },
  {
    name: 'libp2p, a name',
    given: peer('libp2p', 'node.example:26656'),
    want: `/dns/node.example/tcp/26656/p2p/${peerId}`
  },
  { name: '0.0.0.0', given: peer('comet', 'tcp://0.0.0.0:26656'), want: `${id}@9.9.9.9:26656` },
  { name: '::', given: peer('comet', 'tcp://[::]:26656'), want: `${id}@9.9.9.9:26656` },
  { name: '0.0.0.0 as IPv6', given: peer('comet', 'tcp://[::ffff:0.0.0.0]:26656'), want: `${id}@9.9.9.9:26656` },
  { name: '0.0.0.0 on libp2p', given: peer('libp2p', '0.0.0.0:26656'), want: `/ip4/9.9.9.9/tcp/26656/p2p/${peerId}` },
  { name: '0.0.0.0 without a socket IP', given: peer('comet', 'tcp://0.0.0.0:26656', ''), want: undefined },
  {
    name: 'another id than it has proven',
    given: peer('comet', '8.8.8.8:1', '9.9.9.9', 'f'.repeat(40)),
    want: `${id}@8.8.8.8:1`
  },
  { name: 'port 0', given: peer('comet', 'tcp://8.8.8.8:0'), want: undefined },
  { name: 'nothing', given: peer('comet', ''), want: undefined },
  { name: 'no address', given: peer('comet', 'here'), want: undefined }
]
for (const { name, given, want } of table)
  test(`R-67: what a peer says of itself: ${name}`, () => {
    assert.equal(reportedAddress(given)?.toString(), want)
  })
