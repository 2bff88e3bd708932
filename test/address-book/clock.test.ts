/** The day is not what it was: a clock that was ahead, or is set back, while the book is in use. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BUCKETS, MAX_RETRIES, Placement } from '../../src/address-book/buckets.ts'
import { groupOf } from '../../src/identity/groups.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { at, givenBook, idOf, KEY, MemoryStore } from './given.ts'

const DAY = 86_400_000
const YEAR = 365 * DAY

/** Addresses that all belong into one bucket of old ones, one more than it takes. */
function bucketful(): NetAddress[] {
  const placement = new Placement(KEY)
  const all: NetAddress[] = []
  for (let n = 1; all.length <= BUCKETS.capacity; n++) {
    const address = at(n)
    if (placement.oldBucket(groupOf(address.host, true), String(address)) === 7) all.push(address)
  }
  return all
}

test('the clock was a year ahead for an hour: a newcomer to a full bucket has one of it tested, as ever', () => {
  const [late, ...all] = bucketful() as [NetAddress, ...NetAddress[]]
  const { book, clock } = givenBook()
  clock.setBack(-YEAR)
  for (const address of all) book.markReached(address)
  clock.setBack(YEAR)
  // nobody asks for an old one on that day; anything at all that is asked is enough
  assert.equal(book.isBanned(idOf(9_999)), false)
  clock.advance(5 * 3_600_000)
  book.markReached(late)
  assert.deepEqual(book.wantTest(5).length, 1)
})

test('the clock was a year ahead for an hour: no time is in the future, also of who was banned then', () => {
  const { book, clock } = givenBook()
  clock.setBack(-YEAR)
  for (const n of [1, 2]) book.addAddress(at(n), at(9))
  book.markReached(at(1))
  book.markBad(idOf(2), undefined, 3_600_000)
  clock.setBack(YEAR)
  const now = clock.wall()
  assert.equal(book.bannedUntil(idOf(2)), now + 3_600_000)
  const { lastAttempt, lastSuccess } = book.entry(idOf(1))!
  assert.deepEqual([lastAttempt, lastSuccess], [now, now])
  clock.advance(DAY)
  book.reinstateBadPeers()
  assert.equal(book.entry(idOf(2))?.lastAttempt, now)
})

test('a stored ban of a clock that was ahead is as long as it was, and ends no other one', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  const now = clock.wall()
  const ban = (n: number, since: number, ms: number) => ({ id: idOf(n), address: '', since, until: since + ms })
  const bans = [ban(1, now + YEAR, DAY), ban(2, now, DAY), ban(2, now + YEAR, 5), ban(3, 9e15, 7 * DAY)]
  store.text = JSON.stringify({ key: KEY, entries: [], bans, anchors: [] })
  await book.start()
  assert.deepEqual(
    [1, 2, 3].map((n) => book.bannedUntil(idOf(n))),
    [now + DAY, now + DAY, now + 7 * DAY]
  )
})

test('the clock was a year ahead for an hour: hearsay of then that nobody could reach makes room as any other', () => {
  const { book, clock } = givenBook()
  clock.setBack(-YEAR)
  // one source, one network: a share of 16
  for (let n = 0; n < 16; n++) book.addAddress(at(100 + n, `20.1.0.${n + 1}`), at(9))
  for (let n = 0; n < 16; n++) for (let i = 0; i < MAX_RETRIES; i++) book.markAttempt(at(100 + n, `20.1.0.${n + 1}`))
  clock.setBack(YEAR)
  assert.equal(book.isBanned(idOf(9_999)), false)
  clock.advance(2 * 60_000)
  for (let n = 0; n < 16; n++) assert.equal(book.addAddress(at(200 + n, `20.1.1.${n + 1}`), at(9)), undefined)
})
