/**
 * R-77, issue 5: what others have told too is no secret of the private node that told it first, whenever they did; what it alone has told is one, also where this node has
 * been. V is the node that becomes private; S and T are others, W is one of V's network.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import type { StoredBook } from '../../src/address-book/book-store.ts'
import { MAX_CONFIRMATIONS } from '../../src/address-book/tellers.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { bookFromJson, bookToJson } from '../../src/node/book-json.ts'
import { at, classicOf, givenBook, hostOf, idOf, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000
const [V, S, T] = [at(900), at(901), at(902)]
const W = at(903, V.host.replace(/\d+$/, '77'))

/** Chance is against further groups, as it mostly is. */
async function given(stored?: string) {
  const store = new MemoryStore()
  store.text = stored
  const { book, clock } = givenBook({ store, random: () => 0.999 })
  await book.start()
  const saved = async () => {
    await book.save()
    return store.text!
  }
  return { book, clock, saved }
}

const addressesOf = (book: CometAddressBook, { id }: NetAddress) => book.addressesOf(id).map(String)

/** V becomes private now, in a later run, or with it. */
async function hide(
  { book, saved }: Awaited<ReturnType<typeof given>>,
  when: 'now' | 'after a restart' | 'with a restart' | 'after one of Go’s file'
) {
  if (when === 'now') {
    book.addPrivateIDs([V.id])
    return { book, saved }
  }
  const text = await saved()
  const file = JSON.stringify(bookFromJson([...bookToJson(JSON.parse(text))].join('')))
  const store = new MemoryStore()
  store.text = when === 'after one of Go’s file' ? file : text
  const next = givenBook({ store }).book
  if (when === 'with a restart') next.addPrivateIDs([V.id])
  await next.start()
  next.addPrivateIDs([V.id])
  return {
    book: next,
    saved: async () => {
      await next.save()
      return store.text!
    }
  }
}

const WHEN = ['now', 'after a restart', 'with a restart', 'after one of Go’s file'] as const

for (const [name, other] of [
  ['another node', S],
  ['a node of V’s network', W],
  ['the node itself, which has come to us', at(1, hostOf(1), 54_321)]
] as const)
  for (const when of WHEN)
    test(`an address that V has told, that was reached, and that ${name} has told then, stays when V is private: ${when}`, async () => {
      const first = await given()
      first.book.addAddress(at(1), V)
      first.book.addAddress(at(2), V)
      for (const n of [1, 2]) first.book.markReached(at(n))
      first.book.addAddress(at(1), other)
      const { book, saved } = await hide(first, when)
      assert.deepEqual([addressesOf(book, at(1)), addressesOf(book, at(2))], [[String(at(1))], []])
      assert.deepEqual([String(book.entry(idOf(1))?.source), book.entry(idOf(1))?.kind], [String(other), 'old'])
      const text = await saved()
      for (const secret of [V.id, V.host, String(at(2))]) assert.ok(!text.includes(secret), secret)
      book.addPrivateIDs([other.id])
      assert.equal(book.size(), 0)
    })

test('what the node itself says where V has led us is not told by another one: nobody hears it there but who knows the address', async () => {
  const name = at(1, 'node1.example.org')
  const [mapped, plain] = ['::ffff:44.1.1.1', '44.1.1.1'].map((host) => at(1, host)) as [NetAddress, NetAddress]
  for (const [address, ip, shownAt, stays] of [
    [at(1), hostOf(1), at(1), false],
    [name, hostOf(1), at(1), false],
    [name, '::ffff:44.1.1.1', plain, false],
    [mapped, '44.1.1.1', plain, false],
    [onLibp2p(1), hostOf(1), onLibp2p(1), false],
    [onLibp2p(1), hostOf(1), classicOf(1, hostOf(1), 4001), false],
    [name, hostOf(1), at(1, hostOf(2)), true],
    [name, undefined, at(1), true],
    [name, undefined, at(1, 'NODE1.example.org'), false],
    [name, undefined, at(1, 'node2.example.org'), true]
  ] as const) {
    const { book } = await given()
    book.addAddress(address, V)
    book.markReached(address, ip)
    book.addAddress(address, shownAt, address.form === 'multiaddr' ? { record: Uint8Array.of(1, 2) } : {})
    book.addPrivateIDs([V.id])
    assert.equal(book.size(), stays ? 1 : 0, `${address} shown at ${shownAt}`)
  }
})

test('a record goes with the address that it was shown for, where that is a secret', async () => {
  const { book, saved } = await given()
  const record = Uint8Array.of(1, 2, 3)
  book.addAddress(classicOf(1), S)
  book.addAddress(onLibp2p(1), V)
  book.markReached(onLibp2p(1))
  book.addAddress(onLibp2p(1), onLibp2p(1), { record })
  assert.deepEqual(book.alternatives(1), [record])
  book.addPrivateIDs([V.id])
  assert.deepEqual(addressesOf(book, classicOf(1)), [String(classicOf(1))])
  assert.ok(!(await saved()).includes(Buffer.from(record).toString('base64')))
})

test('a record that V has told first, and others too, stays', async () => {
  const record = Uint8Array.of(1, 2, 3)
  for (const when of WHEN)
    for (const others of [[S], [W, T], [S, T, ...Array.from({ length: 20 }, (_, i) => at(910 + i))], []]) {
      const first = await given()
      first.book.addAddress(onLibp2p(1), T)
      for (const teller of [V, ...others, V]) first.book.addAddress(onLibp2p(1), teller, { record })
      first.book.markReached(onLibp2p(1))
      const { book, saved } = await hide(first, when)
      assert.deepEqual(book.alternatives(1), others.length === 0 ? [] : [record], `${when}, ${others.length} others`)
      const text = await saved()
      assert.ok(!text.includes(V.id))
      assert.ok(((JSON.parse(text) as StoredBook).entries[0]?.recordConfirmedBy?.length ?? 0) <= MAX_CONFIRMATIONS)
      // nobody is left who has told it
      book.addPrivateIDs(others.map(({ id }) => id))
      assert.ok(book.entries().every((entry) => entry.record === undefined))
    }
})

test('so does one that chance has given no further bucket, and one on the other stack', async () => {
  for (const when of WHEN) {
    const first = await given()
    first.book.addAddress(classicOf(1), S)
    first.book.addAddress(onLibp2p(1), V)
    first.book.addAddress(onLibp2p(1), T)
    first.book.addAddress(at(2), V)
    first.book.addAddress(at(2), T)
    const { book, saved } = await hide(first, when)
    assert.deepEqual(addressesOf(book, classicOf(1)), [classicOf(1), onLibp2p(1)].map(String), when)
    assert.deepEqual([addressesOf(book, at(2)), book.entry(idOf(2))?.source.id], [[String(at(2))], T.id], when)
    const [a, b] = V.host.split('.')
    const text = await saved()
    for (const secret of [V.id, V.host, `"${a}.${b}.0.0"`]) assert.ok(!text.includes(secret), secret)
  }
})

test('what V has told as well leaves no trace of V, nor takes the group of another one of its network', async () => {
  for (const [first, second] of [
    [S, V],
    [W, V],
    [V, W]
  ] as const)
    for (const reached of [true, false]) {
      const { book, saved } = await given()
      book.addAddress(at(1), first)
      if (reached) book.markReached(at(1))
      for (const teller of [second, T]) book.addAddress(at(1), teller)
      book.addPrivateIDs([V.id])
      const text = await saved()
      assert.ok(!text.includes(V.id))
      const [entry] = (JSON.parse(text) as StoredBook).entries
      const other = first === V ? second : first
      assert.equal(entry?.source, String(other))
      const [a, b] = other.host.split('.')
      assert.deepEqual(entry?.places[0]?.sourceGroups, [`${a}.${b}.0.0`])
    }
})

test('an address that waits for a test is kept where another one has told it too, and is his when it is reached', async () => {
  for (const [first, others, source] of [
    [V, [S, T], S],
    [S, [V, T], S],
    [V, [at(1, hostOf(500))], at(1, hostOf(500))],
    [V, [], undefined]
  ] as const) {
    const { book, saved } = await given()
    const there = at(1, hostOf(500))
    book.markReached(at(1))
    for (const teller of [first, ...others]) book.addAddress(there, teller)
    book.addPrivateIDs([V.id])
    assert.deepEqual(book.wantTest(5).map(String), source === undefined ? [] : [String(there)])
    book.markReached(there)
    assert.deepEqual(addressesOf(book, at(1)), [String(source === undefined ? at(1) : there)])
    if (source !== undefined) assert.equal(String(book.entry(idOf(1))?.source), String(source))
    assert.ok(!(await saved()).includes(V.id))
  }
})

test('one that waits and was told again is as it was told when it takes the place of the one that fails', async () => {
  const { book } = await given()
  const there = at(1, hostOf(500))
  book.addAddress(at(1), T)
  for (const teller of [V, S]) book.addAddress(there, teller)
  book.markAttempt(at(1))
  assert.deepEqual([addressesOf(book, at(1)), book.entry(idOf(1))?.source.id], [[String(there)], V.id])
  book.addPrivateIDs([V.id])
  assert.deepEqual([addressesOf(book, at(1)), book.entry(idOf(1))?.source.id], [[String(there)], S.id])
})

test('what waits for a test is kept while the entry finds its place anew, as its first teller has become private', async () => {
  for (const reached of [true, false]) {
    const { book } = await given()
    const there = at(1, hostOf(500))
    for (const teller of [V, S]) book.addAddress(at(1), teller)
    if (reached) book.markReached(at(1))
    book.addAddress(there, T)
    book.addPrivateIDs([V.id])
    if (!reached) book.markAttempt(at(1))
    assert.deepEqual(reached ? book.wantTest(5).map(String) : addressesOf(book, at(1)), [String(there)])
  }
})

test('of a ban, what others have told too comes back', async () => {
  const { book, clock } = await given()
  book.addAddress(at(1), V)
  book.markReached(at(1))
  book.addAddress(at(1), S)
  book.markBad(idOf(1), at(1), HOUR)
  book.addPrivateIDs([V.id])
  clock.advance(HOUR)
  assert.equal(book.reinstateBadPeers(), 1)
  assert.deepEqual([addressesOf(book, at(1)), book.entry(idOf(1))?.source.id], [[String(at(1))], S.id])
})

test('what was told of a node can be told again to the book: each address by those who told it, the record by those who told that', async () => {
  const record = Uint8Array.of(1, 2, 3)
  const { book, saved } = await given()
  for (const teller of [S, V, W]) book.addAddress(classicOf(1), teller)
  for (const [teller, options] of [
    [V, {}],
    [T, { record }],
    [W, { record }]
  ] as const)
    book.addAddress(onLibp2p(1), teller, options)
  const texts = () =>
    book
      .hearsay(classicOf(1).id)
      .map(({ address, source, record }) => [address.form, source.id, ...(record === undefined ? [] : ['record'])])
  assert.deepEqual(texts(), [
    ['hex', S.id],
    ['hex', V.id],
    ['hex', W.id],
    ['multiaddr', V.id],
    ['multiaddr', T.id, 'record'],
    ['multiaddr', W.id, 'record']
  ])
  const told = book.hearsay(classicOf(1).id)
  const before = await saved()
  book.removeAddress(classicOf(1).id)
  assert.deepEqual(book.hearsay(classicOf(1).id), [])
  for (const { address, source, ...options } of told) book.addAddress(address, source, options)
  assert.equal(await saved(), before)
  book.addPrivateIDs([V.id])
  assert.ok(texts().every(([, id]) => id !== V.id))
})

test('of one node no more than ten tellings are known', async () => {
  const { book } = await given()
  for (let n = 1; n <= 100; n++)
    for (const address of [classicOf(1), onLibp2p(1)]) book.addAddress(address, at(1_000 + n))
  assert.equal(book.hearsay(classicOf(1).id).length, 10)
})

test('a thousand tellers of one address: five are remembered', async () => {
  const { book, saved } = await given()
  for (let n = 1; n <= 1_000; n++) {
    book.addAddress(at(1), at(1_000 + n))
    if (n === 500) book.markReached(at(1))
  }
  const [entry] = (JSON.parse(await saved()) as StoredBook).entries
  assert.equal(entry?.places[0]?.confirmedBy?.length, MAX_CONFIRMATIONS)
})

test('a book of before that says no group of a source is read: whose group none of the others has', async () => {
  const { book, saved } = await given()
  book.addAddress(at(1), V)
  for (const teller of [W, S]) book.addAddress(at(1), teller)
  const stored = JSON.parse(await saved()) as { entries: [{ places: [Record<string, unknown>] }] }
  delete stored.entries[0].places[0].sourceGroup
  stored.entries[0].places[0].confirmedBy = [{ group: '20.101.0.0', id: S.id, address: String(S) }]
  stored.entries[0].places[0].sourceGroups = ['20.101.0.0', '20.100.0.0']
  const { book: next, saved: again } = await given(JSON.stringify(stored))
  assert.equal(next.entry(idOf(1))?.source.id, V.id)
  next.addPrivateIDs([V.id])
  const [entry] = (JSON.parse(await again()) as StoredBook).entries
  assert.deepEqual([entry?.source, entry?.places[0]?.sourceGroups], [String(S), ['20.101.0.0']])
})
