import assert from 'node:assert/strict'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { StoredBook } from '../../src/address-book/book-store.ts'
import { bookFile } from '../../src/node/book-file.ts'
import { bookFromJson, bookToJson } from '../../src/node/book-json.ts'
import { nullLogger } from '../../src/util/logger.ts'
import { at, classicOf, givenBook, idOf, KEY, MemoryStore, onLibp2p } from '../address-book/given.ts'

/** As Go writes it (spec/addrbook-and-pex.md section 5): two new ones, one of them with null for buckets, and an old one. */
const BY_GO = `{
	"key": "${KEY}",
	"addrs": [
		{
			"addr": {
				"id": "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef",
				"ip": "203.0.113.9",
				"port": 26656
			},
			"src": {
				"id": "0123456789abcdef0123456789abcdef01234567",
				"ip": "198.51.100.4",
				"port": 26656
			},
			"buckets": [
				17,
				201
			],
			"attempts": 2,
			"bucket_type": 1,
			"last_attempt": "2025-03-01T10:20:30.123456789+01:00",
			"last_success": "0001-01-01T00:00:00Z",
			"last_ban_time": "0001-01-01T00:00:00Z"
		},
		{
			"addr": { "id": "${idOf(1)}", "ip": "2602:100::1", "port": 1 },
			"src": { "id": "${idOf(1)}", "ip": "2602:100::1", "port": 1 },
			"buckets": null,
			"attempts": 0,
			"bucket_type": 1,
			"last_attempt": "2025-03-01T10:20:30Z",
			"last_success": "0001-01-01T00:00:00Z",
			"last_ban_time": "0001-01-01T00:00:00Z"
		},
		{
			"addr": { "id": "${idOf(2)}", "ip": "8.8.8.8", "port": 65535 },
			"src": { "id": "${idOf(3)}", "ip": "9.9.9.9", "port": 26656 },
			"buckets": [ 63 ],
			"attempts": 0,
			"bucket_type": 2,
			"last_attempt": "2025-03-01T10:20:30.5-05:30",
			"last_success": "2025-03-01T10:20:30.5-05:30",
			"last_ban_time": "0001-01-01T00:00:00Z"
		}
	]
}`

async function directory(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'book-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

async function opened(path: string): Promise<ReturnType<typeof givenBook>['book']> {
  const { book } = givenBook({ store: bookFile(path) })
  await book.start()
  return book
}

test('a file that Go has written is read: ids, times to the ms, and its old ones as proven and good', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  await writeFile(path, BY_GO)
  const book = await opened(path)
  assert.equal(book.size(), 3)
  const { addresses, source, ...entry } = book.entry('deadbeef'.repeat(5))!
  assert.deepEqual(addresses.map(String), ['deadbeefdeadbeefdeadbeefdeadbeefdeadbeef@203.0.113.9:26656'])
  assert.equal(String(source), '0123456789abcdef0123456789abcdef01234567@198.51.100.4:26656')
  assert.deepEqual(entry, {
    id: 'deadbeef'.repeat(5),
    kind: 'new',
    attempts: 2,
    lastAttempt: Date.UTC(2025, 2, 1, 9, 20, 30, 123),
    lastSuccess: 0,
    good: false
  })
  assert.deepEqual([book.entry(idOf(2))?.kind, book.isGood(idOf(2))], ['old', true])
  assert.equal(book.entry(idOf(2))?.lastSuccess, Date.UTC(2025, 2, 1, 15, 50, 30, 500))
  assert.deepEqual(book.wantTest(5), [])
})

test('what is written has every field of Go with its type, indented with tabs, and indices that Go may trust', async (t) => {
  const path = join(await directory(t), 'config', 'addrbook.json')
  const book = await opened(path)
  for (let n = 1; n <= 40; n++) book.addAddress(at(n), at(n + 100))
  for (let n = 30; n <= 40; n++) book.markReached(at(n))
  await book.stop()
  const text = await readFile(path, 'utf8')
  const json = JSON.parse(text)
  assert.equal(`${JSON.stringify(json, null, '\t')}\n`, text)
  assert.equal(json.key, KEY)
  assert.equal(json.addrs.length, 40)
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
  for (const { comet_libp2p: _, ...entry } of json.addrs) {
    assert.deepEqual(Object.keys(entry), [
      'addr',
      'src',
      'buckets',
      'attempts',
      'bucket_type',
      'last_attempt',
      'last_success',
      'last_ban_time'
    ])
    for (const { id, ip, port } of [entry.addr, entry.src]) {
      assert.match(id, /^[0-9a-f]{40}$/)
      assert.match(ip, /^[0-9.]+$/)
      assert.equal(port, 26656)
    }
    assert.ok(entry.buckets.length > 0)
    for (const bucket of entry.buckets)
      assert.ok(Number.isInteger(bucket) && bucket >= 0 && bucket < (entry.bucket_type === 2 ? 64 : 256))
    for (const field of ['last_attempt', 'last_success', 'last_ban_time']) assert.match(entry[field], time)
    assert.equal(entry.last_success === '0001-01-01T00:00:00Z', entry.bucket_type === 1)
  }
  assert.equal((await stat(path)).mode & 0o777, 0o644)
})

test('what Go has no place for comes back too, and is where Go does not look', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  const book = await opened(path)
  book.addAddress(onLibp2p(1), at(200), { record: Uint8Array.of(9, 8, 7) })
  book.addAddress(classicOf(2), onLibp2p(3))
  book.markReached(onLibp2p(2))
  book.addAddress(at(4, 'node.example.com'), at(5, 'seed.example.com'))
  book.addAddress(at(6), at(7, 'seed.example.com'))
  book.markBad(idOf(50), at(50), 1_000_000, 'sent "rubbish"\n')
  book.setAnchors([onLibp2p(2)])
  await book.stop()
  const { addrs } = JSON.parse(await readFile(path, 'utf8'))
  assert.deepEqual(addrs.map(({ addr }: { addr: { id: string } }) => addr.id).sort(), [classicOf(2).id, idOf(6)].sort())
  assert.ok(addrs.every(({ src }: { src: { ip: string } }) => /^[0-9.]+$/.test(src.ip)))
  const again = await opened(path)
  const shown = (of: typeof book) =>
    of
      .entries()
      .map(({ addresses, source, ...entry }) => [...addresses.map(String), String(source), entry])
      .sort()
  assert.deepEqual(shown(again), shown(book))
  assert.deepEqual([again.banned(), again.anchors().map(String)], [book.banned(), book.anchors().map(String)])
})

test('R-77: who told a record is known over a restart: if that node is private then, the record goes', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  const [first, teller, record] = [at(200), at(201), Uint8Array.of(9, 8, 7)]
  for (const known of [[classicOf(1), onLibp2p(1)], [onLibp2p(1)]]) {
    await rm(path, { force: true })
    const book = await opened(path)
    for (const address of known) book.addAddress(address, first)
    book.addAddress(onLibp2p(1), teller, { record })
    await book.stop()
    const again = await opened(path)
    assert.deepEqual(again.entry(onLibp2p(1).id)?.record, record)
    again.addPrivateIDs([teller.id])
    assert.equal(again.entry(onLibp2p(1).id)?.record, undefined)
    assert.equal(again.addressesOf(onLibp2p(1).id).length, known.length)
    await again.stop()
  }
})

test('an address that Go has changed counts more than what we once knew of the old one', () => {
  const { book } = givenBook()
  book.markReached(at(1))
  const stored: StoredBook = {
    key: KEY,
    entries: bookFromJson(BY_GO).entries.slice(2),
    bans: [],
    anchors: []
  }
  const changed = [...bookToJson(stored)].join('').replace('"ip": "8.8.8.8"', '"ip": "8.8.4.4"')
  assert.deepEqual(
    bookFromJson(changed).entries.map(({ places }) => places.map(({ address }) => address)),
    [[`${idOf(2)}@8.8.4.4:65535`]]
  )
})

for (const [name, text] of [
  ['an empty file', ''],
  ['half a file', BY_GO.slice(0, 300)],
  ['another kind of JSON', '[]'],
  ['a book without a key', '{"addrs": []}'],
  ['a book whose list is none', `{"key": "${KEY}", "addrs": 7}`]
] as const)
  test(`${name} is set aside, and the node starts with an empty book`, async (t) => {
    const dir = await directory(t)
    const path = join(dir, 'addrbook.json')
    for (let round = 0; round < 2; round++) {
      await writeFile(path, text)
      const book = await opened(path)
      assert.equal(book.size(), 0)
      book.addAddress(at(1), at(1))
      await book.stop()
      assert.equal((await opened(path)).size(), 1)
    }
    assert.deepEqual((await readdir(dir)).sort(), ['addrbook.json', 'addrbook.json.damaged', 'addrbook.json.damaged-1'])
    assert.equal(await readFile(`${path}.damaged`, 'utf8'), text)
  })

test('entries that are none are left out, the others are read', () => {
  const { addrs } = JSON.parse(BY_GO)
  const spoilt = [
    null,
    7,
    {},
    { ...addrs[0], addr: { ...addrs[0].addr, ip: 'nowhere' } },
    { ...addrs[0], addr: { ...addrs[0].addr, port: 70_000 } },
    { ...addrs[0], attempts: 'many' },
    { ...addrs[0], attempts: -1 },
    addrs[1],
    { ...addrs[2], last_attempt: 'yesterday', comet_libp2p: { places: 'here' } }
  ]
  const book = bookFromJson(JSON.stringify({ key: KEY, addrs: spoilt, comet_libp2p: 'rubbish' }))
  assert.deepEqual(
    book.entries.map(({ id }) => id),
    [idOf(1), idOf(2)]
  )
  // seven entries, our fields of one more, and those of the file
  assert.deepEqual([book.unreadable, book.entries[1]?.lastAttempt], [9, 0])
  assert.deepEqual(bookFromJson(`{"key": "${KEY}", "addrs": null}`).entries, [])
})

test('a ban of what is no id is left out and counted, one in capitals is of that node, and one of another node brings back nothing', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  book.addAddress(at(1), at(1))
  book.markBad(idOf(1), undefined, 3_600_000)
  await book.save()
  const [{ entry }] = JSON.parse(store.text!).bans
  const ban = { id: idOf(2), address: '', since: clock.wall(), until: clock.wall() + 3_600_000 }
  const hex = 'ab'.repeat(20)
  const bans = [
    { ...ban, id: 'not an id \u001b[31m' },
    { ...ban, id: hex.slice(1) },
    { ...ban, id: hex.toUpperCase(), address: 'x'.repeat(1_000), reason: 'spam', byOperator: true },
    { ...ban, byOperator: 'yes' },
    { ...ban, entry }
  ]
  const read = bookFromJson(JSON.stringify({ key: KEY, addrs: [], comet_libp2p: { layout: 1, bans } }))
  assert.deepEqual([read.bans.map(({ id }) => id), read.unreadable], [[hex, idOf(2)], 3])
  await writeFile(path, JSON.stringify({ key: KEY, addrs: [], comet_libp2p: { layout: 1, bans } }))
  const told: unknown[] = []
  const logger = { ...nullLogger, info: (_: string, fields?: object) => void told.push(fields), child: () => logger }
  const again = givenBook({ store: bookFile(path), clock, logger }).book
  await again.start()
  assert.deepEqual(
    again.banned().map(({ id, reason, address, byOperator }) => [id, reason, address.length, byOperator]),
    [
      [hex, 'spam', 512, true],
      [idOf(2), undefined, 0, undefined]
    ]
  )
  assert.deepEqual(
    [again.unban(hex), again.unban(idOf(2)), again.hasAddress(at(1)), again.size()],
    [true, true, false, 0]
  )
  assert.equal((told[0] as { unreadable: number }).unreadable, 4)
})

test('one field of ours that is none costs our fields, not the entry of Go that they stand in', async () => {
  const store = new MemoryStore()
  const { book } = givenBook({ store })
  book.markReached(at(1))
  await book.save()
  const text = [...bookToJson(JSON.parse(store.text!))].join('')
  const [whole] = bookFromJson(text).entries
  for (const spoil of [
    (ours: Record<string, unknown>) => (ours.good = 'yes'),
    (ours: Record<string, unknown>) => (ours.source = 'nobody'),
    (ours: Record<string, unknown>) => (ours.places = []),
    (ours: Record<string, unknown>) => (ours.record = 5),
    (ours: Record<string, unknown>) => (ours.places = [{ ...whole?.places[0], address: 'rubbish' }])
  ]) {
    const json = JSON.parse(text)
    spoil(json.addrs[0].comet_libp2p)
    const { entries, unreadable } = bookFromJson(JSON.stringify(json))
    assert.deepEqual(
      [entries.map(({ id, kind, places, good }) => [id, kind, places[0]?.address, good]), unreadable],
      [[[idOf(1), 'old', String(at(1)), true]], 1]
    )
  }
})

for (const [name, spoil] of [
  ['an entry that is none', (book: Record<string, unknown[]>) => book.addrs?.push({ addr: 'nowhere' })],
  ['nothing but such', (book: Record<string, unknown[]>) => (book.addrs = [{ addr: 'nowhere' }, 7])],
  ['fields of ours from later', (book: Record<string, unknown>) => (book.comet_libp2p = { layout: 2, addrs: [{}] })],
  ['a list of ours that is none', (book: Record<string, unknown>) => (book.comet_libp2p = { layout: 1, bans: 5 })],
  ['an anchor that is none', (book: Record<string, unknown>) => (book.comet_libp2p = { layout: 1, anchors: ['x'] })]
] as const)
  test(`a file with ${name} is copied before it is written over, once`, async (t) => {
    const dir = await directory(t)
    const path = join(dir, 'addrbook.json')
    const json = JSON.parse(BY_GO)
    spoil(json)
    const text = JSON.stringify(json)
    await writeFile(path, text)
    await opened(path)
    const book = await opened(path)
    book.addAddress(at(50), at(50))
    await book.stop()
    await opened(path)
    assert.deepEqual((await readdir(dir)).sort(), ['addrbook.json', 'addrbook.json.damaged'])
    assert.equal(await readFile(`${path}.damaged`, 'utf8'), text)
    assert.equal(JSON.parse(await readFile(path, 'utf8')).addrs.length, json.addrs.length > 2 ? 4 : 1)
  })

test('a full disk leaves the old book, and the next save has everything', {
  skip: process.platform !== 'linux'
}, async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  const errors: unknown[] = []
  const quiet = () => undefined
  const logger = {
    debug: quiet,
    info: quiet,
    warn: quiet,
    error: (_: string, fields?: Record<string, unknown>) => void errors.push(fields?.err),
    child: () => logger
  }
  const { book } = givenBook({ store: bookFile(path), logger })
  await book.start()
  book.addAddress(at(1), at(1))
  await book.save()
  book.addAddress(at(2), at(2))
  // every write to this device fails with ENOSPC
  await symlink('/dev/full', `${path}.tmp`)
  await book.save()
  assert.deepEqual(
    errors.map((err) => (err as NodeJS.ErrnoException).code),
    ['ENOSPC']
  )
  assert.equal((await opened(path)).size(), 1)
  await book.save()
  assert.equal((await opened(path)).size(), 2)
})

test('a save that fails says why, not why what it left cannot be removed', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  await mkdir(`${path}.tmp`)
  await assert.rejects(bookFile(path).save({ key: KEY, entries: [], bans: [], anchors: [] }), {
    code: 'EISDIR',
    syscall: 'open'
  })
})

for (const [name, there] of [
  ['a book', true],
  ['a book that is not there yet', false]
] as const)
  test(`a link to ${name} stays a link, and the book is written where it leads; so is what is set aside`, async (t) => {
    const dir = await directory(t)
    const [path, target] = [join(dir, 'addrbook.json'), join(dir, 'elsewhere', 'book.json')]
    await mkdir(join(dir, 'elsewhere'))
    if (there) await writeFile(target, BY_GO)
    await symlink(join('elsewhere', 'book.json'), path)
    const book = await opened(path)
    assert.equal(book.size(), there ? 3 : 0)
    book.addAddress(at(1), at(1))
    await book.stop()
    assert.equal((await opened(path)).size(), there ? 3 : 1)
    await writeFile(target, 'rubbish')
    const again = await opened(path)
    again.addAddress(at(2), at(2))
    await again.stop()
    assert.equal((await lstat(path)).isSymbolicLink(), true)
    assert.deepEqual((await readdir(join(dir, 'elsewhere'))).sort(), ['book.json', 'book.json.damaged'])
    assert.equal((await opened(path)).size(), 1)
  })

test('what a killed process has left beside the file is neither read nor in the way', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  await writeFile(path, BY_GO)
  await writeFile(`${path}.tmp`, BY_GO.slice(0, 100))
  const book = await opened(path)
  assert.equal(book.size(), 3)
  await book.save()
  assert.deepEqual([(await opened(path)).size(), await stat(`${path}.tmp`).catch((err) => err.code)], [3, 'ENOENT'])
})

test('a file that cannot be read is never written over', async (t) => {
  const path = join(await directory(t), 'addrbook.json')
  await mkdir(path)
  const book = await opened(path)
  book.addAddress(at(1), at(1))
  await book.stop()
  assert.equal((await stat(path)).isDirectory(), true)
  assert.equal(book.size(), 1)
})

test('a path is checked', () => {
  for (const path of ['', undefined, 4])
    assert.throws(() => bookFile(path as string), { name: 'InvalidOptionError', field: 'path' })
})
