/** No PeerId that a stranger makes up stops a node, wherever libp2p reads it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair, publicKeyToProtobuf } from '@libp2p/crypto/keys'
import { noise } from '@libp2p/noise'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { boundPeerIds } from '../../../src/stacks/libp2p/short-peer-ids.ts'
import { stillness } from '../../helpers/stillness.ts'
import { field, varint } from './dht/hostile-server.ts'
import { startDhtNode } from './dht-nodes.ts'

/** An address that ends in a PeerId of so many bytes. */
function endless(bytes: number): number[] {
  const hash = [0, ...varint(bytes), ...new Array<number>(bytes).fill(0xab)]
  return [...multiaddr('/ip4/1.2.3.4/tcp/1').bytes, 0xa5, 0x03, ...varint(hash.length), ...hash]
}

test('a stranger that answers identify with PeerIds of 8,000 bytes does not stop the node', {
  timeout: 60_000
}, async (t) => {
  const node = await startDhtNode({ dht: false })
  t.after(() => node.stop())
  const stranger = await createLibp2p({
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()]
  })
  t.after(() => stranger.stop())
  const { publicKey } = stranger.peerId
  assert.ok(publicKey !== undefined)
  const message = [...field(1, publicKeyToProtobuf(publicKey)), ...field(2, endless(8_000))]
  const framed = Uint8Array.from([...varint(message.length), ...message])
  await stranger.handle('/ipfs/id/1.0.0', (stream) => {
    // as many as are read
    for (let i = 0; i < 10; i++) stream.send(framed)
    void stream.close()
  })
  const identified = new Promise((resolve) => node.libp2p.addEventListener('peer:identify', resolve, { once: true }))
  const longest = await stillness(async () => {
    await stranger.dial(node.libp2p.getMultiaddrs())
    await identified
  })
  // read, 3.5 s
  assert.ok(longest < 1_500, `${longest} ms`)
})

test('PeerIds of all kinds of keys are read and written as before, and longer ones are no address', async () => {
  boundPeerIds()
  boundPeerIds()
  for (const type of ['Ed25519', 'secp256k1', 'RSA'] as const) {
    const text = `/ip4/1.2.3.4/tcp/1/p2p/${peerIdFromPrivateKey(await generateKeyPair(type as 'Ed25519'))}`
    assert.equal(String(multiaddr(multiaddr(text).bytes)), text)
  }
  assert.throws(() => multiaddr(Uint8Array.from(endless(129))), /at most 128/)
  assert.throws(() => multiaddr(`/ip4/1.2.3.4/tcp/1/p2p/1${'2'.repeat(300)}`).bytes, /at most 256/)
})
