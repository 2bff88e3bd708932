/** The bound of what is under way, alone and on simulated lines: numbers in, numbers out, no clock but the simulation's. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Flight, flightDefaults } from '../../../src/stacks/comet/flight.ts'

const BULK = 0x21
const URGENT = 0x22
const { minBytes, markBytes } = flightDefaults
const SLICE = 64 * 1024

describe('what may be under way', () => {
  test('a ping is due once enough is under way, and none while one is', () => {
    const flight = new Flight()
    flight.wrote(BULK, markBytes, 0)
    assert.equal(flight.markDue, false, 'half of the bound is worth more')
    flight.wrote(BULK, minBytes / 2 - markBytes, 0)
    assert.equal(flight.markDue, true)
    flight.mark(0)
    assert.deepEqual([flight.markDue, flight.marked], [false, true])
    flight.wrote(BULK, minBytes, 0)
    assert.equal(flight.markDue, false)
    flight.answered(1)
    assert.deepEqual([flight.markDue, flight.acknowledged], [true, minBytes / 2])
  })

  test('bulk stops at the bound until a pong comes', () => {
    const flight = new Flight()
    flight.wrote(BULK, SLICE, 0)
    flight.mark(0)
    flight.wrote(BULK, SLICE, 0)
    assert.equal(flight.allows(BULK), false)
    flight.answered(1)
    assert.equal(flight.allows(BULK), true)
  })

  test('an urgent message goes beyond the bound, bulk of another channel does not', () => {
    const flight = new Flight()
    flight.wrote(BULK, minBytes, 0)
    assert.equal(flight.allows(URGENT), true)
    flight.wrote(URGENT, 5_000, 0)
    assert.equal(flight.allows(URGENT), false)
    flight.wrote(0x23, 64 * 1024 - 5_000, 0)
    assert.equal(flight.allows(0x24), false, 'and not without end')
  })

  test('a pong that nobody asked for changes nothing', () => {
    const flight = new Flight()
    for (let i = 0; i < 3; i++) flight.answered(i)
    flight.wrote(BULK, SLICE, 5)
    flight.answered(6)
    assert.deepEqual([flight.acknowledged, flight.sent], [0, SLICE])
  })
})

interface Line {
  /** Bytes per ms. */
  readonly rate: number
  readonly oneWayMs: number
  /** From two seconds on it is so long, ms. */
  readonly laterMs?: number
  readonly seconds: number
  /** A little message so often, ms. */
  readonly urgentMs?: number
  /** When a remote that gets a ping at `t` answers it, and how much comes from it per ms. */
  readonly answersAt?: (t: number) => number
  readonly sends?: number
}

/** Bulk without end over a line: what arrived in the last second, and how long messages of each kind took in it. */
function simulate({ rate, oneWayMs, laterMs = oneWayMs, seconds, urgentMs, answersAt = (t) => t, sends = 0 }: Line) {
  const flight = new Flight()
  const events: Array<{ at: number; run(): void }> = []
  let now = 0
  let lineFreeAt = 0
  let heardAt = 0
  let arrived = 0
  let delays: number[] = []
  const oneWay = () => (now < 2_000 ? oneWayMs : laterMs)
  const at = (time: number, run: () => void) => events.push({ at: time, run })
  const put = (channelId: number, bytes: number) => {
    flight.wrote(channelId, bytes, now)
    lineFreeAt = Math.max(now, lineFreeAt) + bytes / rate
    if (flight.markDue) ping()
    return lineFreeAt + oneWay()
  }
  const pump = () => {
    while (flight.allows(BULK)) {
      at(put(BULK, SLICE), () => {
        arrived += SLICE
      })
    }
  }
  const ping = () => {
    flight.mark(now)
    at(answersAt(Math.max(now, lineFreeAt) + oneWay()) + oneWay(), () => {
      flight.received((now - heardAt) * sends)
      heardAt = now
      flight.answered(now)
      if (flight.markDue) ping()
      pump()
    })
  }
  const urgent = () => {
    const sentAt = now
    if (flight.allows(URGENT)) {
      const arrives = put(URGENT, 100)
      at(arrives, () => delays.push(arrives - sentAt))
    } else delays.push(Number.POSITIVE_INFINITY)
    at(now + (urgentMs as number), urgent)
  }
  if (urgentMs !== undefined) at(0, urgent)
  pump()
  let lastSecond = 0
  for (let second = 1; second <= seconds; second++) {
    const before = arrived
    delays = []
    while (now < second * 1_000) {
      let next = 0
      for (let i = 1; i < events.length; i++) if ((events[i]?.at as number) < (events[next]?.at as number)) next = i
      const [event] = events.splice(next, 1)
      if (event === undefined) throw new Error('nothing is under way and nobody writes')
      now = event.at
      event.run()
    }
    lastSecond = arrived - before
  }
  delays.sort((a, b) => a - b)
  return {
    share: lastSecond / (1_000 * rate),
    p50: delays[delays.length >> 1] ?? 0,
    p99: delays[Math.floor(delays.length * 0.99)] ?? 0
  }
}

describe('a sender of bulk, on lines', () => {
  test('fills a fast and short one', () => {
    assert.ok(simulate({ rate: 400_000, oneWayMs: 0.1, seconds: 3 }).share > 0.95)
  })

  test('an urgent message amid bulk on a fast line waits less than a millisecond', () => {
    const { p50, p99, share } = simulate({ rate: 400_000, oneWayMs: 0.1, seconds: 3, urgentMs: 5 })
    assert.ok(p50 <= 0.5 && p99 <= 1, `${p50} ${p99}`)
    assert.ok(share > 0.5)
  })

  test('fills long lines within seconds', () => {
    for (const line of [
      { rate: 20_000, oneWayMs: 50, seconds: 4 },
      { rate: 100_000, oneWayMs: 25, seconds: 4 },
      { rate: 2_000, oneWayMs: 100, seconds: 4 }
    ]) {
      const { share } = simulate(line)
      assert.ok(share > 0.75, `${JSON.stringify(line)}: ${share}`)
    }
  })

  test('fills one that became long', () => {
    const { share } = simulate({ rate: 20_000, oneWayMs: 2, laterMs: 50, seconds: 8 })
    assert.ok(share > 0.75, `${share}`)
  })

  test('puts no more than the floor on a slow one, whatever time passes: the queue is never taken for distance', () => {
    const { share, p99 } = simulate({ rate: 1_000, oneWayMs: 0.5, seconds: 40, urgentMs: 50 })
    assert.ok(share > 0.85, `${share}`)
    assert.ok(p99 <= 250, `${p99}`)
  })

  test("is not held up by Go's send limit, which holds back pongs for up to 100 ms while Go sends much", () => {
    const answersAt = (t: number) => (t % 100 < 0.3 ? t : t - (t % 100) + 100)
    // 5 MB a second, Go's default limit in the other direction
    const { share } = simulate({ rate: 400_000, oneWayMs: 0.1, seconds: 5, answersAt, sends: 5_120 })
    assert.ok(share * 400 > 5, `${share * 400} MB/s`)
  })
})
