/** A hostile server in a network's DHT, among real libp2p nodes over loopback TCP: what it says keeps nobody apart (issue 5). */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { generateNodeKey } from '../../../../src/identity/node-key.ts'
import { dhtProtocol } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import { met } from '../../../helpers/met.ts'
import { type DhtNode, startDhtNode } from '../dht-nodes.ts'

const timeout = 30_000
/** kad-dht's message/dht.proto. */
const GET_PROVIDERS = 3
const [CLOSER, PROVIDERS] = [8, 9]

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n & 127) | 128, ...varint(n >> 7)]
}

function field(number: number, bytes: readonly number[]): number[] {
  return [(number << 3) | 2, ...varint(bytes.length), ...bytes]
}

/** Nodes that do not exist, each in a network of its own, where nothing listens. */
const madeUp = Array.from({ length: 700 }, (_, i) => [
  ...field(1, [...generateNodeKey().peerId.toMultihash().bytes]),
  ...field(2, [...multiaddr(`/ip4/127.${1 + (i % 250)}.0.9/tcp/1`).bytes])
])

/** Answers everything; who provides, with 700 names of nobody, and who is closer, with 200. */
async function startHostile(t: TestContext): Promise<DhtNode & { readonly asked: () => number }> {
  const node = await startDhtNode({ dht: false, network: 'another' })
  t.after(() => node.stop())
  let asked = 0
  const answer = (stream: Stream, type: number) => {
    if (type === GET_PROVIDERS) asked++
    const closer = madeUp.slice(0, 200).flatMap((one) => field(CLOSER, one))
    const providers = type === GET_PROVIDERS ? madeUp.flatMap((one) => field(PROVIDERS, one)) : []
    const message = [0x08, type, ...closer, ...providers]
    stream.send(Uint8Array.from([...varint(message.length), ...message]))
  }
  await node.libp2p.handle(dhtProtocol('chain'), (stream) => {
    // one byte of length, the tag of the type, the type
    stream.addEventListener('message', ({ data }) => answer(stream, data.subarray()[2] as number))
  })
  return Object.assign(node, { asked: () => asked })
}

for (const mode of ['server', 'client'] as const)
  test(`R-78: one server that names 700 nodes of nobody's keeps no ${mode} from the others`, { timeout }, async (t) => {
    const hostile = await startHostile(t)
    const policy = { maxNumOutboundPeers: 10 }
    const first = await startDhtNode({ policy })
    t.after(() => first.stop())
    const bootstrap = [...first.bootstrap, ...hostile.bootstrap]
    const others = await Promise.all(
      Array.from({ length: 4 }, () => startDhtNode({ policy, dht: { mode, bootstrap } }))
    )
    t.after(() => Promise.all(others.map((node) => node.stop())))
    const began = performance.now()
    await met(t, 'each has all four others', () => [first, ...others].every(({ sw }) => sw.peers().size === 4))
    t.diagnostic(`${((performance.now() - began) / 1000).toFixed(1)} s`)
    assert.ok(hostile.asked() > 0)
  })
