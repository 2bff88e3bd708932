import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RequestLedger } from '../../../src/reactors/pex/request-ledger.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ledger = () => new RequestLedger({ minIntervalMs: 10_000 })

const arrivals = [
  { name: 'two at once', given: [0, 0], want: ['answer', 'answer'] },
  { name: 'a third within 10 s of the second', given: [0, 0, 9_999], want: ['answer', 'answer', 'too-soon'] },
  { name: 'a third 10 s after the second', given: [0, 0, 10_000], want: ['answer', 'answer', 'answer'] },
  {
    name: 'a third counted from the second, not the first',
    given: [0, 9_000, 18_999],
    want: ['answer', 'answer', 'too-soon']
  },
  {
    name: 'a fourth counted from the third',
    given: [0, 0, 10_000, 19_999],
    want: ['answer', 'answer', 'answer', 'too-soon']
  }
]
for (const { name, given, want } of arrivals)
  test(`R-75: requests of one peer, ${name}`, () => {
    const requests = ledger()
    assert.deepEqual(
      given.map((now) => requests.received(A, now)),
      want
    )
  })

test('R-75: the limit is per peer, and begins anew with a new connection', () => {
  const requests = ledger()
  for (const now of [0, 0]) requests.received(A, now)
  assert.equal(requests.received(B, 1), 'answer')
  requests.forget(A)
  assert.equal(requests.received(A, 1), 'answer')
})

test('R-82: a seed answers once for each connection', () => {
  const requests = ledger()
  assert.deepEqual([requests.receivedBySeed(A), requests.receivedBySeed(A)], ['answer', 'ignored'])
  requests.forget(A)
  assert.equal(requests.receivedBySeed(A), 'answer')
})

test('R-76: a list counts once for each request', () => {
  const requests = ledger()
  assert.equal(requests.answered(A, 1), false)
  requests.asked(A, 0)
  assert.deepEqual([requests.answered(A, 1), requests.answered(A, 1)], [true, false])
  requests.asked(A, 20_000)
  requests.forget(A)
  assert.equal(requests.answered(A, 1), false)
})

test('we ask nobody whose answer is still to come', () => {
  const requests = ledger()
  requests.asked(A, 0)
  assert.equal(requests.mayAsk(A, 3_600_000), false)
  requests.answered(A, 0)
  assert.equal(requests.mayAsk(A, 3_600_000), true)
})

test('our own requests never break the rule that we hold others to', () => {
  const [ours, theirs] = [ledger(), ledger()]
  let asked = 0
  // whenever we may, with the answer at once and a way that takes up to a second more or less
  for (let now = 0; now < 200_000; now += 100) {
    if (!ours.mayAsk(A, now)) continue
    ours.asked(A, now)
    const delay = asked % 2 === 0 ? 1_000 : 0
    assert.equal(theirs.received(B, now + delay), 'answer', `request ${asked} at ${now}`)
    ours.answered(A, 1)
    asked++
  }
  assert.ok(asked > 10)
})

test('empty lists are counted until one is not', () => {
  const requests = ledger()
  for (const [entries, want] of [
    [0, 1],
    [0, 2],
    [3, 0]
  ] as const) {
    requests.asked(A, 0)
    requests.answered(A, entries)
    assert.equal(requests.emptyAnswers(A), want)
  }
  assert.equal(requests.emptyAnswers(B), 0)
})
