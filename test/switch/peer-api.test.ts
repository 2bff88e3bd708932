import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMemoryNetwork } from '../../src/testing/memory-network.ts'
import { TextReactor } from '../helpers/text-reactor.ts'

test('R-19, R-55: a peer has every method reactors call, and the set finds, counts, lists, iterates and draws it', async () => {
  const net = createMemoryNetwork({ seed: 1, latencyMs: 0 })
  const [a, b] = ['a', 'b'].map((moniker) => net.createSwitch({ network: 'api', moniker })) as [Made, Made]
  for (const sw of [a, b]) {
    sw.addReactor('TEXT', new TextReactor())
    await sw.start()
  }
  assert.deepEqual([a.peers().size, a.peers().random()], [0, undefined])
  const peer = await a.dialPeerWithAddress(b.nodeInfo().netAddress())
  const peers = a.peers()
  const names = 'id isRunning quit get set send trySend flushStop isOutbound isPersistent nodeInfo status socketAddr'
  for (const name of names.split(' ')) assert.equal(typeof Reflect.get(peer, name), 'function', name)
  assert.deepEqual([peers.size, peers.has(peer.id()), peers.has('0'.repeat(40))], [1, true, false])
  assert.equal(peers.get(peer.id()), peer)
  assert.deepEqual([peers.list(), [...peers], peers.random()], [[peer], [peer], peer])
  await Promise.all([a.stop(), b.stop()])
})

type Made = ReturnType<ReturnType<typeof createMemoryNetwork>['createSwitch']>
