import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  decayed,
  delayFactor,
  LEAST_KEPT,
  MAX_KEPT_OF_A_KIND,
  MAX_SCORE,
  pointsOf,
  recalled,
  SCORE_HALF_LIFE_MS,
  type ScoreEvent,
  scored,
  worthKeeping
} from '../../src/switch/score.ts'
import { Scores } from '../../src/switch/scores.ts'
import { FakeClock, WallClock } from '../helpers/fake-clock.ts'

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
  { name: 'an hour with one who answers at once', event: stopped({ aliveMs: HOUR_MS, latencyMs: 0 }), want: 7 },
  { name: 'an hour with one 200 ms away', event: stopped({ aliveMs: HOUR_MS, latencyMs: 200 }), want: 6 },
  {
    name: 'half an hour with one far away',
    event: stopped({ aliveMs: HOUR_MS / 2, latencyMs: 2_000 }),
    want: 2.5 + 1 / 1_024
  },
  { name: 'being near for a moment is nothing', event: stopped({ latencyMs: 1 }), want: 0 },
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

const NOW = 1_000 * HOUR_MS
const HALF = SCORE_HALF_LIFE_MS

/** What an earlier run thought, what this one thinks already, and what is thought once both are known, at `NOW`. */
const RECALLED: Array<{
  name: string
  kept: { value: number; at: number }
  known?: { value: number; at: number }
  want: number | undefined
}> = [
  { name: 'nobody was away', kept: { value: -60, at: NOW }, want: -60 },
  { name: 'twelve hours away', kept: { value: -60, at: NOW - 2 * HALF }, want: -15 },
  { name: 'good names fade as well', kept: { value: 40, at: NOW - HALF }, want: 20 },
  { name: 'a clock set back: no more than was kept', kept: { value: -60, at: NOW + 9 * HALF }, want: -60 },
  { name: 'nothing left of it', kept: { value: -60, at: NOW - 6 * HALF }, want: undefined },
  { name: 'written by anybody', kept: { value: -1e9, at: NOW }, want: -100 },
  {
    name: 'what was learnt since adds to it',
    kept: { value: -60, at: NOW - HALF },
    known: { value: 10, at: NOW },
    want: -20
  },
  { name: 'within bounds', kept: { value: -60, at: NOW }, known: { value: -60, at: NOW }, want: -100 },
  {
    name: 'nothing left of it, but something since',
    kept: { value: 1, at: 0 },
    known: { value: 10, at: NOW },
    want: 10
  }
]
for (const { name, kept, known, want } of RECALLED)
  test(`a score of an earlier run: ${name}`, () => {
    const score = recalled(known, kept, NOW)
    assert.equal(score === undefined ? undefined : decayed(score, NOW), want)
    // from now on it fades as any other
    if (score !== undefined) assert.equal(decayed(score, NOW + HALF), (want as number) / 2)
  })

test('the strongest opinions are kept, so many of the bad and of the good, and none that is next to nothing', () => {
  const many = 3 * MAX_KEPT_OF_A_KIND
  const scores: Array<[string, { value: number; at: number }]> = [['good', { value: LEAST_KEPT, at: NOW }]]
  for (let n = 0; n < many; n++) scores.push([`bad-${n}`, { value: -100 * (1 - n / many), at: NOW }])
  scores.push(['faint', { value: LEAST_KEPT, at: NOW - 1 }], ['faded', { value: -100, at: NOW - 7 * HALF }])
  const kept = worthKeeping(scores, NOW).map(({ id }) => id)
  assert.deepEqual(kept, [...Array.from({ length: MAX_KEPT_OF_A_KIND }, (_, n) => `bad-${n}`), 'good'])
})

test('over a restart a score goes on as if there had been none, and never grows, whatever the clock did meanwhile', () => {
  const score = fc.record({
    value: fc.double({ min: -100, max: 100, noNaN: true }),
    at: fc.integer({ min: NOW - 4 * HALF, max: NOW })
  })
  fc.assert(
    fc.property(
      score,
      fc.integer({ min: -8 * HALF, max: 8 * HALF }),
      fc.nat({ max: 10 * HALF }),
      (before, away, later) => {
        const [kept] = worthKeeping([['a', before]], NOW)
        const score = kept === undefined ? undefined : recalled(undefined, kept, NOW + away)
        const after = decayed(score, NOW + away + later)
        assert.ok(Math.abs(after) <= Math.abs(before.value))
        // it fades in any case while we run
        assert.ok(Math.abs(after) <= Math.abs(before.value) * 0.5 ** (later / HALF) + 1e-9)
        assert.ok(Math.sign(after) * Math.sign(before.value) >= 0)
        if (away < 0) return
        const uninterrupted = decayed(before, NOW + away + later)
        // what is next to nothing may have been dropped
        if (score === undefined) assert.ok(Math.abs(uninterrupted) < LEAST_KEPT)
        else assert.equal(after, uninterrupted)
      }
    )
  )
})

test('scores that are recalled are bounded too: what this run has learnt stays, and the oldest of the others go first', () => {
  const clock = new FakeClock()
  const scores = new Scores(clock)
  scores.add('ours', { event: 'good' })
  const at = clock.wall()
  scores.recall(Array.from({ length: 20_000 }, (_, n) => ({ id: `theirs-${n}`, value: 50, at })))
  assert.deepEqual([scores.size, scores.of('ours')], [10_000, 10])
  const aged = new Scores(clock)
  aged.recall([
    { id: 'new', value: 50, at },
    { id: 'old', value: 50, at: at - 1 }
  ])
  for (let n = 0; n < 9_999; n++) aged.add(String(n), { event: 'good' })
  assert.deepEqual([aged.of('old'), aged.of('new')], [0, 50])
})

for (const [name, backMs] of [
  ['set back by a year', 365 * 24 * HOUR_MS],
  ['set forward by a year', -365 * 24 * HOUR_MS]
] as const)
  test(`the clock is ${name}: a score goes on fading as if nothing had been, also over a restart`, () => {
    const clock = new WallClock()
    const scores = new Scores(clock)
    scores.add('a', { event: 'bad' })
    clock.advance(HALF)
    clock.setBack(backMs)
    assert.equal(scores.of('a'), -30)
    assert.deepEqual(scores.kept(), [{ id: 'a', value: -60, at: clock.wall() - HALF }])
    clock.advance(HALF)
    assert.equal(scores.of('a'), -15)
    scores.add('a', { event: 'good' })
    assert.equal(scores.of('a'), -5)
    const again = new Scores(clock)
    again.recall(scores.kept())
    clock.advance(HALF)
    clock.setBack(-backMs)
    assert.equal(again.of('a'), -2.5)
  })

test('a score that was written by a clock ahead of ours fades from now on', () => {
  const clock = new WallClock()
  const scores = new Scores(clock)
  scores.recall([{ id: 'a', value: -60, at: clock.wall() + 365 * 24 * HOUR_MS }])
  clock.advance(HALF)
  assert.equal(scores.of('a'), -30)
})

test('a book is told of every change; one that keeps no scores is as good', () => {
  let changes = 0
  const scores = new Scores(new FakeClock())
  scores.keepIn({})
  scores.add('a', { event: 'good' })
  scores.keepIn({
    keepScores: (source) => {
      assert.deepEqual(
        source.kept().map(({ id }) => id),
        ['a']
      )
      return () => {
        changes++
      }
    }
  })
  scores.add('a', { event: 'bad' })
  assert.equal(changes, 1)
})
