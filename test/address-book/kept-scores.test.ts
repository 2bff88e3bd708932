/** Scores saved with the book: over a restart on every store, none of private ids, none that are damaged. */
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { MemoryDatastore } from 'datastore-core'
import fc from 'fast-check'
import { type Datastore, Key } from 'interface-datastore'
import type { BookStore } from '../../src/address-book/book-store.ts'
import { DatastoreBookStore } from '../../src/address-book/datastore-store.ts'
import type { KeptScore, ScoreSource } from '../../src/interface/address-book.ts'
import { bookFile } from '../../src/node/book-file.ts'
import { bookFromJson, bookToJson } from '../../src/node/book-json.ts'
import { at, givenBook, idOf, KEY, MemoryStore } from './given.ts'

/** A switch's side of it. */
class Judge implements ScoreSource {
  scores: readonly KeptScore[]
  told: KeptScore[] = []

  constructor(...scores: KeptScore[]) {
    this.scores = scores
  }
  kept(): readonly KeptScore[] {
    return this.scores
  }
  recall(scores: readonly KeptScore[]): void {
    this.told.push(...scores)
  }
}

interface Kept {
  readonly store: BookStore
  /** All that a reader of the disk would see. */
  text(): Promise<string>
}

async function inDatastore(): Promise<Kept & { readonly datastore: Datastore }> {
  const datastore = new MemoryDatastore()
  const text = async () => {
    let all = ''
    for await (const { value } of datastore.query({})) all += new TextDecoder().decode(value)
    return all
  }
  return { store: new DatastoreBookStore(datastore), text, datastore }
}

async function inFile(t: TestContext): Promise<Kept & { readonly path: string }> {
  const dir = await mkdtemp(join(tmpdir(), 'scores-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const path = join(dir, 'addrbook.json')
  return { store: bookFile(path), text: () => readFile(path, 'utf8'), path }
}

const stores: ReadonlyArray<readonly [name: string, make: (t: TestContext) => Promise<Kept>]> = [
  ['a datastore', inDatastore],
  ["Go's file", inFile]
]
for (const [name, make] of stores) {
  test(`${name}: scores come back as they were, to whoever judges in the next run`, async (t) => {
    const { store } = await make(t)
    const { book, clock } = givenBook({ store })
    const scores = [
      { id: idOf(1), value: -60, at: clock.wall() },
      { id: idOf(2), value: 7.123456789, at: clock.wall() - 5 }
    ]
    book.keepScores(new Judge(...scores))()
    await book.start()
    await book.stop()
    const [early, late] = [new Judge(), new Judge()]
    const again = givenBook({ store }).book
    again.keepScores(early)
    await again.start()
    assert.deepEqual(early.told, scores)
    const third = givenBook({ store }).book
    await third.start()
    third.keepScores(late)
    assert.deepEqual(late.told, scores)
  })

  test(`${name}: nothing of private ids is saved, and what is private by now does not come back`, async (t) => {
    const { store, text } = await make(t)
    const { book } = givenBook({ store })
    await book.start()
    book.addPrivateIDs([idOf(1)])
    book.keepScores(new Judge(...[1, 2, 3].map((n) => ({ id: idOf(n), value: -60, at: 1 }))))()
    await book.stop()
    const saved = await text()
    assert.deepEqual(
      [1, 2, 3].map((n) => saved.includes(idOf(n))),
      [false, true, true]
    )
    const judge = new Judge()
    const again = givenBook({ store }).book
    again.addPrivateIDs([idOf(2)])
    again.keepScores(judge)
    await again.start()
    assert.deepEqual(
      judge.told.map(({ id }) => id),
      [idOf(3)]
    )
  })

  test(`${name}: a run that nobody judges in loses no score`, async (t) => {
    const { store } = await make(t)
    const score = { id: idOf(1), value: -60, at: 1 }
    const { book } = givenBook({ store })
    book.keepScores(new Judge(score))()
    await book.stop()
    const between = givenBook({ store }).book
    await between.start()
    between.addAddress(at(5), at(5))
    await between.stop()
    const judge = new Judge()
    const last = givenBook({ store }).book
    last.keepScores(judge)
    await last.start()
    assert.deepEqual(judge.told, [score])
  })
}

const damagedOnes = [
  null,
  7,
  { id: idOf(1) },
  { id: 'X'.repeat(40), value: 1, at: 1 },
  { id: idOf(2), value: 'bad', at: 1 },
  { id: idOf(3), value: 1, at: -1 },
  { id: idOf(4), value: null, at: 1 },
  { id: idOf(5), value: -60, at: 1 }
]

/** What may stand where scores should be, the ids that are read all the same, and how many the log says are not. */
const damages: ReadonlyArray<readonly [name: string, scores: unknown, want: readonly string[], unreadable: number]> = [
  ['text', 'rubbish', [], 1],
  ['an object', { [idOf(1)]: -60 }, [], 1],
  ['single ones that are none', damagedOnes, [idOf(5)], 7],
  ['nothing, as before there were scores', undefined, [], 0]
]
for (const [name, scores, want, unreadable] of damages)
  test(`where scores should be there is ${name}: that is left out with a word in the log, and the rest is read`, async (t) => {
    const { store, path } = await inFile(t)
    const comet_libp2p = { layout: 1, anchors: [String(at(9))], ...(scores === undefined ? {} : { scores }) }
    await writeFile(path, JSON.stringify({ key: KEY, addrs: [], comet_libp2p }))
    assert.deepEqual(await readBy(store), { ids: want, anchors: [String(at(9))], unreadable })
  })

test('damaged scores in a datastore are left out with a word in the log, and the rest is read', async () => {
  const { store } = await inDatastore()
  const scores = damagedOnes as KeptScore[]
  await store.save({ key: KEY, entries: [], bans: [], anchors: [String(at(9))], scores })
  assert.deepEqual(await readBy(store), { ids: [idOf(5)], anchors: [String(at(9))], unreadable: 7 })
})

test('a datastore whose scores are not what was written is set aside as a whole, and the node starts', async () => {
  const { store, datastore } = await inDatastore()
  await store.save({ key: KEY, entries: [], bans: [], anchors: [], scores: [{ id: idOf(1), value: 1, at: 1 }] })
  const piece = new Key('/addrbook/a/0000')
  const text = new TextDecoder().decode(await datastore.get(piece))
  await datastore.put(piece, new TextEncoder().encode(text.replace('"value":1', '"value":9')))
  assert.deepEqual(await readBy(store), { ids: [], anchors: [], unreadable: 0 })
  assert.ok(await datastore.has(new Key('/addrbook-damaged/a/0000')))
})

test('no more than 10,000 are read, whoever wrote them', async () => {
  const { store } = await inDatastore()
  const scores = Array.from({ length: 10_001 }, (_, n) => ({ id: idOf(n), value: 50, at: 1 }))
  await store.save({ key: KEY, entries: [], bans: [], anchors: [], scores })
  assert.equal((await readBy(store)).ids.length, 10_000)
})

test('a change is saved at the next interval; without one nothing is written', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  const changed = book.keepScores(new Judge({ id: idOf(1), value: 5, at: 1 }))
  await book.start()
  await clock.run(120_000)
  assert.equal(store.saves, 0)
  changed()
  await clock.run(240_000)
  assert.equal(store.saves, 1)
  await book.stop()
})

test('a store that can be read only later tells its scores then, and loses none', async () => {
  const store = new MemoryStore()
  const score = { id: idOf(1), value: -60, at: 1 }
  store.text = JSON.stringify({ key: KEY, entries: [], bans: [], anchors: [], scores: [score] })
  const { load } = store
  store.load = async () => {
    throw new Error('EIO')
  }
  const { book } = givenBook({ store })
  const judge = new Judge()
  book.keepScores(judge)
  await book.start()
  assert.deepEqual(judge.told, [])
  store.load = load
  await book.save()
  assert.deepEqual(judge.told, [score])
})

test('who judges after another gets what that one knew; who comes twice hears nothing twice', () => {
  const { book } = givenBook()
  const [first, second] = [new Judge({ id: idOf(1), value: 5, at: 1 }), new Judge()]
  book.keepScores(first)
  book.keepScores(second)
  second.scores = second.told
  book.keepScores(second)
  assert.deepEqual([first.told, second.told], [[], [{ id: idOf(1), value: 5, at: 1 }]])
})

test('whatever scores there are, a file of ours gives them back, and a Go node finds its own fields as ever', () => {
  // JSON has no -0
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((n) => n + 0)
  const score = fc
    .tuple(fc.nat(), number(-100, 100), number(0, 9e15))
    .map(([n, value, at]) => ({ id: idOf(n), value, at }))
  fc.assert(
    fc.property(fc.array(score), (scores) => {
      const text = [...bookToJson({ key: KEY, entries: [], bans: [], anchors: [], scores })].join('')
      assert.deepEqual(bookFromJson(text).scores, scores)
      assert.deepEqual(Object.keys(JSON.parse(text)), ['key', 'addrs', 'comet_libp2p'])
    })
  )
})

/** What the next run hears of a store: whose scores, which anchors, and of how many things the log says that they are none. */
async function readBy(store: BookStore) {
  let unreadable = 0
  const quiet = () => undefined
  const warn = (_: string, fields?: Record<string, unknown>) => {
    unreadable += Number(fields?.unreadable)
  }
  const logger = { debug: quiet, info: quiet, warn, error: quiet, child: () => logger }
  const { book } = givenBook({ store, logger })
  const judge = new Judge()
  book.keepScores(judge)
  await book.start()
  return { ids: judge.told.map(({ id }) => id), anchors: book.anchors().map(String), unreadable }
}
