import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Outage } from '../../../src/switch/dialing/outage.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'
import { given } from '../given.ts'

test('D-21: ten minutes without a line of our own, and all persistent peers are back within seconds of the first; nobody is banned or in low esteem', async () => {
  const clock = new FakeClock()
  const { net, node, end } = given({ seed: 3, clock })
  const others = [await node('b'), await node('c'), await node('d')]
  const a = await node('a', { persistentPeers: others.map(({ address }) => address) })
  await clock.run(60_000)
  assert.equal(a.sw.peers().size, 3)
  // so that the schedules are apart
  for (const { sw } of others) {
    net.isolate(sw)
    await clock.run(50_000)
  }
  net.isolate(a.sw)
  await clock.run(600_000)
  assert.equal(a.sw.peers().size, 0)
  net.heal()
  for (let s = 0; a.sw.peers().size === 0; s++) {
    assert.ok(s < 600, 'the cap of the backoff')
    await clock.run(1_000)
  }
  await clock.run(8_000)
  assert.equal(a.sw.peers().size, 3)
  assert.deepEqual(
    a.sw.nodeStates().filter(({ state }) => state === 'bad'),
    []
  )
  for (const { id } of others) assert.ok(a.sw.score(id) >= 0)
  const stopped = end()
  await clock.run(60_000)
  await stopped
})

test('a moment without peers is no outage, nor is being alone from the beginning', () => {
  let over = 0
  const outage = new Outage(() => over++)
  outage.reached(1)
  outage.alone(10)
  outage.reached(60_009)
  assert.equal(over, 0)
  outage.alone(60_010)
  outage.alone(100_000)
  outage.reached(120_010)
  assert.equal(over, 1)
})
