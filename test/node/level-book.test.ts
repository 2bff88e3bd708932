/** An address book in LevelDB, as createNode has it. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LevelDatastore } from 'datastore-level'
import { Key } from 'interface-datastore'
import type { Logger } from '../../src/interface/logger.ts'
import { LevelBook } from '../../src/node/level-book.ts'
import { nullLogger } from '../../src/util/logger.ts'
import { at, idOf, KEY } from '../address-book/given.ts'
import { nodeOn } from './book-node.ts'

async function directory(t: TestContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'level-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return dir
}

function listening(said: Array<[string, Record<string, unknown>]>): Logger {
  const hear = (message: string, fields: object = {}) => void said.push([message, { ...fields }])
  const logger: Logger = { debug: () => undefined, info: () => undefined, warn: hear, error: hear, child: () => logger }
  return logger
}

for (const stack of ['comet', 'libp2p'])
  test(`on ${stack}, a node remembers over a restart whom it knew and whom it had banned; the directory is in its home`, async (t) => {
    const home = await directory(t)
    const first = await nodeOn('data/peers', { home, stacks: [stack] })
    for (let n = 1; n <= 20; n++) first.book.addAddress(at(n), at(n))
    first.book.markReached(at(7))
    first.book.markBad(idOf(9), at(9), 3_600_000, 'a test')
    await first.node.stop()
    await access(join(home, 'data', 'peers', 'CURRENT'))
    await assert.rejects(access(join(home, 'config', 'addrbook.json')), { code: 'ENOENT' })
    const again = await nodeOn('data/peers', { home, stacks: [stack] })
    assert.deepEqual([again.book.size(), again.book.entry(idOf(7))?.kind], [19, 'old'])
    assert.deepEqual(
      again.book.banned().map(({ id, reason }) => [id, reason]),
      [[idOf(9), 'a test']]
    )
    await again.node.stop()
  })

test('a home of ours keeps its book in LevelDB; one with a config.toml as Go does, under whatever name that says, and goes on so without it', async (t) => {
  const home = await directory(t)
  const save = async () => {
    const { node, book } = await nodeOn(undefined, { home })
    book.addAddress(at(1), at(1))
    await node.stop()
  }
  await save()
  await access(join(home, 'data', 'addrbook', 'CURRENT'))
  assert.deepEqual(await readdir(join(home, 'config')), ['node_key.json'])
  const config = join(home, 'config', 'config.toml')
  await writeFile(config, '[p2p]\naddr_book_file = "config/addressbook"\n')
  await save()
  assert.match(await readFile(join(home, 'config', 'addressbook'), 'utf8'), /"addrs"/)
  await writeFile(config, '')
  await save()
  await rm(config)
  await save()
  assert.match(await readFile(join(home, 'config', 'addrbook.json'), 'utf8'), /"addrs"/)
})

test('killed at any moment it has the book that was saved last, or the one being saved', async (t) => {
  const path = join(await directory(t), 'peers')
  const script = fileURLToPath(new URL('level-book-process.ts', import.meta.url))
  let least = 0
  for (const saves of [1, 5, 20]) {
    const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    const gone = once(child, 'exit')
    let seen = 0
    for await (const line of createInterface(child.stdout)) {
      least = Number(line)
      // the lines that it has written before it dies are read as well
      if (++seen !== saves) continue
      await assert.rejects(nodeOn(path), { field: 'addrBookFile', message: /one has/ })
      child.kill('SIGKILL')
    }
    await gone
    assert.ok(seen >= saves, 'it has ended by itself')
    const { node, book } = await nodeOn(path)
    assert.ok(book.size() === least || book.size() === least + 1, `${book.size()} after ${least} had been saved`)
    least = book.size()
    await node.stop()
  }
  assert.ok(least >= 26)
})

test('a second node on the same directory is told so, and the first one keeps it', async (t) => {
  const path = join(await directory(t), 'peers')
  const first = await nodeOn(path)
  await assert.rejects(nodeOn(path), {
    name: 'InvalidOptionError',
    field: 'addrBookFile',
    message: /no other node has open; one has/
  })
  first.book.addAddress(at(1), at(1))
  await first.node.stop()
  const second = await nodeOn(path)
  assert.equal(second.book.size(), 1)
  await second.node.stop()
})

test('a node that does not start leaves the directory to the next one', async (t) => {
  const path = join(await directory(t), 'peers')
  await assert.rejects(nodeOn(path, { persistentPeers: ['/ip4/127.0.0.1/tcp/1'] }), { name: 'InvalidAddressError' })
  await assert.rejects(nodeOn(path, { adminSocket: true }), { field: 'adminSocket' })
  await (await nodeOn(path)).node.stop()
})

test('a file that is no directory is not touched', async (t) => {
  const path = join(await directory(t), 'peers')
  await writeFile(path, 'mine')
  await assert.rejects(nodeOn(path), { field: 'addrBookFile', message: /a name in \.json/ })
})

test('a directory that LevelDB finds damaged is set aside, and the node starts', async (t) => {
  const dir = await directory(t)
  const path = join(dir, 'peers')
  for (const text of ['no newline', 'no such manifest\n']) {
    await (await nodeOn(path)).node.stop()
    await writeFile(join(path, 'CURRENT'), text)
    const { node, book } = await nodeOn(path)
    assert.equal(book.size(), 0)
    await node.stop()
  }
  assert.deepEqual((await readdir(dir)).sort(), ['peers', 'peers.damaged', 'peers.damaged-1'])
})

test('a book of which a piece was changed is set aside whole, and the next one is kept', async (t) => {
  const dir = await directory(t)
  const path = join(dir, 'peers')
  const first = await nodeOn(path)
  first.book.addAddress(at(1), at(1))
  await first.node.stop()
  const datastore = new LevelDatastore(path)
  await datastore.open()
  await datastore.put(new Key('/addrbook/head'), new Uint8Array([1, 2, 3]))
  await datastore.close()
  const second = await nodeOn(path)
  second.book.addAddress(at(2), at(2))
  await second.node.stop()
  const third = await nodeOn(path)
  assert.deepEqual([third.book.hasAddress(at(1)), third.book.hasAddress(at(2))], [false, true])
  await third.node.stop()
  assert.deepEqual((await readdir(dir)).sort(), ['peers', 'peers.damaged'])
})

for (const share of [0, 0.5, 0.95])
  test(`a log that is damaged at ${share} of it loses nothing without a word: all that was there is set aside`, async (t) => {
    const dir = await directory(t)
    const path = join(dir, 'peers')
    const first = await nodeOn(path)
    for (let n = 1; n <= 300; n++) first.book.addAddress(at(n), at(n))
    await first.node.stop()
    const log = (await readdir(path)).find((name) => name.endsWith('.log'))!
    const bytes = await readFile(join(path, log))
    const from = Math.floor(bytes.length * share)
    bytes.fill(7, from, from + 40)
    await writeFile(join(path, log), bytes)
    const said: Array<[string, Record<string, unknown>]> = []
    const second = await nodeOn(path, { logger: listening(said) })
    assert.equal(second.book.size(), 0)
    assert.deepEqual(
      said.map(([message]) => message).filter((message) => /damaged/.test(message)),
      ['The address book was damaged: starting with an empty one']
    )
    assert.deepEqual(await readFile(join(`${path}.damaged`, 'logs-before', log)), bytes)
    second.book.addAddress(at(1), at(1))
    await second.node.stop()
    const third = await nodeOn(path)
    assert.equal(third.book.size(), 1)
    await third.node.stop()
    assert.deepEqual((await readdir(dir)).sort(), ['peers', 'peers.damaged'])
  })

test('a log that is damaged in its last save only: the book of before is there, and the log says so', async (t) => {
  const dir = await directory(t)
  const path = join(dir, 'peers')
  const first = await nodeOn(path)
  for (let n = 1; n <= 100; n++) first.book.addAddress(at(n), at(n))
  await first.book.save()
  for (let n = 101; n <= 300; n++) first.book.addAddress(at(n), at(n))
  await first.node.stop()
  const log = (await readdir(path)).find((name) => name.endsWith('.log'))!
  const bytes = await readFile(join(path, log))
  bytes.fill(7, bytes.length - 100, bytes.length - 60)
  await writeFile(join(path, log), bytes)
  const said: Array<[string, Record<string, unknown>]> = []
  const second = await nodeOn(path, { logger: listening(said) })
  assert.equal(second.book.size(), 100)
  const [, fields] = said.find(([message]) => /is lost: it is an older one/.test(message)) ?? []
  assert.deepEqual([fields?.lost, fields?.keptAs], [1, `${path}.damaged`])
  assert.deepEqual(await readFile(join(`${path}.damaged`, log)), bytes)
  await second.book.save()
  await second.node.stop()
  const third = await nodeOn(path)
  assert.equal(third.book.size(), 100)
  await third.node.stop()
  // of a book that was read well nothing is kept twice
  assert.deepEqual((await readdir(dir)).sort(), ['peers', 'peers.damaged'])
  assert.ok(!(await readdir(path)).includes('logs-before'))
})

test('a node whose libp2p has stopped leaves the directory to others, and has it again when it is started', async (t) => {
  const path = join(await directory(t), 'peers')
  const { node, book } = await nodeOn(path, { stacks: ['libp2p'] })
  book.addAddress(at(1), at(1))
  await (node.libp2p as unknown as { stop(): Promise<void> }).stop()
  const second = await nodeOn(path)
  assert.equal(second.book.size(), 1)
  await second.node.stop()
  book.addAddress(at(2), at(2))
  await book.save()
  await assert.rejects(nodeOn(path), /one has/)
  await node.stop()
  const third = await nodeOn(path)
  assert.equal(third.book.size(), 2)
  await third.node.stop()
})

test('closing while a damaged book is set aside leaves nothing open', async (t) => {
  const path = join(await directory(t), 'peers')
  const store = new LevelBook(path, nullLogger)
  await store.open()
  const aside = store.setAside()
  await store.close()
  assert.equal(await aside, `${path}.damaged`)
  const again = new LevelBook(path, nullLogger)
  await again.open()
  await again.close()
})

test('closing waits for a save under way; afterwards nothing is read or written', async (t) => {
  const store = new LevelBook(join(await directory(t), 'peers'), nullLogger)
  await assert.rejects(store.load(), /is not open/)
  await store.open()
  const saving = store.save({ key: KEY, entries: [], bans: [], anchors: [String(at(1))] })
  await store.close()
  await saving
  await store.close()
  await assert.rejects(store.load(), /is not open/)
  await store.open()
  assert.deepEqual((await store.load())?.anchors, [String(at(1))])
  await store.close()
})
