/** Whatever a book holds it can store, and read again: an entry that is lost at a restart was written in vain, and makes a copy of a sound file. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type CometAddressBook, createAddressBook } from '../../src/address-book/address-book.ts'
import { netAddressFromParts, parseNetAddress } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { bookFromJson, bookToJson } from '../../src/node/book-json.ts'
import { classicOf, givenBook, hostOf, idOf, MemoryStore, onLibp2p } from './given.ts'

const NODES = 20
const host = fc.oneof(
  fc.nat(60).map((n) => hostOf(n)),
  fc.nat(60).map((n) => `2602:${(n + 1).toString(16)}::1`),
  fc.nat(60).map((n) => `N${n}.example${n}.org`)
)
const port = fc.oneof(fc.constantFrom(1, 26_656, 65_535), fc.integer({ min: 1, max: 65_535 }))

/** What may be kept of a node. */
const address = fc
  .record({ n: fc.nat(NODES - 1), host, port, form: fc.constantFrom('hex', 'bootstrap', 'multiaddr', 'relay') })
  .map(({ n, host, port, form }): NetAddress => {
    const { peerId } = onLibp2p(n)
    const there = parseNetAddress(`${idOf(1)}@${host.includes(':') ? `[${host}]` : host}:${port}`)
    const kind = host.startsWith('N') ? 'dns4' : host.includes(':') ? 'ip6' : 'ip4'
    if (form === 'hex') return netAddressFromParts(classicOf(n).id, host, port)
    if (form === 'bootstrap') return parseNetAddress(`${peerId}@${there.dialString()}`)
    const relay = form === 'relay' ? `/p2p/${onLibp2p(n + NODES).peerId}/p2p-circuit` : ''
    return parseNetAddress(`/${kind}/${host}/tcp/${port}${relay}/p2p/${peerId}`)
  })

/** Whoever tells: a peer's connection has what it has. */
const source = fc.oneof(
  { weight: 3, arbitrary: address },
  fc
    .tuple(fc.constantFrom('', idOf(3), idOf(4)), host, fc.nat(1))
    .map(([id, host, port]) => netAddressFromParts(id, host, port)),
  fc
    .constantFrom(
      `/p2p/${onLibp2p(3).peerId}`,
      `/dnsaddr/n.example.org/p2p/${onLibp2p(3).peerId}`,
      '/dnsaddr/n.example.org',
      '/ip4/44.1.1.1/tcp/1',
      `/unix/${'x'.repeat(400)}`,
      `/unix/${'x'.repeat(400)}/p2p/${onLibp2p(3).peerId}`,
      `/ip4/44.1.1.1/tcp/1/http-path/${'x'.repeat(400)}/p2p/${onLibp2p(3).peerId}`
    )
    .map((text) => parseNetAddress(text))
)

const step = fc.record({
  call: fc.constantFrom('add', 'add', 'add', 'reached', 'good', 'attempt'),
  address,
  source,
  record: fc.boolean()
})

async function filled(steps: ReadonlyArray<typeof step extends fc.Arbitrary<infer T> ? T : never>) {
  const store = new MemoryStore()
  const { book } = givenBook({ store, strict: false, groupShare: 1 })
  await book.start()
  for (const { call, address, source, record } of steps) {
    if (call === 'add') book.addAddress(address, source, record ? { record: Uint8Array.of(1, 2, 3) } : {})
    else if (call === 'reached') book.markReached(address)
    else if (call === 'good') book.markGood(address.id)
    else book.markAttempt(address)
  }
  await book.stop()
  return { book, text: store.text }
}

/** All but what the times and places of a telling say. */
const shown = (book: Pick<CometAddressBook, 'entries'>) =>
  book
    .entries()
    .map(({ addresses, source, ...entry }) => [entry.id, [...addresses].map(String).sort(), source.id, entry])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))

test('every entry that is stored is read again, also through the file that Go reads', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const { book, text } = await filled(steps)
      if (text === undefined) return
      const stored = JSON.parse(text)
      const throughGo = bookFromJson([...bookToJson(stored)].join(''))
      assert.equal(throughGo.unreadable, 0)
      const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
      assert.deepEqual(
        throughGo.entries.toSorted(byId).map((entry) => ({ ...entry, buckets: [] })),
        [...stored.entries.toSorted(byId).map((entry: object) => ({ ...entry, buckets: [] }))]
      )
      for (const each of [stored, throughGo]) {
        const warnings: unknown[] = []
        const quiet = () => undefined
        const logger = {
          debug: quiet,
          info: quiet,
          warn: (_: string, fields?: object) => void warnings.push(fields),
          error: quiet,
          child: () => logger
        }
        const store = { load: async () => each, save: async () => undefined }
        const again = createAddressBook({ store, strict: false, groupShare: 1, logger })
        await again.start()
        await again.stop()
        assert.deepEqual(warnings, [])
        assert.deepEqual(shown(again as CometAddressBook), shown(book))
      }
    }),
    { numRuns: 100 }
  )
})
