/** The order that a real clock must not disturb: here it stutters, so that no two runs measure the same. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PacedTraffic } from '../../../src/stacks/memory/paced-traffic.ts'
import { Flow } from '../../../src/stacks/memory/traffic.ts'
import { systemClock } from '../../../src/util/clock.ts'
import { seededRandom } from '../../../src/util/prng.ts'

const FLOWS = 6

/** Runs on by up to 3 ms whenever it is read. */
function stuttering() {
  let ahead = 0
  const now = () => {
    ahead += 3 * Math.random()
    return systemClock.now() + ahead
  }
  return { ...systemClock, now, setTimeout: (fn: () => void, ms: number) => setTimeout(fn, ms) }
}

/** Each flow is sent four parcels, and whatever arrives is answered twice, down another flow. */
async function order(seed: number, latencyMs: number, jitterMs: number): Promise<string> {
  const clock = stuttering()
  const traffic = new PacedTraffic(clock, seededRandom(seed), { latencyMs, jitterMs })
  const flows: Array<Flow<string>> = []
  const arrived: string[] = []
  const sentAt = new Map<string, number>()
  let early = 0
  const send = (nth: number, parcel: string) => {
    sentAt.set(`${nth}${parcel}`, clock.now())
    traffic.send(flows[nth % FLOWS] as Flow<string>, parcel)
  }
  await new Promise<void>((resolve) => {
    for (let nth = 0; nth < FLOWS; nth++)
      flows.push(
        new Flow<string>((parcel) => {
          arrived.push(`${nth}${parcel}`)
          if (clock.now() < (sentAt.get(`${nth}${parcel}`) ?? 0) + latencyMs) early++
          if (parcel.length < 4) setImmediate(() => send((nth + 1) % FLOWS, `${parcel}+`))
          if (arrived.length === FLOWS * 4 * 3) resolve()
        })
      )
    for (let i = 0; i < 4; i++) for (let nth = 0; nth < FLOWS; nth++) send(nth, `:${i}`)
  })
  assert.equal(early, 0)
  return arrived.join(' ')
}
for (const [latencyMs, jitterMs] of [
  [5, 0],
  [0, 3],
  [5, 3]
] as const)
  test(`contract, memory network: one seed is one order on a real clock, with latency ${latencyMs} and jitter ${jitterMs}`, async () => {
    const first = await order(1, latencyMs, jitterMs)
    for (let run = 0; run < 5; run++) assert.equal(await order(1, latencyMs, jitterMs), first)
    assert.notEqual(await order(2, latencyMs, jitterMs), first)
  })
