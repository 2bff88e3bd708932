/** What a liar can have of a book, who has one /16 and any number of ids. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import { GROUP_FLOOR, OWNER_FLOOR } from '../../src/address-book/shares.ts'
import { netAddressFromParts } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { at, givenBook, idOf } from './given.ts'

const FIRST_LIE = 1_000_000
const random = seededRandom(11)
const byte = () => 1 + Math.floor(random() * 250)

let lies = FIRST_LIE
/** A new id of the attacker's in his /16. */
const his = () => netAddressFromParts(idOf(lies++), `66.66.${byte()}.${byte()}`, 26656)
/** An address that he has made up, of a node that is not. */
const madeUp = () => netAddressFromParts(idOf(lies++), `${100 + (byte() % 100)}.${byte()}.${byte()}.${byte()}`, 26656)
/** A name of his, on a domain of its own. */
const named = () => at(lies++, `n${lies}.attacker${lies}.com`)

function shareOfLies(book: CometAddressBook): number {
  const entries = book.entries()
  return entries.filter(({ id }) => Number.parseInt(id, 16) >= FIRST_LIE).length / entries.length
}

test('one group, as a source, fills no more than its share; more is refused with a reason', () => {
  const { book } = givenBook()
  for (let n = 1; n <= GROUP_FLOOR; n++) assert.equal(book.addAddress(at(n), at(500, '66.66.1.1')), undefined)
  assert.equal(book.addAddress(at(100), at(501, '66.66.200.9')), 'source-full')
  assert.equal(book.addAddress(at(100), at(501, '66.67.1.1')), undefined)
})

test('one group, as the owner, has no more than its share, whoever tells of it', () => {
  const { book } = givenBook()
  for (let n = 1; n <= OWNER_FLOOR; n++) assert.equal(book.addAddress(at(n, `66.66.1.${n}`), at(n + 500)), undefined)
  assert.equal(book.addAddress(at(100, '66.66.2.1'), at(900)), 'source-full')
})

test('what was reached counts in no share, and what is bad makes room', () => {
  const { book, clock } = givenBook()
  const source = at(500, '66.66.1.1')
  for (let n = 1; n <= GROUP_FLOOR; n++) book.addAddress(at(n), source)
  assert.equal(book.addAddress(at(100), source), 'source-full')
  book.markReached(at(1))
  assert.equal(book.addAddress(at(100), source), undefined)
  for (let i = 0; i < 3; i++) book.markAttempt(at(2))
  clock.advance(120_000)
  assert.equal(book.addAddress(at(101), source), undefined)
  assert.deepEqual([book.hasAddress(at(2)), book.size()], [false, GROUP_FLOOR + 1])
})

test('a /48 has half of what its /32 may have', () => {
  const { book } = givenBook()
  const taken = (source: string) => {
    let count = 0
    for (let n = lies; n < lies + 100; n++) if (book.addAddress(at(n), at(7, source)) === undefined) count++
    lies += 100
    return count
  }
  assert.deepEqual([taken('2602:100:1::1'), taken('2602:100:1:9::1'), taken('2602:100:2::1')], [16, 0, 16])
  assert.equal(taken('2602:101::1'), 16)
})

test('what the operator says is bounded by no share', () => {
  const { book } = givenBook()
  book.addOurAddress(at(999))
  for (let n = 1; n <= 100; n++) assert.equal(book.addAddress(at(n), at(999)), undefined)
})

/** A network of honest nodes, each with its own /16 and book, of which one is watched while all gossip; 60 % of what it hears comes from the attacker. */
function gossip(
  lie: () => NetAddress,
  tells: 'first-hand' | 'all',
  groupShare: number
): { share: number; size: number } {
  const honest = 600
  const books = Array.from({ length: 8 }, (_, i) => givenBook({ random: seededRandom(i), tells, groupShare }).book)
  const node = (n: number) => at(n + 1)
  for (let round = 0; round < 40; round++)
    for (const [i, book] of books.entries()) {
      // it meets a few honest nodes: some it dials, some come to it
      for (let k = 0; k < 3; k++) {
        const met = node(Math.floor(random() * honest))
        if (random() < 0.5) book.markReached(met)
        else book.addAddress(met, met)
      }
      const other = (i + 1 + Math.floor(random() * (books.length - 1))) % books.length
      const answer = books[other]!.getSelection()
      for (const { addresses } of answer) book.addAddress(addresses[0]!, node(other))
      for (let k = 0; k < answer.length * 1.5; k++) book.addAddress(lie(), his())
      const caller = his()
      book.addAddress(caller, caller)
    }
  const shares = books.map(shareOfLies)
  return {
    share: shares.reduce((sum, share) => sum + share) / shares.length,
    size: Math.round(books.reduce((sum, book) => sum + book.size(), 0) / books.length)
  }
}

for (const [name, lie] of [
  ['addresses of his own /16', his],
  ['made-up addresses everywhere', madeUp],
  ['names of domains that he has bought', named]
] as const)
  test(`an attacker who gossips 60 % of all, ${name}, has at most 15 % of the honest books`, (t) => {
    const ours = gossip(lie, 'first-hand', 1 / 16)
    const go = gossip(lie, 'all', 1)
    t.diagnostic(`ours: ${percent(ours.share)} of ${ours.size} entries; Go's rules: ${percent(go.share)} of ${go.size}`)
    assert.ok(ours.share <= 0.15, percent(ours.share))
    assert.ok(go.share > ours.share)
  })

test('an attacker whose own addresses nobody has proven has less than 15 % of a book of 107, and 1/16 of a large one', () => {
  for (const [honest, want] of [
    [91, 16 / 107],
    [600, 1 / 16]
  ] as const) {
    const { book } = givenBook()
    for (let n = 1; n <= honest; n++) book.addAddress(at(n), at(n))
    for (let i = 0; i < 2_000; i++) book.addAddress(his(), at(1 + (i % honest)))
    assert.ok(shareOfLies(book) <= want, `${percent(shareOfLies(book))} of ${book.size()}`)
  }
})

test('5,000 names on 5,000 domains are one owner and one source: they have the share of one group, and no more with a /16 beside them', () => {
  const nth = (n: number) => at(FIRST_LIE + n, `n${n}.attacker${n}.com`)
  const { book: empty } = givenBook()
  let taken = 0
  for (let n = 0; n < 5_000; n++) if (empty.addAddress(nth(n), nth(n)) === undefined) taken++
  assert.deepEqual([taken, empty.size()], [OWNER_FLOOR, OWNER_FLOOR])

  const { book } = givenBook()
  for (let n = 1; n <= 600; n++) book.addAddress(at(n), at(n))
  // whoever tells: himself from each of his addresses, his names, and honest nodes that he has talked into it
  for (let n = 0; n < 5_000; n++)
    for (const source of [his(), nth(n), at(1 + (n % 600))]) book.addAddress(nth(n), source)
  for (let n = 0; n < 5_000; n++) book.addAddress(his(), at(1 + (n % 600)))
  assert.ok(shareOfLies(book) <= 2 / 16, `${percent(shareOfLies(book))} of ${book.size()}`)
  assert.equal(new Set([...Array(50).keys()].map((n) => book.groupOf(nth(n)))).size, 1)
})

test('names that were reached fill no more of the old buckets than one group of addresses may', () => {
  const { book } = givenBook()
  for (let n = 0; n < 5_000; n++) book.markReached(at(FIRST_LIE + n, `n${n}.attacker${n}.com`))
  const old = book.entries().filter(({ kind }) => kind === 'old').length
  assert.ok(old > 0 && old <= 4 * 64, `${old} old entries`)
})

test('a node may be told of to others on its own word under the name that it was met at, not under another one', () => {
  for (const [name, tells] of [
    ['its.example.org', true],
    ['victim.example.org', false]
  ] as const) {
    const { book } = givenBook()
    for (let n = 1; n <= 40; n++) book.addAddress(at(n), at(n))
    book.addAddress(at(99, name), at(99, 'its.example.org'))
    const seen = new Set<string>()
    for (let i = 0; i < 100; i++) for (const { id } of book.getSelection()) seen.add(id)
    assert.deepEqual([seen.has(idOf(99)), seen.size], [tells, tells ? 41 : 40], name)
  }
})

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
