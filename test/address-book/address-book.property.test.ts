/** Whatever is told, tried and marked, in any order: what must hold of a book always. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BUCKETS } from '../../src/address-book/buckets.ts'
import { GROUP_FLOOR } from '../../src/address-book/shares.ts'
import { groupOf } from '../../src/identity/groups.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { classicOf, givenBook, hostOf, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000
const NODES = 250

/** Nodes with two hosts each, on both stacks; few /16s, so that buckets and shares fill. */
const address = fc
  .record({ n: fc.nat(NODES - 1), host: fc.nat(1), libp2p: fc.boolean(), crowd: fc.boolean() })
  .map(({ n, host, libp2p, crowd }) => {
    const where = crowd ? `66.66.${host}.${n + 1}` : hostOf(n * 2 + host)
    return libp2p ? onLibp2p(n, where) : classicOf(n, where)
  })

type Step = readonly [
  call:
    | 'add'
    | 'reached'
    | 'attempt'
    | 'good'
    | 'bad'
    | 'unban'
    | 'remove'
    | 'failed'
    | 'test'
    | 'reinstate'
    | 'private'
    | 'wait',
  address: NetAddress,
  source: NetAddress
]

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.oneof(
    { weight: 12, arbitrary: fc.constant('add' as const) },
    { weight: 6, arbitrary: fc.constantFrom('reached' as const, 'attempt' as const, 'test' as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Step[0]>('good', 'bad', 'unban', 'remove', 'failed', 'reinstate', 'private', 'wait')
    }
  ),
  address,
  address
)

function run(steps: readonly Step[]): ReturnType<typeof givenBook> & { store: MemoryStore } {
  const store = new MemoryStore()
  const { book, clock } = givenBook({ store, random: seededRandom(steps.length) })
  let privates = 0
  for (const [call, address, source] of steps) {
    if (call === 'add')
      book.addAddress(address, source, address.form === 'multiaddr' ? { record: Uint8Array.of(1) } : {})
    else if (call === 'reached') book.markReached(address)
    else if (call === 'attempt') book.markAttempt(address)
    else if (call === 'good') book.markGood(address.id)
    else if (call === 'bad') book.markBad(address.id, address, 10 * HOUR)
    else if (call === 'unban') book.unban(address.id)
    else if (call === 'remove') book.removeAddress(address.id)
    else if (call === 'failed') book.testFailed(address)
    else if (call === 'test') for (const wanted of book.wantTest(2)) book.testFailed(wanted)
    else if (call === 'reinstate') book.reinstateBadPeers()
    else if (call === 'wait') clock.advance(5 * HOUR)
    else if (privates++ < 3) book.addPrivateIDs([address.id])
  }
  return { book, clock, store }
}

const steps = fc.array(step, { minLength: 1, maxLength: 600, size: 'max' })

test('each id is once in the book, and the numbers agree', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const { book } = run(steps)
      const entries = book.entries()
      assert.equal(new Set(entries.map(({ id }) => id)).size, book.size())
      assert.equal(entries.length, book.size())
      for (const { id, addresses } of entries) {
        assert.ok(addresses.length === 1 || addresses.length === 2)
        assert.ok(addresses.every((address) => address.id === id))
        assert.equal(new Set(addresses.map(({ form }) => form)).size, addresses.length)
        assert.equal(book.isBanned(id), false)
      }
    }),
    { numRuns: 40 }
  )
})

test('R-77, R-71: nothing private or banned is told, picked, tested, or saved', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const { book, store } = run(steps)
      await book.save()
      const told = [...book.getSelection(), ...book.getSelectionWithBias(30)].map(({ id }) => id)
      const dialled = [book.pickAddress(50), ...book.wantTest(1_000)].flatMap((address) => address?.id ?? [])
      for (const id of [...told, ...dialled]) {
        assert.equal(book.isPrivate(id), false)
        assert.equal(book.isBanned(id), false)
      }
      for (let n = 0; n < NODES; n++) {
        const { id } = classicOf(n)
        if (book.isPrivate(id)) assert.ok(!store.text!.includes(id))
      }
    }),
    { numRuns: 40 }
  )
})

test('buckets are bounded, in range, and as many as the sources of an entry; a restart changes none', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const { book, clock, store } = run(steps)
      await book.save()
      const { entries } = JSON.parse(store.text!) as {
        entries: Array<{ id: string; kind: 'new' | 'old'; buckets: number[] }>
      }
      const counts = new Map<string, number>()
      for (const { kind, buckets } of entries) {
        assert.ok(buckets.length >= 1 && buckets.length <= (kind === 'old' ? 1 : BUCKETS.maxNewPerEntry))
        for (const bucket of buckets) {
          assert.ok(bucket < BUCKETS[kind])
          const key = `${kind} ${bucket}`
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      }
      for (const count of counts.values()) assert.ok(count <= BUCKETS.capacity)
      const again = givenBook({ store, clock }).book
      await again.start()
      assert.equal(again.size(), book.size())
    }),
    { numRuns: 40 }
  )
})

test('one /16 never has more new entries than its share', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('add' as const, 'remove' as const), address, address), {
        maxLength: 600,
        size: 'max'
      }),
      (steps) => {
        const { book } = run(steps)
        const crowd = book.entries().filter(({ addresses }) => groupOf(addresses[0]!.host, true) === '66.66.0.0')
        assert.ok(crowd.length <= Math.max(GROUP_FLOOR, book.size() / 16))
      }
    ),
    { numRuns: 40 }
  )
})
