import assert from 'node:assert/strict'
import { test } from 'node:test'
import { age, BUCKETS, isBad, isBookKey, Placement, victimOf, weakestOf } from '../../src/address-book/buckets.ts'
import { hostOf, KEY } from './given.ts'

const placement = new Placement(KEY)
const groups = Array.from({ length: 500 }, (_, i) => `g${i}`)

test('one source group reaches at most 32 of the 256 new buckets, and one only for each group of addresses', () => {
  const reached = new Set(groups.map((group) => placement.newBucket(group, 'source')))
  assert.ok(reached.size <= 32 && reached.size > 24, String(reached.size))
  assert.equal(placement.newBucket('g1', 'source'), placement.newBucket('g1', 'source'))
})

test('all source groups together reach all new buckets', () => {
  const reached = new Set(
    groups.flatMap((group) => groups.slice(0, 100).map((source) => placement.newBucket(group, source)))
  )
  assert.equal(reached.size, BUCKETS.new)
})

test('one group of addresses reaches at most 4 of the 64 old buckets, all groups all of them', () => {
  const addresses = Array.from({ length: 500 }, (_, i) => `a${i}@${hostOf(i)}`)
  assert.equal(new Set(addresses.map((address) => placement.oldBucket('group', address))).size, 4)
  const reached = new Set(
    groups.flatMap((group) => addresses.slice(0, 20).map((address) => placement.oldBucket(group, address)))
  )
  assert.equal(reached.size, BUCKETS.old)
})

test('the key decides: an attacker who does not know it cannot aim', () => {
  const other = new Placement('0'.repeat(24))
  const moved = groups.filter((group) => placement.newBucket(group, 's') !== other.newBucket(group, 's'))
  assert.ok(moved.length > 480, String(moved.length))
})

test('a key has 24 hex digits, as in a file of Go', () => {
  assert.deepEqual([KEY, KEY.toUpperCase(), '', 'zz', `${KEY}0`, 1, undefined].map(isBookKey), [
    true,
    true,
    false,
    false,
    false,
    false,
    false
  ])
})

const DAY = 86_400_000
const NOW = 100 * DAY
const entry = { kind: 'new' as 'new' | 'old', attempts: 0, lastAttempt: NOW - 120_000, lastSuccess: 0, good: false }

const BAD: Array<{ name: string; given: Partial<typeof entry>; want: boolean }> = [
  { name: 'a newcomer', given: {}, want: false },
  {
    name: 'tried within the last minute, whatever else',
    given: { lastAttempt: NOW - 59_999, attempts: 99 },
    want: false
  },
  { name: 'not tried for seven days', given: { lastAttempt: NOW - 7 * DAY }, want: false },
  { name: 'not tried for longer', given: { lastAttempt: NOW - 7 * DAY - 1 }, want: true },
  { name: 'never reached in two attempts', given: { attempts: 2 }, want: false },
  { name: 'never reached in three', given: { attempts: 3 }, want: true },
  { name: 'reached a week ago, then nine failures', given: { lastSuccess: NOW - 8 * DAY, attempts: 9 }, want: false },
  { name: 'reached a week ago, then ten failures', given: { lastSuccess: NOW - 8 * DAY, attempts: 10 }, want: true },
  { name: 'reached lately, then ten failures', given: { lastSuccess: NOW - 6 * DAY, attempts: 10 }, want: false },
  { name: 'an old one is never bad', given: { kind: 'old', attempts: 99, lastAttempt: 1 }, want: false },
  { name: 'tried in the future: the clock was set back', given: { lastAttempt: NOW + DAY, attempts: 99 }, want: false }
]
for (const { name, given, want } of BAD)
  test(`bad or not: ${name}`, () => {
    assert.equal(isBad({ ...entry, ...given }, NOW), want)
  })

test('a time in the future is now, never is for ever ago', () => {
  assert.deepEqual([age(NOW - 5, NOW), age(NOW + 5, NOW), age(0, NOW)], [5, 0, Number.POSITIVE_INFINITY])
})

test('a full bucket of new ones loses a bad one first, else the one tried longest ago, a good one last (R-58)', () => {
  const older = { ...entry, lastAttempt: NOW - DAY }
  const bad = { ...entry, attempts: 3 }
  const good = { ...entry, lastAttempt: NOW - 9 * DAY, good: true }
  assert.equal(victimOf([entry, older, bad, good], NOW), bad)
  assert.equal(victimOf([entry, older, good], NOW), older)
  assert.equal(victimOf([good], NOW), good)
  assert.equal(victimOf([], NOW), undefined)
})

test('in a full bucket of old ones the one reached longest ago is tested, a good one last', () => {
  const never = { ...entry, kind: 'old' as const }
  const long = { ...never, lastSuccess: NOW - 9 * DAY }
  const lately = { ...never, lastSuccess: NOW - 1 }
  const good = { ...never, lastSuccess: NOW - 30 * DAY, good: true }
  assert.equal(weakestOf([lately, long, good], NOW), long)
  assert.equal(weakestOf([lately, never, never, long], NOW), never)
  assert.equal(weakestOf([good], NOW), good)
})
