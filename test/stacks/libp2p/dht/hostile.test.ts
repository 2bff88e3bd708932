/** A hostile server in a network's DHT, among real libp2p nodes over loopback TCP: what it says keeps nobody apart (issue 5). */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { networkKey } from '../../../../src/stacks/libp2p/dht/dht-key.ts'
import { met } from '../../../helpers/met.ts'
import { startDhtNode } from '../dht-nodes.ts'
import {
  ADD_PROVIDER,
  asStranger,
  exchange,
  field,
  GET_PROVIDERS,
  madeUp,
  named,
  PING,
  PROVIDERS,
  startHostile,
  varint
} from './hostile-server.ts'

const timeout = 30_000

for (const mode of ['server', 'client'] as const)
  test(`R-78: one server that names 700 nodes of nobody's keeps no ${mode} from the others`, { timeout }, async (t) => {
    const names = madeUp(700, 1)
    const hostile = await startHostile(t, { closer: names.slice(0, 200), providers: names })
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

test('R-78: of forty keys that one IP sends, all nodes of other networks are still in every answer', {
  timeout,
  // elsewhere a loopback has one address
  skip: process.platform !== 'linux'
}, async (t) => {
  const server = await startDhtNode({ policy: { maxNumOutboundPeers: 0 }, dht: { provide: false } })
  t.after(() => server.stop())
  const key = field(2, networkKey('chain').multihash.bytes)
  const tell = async (ip: string) => {
    let id: number[] = []
    await asStranger(ip, server, async ({ peerId }, stream) => {
      id = [...peerId.toMultihash().bytes]
      const self = field(PROVIDERS, named(peerId, `/ip4/${ip}/tcp/1`))
      stream.send(Uint8Array.from([...varint(2 + key.length + self.length), 0x08, ADD_PROVIDER, ...key, ...self]))
      // it is answered after what came before it
      await exchange(stream, [0x08, PING])
    })
    return Buffer.from(id)
  }
  const honest = await Promise.all(['127.7.0.1', '127.8.0.1', '127.9.0.1'].map(tell))
  for (let i = 0; i < 40; i++) await tell('127.66.0.1')
  for (let asked = 0; asked < 4; asked++)
    await asStranger('127.10.0.1', server, async (_, stream) => {
      const answer = Buffer.from(await exchange(stream, [0x08, GET_PROVIDERS, ...key]))
      assert.ok(answer.length > 1_000)
      assert.equal(honest.filter((id) => answer.includes(id)).length, 3)
    })
})
