import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { BaseDatastore, MemoryDatastore } from 'datastore-core'
import { LevelDatastore } from 'datastore-level'
import { type Datastore, Key } from 'interface-datastore'
import { DatastoreBookStore } from '../../src/address-book/datastore-store.ts'
import { at, givenBook, idOf, KEY } from './given.ts'

/** A datastore whose writes stop for ever after so many: a process killed. Its batches are not atomic, which is the worst case. */
class Killed extends BaseDatastore {
  readonly inner = new MemoryDatastore()
  writesLeft = Number.POSITIVE_INFINITY
  reads = true

  #write(): void {
    if (this.writesLeft <= 0) throw new Error('killed')
    this.writesLeft--
  }
  override async put(key: Key, value: Uint8Array): Promise<Key> {
    this.#write()
    return await this.inner.put(key, value)
  }
  override async get(key: Key): Promise<Uint8Array> {
    if (!this.reads) throw new Error('EIO')
    return await this.inner.get(key)
  }
  override async delete(key: Key): Promise<void> {
    this.#write()
    await this.inner.delete(key)
  }
  override async *_all(...args: Parameters<MemoryDatastore['_all']>) {
    yield* this.inner._all(...args)
  }
  override async *_allKeys(...args: Parameters<MemoryDatastore['_allKeys']>) {
    yield* this.inner._allKeys(...args)
  }
}

async function filled(datastore: Datastore, count: number): Promise<ReturnType<typeof givenBook>['book']> {
  const { book } = givenBook({ store: new DatastoreBookStore(datastore), groupShare: 1 })
  await book.start()
  for (let n = 1; n <= count; n++) book.addAddress(at(n), at(n))
  return book
}

async function reopened(datastore: Datastore): Promise<ReturnType<typeof givenBook>['book']> {
  const { book } = givenBook({ store: new DatastoreBookStore(datastore) })
  await book.start()
  return book
}

test('a datastore and a prefix are checked', () => {
  assert.throws(() => new DatastoreBookStore({} as Datastore), { name: 'InvalidOptionError', field: 'datastore.get' })
  for (const prefix of ['', 'addrbook', '/addrbook/', '//'])
    assert.throws(() => new DatastoreBookStore(new MemoryDatastore(), { prefix }), { field: 'prefix' }, prefix)
})

test('killed after any number of writes, there is the old book or the new one', async () => {
  const outcomes = new Set<number>()
  for (let writes = 0; ; writes++) {
    const datastore = new Killed()
    const book = await filled(datastore, 300)
    await book.save()
    for (let n = 301; n <= 900; n++) book.addAddress(at(n), at(n))
    book.markBad(idOf(1), undefined, 1_000)
    datastore.writesLeft = writes
    await book.save()
    const done = datastore.writesLeft > 0
    datastore.writesLeft = Number.POSITIVE_INFINITY
    const size = (await reopened(datastore)).size()
    outcomes.add(size)
    assert.ok(size === 300 || size === 899, `${size} after ${writes} writes`)
    if (done) break
  }
  assert.deepEqual([...outcomes].sort(), [300, 899])
})

test('a kill in one save does not spoil the next, and no piece of a larger book is left', async () => {
  const datastore = new Killed()
  const book = await filled(datastore, 600)
  await book.save()
  datastore.writesLeft = 2
  await book.save()
  datastore.writesLeft = Number.POSITIVE_INFINITY
  const again = await reopened(datastore)
  assert.equal(again.size(), 600)
  again.addPrivateIDs(Array.from({ length: 595 }, (_, i) => idOf(i + 1)))
  await again.save()
  await again.save()
  const texts: string[] = []
  for await (const { value } of datastore.query({})) texts.push(new TextDecoder().decode(value))
  assert.ok(texts.every((text) => !text.includes(`${idOf(500)}@`)))
  assert.equal((await reopened(datastore)).size(), 5)
})

test('what is not what was written is set aside, and the book starts empty and is saved again', async () => {
  for (const damage of [
    async (datastore: Datastore) => void (await datastore.put(new Key('/addrbook/head'), Uint8Array.of(1, 2))),
    async (datastore: Datastore) =>
      void (await datastore.put(new Key('/addrbook/head'), new TextEncoder().encode('{"layout":9}'))),
    async (datastore: Datastore) => void (await datastore.put(new Key('/addrbook/a/0000'), Uint8Array.of(1))),
    async (datastore: Datastore) =>
      void (await datastore.put(new Key('/addrbook/a/0000'), new TextEncoder().encode('{"entries":[],"bans":[]}'))),
    async (datastore: Datastore) => await datastore.delete(new Key('/addrbook/a/0000'))
  ]) {
    const datastore = new MemoryDatastore()
    const book = await filled(datastore, 10)
    await book.save()
    await damage(datastore)
    const next = await reopened(datastore)
    assert.equal(next.size(), 0)
    const aside: string[] = []
    for await (const { key } of datastore.query({ prefix: '/addrbook-damaged' })) aside.push(key.toString())
    assert.ok(aside.length > 0)
    next.addAddress(at(77), at(77))
    await next.save()
    assert.equal((await reopened(datastore)).size(), 1)
  }
})

test('what cannot be read of a book in a datastore is in a copy of it beside it; the book goes on', async () => {
  const datastore = new MemoryDatastore()
  const store = new DatastoreBookStore(datastore)
  const entry = { id: idOf(1), source: 'rubbish' } as never
  await store.save({ key: KEY, entries: [entry], bans: [], anchors: [String(at(2))] })
  const { book } = givenBook({ store: new DatastoreBookStore(datastore) })
  await book.start()
  book.addAddress(at(3), at(3))
  await book.stop()
  const aside = await new DatastoreBookStore(datastore, { prefix: '/addrbook-damaged' }).load()
  assert.deepEqual([aside?.unreadable, aside?.anchors], [1, [String(at(2))]])
  const next = await reopened(datastore)
  assert.deepEqual([next.size(), next.anchors().map(String)], [1, [String(at(2))]])
})

test('a datastore that cannot be read is not written over: its book joins what was learnt, once it can', async () => {
  const datastore = new Killed()
  await (await filled(datastore, 10)).save()
  datastore.reads = false
  const { book } = givenBook({ store: new DatastoreBookStore(datastore) })
  await book.start()
  book.addAddress(at(100), at(100))
  await book.save()
  assert.equal(book.size(), 1)
  datastore.reads = true
  await book.save()
  assert.equal(book.size(), 11)
  assert.equal((await reopened(datastore)).size(), 11)
})

test('a datastore that takes nothing costs nothing but the save', async () => {
  const datastore = new Killed()
  const book = await filled(datastore, 10)
  datastore.writesLeft = 0
  await book.save()
  await book.stop()
  assert.equal(book.size(), 10)
})

test('LevelDB keeps a book over a restart', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'book-'))
  try {
    for (const want of [0, 400]) {
      const datastore = new LevelDatastore(dir)
      await datastore.open()
      const { book } = givenBook({ store: new DatastoreBookStore(datastore), groupShare: 1 })
      await book.start()
      assert.equal(book.size(), want)
      for (let n = 1; n <= 400; n++) book.addAddress(at(n), at(n))
      await book.stop()
      await datastore.close()
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
})
