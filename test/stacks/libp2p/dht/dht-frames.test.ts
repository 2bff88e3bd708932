/** What may reach kad-dht's decoder, and that a node which is sent anything else has not stopped meanwhile. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { multiaddr } from '@multiformats/multiaddr'
import fc from 'fast-check'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { DhtFrames } from '../../../../src/stacks/libp2p/dht/dht-frames.ts'
import { dhtProtocol } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import { deferred } from '../../../../src/util/deferred.ts'
import { stillness } from '../../../helpers/stillness.ts'
import { startDhtNode } from '../dht-nodes.ts'
import {
  ADD_PROVIDER,
  CLOSER,
  exchange,
  FIND_NODE,
  field,
  livingAt,
  named,
  PROVIDERS,
  varint
} from './hostile-server.ts'

const { peerId } = generateNodeKey()
const MAX_BYTES = 65_536
const framed = (message: readonly number[]) => Uint8Array.from([...varint(message.length), ...message])
const takes = (bytes: Uint8Array) => new DhtFrames(MAX_BYTES).take(bytes)
/** An address that ends in a PeerId of so many bytes. */
const endless = (bytes: number) => {
  const hash = [0, ...varint(bytes), ...new Array<number>(bytes).fill(0xab)]
  return [...multiaddr('/ip4/1.2.3.4/tcp/1').bytes, 0xa5, 0x03, ...varint(hash.length), ...hash]
}
const ofPeer = (address: readonly number[]) => [...field(1, peerId.toMultihash().bytes), ...field(2, address)]
const honest = [
  0x08,
  FIND_NODE,
  ...field(2, [1, 2, 3]),
  ...field(CLOSER, named(peerId, '/ip4/1.2.3.4/tcp/1', `/dns4/${`${'a'.repeat(62)}.`.repeat(4)}a/udp/1/quic-v1`)),
  ...field(PROVIDERS, [...named(peerId, '/ip6/::1/tcp/1'), 0x18, 1]),
  0x50,
  7
]

test('messages of honest nodes pass, in whatever pieces they come', () => {
  const two = Uint8Array.from([...framed(honest), ...framed([0x08, 5]), 0])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: two.length }), { maxLength: 20 }), (cuts) => {
      const frames = new DhtFrames(MAX_BYTES)
      const ends = [...cuts.sort((a, b) => a - b), two.length]
      assert.ok(ends.every((end, i) => frames.take(two.subarray(ends[i - 1] ?? 0, end))))
    })
  )
})

test('an address or an id that no node has does not pass, nor what a decoder may read otherwise', () => {
  const bad = ofPeer(endless(1_000))
  const refused: Record<string, readonly number[]> = {
    'a long address': field(CLOSER, bad),
    'behind others': [...honest, ...field(PROVIDERS, bad)],
    'a long id': field(CLOSER, field(1, new Array<number>(65).fill(1))),
    'behind a group': [0x63, 0x64, ...field(CLOSER, bad)],
    'behind a padded number': [0x08, 0x84, 0, ...field(CLOSER, bad)],
    'behind a number of six bytes': [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    'a field that ends beyond its peer': [
      ...field(CLOSER, [0x12, ...varint(1_000)]),
      ...new Array<number>(1_000).fill(0)
    ],
    'cut off': [0x12, 200, 1]
  }
  for (const [what, message] of Object.entries(refused)) assert.equal(takes(framed(message)), false, what)
  assert.equal(takes(Uint8Array.from([0xff, 0xff, 0xff, 0xff, 1])), false)
  assert.equal(takes(framed(new Array<number>(MAX_BYTES + 1).fill(0))), false)
  const frames = new DhtFrames(MAX_BYTES)
  assert.equal(frames.take(framed(field(CLOSER, bad))), false)
  assert.equal(frames.take(framed(honest)), false)
})

test('arbitrary bytes are taken or refused, nothing else', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof takes(bytes) === 'boolean'))
})

test('R-78: no answer and no request stops the node, whatever PeerId of 60,000 bytes is in it', {
  timeout: 60_000
}, async (t) => {
  const hostile = await startDhtNode({ dht: false, network: 'another', libp2p: livingAt('127.0.0.1') })
  t.after(() => hostile.stop())
  const answered = deferred<void>()
  await hostile.libp2p.handle(dhtProtocol('chain'), (stream) => {
    stream.addEventListener('message', ({ data }) => {
      const type = data.subarray()[2] as number
      const closer = type === FIND_NODE ? field(CLOSER, ofPeer(endless(60_000))) : []
      stream.send(framed([0x08, type, ...closer]))
      if (type === FIND_NODE) stream.addEventListener('close', () => answered.resolve(), { once: true })
    })
  })
  const node = await startDhtNode({ dht: { bootstrap: hostile.bootstrap } })
  t.after(() => node.stop())
  const ofAnswer = await stillness(() => answered.promise)
  const stream = await hostile.libp2p.dialProtocol(node.libp2p.getMultiaddrs(), node.dht.protocol)
  const request = [0x08, ADD_PROVIDER, ...field(2, [1]), ...field(PROVIDERS, ofPeer(endless(16_000)))]
  const ofRequest = await stillness(() => assert.rejects(exchange(stream, request)))
  t.diagnostic(`${ofAnswer.toFixed(0)} ms of the answer, ${ofRequest.toFixed(0)} ms of the request`)
  // with kad-dht alone 16 s and half a second
  assert.ok(ofAnswer < 5_000, `${ofAnswer} ms`)
})
