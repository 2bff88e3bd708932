/** What one node exports and another one imports: real books and switches, and the actions that the operators' socket runs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import type { AddressBookOptions } from '../../src/address-book/book-options.ts'
import { InvalidOptionError } from '../../src/errors.ts'
import { type AdminBookEntry, adminActions } from '../../src/node/admin/actions.ts'
import type { ImportResult } from '../../src/node/admin/book-import.ts'
import { createMemoryNetwork } from '../../src/testing/index.ts'
import { at, classicOf, idOf, MemoryStore, onLibp2p } from '../address-book/given.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

function node(options: AddressBookOptions = {}, host = '8.8.8.8') {
  const book = createAddressBook(options)
  const sw = createMemoryNetwork({ seed: 1 }).createSwitch({ network: 'chain', host, addressBook: book, reactors: {} })
  const actions = adminActions({ switch: sw, book })
  return {
    book,
    sw,
    exported: () => JSON.parse(JSON.stringify(actions.book!({}))) as AdminBookEntry[],
    imports: async (entries: unknown) => (await actions.import!({ entries })) as ImportResult
  }
}

const entry = (n: number, host?: string) => ({
  id: idOf(n),
  addresses: [String(at(n, host))],
  source: String(at(n, host))
})
const addresses = (entries: AdminBookEntry[]) =>
  Object.fromEntries(entries.map(({ id, addresses }) => [id, [...addresses].sort()]).sort())

test('an export is imported whole: 200 nodes of one /16, 500 that one source has told of, names, both stacks; and exported again it says the same', async () => {
  const a = node({ groupShare: 1 })
  for (let n = 1; n <= 200; n++) a.book.markReached(at(n, `66.66.${n >> 6}.${1 + (n & 63)}`))
  for (let n = 201; n <= 700; n++) a.book.addAddress(at(n), at(9_000))
  for (let n = 701; n <= 760; n++) a.book.addAddress(at(n, `n${n}.example${n}.org`), at(n - 700))
  for (let n = 1; n <= 20; n++) {
    a.book.addAddress(classicOf(n), at(n))
    a.book.markReached(onLibp2p(n))
  }
  const first = a.exported()
  assert.equal(first.length, 780)
  assert.equal(first.filter(({ addresses }) => addresses.length === 2).length, 20)

  const b = node({}, '9.9.9.9')
  assert.deepEqual(await b.imports(first), { taken: 800, refused: {} })
  assert.deepEqual(addresses(b.exported()), addresses(first))
  // whether they are there it has to find out itself
  assert.ok(b.exported().every(({ kind, lastSuccess }) => kind === 'new' && lastSuccess === 0))

  const c = node()
  assert.deepEqual(await c.imports(b.exported()), { taken: 800, refused: {} })
  assert.deepEqual(addresses(c.exported()), addresses(first))
})

test('an import outlives a restart, and still takes no share of its neighbours', async () => {
  const store = new MemoryStore()
  const before = node({ store })
  await before.book.start()
  const given = Array.from({ length: 300 }, (_, i) => entry(i + 1, `66.66.${i >> 6}.${1 + (i & 63)}`))
  await before.imports(given)
  await before.book.stop()
  const after = node({ store })
  await after.book.start()
  assert.deepEqual(addresses(after.exported()), addresses(before.exported()))
  assert.equal(after.book.size(), 300)
  for (let n = 1_001; n <= 1_032; n++) assert.equal(after.book.addAddress(at(n), at(9_000, '8.8.200.1')), undefined)
  await after.book.stop()
})

test("an import takes nothing of its neighbours' share: what they tell afterwards is taken as before", async () => {
  const { book, imports } = node({}, '8.8.8.8')
  await imports(Array.from({ length: 300 }, (_, i) => entry(i + 1)))
  for (let n = 1_001; n <= 1_032; n++) assert.equal(book.addAddress(at(n), at(9_000, '8.8.200.1')), undefined)
})

test('what is not taken is counted by why: ourselves, private ids and what they told, bans, addresses that lead nowhere', async () => {
  const { book, sw, imports } = node()
  book.addPrivateIDs([idOf(2), idOf(3)])
  book.markBad(idOf(5), undefined, 60_000)
  const given = [
    entry(1),
    entry(2),
    { ...entry(4), source: String(at(3)) },
    entry(5),
    entry(6, '10.0.0.1'),
    { addresses: [`${sw.nodeInfo().id}@7.7.7.7:1`] }
  ]
  assert.deepEqual(await imports(given), {
    taken: 1,
    refused: { private: 1, 'private-source': 1, banned: 1, 'non-routable': 1, self: 1 }
  })
  assert.deepEqual(
    book.entries().map(({ id }) => id),
    [idOf(1)]
  )
})

test('where no room is left the answer says so: taken is what the book has afterwards', async () => {
  const { book, imports } = node()
  const { taken, refused } = await imports(Array.from({ length: 30_000 }, (_, i) => entry(i + 1)))
  assert.equal(taken, book.size())
  assert.ok(taken > 15_000, String(taken))
  assert.deepEqual(refused, { 'no-room': 30_000 - taken })
})

test('an import larger than the book throws out nobody who is not bad; what it finds no place for is refused by name', async () => {
  const clock = new FakeClock()
  const { book, imports } = node({ clock })
  for (let n = 40_001; n <= 42_000; n++) book.addAddress(at(n), at(50_000 + (n % 500)))
  const hearsay = book.entries().map(({ id }) => id)
  assert.ok(hearsay.length > 1_900)
  const made = Array.from({ length: 50_000 }, (_, i) =>
    entry(100_000 + i, `66.${i % 200}.${(i >> 8) % 200}.${1 + (i % 250)}`)
  )
  const { taken, refused } = await imports(made)
  assert.deepEqual(
    hearsay.filter((id) => book.entry(id) === undefined),
    []
  )
  assert.deepEqual([taken, refused], [book.size() - hearsay.length, { 'no-room': 50_000 - taken }])
  assert.ok(taken > 5_000, String(taken))
  // nor does one that confirms what is known, which may give it one bucket more
  assert.equal(
    (await imports(hearsay.map((id) => ({ addresses: [String(book.addressesOf(id)[0])] })))).taken,
    hearsay.length
  )
  assert.deepEqual(
    hearsay.filter((id) => book.entry(id) === undefined),
    []
  )
  // a week later nobody has been reached: all of them are bad
  clock.advance(8 * 86_400_000)
  const later = await imports(Array.from({ length: 500 }, (_, i) => entry(i + 1)))
  assert.deepEqual(later, { taken: 500, refused: {} })
})

test('of several addresses of a node on one stack the book has one: the others are refused by name', async () => {
  const { book, imports } = node()
  const hosts = ['44.1.1.1', '44.2.2.2', '44.3.3.3', '44.4.4.4']
  const given = [
    { id: idOf(1), addresses: hosts.map((host) => String(at(1, host))) },
    { addresses: [String(onLibp2p(2)), String(classicOf(2))] }
  ]
  assert.deepEqual(await imports(given), { taken: 3, refused: { 'known-elsewhere': 3 } })
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(at(1, hosts[0]))])
})

for (const [name, bad, field] of [
  ['no list', 'entries', 'entries'],
  ['an entry that is none', [entry(1), null], 'entries[1].addresses'],
  ['an entry without addresses', [entry(1), { addresses: [] }], 'entries[1].addresses'],
  ['an address that is none', [entry(1), { addresses: [String(at(2)), 'nowhere'] }], 'entries[1].addresses[1]'],
  ['an address that is no text', [entry(1), { addresses: [7] }], 'entries[1].addresses[0]'],
  ['an address without an id', [entry(1), { addresses: ['8.8.4.4:26656'] }], 'entries[1].addresses[0]'],
  ['an address of another node', [entry(1), { ...entry(2), id: idOf(3) }], 'entries[1].addresses[0]'],
  ['a source that is none', [entry(1), { ...entry(2), source: '' }], 'entries[1].source'],
  ['too many', Array(50_001).fill(entry(1)), 'entries']
] as const)
  test(`${name}: the field is named, and nothing is taken`, async () => {
    const { book, imports } = node()
    await assert.rejects(imports(bad), (err) => err instanceof InvalidOptionError && err.field === field)
    assert.equal(book.size(), 0)
  })

test('what an operator has done is stored when it is said to be done, without a stop', async () => {
  const store = new MemoryStore()
  const { book, imports, sw } = node({ store })
  const actions = adminActions({ switch: sw, book })
  const kept = async () => {
    const again = createAddressBook({ store })
    await again.start()
    return [again.size(), again.banned().map(({ id }) => id)]
  }
  await imports([entry(1)])
  assert.deepEqual(await kept(), [1, []])
  await actions.ban!({ id: idOf(2) })
  assert.deepEqual(await kept(), [1, [idOf(2)]])
  await actions.unban!({ id: idOf(2) })
  assert.deepEqual(await kept(), [1, []])
})
