/** A name that was reached is an address of whoever has the IP that it led to: proven places, shares and buckets go by that, over a restart too. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import type { StoredBook } from '../../src/address-book/book-store.ts'
import { BUCKETS, Placement } from '../../src/address-book/buckets.ts'
import { OWNER_FLOOR } from '../../src/address-book/shares.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { bookFromJson, bookToJson } from '../../src/node/book-json.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { at, givenBook, hostOf, idOf, KEY, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000
/** What one group of addresses may have among proven ones. */
const PROVEN_OF_GROUP = BUCKETS.oldPerGroup * BUCKETS.capacity

const named = (n: number) => at(n, `node${n}.example${n}.org`)
const random = seededRandom(5)
const byte = () => 1 + Math.floor(random() * 250)

const kindOf = (book: CometAddressBook, { id }: NetAddress) => book.entry(id)?.kind
const old = (book: CometAddressBook) => book.entries().filter(({ kind }) => kind === 'old')

async function bucketsOf(book: CometAddressBook, store: MemoryStore): Promise<Record<string, readonly number[]>> {
  await book.save()
  const { entries } = JSON.parse(store.text!) as StoredBook
  return Object.fromEntries(entries.map(({ id, buckets }) => [id, buckets]))
}

test('600 nodes that were reached by name, each in a network of its own, are all proven', () => {
  const { book } = givenBook()
  for (let n = 1; n <= 600; n++) book.markReached(named(n), hostOf(n))
  assert.equal(old(book).length, 600)
})

test('where a name leads is not known without an IP: such names are one group, as before', () => {
  for (const ip of [undefined, '', 'elsewhere', 'fe80::1%eth0']) {
    const { book } = givenBook()
    for (let n = 1; n <= 600; n++) book.markReached(named(n), ip)
    assert.ok(old(book).length <= PROVEN_OF_GROUP, String(ip))
  }
})

test('an IP that was dialled is its own group, whatever the connection says of where it leads', async () => {
  const store = new MemoryStore()
  const { book } = givenBook({ store })
  await book.start()
  book.markReached(at(1), hostOf(500))
  const bucket = new Placement(KEY).oldBucket('20.1.0.0', String(at(1)))
  assert.deepEqual(await bucketsOf(book, store), { [idOf(1)]: [bucket] })
})

test('5,000 names that all lead into one /16 have the places of that /16, with its IPs, and their share of what nobody has proven', () => {
  const { book } = givenBook()
  for (let n = 1; n <= 600; n++) book.markReached(at(n), hostOf(n))
  const HIS = 1_000_000
  const his = () => `66.66.${byte()}.${byte()}`
  for (let n = HIS; n < HIS + 5_000; n++) {
    // he talks others into it, and is there
    const address = n % 3 === 0 ? at(n, his()) : named(n)
    book.addAddress(address, at(1 + (n % 600)))
    book.markReached(address, his())
  }
  // he is met by names that were in no book as well
  for (let n = HIS + 50_000; n < HIS + 51_000; n++) book.markReached(named(n), his())
  const ofHis = book.entries().filter(({ id }) => Number.parseInt(id, 16) >= HIS)
  const proven = ofHis.filter(({ kind }) => kind === 'old').length
  assert.ok(proven <= PROVEN_OF_GROUP, `${proven} proven`)
  const limit = Math.max(OWNER_FLOOR, Math.floor(book.size() / 16))
  // names that nobody has tried, what is known to be in his /16, and the one bucket of IPs that were in no book
  const rest = ofHis.length - proven
  assert.ok(rest <= 2 * limit + BUCKETS.capacity, `${rest} beside ${proven} in a book of ${book.size()}`)
  const reached = ofHis.filter(
    ({ kind, lastSuccess, addresses }) => kind === 'new' && lastSuccess > 0 && addresses[0]!.host.startsWith('node')
  )
  assert.ok(reached.length <= limit, `${reached.length} names that were reached`)
  // nor do they keep out the names of others
  assert.equal(book.addAddress(named(2_000), at(1)), undefined)
  for (let n = 2_001; n < 2_400; n++) {
    book.addAddress(named(n), at(1 + (n % 600)))
    book.markReached(named(n), hostOf(n))
  }
  const others = old(book).filter(({ id }) => Number.parseInt(id, 16) > 2_000 && Number.parseInt(id, 16) < HIS)
  // some find the bucket full that is theirs and his
  assert.ok(others.length > 350, `${others.length} names of others`)
})

test('a reached name that finds no place among the proven ones makes room of what is bad in its network, or leaves', () => {
  const { book, clock } = givenBook()
  let n = 1
  const reach = () => {
    const address = named(n++)
    book.addAddress(address, at(1_000 + n))
    book.markReached(address, `66.66.9.${1 + (n % 250)}`)
    return book.entry(address.id)?.kind
  }
  while (n < 1_000 && reach() !== undefined);
  assert.ok(n < 1_000)
  const fresh = book.entries().filter(({ kind }) => kind === 'new')
  assert.equal(fresh.length, OWNER_FLOOR)
  const size = book.size()
  assert.ok(size - fresh.length <= PROVEN_OF_GROUP, String(size))
  const [worst, ...others] = fresh.map(({ addresses }) => addresses[0]!)
  clock.advance(8 * 24 * HOUR)
  for (const address of others) book.markReached(address, '66.66.9.9')
  assert.equal(reach(), 'new')
  assert.deepEqual([book.entry(worst!.id), book.size()], [undefined, size])
  assert.equal(reach(), undefined)
})

test('nobody has to go among the unproven ones for a name that finds a place among the proven', () => {
  const { book } = givenBook({ groupShare: 1 })
  for (let n = 1; n <= BUCKETS.capacity; n++) book.addAddress(at(n, `66.66.1.${n}`), at(500))
  book.addAddress(named(100), at(500))
  assert.equal(book.size(), BUCKETS.capacity + 1)
  book.markReached(named(100), '66.66.9.9')
  assert.deepEqual([kindOf(book, named(100)), book.size()], ['old', BUCKETS.capacity + 1])
})

test('where a name leads is remembered over a restart, also in the file that Go reads', async () => {
  for (const libp2p of [false, true]) {
    const store = new MemoryStore()
    const { book, clock } = givenBook({ store })
    await book.start()
    const address = (n: number) =>
      libp2p ? parseNetAddress(`/dns4/node${n}.example.org/tcp/1/p2p/${onLibp2p(n).peerId}`) : named(n)
    const count = libp2p ? 250 : 600
    for (let n = 1; n <= count; n++) book.markReached(address(n), hostOf(n))
    // with an address of Go's beside it
    book.markReached(at(9_999, '66.66.1.1'))
    const before = await bucketsOf(book, store)
    const stored = JSON.parse(store.text!) as StoredBook
    for (const each of [stored, bookFromJson([...bookToJson(stored)].join(''))]) {
      const next = new MemoryStore()
      next.text = JSON.stringify(each)
      const again = givenBook({ store: next, clock }).book
      await again.start()
      assert.equal(old(again).length, old(book).length)
      assert.deepEqual(await bucketsOf(again, next), before)
    }
  }
})

test('a book of before, which does not know where names lead, is read; they find their place when they are reached again', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  for (let n = 1; n <= 300; n++) book.markReached(named(n), hostOf(n))
  await book.stop()
  store.text = store.text!.replaceAll(/,"leadsTo":"[^"]*"/g, '')
  const again = givenBook({ store, clock }).book
  await again.start()
  assert.equal(again.size(), 300)
  assert.ok(old(again).length <= PROVEN_OF_GROUP)
  for (let n = 1; n <= 300; n++) again.markReached(named(n), hostOf(n))
  assert.equal(old(again).length, 300)
})

test('what is stored of where a name leads counts only where it is an IP, of a name that was reached', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  book.markReached(named(1), hostOf(1))
  await book.stop()
  const stored = JSON.parse(store.text!)
  assert.equal(stored.entries[0].places[0].leadsTo, hostOf(1))
  const placed = new Placement(KEY)
  const of = (group: string, address: NetAddress) => placed.oldBucket(group, String(address))
  for (const [change, bucket, kept] of [
    [{}, of('20.1.0.0', named(1)), 'old'],
    [{ leadsTo: hostOf(7) }, of('20.7.0.0', named(1)), 'old'],
    [{ leadsTo: '::ffff:20.7.0.1' }, of('20.7.0.0', named(1)), 'old'],
    [{ leadsTo: hostOf(7), address: String(at(1)) }, of('20.1.0.0', at(1)), 'old'],
    [{ leadsTo: hostOf(7), proven: false }, undefined, 'new'],
    [{ leadsTo: 'elsewhere' }, undefined, undefined],
    [{ leadsTo: 7 }, undefined, undefined]
  ] as const) {
    const changed = structuredClone(stored)
    Object.assign(changed.entries[0].places[0], change)
    const next = new MemoryStore()
    next.text = JSON.stringify(changed)
    const again = givenBook({ store: next, clock }).book
    // what cannot be read is counted by whoever reads the file
    if (kept === undefined) {
      assert.equal(bookFromJson([...bookToJson(changed)].join('')).unreadable, 1, JSON.stringify(change))
      continue
    }
    await again.start()
    assert.equal(kindOf(again, named(1)), kept, JSON.stringify(change))
    const buckets = (await bucketsOf(again, next))[idOf(1)]
    if (bucket !== undefined) assert.deepEqual(buckets, [bucket], JSON.stringify(change))
    assert.equal(
      JSON.parse(next.text).entries[0].places[0].leadsTo === undefined,
      'address' in change || 'proven' in change
    )
  }
})

test('a name that leads elsewhere later counts there; without an IP it stays where it was', async () => {
  const store = new MemoryStore()
  const { book } = givenBook({ store })
  await book.start()
  const placed = new Placement(KEY)
  const bucket = (group: string) => ({ [idOf(1)]: [placed.oldBucket(group, String(named(1)))] })
  book.addAddress(named(1), at(2))
  for (const [ip, group] of [
    ['20.7.0.1', '20.7.0.0'],
    [undefined, '20.7.0.0'],
    ['20.8.0.1', '20.8.0.0'],
    ['2602:100::1', '2602:100::'],
    ['::ffff:20.9.0.1', '20.9.0.0']
  ] as const) {
    book.markReached(named(1), ip)
    assert.deepEqual(await bucketsOf(book, store), bucket(group), String(ip))
  }
})

test('a name that moves into a network with all its proven places taken waits there as a newcomer does', () => {
  const { book, clock } = givenBook()
  // he fills what his /16 may have, and lends his names an IP elsewhere until they are proven
  for (let n = 1; n <= 2_000; n++) book.markReached(at(n + 100_000, `66.66.${n >> 8}.${n & 255}`))
  for (const { id, kind } of book.entries()) if (kind === 'new') book.removeAddress(id)
  const before = old(book).length
  assert.ok(before > PROVEN_OF_GROUP / 2 && before <= PROVEN_OF_GROUP, String(before))
  for (let n = 1; n <= 300; n++) book.markReached(named(n), hostOf(n))
  assert.ok(old(book).length > before + 250, String(old(book).length))
  for (let n = 1; n <= 300; n++) book.markReached(named(n), '66.66.9.9')
  assert.equal(old(book).length, before)
  assert.ok(book.size() <= before + (before + 300) / 16, `${book.size() - before} wait`)
  clock.advance(5 * HOUR)
  const left = book.entries().find(({ kind, addresses }) => kind === 'new' && addresses[0]!.host.startsWith('node'))
  book.markReached(left!.addresses[0]!, '66.66.9.9')
  const [tested] = book.wantTest(1)
  assert.ok(tested!.host.startsWith('66.66.'))
  book.testFailed(tested!)
  assert.equal(kindOf(book, left!.addresses[0]!), 'old')
})

test('a tested name that is there no more counts as any name that nobody has proven', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  const placed = new Placement(KEY)
  const bucketOf = (n: number) => placed.oldBucket('66.66.0.0', String(at(n, '66.66.1.1')))
  const bucket = placed.oldBucket('66.66.0.0', String(named(1)))
  book.markReached(named(1), '66.66.1.1')
  clock.advance(HOUR)
  const others = Array.from({ length: 2_000 }, (_, i) => i + 10).filter((n) => bucketOf(n) === bucket)
  for (const n of others.slice(1, BUCKETS.capacity)) book.markReached(at(n, '66.66.1.1'))
  clock.advance(5 * HOUR)
  book.markReached(at(others[0]!, '66.66.1.1'))
  book.markReached(at(others[BUCKETS.capacity]!, '66.66.1.1'))
  assert.deepEqual(book.wantTest(1).map(String), [String(named(1))])
  book.testFailed(named(1))
  assert.equal(kindOf(book, named(1)), 'new')
  await book.save()
  const entry = (JSON.parse(store.text!) as StoredBook).entries.find(({ id }) => id === idOf(1))
  assert.equal(entry?.places[0]?.leadsTo, undefined)
})

test('whatever is told and reached, no network has more than its proven places, by whatever names', async () => {
  const step = fc.record({
    n: fc.nat(400),
    byName: fc.boolean(),
    told: fc.boolean(),
    ip: fc.oneof(
      { weight: 8, arbitrary: fc.tuple(fc.constantFrom(1, 2, 3), fc.nat(250)).map(([a, b]) => `66.6${a}.1.${b + 1}`) },
      { weight: 1, arbitrary: fc.constantFrom(undefined, 'nowhere') }
    )
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 200, maxLength: 1_500, size: 'max' }), async (steps) => {
      const store = new MemoryStore()
      const { book, clock } = givenBook({ store })
      await book.start()
      for (const { n, byName, told, ip } of steps) {
        const address = byName ? named(n) : at(n, ip === undefined || ip === 'nowhere' ? '66.61.1.1' : ip)
        if (told) book.addAddress(address, at(1_000 + n))
        book.markReached(address, ip)
      }
      await book.save()
      const { entries } = JSON.parse(store.text!) as StoredBook
      assert.equal(entries.length, book.size())
      const counts = new Map<string, number>()
      for (const { kind, places } of entries) {
        const [home] = places
        const host = home!.leadsTo ?? parseNetAddress(home!.address).host
        const key = host.startsWith('node') ? 'names' : host.split('.').slice(0, 2).join('.')
        if (kind === 'old') counts.set(key, (counts.get(key) ?? 0) + 1)
        if (home!.leadsTo !== undefined)
          assert.ok(home!.proven && parseNetAddress(home!.address).host.startsWith('node'))
      }
      for (const [key, count] of counts) assert.ok(count <= PROVEN_OF_GROUP, `${key}: ${count}`)
      const again = givenBook({ store, clock }).book
      await again.start()
      assert.equal(again.size(), book.size())
    }),
    { numRuns: 30 }
  )
})
