/** Signed peer records: what is proven, what is not, and those of real nodes over loopback TCP. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { identify } from '@libp2p/identify'
import type { PrivateKey } from '@libp2p/interface'
import { peerIdFromPrivateKey } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { nodeIdFromPeerId } from '../../../../src/identity/node-id.ts'
import {
  NodeRecords,
  type PeerRecordsComponents,
  peerRecords
} from '../../../../src/stacks/libp2p/finding/peer-records.ts'
import { FakeClock } from '../../../helpers/fake-clock.ts'
import { field, varint } from '../dht/hostile-server.ts'
import { startNode } from '../nodes.ts'

const key = await generateKeyPair('Ed25519')
const peerId = peerIdFromPrivateKey(key)
const id = nodeIdFromPeerId(peerId)
const address = (n: number) => multiaddr(`/ip4/8.8.8.${n}/tcp/26656`)

interface Made {
  of?: PrivateKey
  signer?: PrivateKey
  addresses?: string[]
}

async function record({ of = key, signer = key, addresses = ['/ip4/8.8.8.8/tcp/26656'] }: Made = {}) {
  const made = new PeerRecord({
    peerId: peerIdFromPrivateKey(of as typeof key),
    multiaddrs: addresses.map((a) => multiaddr(a)),
    seqNumber: 7n
  })
  return (await RecordEnvelope.seal(made, signer)).marshal()
}

const opened = async (envelope: Uint8Array) => {
  const result = await peerRecords().open(envelope)
  return result && { ...result, addresses: result.addresses.map(String) }
}

test('a record that holds says whose it is, its number, and its addresses with the id', async () => {
  assert.deepEqual(await opened(await record()), {
    id,
    seq: 7n,
    addresses: [`/ip4/8.8.8.8/tcp/26656/p2p/${peerId}`]
  })
})

test('a record with any one byte changed proves nothing, or what it did before', async () => {
  const good = await record()
  const before = await opened(good)
  for (let i = 0; i < good.length; i++) {
    const bad = good.slice()
    bad[i] = (bad[i] as number) ^ 0x01
    const result = await opened(bad)
    // a changed tag of a field that is not read leaves nothing else changed
    if (result !== undefined) assert.deepEqual(result, before, `byte ${i}`)
  }
})

const others: Array<{ name: string; made: () => Promise<Uint8Array> }> = [
  { name: 'signed by another key', made: async () => record({ of: await generateKeyPair('Ed25519') }) },
  {
    name: 'whose signature is of another record',
    made: async () => {
      const [a, b] = [await record(), await record({ addresses: ['/ip4/9.9.9.9/tcp/1'] })]
      const [from, to] = [RecordEnvelope.createFromProtobuf(a), RecordEnvelope.createFromProtobuf(b)]
      return new RecordEnvelope({ ...to, signature: from.signature }).marshal()
    }
  },
  {
    name: 'of an RSA key, which no node has',
    made: async () => {
      const rsa = await generateKeyPair('RSA', 2048)
      return record({ of: rsa, signer: rsa })
    }
  },
  {
    name: 'of another kind',
    made: async () => {
      const made = new PeerRecord({ peerId, multiaddrs: [address(1)], seqNumber: 7n })
      made.codec = Uint8Array.of(3, 2)
      return (await RecordEnvelope.seal(made, key)).marshal()
    }
  },
  {
    name: 'with nine addresses',
    made: () => record({ addresses: Array.from({ length: 9 }, (_, i) => String(address(i + 1))) })
  },
  { name: 'of more bytes than any needs', made: async () => new Uint8Array(4_097) },
  { name: 'that is empty', made: async () => new Uint8Array() },
  { name: 'that is no bytes', made: async () => 'record' as unknown as Uint8Array }
]
for (const { name, made } of others)
  test(`a record ${name} proves nothing`, async () => {
    assert.equal(await opened(await made()), undefined)
  })

test('a record is refused before it is read where reading it would take long: one that ends in a PeerId of 3,500 bytes', async () => {
  const hash = [0, ...varint(3_500), ...new Array<number>(3_500).fill(0xab)]
  const endless = [...address(1).bytes, 0xa5, 0x03, ...varint(hash.length), ...hash]
  const payload = [...field(1, peerId.toMultihash().bytes), 0x10, 7, ...field(3, field(1, endless))]
  const made = { domain: PeerRecord.DOMAIN, codec: PeerRecord.CODEC, marshal: () => Uint8Array.from(payload) }
  const envelope = (await RecordEnvelope.seal(made as PeerRecord, key)).marshal()
  const began = performance.now()
  for (let i = 0; i < 100; i++) assert.equal(await opened(envelope), undefined)
  const took = performance.now() - began
  // read, each takes 30 ms
  assert.ok(took < 1_500, `${took} ms`)
})

test('the number of a record may have 64 bits: Go counts nanoseconds', async () => {
  const made = new PeerRecord({ peerId, multiaddrs: [address(1)], seqNumber: 2n ** 64n - 1n })
  assert.equal((await opened((await RecordEnvelope.seal(made, key)).marshal()))?.seq, 2n ** 64n - 1n)
})

test('addresses in a record that nobody can dial, or that are of another node, are left out', async () => {
  const stranger = peerIdFromPrivateKey(await generateKeyPair('Ed25519'))
  const addresses = [
    '/ip4/0.0.0.0/tcp/26656',
    `/ip4/8.8.8.1/tcp/1/p2p/${stranger}`,
    `/ip4/8.8.8.1/tcp/1/p2p/${stranger}/p2p-circuit`,
    '/ip4/192.168.0.1/tcp/1',
    '/ip4/8.8.8.8/tcp/1',
    `/ip4/8.8.8.8/tcp/1/p2p/${peerId}`
  ]
  assert.deepEqual((await opened(await record({ addresses })))?.addresses, [
    `/ip4/8.8.8.8/tcp/1/p2p/${peerId}`,
    `/ip4/192.168.0.1/tcp/1/p2p/${peerId}`
  ])
})

test('our own record follows our addresses, and its number grows though the clock was set back', async () => {
  let addresses = [address(1)]
  const wall = { ms: 5_000 }
  const clock = Object.assign(new FakeClock(), { wall: () => wall.ms })
  const records = new NodeRecords()
  assert.equal(await records.own(), undefined)
  records.bind(
    { peerId, privateKey: key, addressManager: { getAddresses: () => addresses } } as PeerRecordsComponents,
    clock
  )
  const first = (await records.own()) as Uint8Array
  assert.equal(await records.own(), first)
  addresses = [address(2), multiaddr('/ip4/0.0.0.0/tcp/1')]
  wall.ms = 1_000
  const second = (await records.own()) as Uint8Array
  const [before, after] = [await records.open(first), await records.open(second)]
  assert.deepEqual(after?.addresses.map(String), [`/ip4/8.8.8.2/tcp/26656/p2p/${peerId}`])
  assert.ok((after?.seq ?? 0n) > (before?.seq ?? 0n))
  addresses = []
  assert.equal(await records.own(), undefined)
})

test('records serve one node', () => {
  const records = new NodeRecords()
  records.bind({} as PeerRecordsComponents, new FakeClock())
  assert.throws(() => records.bind({} as PeerRecordsComponents, new FakeClock()), { name: 'InvalidOptionError' })
})

test('two nodes have proven their records to each other as soon as identify has run', async () => {
  const [a, b] = [new NodeRecords(), new NodeRecords()]
  const bound = (records: NodeRecords) => (components: any) => {
    records.bind(components, new FakeClock())
    return {}
  }
  const services = (records: NodeRecords) => ({ identify: identify(), records: bound(records) })
  const [one, other] = [
    await startNode('tcp', { libp2p: { services: services(a) } }),
    await startNode('tcp', { libp2p: { services: services(b) } })
  ]
  assert.equal(await a.of(other.id), undefined)
  await one.libp2p.dial(other.libp2p.getMultiaddrs())
  const [of, from] = [await a.of(other.id), await b.of(one.id)]
  assert.deepEqual((await a.open(of as Uint8Array))?.addresses.map(String), other.libp2p.getMultiaddrs().map(String))
  assert.equal((await b.open(from as Uint8Array))?.id, one.id)
  for (const node of [one, other]) await node.stop()
})

test('asked for the record of a peer without identify, it waits no longer than its time, and not for a node that stops', async () => {
  const clock = new FakeClock()
  const records = new NodeRecords()
  const services = {
    identify: identify(),
    records: (components: any) => {
      records.bind(components, clock)
      return {}
    }
  }
  const [one, other] = [await startNode('tcp', { libp2p: { services } }), await startNode('tcp')]
  await one.libp2p.dial(other.libp2p.getMultiaddrs())
  const late = records.of(other.id)
  await clock.run(2_000)
  assert.equal(await late, undefined)
  const stopped = records.of(other.id)
  records.stop()
  assert.equal(await stopped, undefined)
  assert.equal(clock.pending, 0)
  for (const node of [one, other]) await node.stop()
})
