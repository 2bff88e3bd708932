import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  decayed,
  delayFactor,
  MAX_SCORE,
  pointsOf,
  SCORE_HALF_LIFE_MS,
  type ScoreEvent,
  scored
} from '../../src/switch/score.ts'
import { Scores } from '../../src/switch/scores.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

const HOUR_MS = 3_600_000
const stopped = (given: Partial<Extract<ScoreEvent, { event: 'stopped' }>>): ScoreEvent => ({
  event: 'stopped',
  kind: 'communication',
  by: 'remote',
  aliveMs: 0,
  messages: 0,
  ...given
})

const TABLE: Array<{ name: string; event: ScoreEvent; want: number }> = [
  { name: 'praise of a reactor', event: { event: 'good' }, want: 10 },
  { name: 'blame of a reactor', event: { event: 'bad' }, want: -60 },
  { name: 'misbehaviour, whoever saw it', event: stopped({ kind: 'misbehaviour' }), want: -50 },
  { name: 'a broken protocol', event: stopped({ kind: 'protocol', aliveMs: HOUR_MS, messages: 1e6 }), want: -25 },
  { name: 'another network', event: stopped({ kind: 'incompatible', by: 'us' }), want: -10 },
  { name: 'an error of a reactor that we cannot read', event: stopped({ kind: undefined, by: 'us' }), want: -5 },
  { name: 'D-21: a connection that is lost at once says nothing', event: stopped({}), want: 0 },
  { name: 'our own failure says nothing of the peer', event: stopped({ kind: 'reactor-failure', by: 'us' }), want: 0 },
  { name: 'an hour of company', event: stopped({ aliveMs: HOUR_MS }), want: 5 },
  { name: 'a day is no more than an hour', event: stopped({ aliveMs: 24 * HOUR_MS }), want: 5 },
  { name: '1,023 messages', event: stopped({ messages: 1_023 }), want: 5 },
  { name: 'company and messages end at ten', event: stopped({ aliveMs: HOUR_MS, messages: 1e12 }), want: 10 },
  { name: 'a clock that went back', event: stopped({ aliveMs: -1, messages: -1 }), want: 0 }
]

for (const { name, event, want } of TABLE)
  test(`a score moves by: ${name}`, () => assert.ok(Math.abs(pointsOf(event) - want) < 1e-9, String(pointsOf(event))))

test('a score halves in six hours, and not at all while the clock is behind it', () => {
  const score = scored(undefined, { event: 'bad' }, 1_000)
  assert.equal(decayed(score, 1_000), -60)
  assert.equal(decayed(score, 1_000 + SCORE_HALF_LIFE_MS), -30)
  assert.equal(decayed(score, 1_000 + 4 * SCORE_HALF_LIFE_MS), -3.75)
  assert.equal(decayed(score, 0), -60)
})

test('whatever happens, a score stays within its bounds and the delay it causes between once and four times', () => {
  const event = fc.oneof(
    fc.constantFrom<ScoreEvent>({ event: 'good' }, { event: 'bad' }),
    fc.record({
      event: fc.constant('stopped' as const),
      kind: fc.constantFrom('misbehaviour', 'protocol', 'communication', 'graceful', 'incompatible', undefined),
      by: fc.constantFrom('us', 'remote'),
      aliveMs: fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      messages: fc.nat()
    })
  ) as fc.Arbitrary<ScoreEvent>
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.nat({ max: 1e9 }))), (events) => {
      let score = { value: 0, at: 0 }
      for (const [one, at] of events) score = scored(score, one, at)
      assert.ok(Math.abs(score.value) <= MAX_SCORE)
      assert.ok(delayFactor(score.value) >= 1 && delayFactor(score.value) <= 4)
    })
  )
})

test('the store of scores is bounded, and the one that changed last stays', () => {
  const scores = new Scores(new FakeClock())
  for (let i = 0; i < 10_001; i++) scores.add(String(i), { event: 'good' })
  assert.equal(scores.size, 10_000)
  assert.deepEqual([scores.of('0'), scores.of('1'), scores.of('10000')], [0, 10, 10])
})
