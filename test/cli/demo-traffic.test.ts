import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DemoTraffic } from '../../src/cli/demo-traffic.ts'
import { MempoolReactor } from '../../src/reactors/mempool/mempool-reactor.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

/** Two nodes; what enters the first enters the second when `deliver` is called. */
function network() {
  const clock = new FakeClock()
  const nodes = ['node 1', 'node 2'].map((name) => ({ name, mempool: new MempoolReactor() }))
  const traffic = new DemoTraffic({ nodes, clock, random: () => 0.5 }, 100)
  const waiting: Array<() => void> = []
  for (const [i, { mempool }] of nodes.entries())
    mempool.onTx(({ tx, from }) => {
      const other = nodes[1 - i]!.mempool.mempool
      if (from === undefined) waiting.push(() => void other.add(tx, 'a'.repeat(40)))
    })
  const deliver = () => {
    for (const each of waiting.splice(0)) each()
  }
  return { clock, nodes, traffic, deliver }
}

test('transactions are submitted at their rate by the nodes in turn, and followed until every pool has them', () => {
  const { clock, nodes, traffic, deliver } = network()
  traffic.start()
  clock.advance(1_000)
  assert.deepEqual([traffic.view().submitted, traffic.view().everywhere, traffic.settled], [100, 0, false])
  assert.deepEqual([traffic.ofNode(0).txs, traffic.ofNode(1).txs], [50, 50])
  deliver()
  assert.deepEqual([traffic.view().everywhere, traffic.settled], [100, true])
  assert.deepEqual([traffic.ofNode(0).txs, traffic.ofNode(1).txs], [100, 100])
  // as if a block had taken them
  assert.deepEqual(
    nodes.map(({ mempool }) => mempool.mempool.size()),
    [0, 0]
  )
  const { medianMs, p99Ms, last } = traffic.view()
  assert.deepEqual([medianMs, p99Ms], [500, 950])
  assert.deepEqual(last, { text: 'node2/99=800000000000', from: 'node 2', ms: 0 })
  // over the last five full seconds
  clock.advance(6_000)
  assert.equal(traffic.view().perSecond, 100)
  assert.equal(traffic.ofNode(0).txsPerSecond, 50)
  traffic.stop()
})

test('a network that delivers nothing gets a bounded number of transactions', () => {
  const { clock, traffic, deliver } = network()
  traffic.start()
  clock.advance(60_000)
  assert.equal(traffic.view().submitted, 1_000)
  deliver()
  clock.advance(50)
  assert.equal(traffic.view().submitted, 2_000)
  traffic.stop()
})

test('after finish nothing is submitted and the rest is still followed; after stop nothing is left', () => {
  const { clock, traffic, deliver } = network()
  traffic.start()
  clock.advance(100)
  traffic.finish()
  clock.advance(10_000)
  assert.equal(traffic.view().submitted, 10)
  assert.equal(clock.pending, 0)
  deliver()
  assert.equal(traffic.settled, true)
  traffic.stop()
})
