/** What the book lacks in Go: old by reaching only, test before evict, one proven address per id and stack, both stacks in one entry. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import { BUCKETS, Placement } from '../../src/address-book/buckets.ts'
import { Challenges, MAX_CHALLENGES } from '../../src/address-book/challenges.ts'
import { MAX_RIVALS_PER_SOURCE } from '../../src/address-book/rivals.ts'
import { groupOf } from '../../src/identity/groups.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { at, classicOf, givenBook, hostOf, idOf, KEY, onLibp2p } from './given.ts'

const HOUR = 3_600_000
const texts = (addresses: readonly NetAddress[]) => addresses.map(String)

/** Nodes that all belong into one old bucket, more than it holds. */
function crowd(count: number): NetAddress[] {
  const placement = new Placement(KEY)
  const found: NetAddress[] = []
  for (let n = 1; found.length < count; n++) {
    const address = at(n)
    if (placement.oldBucket(groupOf(address.host, true), String(address)) === 7) found.push(address)
  }
  return found
}

function givenFullBucket(): {
  book: CometAddressBook
  clock: ReturnType<typeof givenBook>['clock']
  late: NetAddress[]
} {
  const { book, clock } = givenBook()
  const all = crowd(BUCKETS.capacity + 3)
  const late = all.splice(BUCKETS.capacity)
  for (const address of all) {
    book.markReached(address)
    clock.advance(1_000)
  }
  clock.advance(5 * HOUR)
  return { book, clock, late }
}

const kinds = (book: CometAddressBook, ...addresses: NetAddress[]) => addresses.map(({ id }) => book.entry(id)?.kind)

test('a newcomer to a full bucket waits, and the one reached longest ago is tested', () => {
  const { book, late } = givenFullBucket()
  const first = crowd(1)[0]!
  book.markReached(late[0]!)
  assert.deepEqual(kinds(book, first, late[0]!), ['old', 'new'])
  assert.deepEqual(texts(book.wantTest(5)), [String(first)])
  assert.deepEqual(book.wantTest(0), [])
  assert.equal(book.size(), BUCKETS.capacity + 1)
})

test('the tested one answers: it stays, and nobody waits for it any more', () => {
  const { book, late } = givenFullBucket()
  const first = crowd(1)[0]!
  book.markReached(late[0]!)
  book.markReached(first)
  assert.deepEqual(kinds(book, first, late[0]!), ['old', 'new'])
  assert.deepEqual(book.wantTest(5), [])
})

test('the tested one does not answer: the newcomer has its place, and it is new again, where Go loses it', () => {
  const { book, late } = givenFullBucket()
  const first = crowd(1)[0]!
  book.markReached(late[0]!)
  book.testFailed(first)
  assert.deepEqual(kinds(book, first, late[0]!), ['new', 'old'])
  assert.deepEqual(book.entry(first.id)?.attempts, 1)
  assert.equal(book.size(), BUCKETS.capacity + 1)
  assert.deepEqual(book.wantTest(5), [])
})

test('two newcomers have two different ones tested; a test that failed elsewhere changes nothing', () => {
  const { book, late } = givenFullBucket()
  const [first, second] = crowd(2) as [NetAddress, NetAddress]
  for (const address of late.slice(0, 2)) book.markReached(address)
  assert.deepEqual(texts(book.wantTest(5)), [String(first), String(second)])
  book.testFailed(at(99_999))
  book.testFailed(late[0]!)
  book.testFailed(parseNetAddress(`${first.id}@99.9.9.9:1`))
  assert.deepEqual(kinds(book, first, second), ['old', 'old'])
})

test('when the tested one is removed or banned, the newcomer has its place', () => {
  for (const leave of [
    (book: CometAddressBook, id: string) => book.removeAddress(id),
    (book: CometAddressBook, id: string) => book.markBad(id, undefined, HOUR)
  ]) {
    const { book, late } = givenFullBucket()
    const first = crowd(1)[0]!
    book.markReached(late[0]!)
    leave(book, first.id)
    assert.deepEqual(kinds(book, first, late[0]!), [undefined, 'old'])
    assert.deepEqual(book.wantTest(5), [])
  }
})

test('a newcomer that leaves is no longer waited for', () => {
  const { book, late } = givenFullBucket()
  book.markReached(late[0]!)
  book.removeAddress(late[0]!.id)
  assert.deepEqual(book.wantTest(5), [])
})

test('nobody who was reached within four hours is tested: the newcomer stays new', () => {
  const { book, clock } = givenBook()
  const all = crowd(BUCKETS.capacity + 1)
  for (const address of all) book.markReached(address)
  assert.deepEqual([kinds(book, all.at(-1)!), book.wantTest(5)], [['new'], []])
  clock.advance(4 * HOUR)
  book.markReached(all.at(-1)!)
  assert.equal(book.wantTest(5).length, 1)
})

test('a good one is tested last', () => {
  const { book, late } = givenFullBucket()
  const [first, second] = crowd(2) as [NetAddress, NetAddress]
  book.markGood(first.id)
  book.markReached(late[0]!)
  assert.deepEqual(texts(book.wantTest(5)), [String(second)])
})

test('Go: the address of a proven node cannot be replaced by hearsay; it waits for a test dial', () => {
  const { book } = givenBook()
  book.markReached(at(1))
  const elsewhere = at(1, hostOf(500))
  assert.equal(book.addAddress(elsewhere, at(2)), 'proven-elsewhere')
  assert.equal(book.addAddress(at(1), at(2)), undefined)
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(at(1))])
  assert.deepEqual(texts(book.wantTest(5)), [String(elsewhere)])
  book.testFailed(elsewhere)
  assert.deepEqual([book.wantTest(5), book.entry(idOf(1))?.attempts], [[], 0])
})

test('a node that has moved is known where it was reached last', () => {
  const { book } = givenBook()
  book.markReached(at(1))
  const elsewhere = at(1, hostOf(500))
  book.addAddress(elsewhere, at(2))
  book.markReached(elsewhere)
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(elsewhere)])
  assert.deepEqual([book.size(), book.entry(idOf(1))?.kind, book.wantTest(5)], [1, 'old', []])
})

test('a node with two addresses is not tested for ever: the former one waits until the present one fails', () => {
  const { book } = givenBook()
  const [here, there] = [at(1), at(1, hostOf(500))]
  book.markReached(here)
  book.addAddress(there, at(2))
  book.markReached(there)
  assert.equal(book.addAddress(here, at(2)), 'proven-elsewhere')
  assert.deepEqual(book.wantTest(5), [])
  book.markAttempt(there)
  book.addAddress(here, at(2))
  assert.deepEqual(texts(book.wantTest(5)), [String(here)])
})

test('one source group asks for a bounded number of tests', () => {
  const { book } = givenBook()
  for (let n = 1; n <= 100; n++) {
    book.markReached(at(n))
    book.addAddress(at(n, hostOf(n + 1_000)), at(5_000))
  }
  assert.equal(book.wantTest(1_000).length, MAX_RIVALS_PER_SOURCE)
})

test('the waiting newcomers are bounded, one for each incumbent', () => {
  const challenges = new Challenges()
  for (let n = 0; n < MAX_CHALLENGES; n++) assert.equal(challenges.add(idOf(n), idOf(1_000 + n)), true)
  assert.equal(challenges.add(idOf(500), idOf(1_500)), false)
  challenges.end(idOf(1_000))
  assert.deepEqual([challenges.isChallenged(idOf(0)), challenges.isWaiting(idOf(1_000))], [false, false])
  assert.equal(challenges.add(idOf(1), idOf(1_500)), false)
  assert.equal(challenges.add(idOf(500), idOf(1_001)), false)
  assert.equal(challenges.add(idOf(500), idOf(1_500)), true)
  assert.equal(challenges.end(idOf(500)), idOf(1_500))
})

test('an address that nobody has proven gives way to another one once it fails', () => {
  const { book } = givenBook()
  const truth = at(1, hostOf(500))
  book.addAddress(at(1), at(2))
  book.addAddress(truth, at(3))
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(at(1))])
  book.markAttempt(at(1))
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(truth)])
  assert.deepEqual([book.size(), book.entry(idOf(1))?.source.id], [1, idOf(3)])
})

test('the node itself, and a record that it has signed, count more than hearsay', () => {
  const { book } = givenBook()
  const [own, signed] = [at(1, hostOf(500)), at(1, hostOf(600))]
  book.addAddress(at(1), at(2))
  book.addAddress(own, own)
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(own)])
  book.addAddress(signed, at(3), { record: Uint8Array.of(1, 2) })
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(signed)])
  book.addAddress(at(1), at(4))
  assert.deepEqual(texts(book.addressesOf(idOf(1))), [String(signed)])
  assert.deepEqual(book.entry(idOf(1))?.record, Uint8Array.of(1, 2))
})

test('one node on both stacks is one entry with an address for each, proven ones first', () => {
  const { book } = givenBook()
  const [classic, libp2p] = [classicOf(1), onLibp2p(1)]
  assert.equal(book.addAddress(classic, at(50)), undefined)
  assert.equal(book.addAddress(libp2p, at(51)), undefined)
  assert.deepEqual([book.size(), texts(book.addressesOf(classic.id))], [1, texts([classic, libp2p])])
  book.markReached(libp2p)
  assert.deepEqual(texts(book.addressesOf(classic.id)), texts([libp2p, classic]))
  assert.equal(String(book.pickAddress(0)), String(libp2p))
  book.markReached(classic)
  assert.deepEqual([book.size(), book.entry(classic.id)?.kind], [1, 'old'])
})

test("a proven node's other stack is not told to others while it is hearsay", () => {
  const { book } = givenBook()
  book.markReached(classicOf(1))
  book.addAddress(onLibp2p(1), at(50))
  assert.deepEqual(
    book.getSelection().map(({ addresses }) => texts(addresses)),
    [texts([classicOf(1)])]
  )
})

test("Go's bootstrap form is QUIC on its port: the same address as its multiaddr", () => {
  const { book } = givenBook()
  const { peerId, host } = onLibp2p(1)
  const bootstrap = parseNetAddress(`${peerId}@${host}:26656`)
  book.markReached(bootstrap)
  assert.equal(book.addAddress(parseNetAddress(`/ip4/${host}/udp/26656/quic-v1/p2p/${peerId}`), at(50)), undefined)
  assert.deepEqual(book.wantTest(5), [])
})

test('a node tested on one stack that was reached on the other too is tested there before it goes', () => {
  const { book, clock } = givenBook()
  const placement = new Placement(KEY)
  const both = classicOf(1)
  book.markReached(both)
  const bucket = placement.oldBucket(groupOf(both.host, true), String(both))
  book.markReached(onLibp2p(1))
  const others: NetAddress[] = []
  for (let n = 1_000; others.length < BUCKETS.capacity; n++)
    if (placement.oldBucket(groupOf(hostOf(n), true), String(at(n))) === bucket) others.push(at(n))
  clock.advance(HOUR)
  for (const address of others.slice(1)) book.markReached(address)
  clock.advance(5 * HOUR)
  book.markReached(others[0]!)
  assert.deepEqual(texts(book.wantTest(5)), [String(both)])
  book.testFailed(both)
  assert.deepEqual(texts(book.wantTest(5)), [String(onLibp2p(1))])
  book.testFailed(onLibp2p(1))
  assert.deepEqual(kinds(book, both, others[0]!), ['new', 'old'])
})

test('alternatives are signed records of proven nodes, at most 32', () => {
  const { book } = givenBook({ groupShare: 1 })
  for (let n = 1; n <= 60; n++) book.addAddress(onLibp2p(n), at(500), { record: Uint8Array.of(n) })
  assert.deepEqual(book.alternatives(10), [])
  for (let n = 1; n <= 50; n++) book.markReached(onLibp2p(n))
  book.markReached(at(300))
  const given = book.alternatives(1_000)
  assert.equal(given.length, 32)
  assert.ok(given.every(([n]) => n! <= 50))
  assert.equal(new Set(given.map(String)).size, 32)
  assert.deepEqual([book.alternatives(3).length, book.alternatives(-1)], [3, []])
})

test('a record is not told of a place that it was not seen with', () => {
  const { book } = givenBook()
  book.addAddress(onLibp2p(1), at(50), { record: Uint8Array.of(1) })
  const elsewhere = onLibp2p(1, hostOf(700))
  book.markReached(elsewhere)
  assert.deepEqual([book.entry(elsewhere.id)?.record, book.alternatives(5)], [undefined, []])
})

test('a record that is too long to keep is left, its address is not', () => {
  const { book } = givenBook()
  book.addAddress(onLibp2p(1), at(50), { record: new Uint8Array(2_049) })
  assert.equal(book.entries().length, 1)
  assert.equal(book.entries()[0]?.record, undefined)
})
