/** A book that is offered 100,000 addresses: what it costs is printed, and bounded. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { BUCKETS } from '../../src/address-book/buckets.ts'
import { netAddressFromParts } from '../../src/identity/net-address.ts'
import { bookFile } from '../../src/node/book-file.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { givenBook, idOf } from './given.ts'

const OFFERED = 100_000
/** Ours: a node has far more than that for its book. */
const MAX_BYTES_PER_ENTRY = 4_096

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc') as () => void

function heapBytes(): number {
  gc()
  return process.memoryUsage().heapUsed
}

test(`${OFFERED} addresses from 5,000 sources: the book is bounded, and so is what it costs`, async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'book-'))
  t.after(() => rm(dir, { recursive: true, force: true }))
  const path = join(dir, 'addrbook.json')
  const random = seededRandom(3)
  const host = () => `${20 + Math.floor(random() * 80)}.${Math.floor(random() * 250)}.${Math.floor(random() * 250)}.9`
  const sources = Array.from({ length: 5_000 }, (_, n) => netAddressFromParts(idOf(OFFERED + n), host(), 26656))

  const before = heapBytes()
  const { book, clock } = givenBook({ store: bookFile(path) })
  await book.start()
  let start = performance.now()
  for (let n = 0; n < OFFERED; n++)
    book.addAddress(netAddressFromParts(idOf(n), host(), 26656), sources[n % sources.length]!)
  const offeredMs = performance.now() - start
  const size = book.size()
  const bytes = heapBytes() - before
  start = performance.now()
  await book.stop()
  const savedMs = performance.now() - start

  const again = givenBook({ store: bookFile(path), clock }).book
  start = performance.now()
  await again.start()
  const loadedMs = performance.now() - start
  assert.equal(again.size(), size)
  assert.ok(size > 10_000 && size <= BUCKETS.new * BUCKETS.capacity, String(size))
  assert.ok(bytes / size < MAX_BYTES_PER_ENTRY, `${bytes / size} bytes an entry`)
  t.diagnostic(
    `${size} entries kept: ${(bytes / 1e6).toFixed(1)} MB (${Math.round(bytes / size)} bytes each), offered in ${Math.round(offeredMs)} ms, ` +
      `file of ${((await stat(path)).size / 1e6).toFixed(1)} MB saved in ${Math.round(savedMs)} ms, loaded in ${Math.round(loadedMs)} ms`
  )
})
