/** A switch that is started again knows whom it thought ill of: over the book, on each of its stores, with peer exchange as in a node. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { MemoryDatastore } from 'datastore-core'
import { createAddressBook } from '../../src/address-book/address-book.ts'
import type { BookStore } from '../../src/address-book/book-store.ts'
import { DatastoreBookStore } from '../../src/address-book/datastore-store.ts'
import type { Clock } from '../../src/interface/clock.ts'
import { bookFile } from '../../src/node/book-file.ts'
import { PexReactor } from '../../src/reactors/pex/pex-reactor.ts'
import { systemClock } from '../../src/util/clock.ts'
import { FakeClock } from '../helpers/fake-clock.ts'
import { given } from './given.ts'

const HOUR_MS = 3_600_000

async function inFile(t: TestContext): Promise<BookStore> {
  const dir = await mkdtemp(join(tmpdir(), 'scores-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  return bookFile(join(dir, 'addrbook.json'))
}

for (const [name, make] of [
  ['a datastore', async () => new DatastoreBookStore(new MemoryDatastore())],
  ["Go's file", inFile]
] as ReadonlyArray<readonly [string, (t: TestContext) => Promise<BookStore>]>)
  test(`a node that misbehaved is as little liked after a restart, but for the time away: ${name}`, async (t) => {
    const store = await make(t)
    let away = 0
    // time passes as ever; only what day it is, is ours to say
    const clock: Clock = {
      now: () => systemClock.now(),
      wall: () => systemClock.wall() + away,
      setTimeout: (fn, ms) => systemClock.setTimeout(fn, ms),
      clearTimeout: (handle) => systemClock.clearTimeout(handle)
    }
    const { node, create, connect, end } = given({ seed: 1, clock })
    const judge = (moniker: string) => {
      const book = createAddressBook({ store, strict: false, clock })
      const made = create(moniker, { addressBook: book, clock, allowDuplicateIP: true })
      made.sw.addReactor('PEX', new PexReactor({ book }))
      return made
    }
    const first = judge('first')
    await first.sw.start()
    const [bad, good, secret] = [await node('bad'), await node('good'), await node('secret')]
    first.sw.addPrivatePeerIDs([secret.id])
    const [badPeer] = await connect(first, bad)
    const [goodPeer] = await connect(first, good)
    const [secretPeer] = await connect(first, secret)
    first.sw.markPeerAsGood(goodPeer)
    first.sw.markPeerAsGood(secretPeer)
    await first.sw.stopPeerForError(badPeer, { kind: 'misbehaviour', message: 'equivocated' })
    const before = first.sw.score(bad.id)
    assert.ok(before < -49 && before >= -50, String(before))
    assert.equal(first.sw.score(secret.id) > 9, true)
    await first.sw.stop()

    away += 6 * HOUR_MS
    const second = judge('second')
    assert.equal(second.sw.score(bad.id), 0)
    await second.sw.start()
    assert.ok(Math.abs(second.sw.score(bad.id) - before / 2) < 0.1, String(second.sw.score(bad.id)))
    assert.ok(Math.abs(second.sw.score(good.id) - 5) < 0.1, String(second.sw.score(good.id)))
    assert.equal(second.sw.score(secret.id), 0)
    await second.sw.stop()

    // the clock is set back to before all that: it is no better, and no worse than it ever was
    away = -1_000 * HOUR_MS
    const third = judge('third')
    await third.sw.start()
    assert.ok(third.sw.score(bad.id) >= -50 && third.sw.score(bad.id) < -20, String(third.sw.score(bad.id)))
    await end()
  })

test('who is a peer until the switch stops has kept it company, and is remembered for it', async () => {
  const clock = new FakeClock()
  const net = given({ seed: 1, clock })
  const a = await net.node('a')
  const b = await net.node('b')
  await net.connect(a, b)
  await clock.run(HOUR_MS)
  assert.equal(a.sw.score(b.id), 0)
  await a.sw.stop()
  // five for the hour, two for an answer at once
  assert.equal(Math.round(a.sw.score(b.id)), 7)
  await net.end()
})
