/** Of two signed records of one node the newer one counts, whoever tells the older one, and whenever. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import { recordSeq } from '../../src/identity/record-seq.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { keyOf, recordOf } from '../reactors/pex/records.ts'
import { at, givenBook, idOf, MemoryStore } from './given.ts'

const NODE = keyOf(1)
const [FRIEND, STRANGER] = [at(50), at(60)]
const [HERE, THERE] = ['/ip4/44.1.1.1/tcp/100', '/ip4/45.1.1.1/tcp/100']
const full = (address: string): NetAddress => parseNetAddress(`${address}/p2p/${NODE.peerId}`)

async function tell(book: CometAddressBook, seq: bigint, address: string, source: NetAddress) {
  const record = await recordOf(NODE, [address], undefined, seq)
  return book.addAddress(full(address), source, { record })
}

function known(book: CometAddressBook) {
  const entry = book.entry(NODE.id)
  return [entry?.addresses.map(String), recordSeq(entry?.record)]
}

test('an older record that a stranger tells is refused: of a proven node, of one that nobody has reached, and after a restart', async () => {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store })
  await book.start()
  await tell(book, 200n, HERE, FRIEND)
  assert.equal(await tell(book, 100n, HERE, STRANGER), 'stale-record')
  assert.equal(await tell(book, 100n, THERE, STRANGER), 'stale-record')
  book.markReached(full(HERE))
  assert.equal(await tell(book, 100n, HERE, STRANGER), 'stale-record')
  assert.equal(await tell(book, 100n, THERE, STRANGER), 'stale-record')
  assert.deepEqual(known(book), [[String(full(HERE))], 200n])
  assert.deepEqual([book.wantTest(5), book.alternatives(5).map(recordSeq)], [[], [200n]])
  await book.stop()
  const again = givenBook({ store, clock }).book
  await again.start()
  assert.equal(await tell(again, 199n, HERE, STRANGER), 'stale-record')
  assert.deepEqual(again.alternatives(5).map(recordSeq), [200n])
})

test('a newer record takes the place of an older one that nobody has proven', async () => {
  const { book } = givenBook()
  await tell(book, 100n, THERE, STRANGER)
  assert.equal(await tell(book, 200n, HERE, FRIEND), undefined)
  assert.deepEqual(known(book), [[String(full(HERE))], 200n])
  // of one record the first address that was told stays
  await tell(book, 200n, THERE, STRANGER)
  assert.deepEqual(known(book), [[String(full(HERE))], 200n])
})

test('a newer record that names another place of a proven node waits for a test dial, in front of an older one', async () => {
  const { book } = givenBook()
  await tell(book, 100n, HERE, FRIEND)
  book.markReached(full(HERE))
  assert.equal(await tell(book, 150n, '/ip4/46.1.1.1/tcp/100', FRIEND), 'proven-elsewhere')
  assert.equal(await tell(book, 200n, THERE, FRIEND), 'proven-elsewhere')
  assert.equal(await tell(book, 150n, '/ip4/46.1.1.1/tcp/100', STRANGER), 'stale-record')
  assert.deepEqual(known(book), [[String(full(HERE))], 100n])
  assert.deepEqual(book.wantTest(5).map(String), [String(full(THERE))])
  book.markReached(full(THERE))
  assert.deepEqual(known(book), [[String(full(THERE))], 200n])
})

test('what an older record has named is not tested once a newer one says that the known address is right', async () => {
  const { book } = givenBook()
  book.markReached(full(HERE))
  await tell(book, 100n, THERE, STRANGER)
  assert.deepEqual(book.wantTest(5).map(String), [String(full(THERE))])
  await tell(book, 200n, HERE, FRIEND)
  assert.deepEqual([book.wantTest(5), known(book)], [[], [[String(full(HERE))], 200n]])
})

test('a node whose clock was wrong once is heard again: its own word counts now, whatever it has signed before', async () => {
  const { book } = givenBook()
  await tell(book, 2n ** 64n - 1n, THERE, FRIEND)
  assert.equal(await tell(book, 200n, HERE, FRIEND), 'stale-record')
  assert.equal(await tell(book, 200n, HERE, full(HERE)), undefined)
  assert.deepEqual(known(book), [[String(full(HERE))], 200n])
  book.markReached(full(HERE))
  assert.deepEqual(book.alternatives(5).map(recordSeq), [200n])
})

test('a record without a number that can be read is as old as any: it takes no place of one that has one', () => {
  const { book } = givenBook()
  book.addAddress(full(HERE), FRIEND, { record: Uint8Array.of(1) })
  book.addAddress(full(HERE), at(51), { record: Uint8Array.of(2) })
  assert.deepEqual(book.entry(NODE.id)?.record, Uint8Array.of(2))
  assert.equal(book.entry(idOf(1)), undefined)
})
