import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { at, givenBook, hostOf, idOf, MemoryStore } from './given.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Nodes that speak for themselves, so that others may hear of them. */
function fill(book: ReturnType<typeof givenBook>['book'], count: number, first = 1): void {
  for (let n = first; n < first + count; n++) assert.equal(book.addAddress(at(n), at(n)), undefined)
}

function fillOld(book: ReturnType<typeof givenBook>['book'], count: number, first = 1): void {
  for (let n = first; n < first + count; n++) book.markReached(at(n))
}

test('an option that is wrong is an InvalidOptionError that names it', () => {
  for (const [field, value] of Object.entries({
    strict: 'yes',
    saveIntervalMs: 0,
    maxBans: 0.5,
    groupShare: 0,
    tells: 'lies',
    key: 'short',
    random: 4,
    'store.load': undefined,
    'clock.now': undefined,
    'logger.debug': undefined
  })) {
    const [name, method] = field.split('.') as [string, string?]
    assert.throws(
      () => createAddressBook({ [name]: method === undefined ? value : {} } as object),
      (err: Error & { field?: string }) => err.name === 'InvalidOptionError' && err.field === field
    )
  }
})

test('Go pick: nothing is picked from an empty book, nor from a kind that has none', () => {
  const { book } = givenBook()
  assert.equal(book.isEmpty(), true)
  assert.equal(book.pickAddress(50), undefined)
  fill(book, 1)
  assert.equal(book.isEmpty(), false)
  for (const bias of [0, 50, 100, -10, 200]) {
    // all are new: whatever the bias, Go's weights leave only them
    assert.equal(book.pickAddress(bias)?.id, idOf(1), String(bias))
  }
  book.markReached(at(1))
  for (const bias of [0, 50]) assert.equal(book.pickAddress(bias)?.id, idOf(1))
  assert.equal(book.pickAddress(100), undefined)
})

test('Go needMoreAddrs: a book wants more below a thousand', () => {
  const { book } = givenBook({ groupShare: 1 })
  fill(book, 999)
  assert.equal(book.needMoreAddrs(), true)
  fill(book, 1, 1_000)
  assert.deepEqual([book.size(), book.needMoreAddrs()], [1_000, false])
})

test('Go duplicates: one id told by many sources is one entry in at most four buckets', () => {
  const { book } = givenBook()
  for (let n = 2; n < 1_000; n++) assert.equal(book.addAddress(at(1), at(n)), undefined)
  assert.equal(book.size(), 1)
  assert.equal(book.entries().length, 1)
})

test('Go: a new entry keeps its first address, whoever tells another', () => {
  const { book } = givenBook()
  book.addAddress(at(1), at(2))
  for (let n = 3; n < 30; n++) book.addAddress(at(1, hostOf(n)), at(n))
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(at(1))])
})

test('Go removeAddress and hasAddress go by id', () => {
  const { book } = givenBook()
  fill(book, 1)
  assert.equal(book.hasAddress(at(1, '99.9.9.9')), true)
  book.removeAddress(idOf(1))
  book.removeAddress(idOf(1))
  assert.deepEqual([book.hasAddress(at(1)), book.size(), book.entry(idOf(1))], [false, 0, undefined])
})

test('R-77: what cannot be taken is refused with a reason, in the order of Go', () => {
  const { book } = givenBook()
  book.addOurAddress(at(100))
  book.addPrivateIDs([idOf(200)])
  book.markBad(idOf(300), undefined, HOUR)
  const refused = (address: string, source = at(5)) => book.addAddress(parseNetAddress(address), source)
  assert.equal(refused('8.8.8.8:26656'.replace(/^/, '/ip4/').replace(':', '/tcp/')), 'invalid')
  assert.equal(refused(`${idOf(1)}@0.0.0.0:26656`), 'invalid')
  assert.equal(refused(`${idOf(1)}@2001:db8::1:1`.replace('@2001:db8::1:1', '@[2001:db8::1]:1')), 'invalid')
  assert.equal(refused(String(at(300))), 'banned')
  assert.equal(refused(String(at(200))), 'private')
  assert.equal(refused(String(at(1)), at(200)), 'private-source')
  assert.equal(refused(String(at(100))), 'self')
  assert.equal(refused(String(at(100, '99.1.1.1'))), 'self')
  for (const host of ['127.0.0.1', '10.1.2.3', '192.168.1.1', '[::1]', '[fc00::1]', 'localhost', 'validator'])
    assert.equal(refused(`${idOf(1)}@${host}:26656`), 'non-routable', host)
  assert.equal(book.size(), 0)
})

test('a book that is not strict takes private networks and names of one label', () => {
  const { book } = givenBook({ strict: false })
  for (const [n, host] of ['127.0.0.1', '10.1.2.3', 'validator', 'localhost'].entries())
    assert.equal(book.addAddress(parseNetAddress(`${idOf(n + 1)}@${host}:26656`), at(9)), undefined, host)
  assert.equal(book.addAddress(parseNetAddress(`${idOf(1)}@0.0.0.0:26656`), at(9)), 'invalid')
  assert.equal(book.size(), 4)
})

test('our own address is known by its text and by its id, and leaves the book', () => {
  const { book } = givenBook()
  fill(book, 1)
  book.addOurAddress(at(1, '99.9.9.9'))
  assert.equal(book.size(), 0)
  assert.equal(book.ourAddress(at(1, '99.9.9.9')), true)
  assert.equal(book.ourAddress(at(1)), true)
  assert.equal(book.ourAddress(at(2)), false)
})

test('private ids and what they told leave the book, and are in no answer', () => {
  const { book } = givenBook()
  fill(book, 3)
  book.addAddress(at(10), at(2))
  book.markReached(at(3))
  book.addPrivateIDs([idOf(2), idOf(3)])
  assert.deepEqual(
    book.entries().map(({ id }) => id),
    [idOf(1)]
  )
  book.markReached(at(3))
  assert.equal(book.entry(idOf(3)), undefined)
  assert.equal(book.isPrivate(idOf(2)), true)
})

test('R-57: a good mark is kept until dials fail, and does not make an entry old', () => {
  const { book } = givenBook()
  fill(book, 1)
  book.markGood(idOf(1))
  book.markGood(idOf(99))
  assert.deepEqual([book.isGood(idOf(1)), book.entry(idOf(1))?.kind, book.isGood(idOf(99))], [true, 'new', false])
  for (let i = 0; i < 3; i++) book.markAttempt(at(1))
  assert.deepEqual([book.isGood(idOf(1)), book.entry(idOf(1))?.attempts], [false, 3])
})

test('R-58: good ones are picked and told somewhat more often', () => {
  const { book } = givenBook()
  fillOld(book, 60)
  for (let n = 1; n <= 30; n++) book.markGood(idOf(n))
  let picked = 0
  let told = 0
  let all = 0
  for (let i = 0; i < 2_000; i++) if (book.isGood(book.pickAddress(0)!.id)) picked++
  for (let i = 0; i < 100; i++) {
    const selection = book.getSelection()
    all += selection.length
    told += selection.filter(({ good }) => good).length
  }
  assert.ok(picked / 2_000 > 0.55 && picked / 2_000 < 0.85, String(picked))
  assert.ok(told / all > 0.52, String(told / all))
})

test('Go markAttempt counts by id; a success forgets them', () => {
  const { book, clock } = givenBook()
  fill(book, 1)
  clock.advance(HOUR)
  book.markAttempt(at(1))
  book.markAttempt(at(1, '99.9.9.9'))
  book.markAttempt(at(2))
  const { attempts, lastAttempt, lastSuccess } = book.entry(idOf(1))!
  assert.deepEqual([attempts, lastAttempt, lastSuccess], [2, clock.wall(), 0])
  book.markReached(at(1))
  const reached = book.entry(idOf(1))!
  assert.deepEqual([reached.attempts, reached.lastSuccess, reached.kind], [0, clock.wall(), 'old'])
})

test('an address that was reached is added first if it is not there, unless it may not be', () => {
  const { book } = givenBook()
  book.addOurAddress(at(2))
  book.markReached(at(1))
  for (const address of [at(2), at(3, '10.0.0.1')]) book.markReached(address)
  assert.deepEqual(
    book.entries().map(({ id, kind }) => [id, kind]),
    [[idOf(1), 'old']]
  )
})

test('R-71: markBad puts the node into the ban list and out of the book in one step, also one that is not in the book', () => {
  const { book, clock } = givenBook()
  fill(book, 1)
  book.markBad(idOf(1), at(1), HOUR, 'sent rubbish')
  book.markBad(idOf(2), undefined, HOUR)
  assert.equal(book.size(), 0)
  assert.equal(book.bannedUntil(idOf(1)), clock.wall() + HOUR)
  assert.equal(book.addAddress(at(1), at(5)), 'banned')
  assert.deepEqual(book.banned(), [
    { id: idOf(1), address: String(at(1)), since: clock.wall(), until: clock.wall() + HOUR, reason: 'sent rubbish' },
    { id: idOf(2), address: '', since: clock.wall(), until: clock.wall() + HOUR }
  ])
})

test('R-72: a ban ends by itself, and reinstateBadPeers brings back what was known, as new', () => {
  const { book, clock } = givenBook()
  fillOld(book, 1)
  book.markBad(idOf(1), at(1), HOUR)
  book.markBad(idOf(2), at(2), HOUR)
  assert.equal(book.reinstateBadPeers(), 0)
  clock.advance(HOUR)
  assert.deepEqual([book.isBanned(idOf(1)), book.bannedUntil(idOf(1)), book.banned()], [false, undefined, []])
  assert.equal(book.reinstateBadPeers(), 1)
  assert.deepEqual([book.size(), book.entry(idOf(1))?.kind], [1, 'new'])
  assert.equal(book.reinstateBadPeers(), 0)
})

test('a later end of a ban wins over an earlier one, and unban lifts it', () => {
  const { book, clock } = givenBook()
  fill(book, 1)
  book.markBad(idOf(1), at(1), DAY, 'first')
  book.markBad(idOf(1), at(1), HOUR, 'second')
  assert.equal(book.bannedUntil(idOf(1)), clock.wall() + DAY)
  assert.equal(book.banned()[0]?.reason, 'first')
  book.markBad(idOf(1), at(1), 2 * DAY, 'third')
  assert.equal(book.banned()[0]?.reason, 'third')
  assert.deepEqual([book.unban(idOf(1)), book.unban(idOf(1)), book.hasAddress(at(1))], [true, false, true])
})

test('bans are bounded: the one that ends first makes room', () => {
  const { book } = givenBook({ maxBans: 3 })
  for (const [n, hours] of [9, 1, 5, 7].entries()) book.markBad(idOf(n), undefined, hours * HOUR)
  assert.deepEqual(
    book
      .banned()
      .map(({ id }) => id)
      .sort(),
    [idOf(0), idOf(2), idOf(3)]
  )
})

test('who has been banned by the operator stays so, however many strangers are banned for longer', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ maxBans: 3, store })
  book.markBad(idOf(1), undefined, HOUR, 'spam', { byOperator: true })
  for (let n = 2; n < 9; n++) book.markBad(idOf(n), undefined, n * DAY)
  const banned = (of: typeof book) => of.banned().map(({ id, reason, byOperator }) => [id, reason, byOperator])
  const rest = [7, 8].map((n) => [idOf(n), undefined, undefined])
  assert.deepEqual(banned(book), [[idOf(1), 'spam', true], ...rest])
  await book.save()
  const again = givenBook({ maxBans: 3, store, clock }).book
  await again.start()
  again.markBad(idOf(9), undefined, 9 * DAY)
  assert.equal(again.isBanned(idOf(1)), true, 'also after a restart')
  assert.equal(again.banned().length, 3)
})

test('what the operator says last of a ban holds, shorter or longer; what others say makes it longer only', () => {
  const { book, clock } = givenBook()
  const told = () => book.banned().map(({ until, reason, byOperator }) => [until - clock.wall(), reason, byOperator])
  fill(book, 1)
  book.markBad(idOf(1), at(1), DAY, 'it lied')
  book.markBad(idOf(1), undefined, HOUR, 'less', { byOperator: true })
  assert.deepEqual(told(), [[HOUR, 'less', true]])
  book.markBad(idOf(1), undefined, 5, 'it lied again')
  assert.deepEqual(told(), [[HOUR, 'less', true]])
  book.markBad(idOf(1), undefined, 2 * HOUR, 'and again')
  assert.deepEqual(told(), [[2 * HOUR, 'and again', true]])
  assert.equal(book.banned()[0]?.address, String(at(1)))
  book.unban(idOf(1))
  book.markBad(idOf(1), undefined, HOUR)
  assert.deepEqual(told(), [[HOUR, undefined, undefined]], 'a ban that was lifted says nothing any more')
  assert.equal(book.unban(idOf(1)) && book.hasAddress(at(1)), true)
})

test('a ban of any length is one: for ever has an end that a file can say, nothing and less are over at once', () => {
  const { book } = givenBook()
  book.markBad(idOf(1), undefined, Number.POSITIVE_INFINITY)
  for (const [n, ms] of [0, -5, Number.NaN].entries()) book.markBad(idOf(n + 2), undefined, ms)
  assert.deepEqual(
    book.banned().map(({ until }) => until),
    [8.64e15]
  )
})

test('the clock is set back: nothing is banned for longer than it was, and no time is in the future', () => {
  const { book, clock } = givenBook()
  fill(book, 1)
  book.markBad(idOf(2), undefined, HOUR)
  clock.setBack(30 * DAY)
  assert.equal(book.bannedUntil(idOf(2)), clock.wall() + HOUR)
  clock.advance(HOUR)
  assert.equal(book.isBanned(idOf(2)), false)
  for (let i = 0; i < 5; i++) book.markAttempt(at(1))
  assert.equal(book.size(), 1)
})

test('R-75 Go getSelection: sizes, nobody twice, nothing of an empty book', () => {
  const { book } = givenBook({ groupShare: 1 })
  assert.deepEqual([book.getSelection(), book.getSelectionWithBias(50)], [[], []])
  let size = 0
  for (const more of [1, 9, 22, 68, 900, 4_000]) {
    fill(book, more, size + 1)
    size += more
    const want = Math.min(250, Math.max(Math.min(32, size), Math.floor(size * 0.23)))
    for (const selection of [book.getSelection(), book.getSelectionWithBias(30)]) {
      assert.equal(selection.length, want)
      assert.equal(new Set(selection.map(({ id }) => id)).size, want)
    }
  }
})

test('Go getSelectionWithBias: 30 percent new ones where there are enough of both, and exact numbers where there are not', () => {
  for (const [nOld, nNew, wantNew] of [
    [0, 100, 32],
    [100, 0, 0],
    [100, 100, 14],
    [10, 100, 22],
    [500, 500, 69],
    [32, 3, 3]
  ] as const) {
    const { book } = givenBook({ groupShare: 1 })
    fillOld(book, nOld)
    fill(book, nNew, nOld + 1)
    const selection = book.getSelectionWithBias(30)
    assert.equal(selection.filter(({ kind }) => kind === 'new').length, wantNew, `${nOld} old, ${nNew} new`)
  }
})

test('what is told leaves out hearsay of one source group; two groups, the node itself, or a dial of ours make it known', () => {
  const { book } = givenBook({ random: () => 0 })
  book.addAddress(at(1), at(50))
  book.addAddress(at(2), at(2))
  const told = () =>
    book
      .getSelection()
      .map(({ id }) => id)
      .sort()
  assert.deepEqual(told(), [idOf(2)])
  book.addAddress(at(1), at(51))
  assert.deepEqual(told(), [idOf(1), idOf(2)])
  book.addAddress(at(3), at(50))
  book.markReached(at(3))
  assert.deepEqual(told(), [idOf(1), idOf(2), idOf(3)])
  // a node that speaks of itself from elsewhere could name any address
  book.addAddress(at(4), at(4, '99.9.9.9'))
  assert.deepEqual(told(), [idOf(1), idOf(2), idOf(3)])
})

test('a book of nothing but hearsay tells it all the same', () => {
  const { book } = givenBook()
  for (let n = 1; n <= 5; n++) book.addAddress(at(n), at(50))
  assert.equal(book.getSelection().length, 5)
})

test('with tells: all, everything is told as in Go', () => {
  const { book } = givenBook({ tells: 'all' })
  book.addAddress(at(1), at(50))
  book.markReached(at(2))
  assert.equal(book.getSelection().length, 2)
})

test('entries that are given away cannot be changed, and are not changed later', () => {
  const { book } = givenBook()
  fill(book, 1)
  const entry = book.entry(idOf(1))!
  book.markReached(at(1))
  assert.equal(entry.kind, 'new')
  assert.throws(() => {
    ;(entry as { kind: string }).kind = 'old'
  }, TypeError)
})

test('anchors: the first four that are neither private nor banned', () => {
  const { book } = givenBook()
  book.addPrivateIDs([idOf(1)])
  book.setAnchors([1, 2, 3, 4, 5, 6].map((n) => at(n)))
  assert.deepEqual(
    book.anchors().map(String),
    [2, 3, 4, 5].map((n) => String(at(n)))
  )
  book.markBad(idOf(3), undefined, HOUR)
  assert.deepEqual(
    book.anchors().map(({ id }) => id),
    [2, 4, 5].map(idOf)
  )
})

test('the same seed and key give the same book', () => {
  const runs = [0, 1].map(() => {
    const { book } = givenBook({ random: seededRandom(5) })
    fill(book, 200)
    return book.getSelection().map(({ id }) => id)
  })
  assert.deepEqual(runs[0], runs[1])
})
