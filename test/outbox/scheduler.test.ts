import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { advance, type Lane, pickLane, RecentlySent } from '../../src/outbox/scheduler.ts'

const lane = (name: string, priority: number, reached: number) => ({ name, priority, reached })

const PICKS = [
  { name: 'nothing to choose from', lanes: [], blocked: [], front: 0, want: undefined },
  { name: 'nobody ready', lanes: [lane('a', 1, 0)], blocked: ['a'], front: 0, want: undefined },
  { name: 'the one that got least', lanes: [lane('a', 1, 20), lane('b', 1, 10)], blocked: [], front: 0, want: 'b' },
  {
    name: 'the next when that one is blocked',
    lanes: [lane('a', 1, 20), lane('b', 1, 10)],
    blocked: ['b'],
    front: 0,
    want: 'a'
  },
  {
    name: 'of equals the higher priority',
    lanes: [lane('a', 1, 10), lane('b', 7, 10)],
    blocked: [],
    front: 0,
    want: 'b'
  },
  { name: 'of equals in all the first', lanes: [lane('a', 5, 10), lane('b', 5, 10)], blocked: [], front: 0, want: 'a' },
  {
    name: 'a lane that was away counts as being at the front: priority decides',
    lanes: [lane('away', 1, 0), lane('urgent', 9, 90)],
    blocked: [],
    front: 100,
    want: 'urgent'
  },
  {
    name: 'a lane at the front goes before those ahead of it',
    lanes: [lane('bulk', 5, 130), lane('away', 1, 0)],
    blocked: [],
    front: 100,
    want: 'away'
  }
]

for (const { name, lanes, blocked, front, want } of PICKS)
  test(`scheduler picks: ${name}`, () => {
    const given = structuredClone(lanes)
    const picked = pickLane(lanes, front, (of) => !(blocked as string[]).includes(of.name))
    assert.equal(picked?.name, want)
    assert.deepEqual(lanes, given, 'picking changes nothing')
  })

test('lanes that always want the link share it by priority', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 2, maxLength: 8 }), (priorities) => {
      const lanes = priorities.map((priority) => ({ priority, reached: 0, bytes: 0 }))
      const quantum = 1_000
      let front = 0
      for (let i = 0; i < 5_000; i++) {
        const picked = pickLane(lanes, front, () => true)
        assert.ok(picked)
        front = advance(picked, front, quantum)
        picked.bytes += quantum
      }
      const sum = priorities.reduce((a, b) => a + b, 0)
      for (const { priority, bytes } of lanes) {
        const fair = (5_000 * quantum * priority) / sum
        assert.ok(Math.abs(bytes - fair) <= 2 * quantum * lanes.length, `${bytes} of a fair ${fair}`)
      }
    }),
    { numRuns: 30 }
  )
})

test('a lane that was blocked for long does not make up for it at the expense of others', () => {
  const slow: Lane = { priority: 5, reached: 0 }
  const busy: Lane = { priority: 5, reached: 0 }
  let front = 0
  for (let i = 0; i < 1_000; i++) front = advance(busy, front, 1_000)
  const served = { slow: 0, busy: 0 }
  for (let i = 0; i < 100; i++) {
    const picked = pickLane([slow, busy], front, () => true)
    served[picked === slow ? 'slow' : 'busy']++
    front = advance(picked as Lane, front, 1_000)
  }
  assert.ok(Math.abs(served.slow - served.busy) <= 2, JSON.stringify(served))
})

test('a lane that sends seldom is next, however much it sent while it was alone', () => {
  const vote: Lane = { priority: 7, reached: 0 }
  const bulk: Lane = { priority: 1, reached: 0 }
  let front = 0
  for (let i = 0; i < 1_000; i++) front = advance(vote, front, 1_000)
  // bulk starts now and has the link for a while
  for (let i = 0; i < 3; i++) front = advance(bulk, front, 65_507)
  assert.equal(
    pickLane([bulk, vote], front, () => true),
    vote
  )
})

const DECAYS = [
  { name: 'keeps its value for less than two seconds', add: 1_000, after: 1_999, want: 1_000 },
  { name: 'loses a fifth after two seconds', add: 1_000, after: 2_000, want: 800 },
  { name: 'is cut to an integer each time, as in Go', add: 999, after: 4_000, want: 639 },
  { name: 'is nothing after a long time', add: Number.MAX_SAFE_INTEGER, after: 3_600_000, want: 0 }
]

for (const { name, add, after, want } of DECAYS)
  test(`recentlySent ${name}`, () => {
    const recently = new RecentlySent(0)
    recently.add(add, 0)
    assert.equal(recently.value(after), want)
  })

test('recentlySent decays at fixed times, however often it is looked at', () => {
  const often = new RecentlySent(0)
  const seldom = new RecentlySent(0)
  often.add(100_000, 0)
  seldom.add(100_000, 0)
  for (let now = 0; now <= 20_000; now += 130) often.value(now)
  assert.equal(often.value(20_500), seldom.value(20_500))
})
