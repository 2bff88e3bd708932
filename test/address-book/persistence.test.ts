/** What a book keeps over a restart, and what it does when its store fails. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BookDamagedError, type BookStore, type StoredBook } from '../../src/address-book/book-store.ts'
import { settle } from '../helpers/fake-clock.ts'
import { at, classicOf, givenBook, hostOf, idOf, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000

test('everything comes back: entries of both stacks, marks, bans with reasons, anchors, and the same buckets', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  for (let n = 10; n < 60; n++) book.addAddress(at(n), at(n % 7 === 0 ? 500 : n))
  for (let n = 20; n < 40; n++) book.markReached(at(n))
  book.addAddress(onLibp2p(1), at(600), { record: Uint8Array.of(1, 2, 255) })
  book.addAddress(classicOf(1), at(601))
  book.markReached(onLibp2p(1))
  book.markGood(idOf(20))
  book.markAttempt(at(21))
  book.markBad(idOf(30), at(30), HOUR, 'sent rubbish')
  book.setAnchors([at(20), onLibp2p(1)])
  await book.stop()

  const again = givenBook({ store, key: 'f'.repeat(24), clock }).book
  await again.start()
  const sorted = (entries: ReturnType<typeof book.entries>) =>
    entries
      .map((entry) => ({ ...entry, addresses: entry.addresses.map(String), source: String(entry.source) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
  assert.deepEqual(sorted(again.entries()), sorted(book.entries()))
  assert.deepEqual(again.banned(), book.banned())
  assert.deepEqual(again.anchors().map(String), book.anchors().map(String))
  const before = JSON.parse(store.text!) as StoredBook
  await again.save()
  const after = JSON.parse(store.text!) as StoredBook
  const buckets = ({ entries }: StoredBook) =>
    Object.fromEntries(entries.map(({ id, buckets }) => [id, buckets.toSorted()]))
  assert.deepEqual([after.key, buckets(after)], [before.key, buckets(before)])
  clock.advance(HOUR)
  assert.equal(again.reinstateBadPeers(), 1)
  assert.equal(again.entry(idOf(30))?.kind, 'new')
})

test('nothing private is saved: neither the id, nor what it told, nor its ban or anchor', async () => {
  const store = new MemoryStore()
  const { book } = givenBook({ store })
  await book.start()
  book.addAddress(at(1), at(1))
  book.addAddress(at(2), at(99))
  book.markReached(at(99))
  book.setAnchors([at(99), at(1)])
  book.markBad(idOf(99), at(99), HOUR)
  book.markBad(idOf(3), at(3), HOUR)
  book.addPrivateIDs([idOf(99)])
  book.markBad(idOf(99), at(99), HOUR)
  await book.stop()
  assert.ok(store.text!.includes(idOf(3)))
  for (const secret of [idOf(99), hostOf(99), idOf(2)]) assert.ok(!store.text!.includes(secret), secret)
})

test('what is private by now does not come back from a store of before', async () => {
  const store = new MemoryStore()
  const first = givenBook({ store }).book
  await first.start()
  first.addAddress(at(1), at(1))
  first.addAddress(at(2), at(1, hostOf(1)))
  first.setAnchors([at(1)])
  await first.stop()
  const { book } = givenBook({ store })
  book.addPrivateIDs([idOf(1)])
  await book.start()
  assert.deepEqual([book.size(), book.anchors()], [0, []])
})

test('a book that is changed is saved every two minutes, one that is not is left', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  await clock.run(120_000)
  assert.equal(store.saves, 0)
  book.addAddress(at(1), at(1))
  await clock.run(120_000)
  await clock.run(240_000)
  assert.equal(store.saves, 1)
  await book.stop()
  assert.deepEqual([store.saves, clock.pending], [1, 0])
})

test('a second start does nothing, a stop without changes writes nothing, and a start after a stop goes on', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await Promise.all([book.start(), book.start()])
  await book.start()
  assert.equal(store.loads, 1)
  await book.stop()
  await book.stop()
  assert.equal(store.saves, 0)
  await book.start()
  book.addAddress(at(1), at(1))
  await clock.run(120_000)
  assert.deepEqual([store.saves, store.loads], [1, 1])
  await book.stop()
})

test('saves do not overlap; one that is asked for while another runs has what changed meanwhile', async () => {
  let running = 0
  let release: () => void = () => undefined
  const sizes: number[] = []
  const store: BookStore = {
    load: async () => undefined,
    save: async ({ entries }) => {
      assert.equal(++running, 1)
      await new Promise<void>((resolve) => (release = resolve))
      sizes.push(entries.length)
      running--
    }
  }
  const { book } = givenBook({ store })
  await book.start()
  book.addAddress(at(1), at(1))
  const first = book.save()
  await settle()
  book.addAddress(at(2), at(2))
  const second = book.save()
  release()
  await settle()
  release()
  await Promise.all([first, second])
  assert.deepEqual(sizes, [1, 2])
})

test('a store that fails to save is tried again at the next interval; nothing rejects', async () => {
  const store = new MemoryStore()
  const errors: string[] = []
  const { book, clock } = givenBook({ store, logger: listening(errors) })
  await book.start()
  book.addAddress(at(1), at(1))
  const { save } = store
  store.save = async () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  }
  await book.save()
  await clock.run(120_000)
  assert.equal(errors.length, 2)
  store.save = save
  await clock.run(120_000)
  assert.equal(store.saves, 1)
  await book.stop()
})

test('a damaged store is set aside with a word in the log; if that fails too, nothing is written over it', async () => {
  const store = new MemoryStore()
  const errors: string[] = []
  store.load = async () => {
    throw new BookDamagedError('not JSON')
  }
  const { book } = givenBook({ store, logger: listening(errors) })
  await book.start()
  assert.deepEqual([store.aside, errors.length], [['not JSON'], 1])
  await book.save()
  assert.equal(store.saves, 1)

  const stuck = new MemoryStore()
  stuck.load = store.load
  stuck.setAside = async () => {
    throw new Error('EPERM')
  }
  const other = givenBook({ store: stuck, logger: listening(errors) }).book
  await other.start()
  other.addAddress(at(1), at(1))
  await other.stop()
  assert.deepEqual([stuck.saves, other.size()], [0, 1])
})

test('what cannot be read is copied before the store is written over; while that fails, nothing is', async () => {
  const store = new MemoryStore()
  const errors: string[] = []
  const { book, clock } = givenBook({ store })
  await book.start()
  book.addAddress(at(1), at(1))
  book.addAddress(at(2), at(2))
  await book.stop()
  store.text = store.text!.replace(`"${at(2)}"`, '"rubbish"')
  const before = store.text
  let copies = 0
  let full = true
  const copying = Object.assign(store, {
    copyAside: async () => {
      if (full) throw new Error('ENOSPC')
      copies++
      return 'elsewhere'
    }
  })
  const again = givenBook({ store: copying, clock, logger: listening(errors) }).book
  await again.start()
  assert.deepEqual([again.size(), errors.length], [1, 1])
  again.addAddress(at(3), at(3))
  await again.save()
  assert.deepEqual([store.text === before, copies, errors.length], [true, 0, 2])
  full = false
  await again.save()
  again.addAddress(at(4), at(4))
  await again.stop()
  assert.deepEqual([JSON.parse(store.text!).entries.length, copies, errors.length], [3, 1, 2])
})

test('a store written by anybody can break nothing: what is no entry is dropped, times are cut to now', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  book.addAddress(at(1), at(1))
  await book.stop()
  const stored = JSON.parse(store.text!)
  const [entry] = stored.entries
  const place = entry.places[0]
  const future = {
    ...entry,
    id: idOf(2),
    places: [{ ...place, address: String(at(2)) }],
    lastAttempt: 9e15,
    lastSuccess: 9e15
  }
  stored.entries = [
    entry,
    entry,
    future,
    // an id that its address does not have; no address; not public; old, but reached by nobody
    { ...entry, id: idOf(3) },
    { ...entry, id: idOf(4), places: [{ ...place, address: 'rubbish' }] },
    { ...entry, id: idOf(5), places: [{ ...place, address: String(at(5, '10.0.0.1')) }] },
    { ...entry, id: idOf(6), kind: 'old', places: [{ ...place, address: String(at(6)), sourceGroups: [] }] }
  ]
  stored.bans = [{ id: idOf(7), address: '', since: 9e15, until: 9e15 + HOUR }]
  stored.anchors = ['rubbish', String(at(1))]
  stored.key = 'no key'
  store.text = JSON.stringify(stored)
  const again = givenBook({ store, clock }).book
  await again.start()
  assert.deepEqual(
    again
      .entries()
      .map(({ id, kind }) => [id, kind])
      .sort(),
    [1, 2, 6].map((n) => [idOf(n), 'new'])
  )
  assert.equal(again.entry(idOf(2))?.lastSuccess, clock.wall())
  assert.ok((again.bannedUntil(idOf(7)) ?? 0) <= clock.wall() + HOUR)
  assert.deepEqual(again.anchors().map(String), [String(at(1))])
})

function listening(errors: string[]) {
  const quiet = () => undefined
  const logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (message: string) => void errors.push(message),
    child: () => logger
  }
  return logger
}
