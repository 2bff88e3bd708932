/** R-77, issue 5: whatever is told, by whom and when, and whoever of them becomes private then: nothing is left that private nodes alone have told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MAX_CONFIRMATIONS } from '../../src/address-book/tellers.ts'
import { seededRandom } from '../../src/util/prng.ts'
import { at, classicOf, givenBook, hostOf, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000

test('whatever is told and reached: an address stays exactly if somebody has told it who is not private, and no private teller is in what is saved', async () => {
  // no more tellers than are remembered, on three networks
  const tellers = Array.from({ length: 1 + MAX_CONFIRMATIONS }, (_, i) => at(900 + i, `9${i % 3}.1.1.${i + 1}`))
  const address = (n: number) => (n % 2 === 0 ? classicOf(n) : onLibp2p(n - 1))
  const step = fc.record({
    call: fc.constantFrom('tell', 'tell', 'tell', 'reached', 'attempt', 'wait', 'restart'),
    n: fc.nat(9),
    teller: fc.nat(MAX_CONFIRMATIONS)
  })
  const hidden = fc.array(fc.nat(MAX_CONFIRMATIONS), { minLength: 1, maxLength: MAX_CONFIRMATIONS })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 80 }),
      hidden,
      fc.nat(2),
      async (steps, hidden, last) => {
        const store = new MemoryStore()
        let { book, clock } = givenBook({ store, random: seededRandom(steps.length) })
        await book.start()
        const restart = async () => {
          await book.stop()
          book = givenBook({ store, clock, random: seededRandom(steps.length) }).book
          await book.start()
        }
        const told = new Map<string, Set<number>>()
        for (const { call, n, teller } of steps) {
          if (call === 'tell') {
            book.addAddress(address(n), tellers[teller]!)
            told.set(String(address(n)), (told.get(String(address(n))) ?? new Set()).add(teller))
          } else if (call === 'reached' && told.has(String(address(n)))) book.markReached(address(n))
          else if (call === 'attempt') book.markAttempt(address(n))
          else if (call === 'wait') clock.advance(HOUR)
          else if (call === 'restart') await restart()
        }
        if (last === 1) await restart()
        const secret = hidden.map((i) => tellers[i]!)
        book.addPrivateIDs(secret.map(({ id }) => id))
        if (last === 2) await restart()
        const kept = book.entries().flatMap(({ addresses }) => addresses.map(String))
        const open = [...told].filter(([, who]) => [...who].some((teller) => !hidden.includes(teller)))
        assert.deepEqual(kept.sort(), open.map(([text]) => text).sort())
        await book.save()
        for (const { id, host } of secret) assert.ok(!store.text?.includes(id) && !store.text?.includes(`${host}:`))
        // nor does what was forgotten come back because we are there; a next run knows nothing of it
        if (last === 2) return
        for (const text of told.keys())
          if (!kept.includes(text))
            book.markReached(address([...Array(10).keys()].find((n) => String(address(n)) === text)!))
        assert.deepEqual(
          book
            .entries()
            .flatMap(({ addresses }) => addresses.map(String))
            .sort(),
          kept
        )
      }
    ),
    { numRuns: 300 }
  )
})

test('nodes with several addresses, whatever is told, tested and set aside: what is left has been told by somebody who is not private', async () => {
  const tellers = Array.from({ length: 12 }, (_, i) => at(900 + i, `9${i % 4}.1.1.${i + 1}`))
  const address = (n: number, there: number) =>
    there % 2 === 0 ? classicOf(n, hostOf(50 + there)) : onLibp2p(n, hostOf(50 + there))
  const step = fc.record({
    call: fc.constantFrom('tell', 'tell', 'tell', 'tell', 'reached', 'tested', 'attempt', 'aside', 'bad', 'reinstate'),
    n: fc.integer({ min: 1, max: 4 }),
    there: fc.nat(5),
    teller: fc.nat(12),
    record: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined })
  })
  const hidden = fc.array(fc.nat(11), { minLength: 1, maxLength: 9 })
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 150, size: 'max' }),
      hidden,
      fc.boolean(),
      async (steps, hidden, later) => {
        const store = new MemoryStore()
        const { book, clock } = givenBook({ store, random: seededRandom(steps.length) })
        await book.start()
        const told = new Map<string, Set<string>>()
        const recorded = new Map<number, Set<string>>()
        const aside: ReturnType<typeof book.hearsay>[number][] = []
        const note = <K>(map: Map<K, Set<string>>, key: K, id: string) =>
          map.set(key, (map.get(key) ?? new Set()).add(id))
        for (const { call, n, there, teller, record } of steps) {
          const it = address(n, there)
          // the node itself, when it comes to us
          const source = tellers[teller] ?? at(1, '99.1.1.1', 50_000)
          const [known] = book.addressesOf(it.id)
          if (call === 'tell') {
            book.addAddress(it, source, record === undefined ? {} : { record: Uint8Array.of(77, 77, 77, record) })
            note(told, String(it), source.id)
            if (record !== undefined) note(recorded, record, source.id)
          } else if (call === 'reached' && known !== undefined) book.markReached(known, known.host)
          else if (call === 'tested') for (const wanted of book.wantTest(2)) book.markReached(wanted)
          else if (call === 'attempt' && known !== undefined) book.markAttempt(known)
          else if (call === 'aside') {
            aside.push(...book.hearsay(it.id))
            book.removeAddress(it.id)
          } else if (call === 'bad' && there === 0) book.markBad(it.id, known, 1)
          else if (call === 'reinstate') {
            clock.advance(HOUR)
            book.reinstateBadPeers()
          }
        }
        const secret = new Set(hidden.map((i) => tellers[i]!.id))
        const isOpen = (who: Set<string> | undefined) => [...(who ?? [])].some((id) => !secret.has(id))
        if (!later) book.addPrivateIDs([...secret])
        for (const { address, source, ...options } of aside) book.addAddress(address, source, options)
        book.addPrivateIDs([...secret])
        await book.save()
        for (const id of secret) assert.ok(!store.text!.includes(id), id)
        for (const { host } of hidden.map((i) => tellers[i]!)) assert.ok(!store.text!.includes(`@${host}:`), host)
        for (const entry of book.entries()) {
          for (const each of entry.addresses) assert.ok(isOpen(told.get(String(each))), String(each))
          if (entry.record !== undefined) assert.ok(isOpen(recorded.get(entry.record[3]!)))
        }
        for (const [text, who] of told) if (!isOpen(who)) assert.ok(!store.text!.includes(`"${text}"`), text)
        for (const { id } of book.entries())
          for (const { address, source, record } of book.hearsay(id)) {
            assert.ok(told.get(String(address))?.has(source.id) && !secret.has(source.id))
            if (record !== undefined) assert.ok(recorded.get(record[3]!)?.has(source.id))
          }
        // what waits is tested, or takes the place of what fails
        for (const wanted of book.wantTest(100)) book.markReached(wanted)
        for (const { addresses } of book.entries()) for (const each of addresses) book.markAttempt(each)
        for (const { addresses } of book.entries())
          for (const each of addresses) assert.ok(isOpen(told.get(String(each))), String(each))
      }
    ),
    { numRuns: 300 }
  )
})
