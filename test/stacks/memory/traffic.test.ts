import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Flow, Traffic } from '../../../src/stacks/memory/traffic.ts'
import { seededRandom } from '../../../src/util/prng.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

function setup(seed = 1, latencyMs = 0, jitterMs = 0) {
  const clock = new FakeClock()
  const arrived: Array<{ flow: number; parcel: number; at: number }> = []
  const traffic = new Traffic(clock, seededRandom(seed), { latencyMs, jitterMs })
  const flows = [0, 1, 2].map(
    (flow) => new Flow<number>((parcel) => void arrived.push({ flow, parcel, at: clock.now() }))
  )
  const send = (flow: number, parcel: number) => traffic.send(flows[flow] as Flow<number>, parcel)
  return { clock, traffic, flows, arrived, send }
}

const order = (arrived: Array<{ flow: number; parcel: number }>) =>
  arrived.map(({ flow, parcel }) => `${flow}${parcel}`).join(' ')

async function interleaving(seed: number): Promise<string> {
  const { arrived, send } = setup(seed)
  for (let parcel = 0; parcel < 6; parcel++) for (let flow = 0; flow < 3; flow++) send(flow, parcel)
  await settle()
  assert.equal(arrived.length, 18)
  return order(arrived)
}

test('the seed decides who is next: the same seed gives the same order, others give others', async () => {
  assert.equal(await interleaving(1), await interleaving(1))
  const orders = await Promise.all([1, 2, 3, 4, 5].map(interleaving))
  assert.equal(new Set(orders).size, 5)
})

test('within a flow the order is kept, whatever the seed, latency and jitter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(),
      fc.constantFrom(0, 5),
      fc.constantFrom(0, 50),
      fc.array(fc.tuple(fc.nat(2), fc.nat(10)), { maxLength: 60 }),
      async (seed, latencyMs, jitterMs, sends) => {
        const { clock, arrived, send } = setup(seed, latencyMs, jitterMs)
        const sentAt: number[] = []
        for (const [i, [flow, pause]] of sends.entries()) {
          sentAt[i] = clock.now()
          send(flow, i)
          if (pause === 0) await clock.run(3)
        }
        await clock.run(1_000)
        assert.equal(arrived.length, sends.length)
        for (let flow = 0; flow < 3; flow++) {
          const parcels = arrived.filter((one) => one.flow === flow).map(({ parcel }) => parcel)
          assert.deepEqual(
            parcels,
            parcels.toSorted((a, b) => a - b)
          )
        }
        for (const { parcel, at } of arrived) assert.ok(at >= (sentAt[parcel] ?? 0) + latencyMs)
        assert.equal(clock.pending, 0)
      }
    ),
    { numRuns: 60 }
  )
})

test('a parcel takes the latency, not less and not more', async () => {
  const { clock, arrived, send } = setup(1, 20)
  send(0, 1)
  await clock.run(10)
  send(1, 2)
  await clock.run(9)
  assert.equal(order(arrived), '')
  await clock.run(1)
  assert.equal(order(arrived), '01')
  await clock.run(10)
  assert.deepEqual(
    arrived.map(({ at }) => at),
    [20, 30]
  )
})

test('nothing arrives within the call that sent it', () => {
  const { arrived, send } = setup()
  send(0, 1)
  assert.equal(arrived.length, 0)
})

test('a held flow keeps its parcels until it is released, and loses them when dropped', async () => {
  const { traffic, flows, arrived, send } = setup()
  const [held, dropped] = flows as [Flow<number>, Flow<number>]
  held.held = true
  send(0, 1)
  send(1, 2)
  traffic.drop(dropped)
  send(2, 3)
  await settle()
  assert.equal(order(arrived), '23')
  traffic.release(held)
  await settle()
  assert.equal(order(arrived), '23 01')
})

test('endless traffic leaves the event loop its turns', async () => {
  const traffic = new Traffic(new FakeClock(), seededRandom(1), { latencyMs: 0, jitterMs: 0 })
  let stop = false
  let count = 0
  const flow: Flow<number> = new Flow<number>(() => {
    count++
    if (!stop) traffic.send(flow, 0)
  })
  traffic.send(flow, 0)
  while (count < 1_000) await new Promise((resolve) => setTimeout(resolve, 1))
  stop = true
})
