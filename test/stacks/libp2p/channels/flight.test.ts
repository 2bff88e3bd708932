import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Flight, flightDefaults, LEAST_PACE_BYTES } from '../../../../src/stacks/libp2p/channels/flight.ts'

const WRITE = 64 * 1024

/** A sender that always has bulk, over a line of so many bytes a ms and so many ms each way; receipts come at the pace that it asks for. */
function simulate(bytesPerMs: number, oneWayMs: number, durationMs: number) {
  const flight = new Flight()
  const line: Array<{ at: number; total: number }> = []
  const receipts: Array<{ at: number; total: number }> = []
  let lineFree = 0
  let delivered = 0
  let receipted = 0
  let worstQueueMs = 0
  for (let now = 1; now < durationMs; now++) {
    for (; receipts[0] !== undefined && receipts[0].at <= now; receipts.shift())
      assert.equal(flight.acknowledge(receipts[0].total, now), true)
    for (; line[0] !== undefined && line[0].at <= now; line.shift()) {
      delivered = line[0].total
      if (delivered - receipted < flight.pace) continue
      receipted = delivered
      receipts.push({ at: now + oneWayMs, total: delivered })
    }
    while (flight.allows(1)) {
      lineFree = Math.max(lineFree, now)
      if (now > durationMs / 2) worstQueueMs = Math.max(worstQueueMs, lineFree - now)
      for (let i = 0; i < 2; i++) {
        lineFree += WRITE / 2 / bytesPerMs
        line.push({ at: lineFree + oneWayMs, total: flight.sent + ((i + 1) * WRITE) / 2 })
      }
      flight.wrote(1, WRITE, now)
    }
  }
  return { flight, rate: delivered / durationMs, worstQueueMs }
}

for (const { name, bytesPerMs, oneWayMs } of [
  { name: '100 Mbit/s, 10 ms each way', bytesPerMs: 12_500, oneWayMs: 10 },
  { name: '100 Mbit/s, 50 ms each way', bytesPerMs: 12_500, oneWayMs: 50 },
  { name: '20 Mbit/s, 25 ms each way', bytesPerMs: 2_500, oneWayMs: 25 }
])
  test(`a distant peer does not starve, and the queue on the line stays below a round trip and two writes: ${name}`, () => {
    const { rate, worstQueueMs } = simulate(bytesPerMs, oneWayMs, 30_000)
    assert.equal(rate > bytesPerMs * 0.85, true, `rate ${Math.round(rate)} of ${bytesPerMs}`)
    const limit = 2 * oneWayMs + (2 * WRITE + flightDefaults.minBytes) / bytesPerMs
    assert.equal(worstQueueMs < limit, true, `queue ${Math.round(worstQueueMs)} ms, limit ${Math.round(limit)} ms`)
  })

test('the bound never leaves its floor and ceiling', () => {
  const { flight } = simulate(1_000_000, 100, 5_000)
  assert.equal(flight.bound <= flightDefaults.maxBytes && flight.bound >= flightDefaults.minBytes, true)
})

test('an urgent channel with little under way may go beyond the bound, a bulk channel may not', () => {
  const flight = new Flight()
  while (flight.allows(1)) flight.wrote(1, WRITE, 0)
  assert.equal(flight.underWay, 2 * WRITE)
  assert.equal(flight.allows(1), false)
  assert.equal(flight.allows(2), true)
  flight.wrote(2, 5_000, 0)
  assert.equal(flight.allows(2), false)
  assert.equal(flight.acknowledge(flight.sent, 1), true)
  assert.equal(flight.allows(1) && flight.allows(2), true)
})

test('a receipt for more than was sent, or less than before, is refused', () => {
  const flight = new Flight()
  flight.wrote(1, 1_000, 0)
  assert.equal(flight.acknowledge(1_001, 1), false)
  assert.equal(flight.acknowledge(600, 1), true)
  assert.equal(flight.acknowledge(500, 1), false)
  assert.equal(flight.underWay, 400)
})

/** Bulk on channel 1 that is acknowledged a quarter of a ms after it was written: 256 bytes a us. Returns the time after it. */
function fastBulk(flight: Flight, from: number, durationMs: number): number {
  let now = from
  for (; now < from + durationMs; now += 0.25) {
    while (flight.allows(1)) flight.wrote(1, WRITE, now)
    flight.acknowledge(flight.sent - flight.underWay + WRITE, now + 0.25)
  }
  return now
}

test('bulk alone may have under way what a fast line delivers in 5 ms, up to 1 MB', () => {
  const flight = new Flight()
  fastBulk(flight, 0, 20)
  assert.equal(flight.bound >= flightDefaults.bulkBytes, true, `bound ${flight.bound}`)
})

test('a little message amid bulk takes the bound back at once, and it stays there until nobody was in a hurry for a second', () => {
  const flight = new Flight()
  let now = fastBulk(flight, 0, 20)
  flight.wrote(2, 100, now)
  assert.equal(flight.bound < flightDefaults.bulkBytes / 2, true, `bound ${flight.bound}`)
  now = fastBulk(flight, now, 900)
  assert.equal(flight.bound < flightDefaults.bulkBytes / 2, true, `bound ${flight.bound}`)
  fastBulk(flight, now, 200)
  assert.equal(flight.bound >= flightDefaults.bulkBytes, true, `bound ${flight.bound}`)
})

test('little messages that meet no bulk cost bulk nothing', () => {
  const flight = new Flight()
  flight.wrote(2, 100, 0)
  flight.acknowledge(100, 0.1)
  fastBulk(flight, 1, 20)
  assert.equal(flight.bound >= flightDefaults.bulkBytes, true, `bound ${flight.bound}`)
})

test('the pace follows the bound: four receipts or more for what may be under way, and it does not waver', () => {
  const flight = new Flight()
  assert.equal(flight.pace, LEAST_PACE_BYTES)
  let now = fastBulk(flight, 0, 20)
  assert.equal(flight.pace, flightDefaults.bulkBytes / 4)
  flight.wrote(2, 100, now)
  assert.equal(flight.pace <= flight.bound / 4, true)
  const paces = new Set<number>()
  for (const end = now + 3_000; now < end; now = fastBulk(flight, now, 0.25)) paces.add(flight.pace)
  assert.equal(paces.size <= 4, true, `${[...paces]}`)
})

test('a given maximum holds for bulk alone too', () => {
  const flight = new Flight({ maxBytes: 200 * 1024 })
  fastBulk(flight, 0, 20)
  assert.equal(flight.bound <= 200 * 1024, true, `bound ${flight.bound}`)
})
