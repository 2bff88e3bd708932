import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { announceOptions, listenMultiaddrs } from '../../src/node/listen.ts'

const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'

test('tcp:// addresses and multiaddrs become what libp2p listens on', async () => {
  const table: Array<[listen: string[], quic: boolean, want: string[]]> = [
    [[], true, []],
    [['tcp://0.0.0.0:26656'], false, ['/ip4/0.0.0.0/tcp/26656']],
    [['tcp://0.0.0.0:26656'], true, ['/ip4/0.0.0.0/tcp/26656', '/ip4/0.0.0.0/udp/26656/quic-v1']],
    [['127.0.0.1:0', 'tcp://[::1]:7'], false, ['/ip4/127.0.0.1/tcp/0', '/ip6/::1/tcp/7']],
    // a multiaddr says all itself
    [['/ip4/1.2.3.4/tcp/1/ws'], true, ['/ip4/1.2.3.4/tcp/1/ws']],
    [['/ip4/1.2.3.4/udp/1/quic-v1'], false, ['/ip4/1.2.3.4/udp/1/quic-v1']]
  ]
  for (const [listen, quic, want] of table) assert.deepEqual((await listenMultiaddrs(listen, quic)).map(String), want)
  const [named] = await listenMultiaddrs(['tcp://localhost:5'], false)
  assert.match(String(named), /^\/(ip4\/127\.0\.0\.1|ip6\/::1)\/tcp\/5$/)
})

test('what cannot be listened on is named by its place in the list', async () => {
  for (const text of [
    '',
    'tcp://0.0.0.0',
    'tcp://:1',
    '1.2.3.4:70000',
    'tcp://no such host:1',
    '/ip4/1.2.3.4',
    '/nonsense',
    7
  ])
    await assert.rejects(listenMultiaddrs(['127.0.0.1:1', text as string], false), {
      name: 'InvalidOptionError',
      field: 'listen[1]'
    })
  for (const text of ['/memory/a', '/ip4/1.2.3.4/udp/1', `/ip4/1.2.3.4/tcp/1/p2p/${PEER_ID}/p2p-circuit`])
    await assert.rejects(listenMultiaddrs([text], false), { name: 'InvalidOptionError', field: 'listen[0]' })
  await assert.rejects(listenMultiaddrs('tcp://0.0.0.0:1' as unknown as string[], false), { field: 'listen' })
})

test('an external address replaces what would be announced, in every transport listened on', () => {
  const tcp = multiaddr('/ip4/0.0.0.0/tcp/1')
  const quic = multiaddr('/ip4/0.0.0.0/udp/1/quic-v1')
  assert.deepEqual(announceOptions([tcp], undefined), {})
  assert.deepEqual(announceOptions([tcp], 'tcp://example.org:9'), { announce: ['/dns/example.org/tcp/9'] })
  assert.deepEqual(announceOptions([tcp, quic], '8.8.8.8:9').announce, [
    '/ip4/8.8.8.8/tcp/9',
    '/ip4/8.8.8.8/udp/9/quic-v1'
  ])
  assert.throws(() => announceOptions([tcp], '8.8.8.8'), { name: 'InvalidOptionError', field: 'externalAddress' })
})

test('a node that listens on QUIC announces no IPv6 address, which Go lp2p could not use, unless it has no other', () => {
  const addresses = ['/ip6/::1/udp/1/quic-v1', '/ip4/127.0.0.1/udp/1/quic-v1', '/ip4/127.0.0.1/tcp/1'].map((text) =>
    multiaddr(text)
  )
  const { announceFilter } = announceOptions(addresses, undefined)
  assert.deepEqual(announceFilter?.(addresses).map(String), ['/ip4/127.0.0.1/udp/1/quic-v1', '/ip4/127.0.0.1/tcp/1'])
  assert.deepEqual(announceFilter?.(addresses.slice(0, 1)).map(String), ['/ip6/::1/udp/1/quic-v1'])
})
