import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { loadTransports, transportOfAddress, transportOfMultiaddr } from '../../src/node/transports.ts'

const HEX = 'bedc24428f061f201a9f8f26b9b59927fad6b08e'
const PEER_ID = '12D3KooWE3h4xxbYockU6Y5EKhffWqo4AtMGwNS3UzmGkEFKGPZK'

test('each form of address names its transport', () => {
  const table = {
    '/ip4/1.2.3.4/tcp/1': 'tcp',
    '/dns4/example.org/tcp/443/tls/ws': 'ws',
    '/dns4/example.org/tcp/443/wss': 'ws',
    '/ip4/1.2.3.4/udp/1/quic-v1': 'quic',
    '/ip4/1.2.3.4/udp/1/quic-v1/webtransport': 'quic',
    '/memory/1': undefined,
    [`/ip4/1.2.3.4/tcp/1/p2p/${PEER_ID}/p2p-circuit`]: undefined
  }
  for (const [text, want] of Object.entries(table)) assert.equal(transportOfMultiaddr(multiaddr(text)), want, text)
  assert.equal(transportOfAddress(parseNetAddress(`${HEX}@1.2.3.4:1`)), 'tcp')
  assert.equal(transportOfAddress(parseNetAddress(`${PEER_ID}@1.2.3.4:1`)), 'quic')
  assert.equal(transportOfAddress(parseNetAddress('/ip4/1.2.3.4/tcp/1/ws')), 'ws')
})

test('transports are loaded once each, and QUIC only where it is asked for', async () => {
  let imports = 0
  const importQuic = async () => {
    imports++
    return { quic: () => () => ({}) as never }
  }
  assert.equal((await loadTransports(['tcp', 'ws', 'tcp'], importQuic)).length, 2)
  assert.equal(imports, 0)
  assert.equal((await loadTransports(['quic', 'quic'], importQuic)).length, 1)
  assert.equal(imports, 1)
})

test('where QUIC is needed and missing, the error says which package to install', async () => {
  const cause = new Error('not found')
  await assert.rejects(
    loadTransports(['quic'], () => Promise.reject(cause)),
    (err: Error) =>
      err.name === 'MissingDependencyError' && err.cause === cause && /@chainsafe\/libp2p-quic/.test(err.message)
  )
})
