/**
 * R-77, issue 5: private ids, and whatever was learnt from them, are never given away nor saved; also when a node is private only later, when the book knows what it told.
 * V is the node that becomes private. S and T are others.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CometAddressBook } from '../../src/address-book/address-book.ts'
import { parseNetAddress } from '../../src/identity/net-address.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'
import { keyOf, recordOf } from '../reactors/pex/records.ts'
import { at, classicOf, givenBook, hostOf, idOf, MemoryStore, onLibp2p } from './given.ts'

const HOUR = 3_600_000
const [V, S, T] = [at(900), at(901), at(902)]
const RELAY = keyOf(5)
/** The n-th node, behind a relay. */
const behind = (n: number, relay = RELAY): NetAddress =>
  parseNetAddress(`/ip4/44.1.1.1/tcp/1/p2p/${relay.peerId}/p2p-circuit/p2p/${onLibp2p(n).peerId}`)

async function givenStored() {
  const store = new MemoryStore()
  const given = givenBook({ store, random: () => 0 })
  await given.book.start()
  const saved = async () => {
    await given.book.save()
    return store.text!
  }
  return { ...given, store, saved }
}

const given = (book: CometAddressBook) =>
  JSON.stringify([...book.getSelection(), ...book.entries()].map(({ addresses, source }) => [addresses, source]))

function assertUnknown(text: string, ...secrets: Array<NetAddress | string>): void {
  for (const secret of secrets) assert.ok(!text.includes(String(secret)), `${secret} in ${text}`)
}

test('a second place that V has told leaves the entry that others told, and the first place that V has told leaves the second', async () => {
  for (const [first, second] of [
    [classicOf(1), onLibp2p(1)],
    [onLibp2p(1), classicOf(1)]
  ] as const)
    for (const reached of [[], [first], [second], [first, second]])
      for (const [ofFirst, ofSecond] of [
        [S, V],
        [V, S]
      ] as const) {
        const { book, saved } = await givenStored()
        book.addAddress(first, ofFirst)
        book.addAddress(second, ofSecond)
        for (const address of reached) book.markReached(address)
        const [secret, open] = ofFirst === V ? [first, second] : [second, first]
        assert.deepEqual(book.addressesOf(first.id).length, 2)
        book.addPrivateIDs([V.id])
        assert.deepEqual(book.addressesOf(first.id).map(String), [String(open)])
        assert.equal(book.entry(first.id)?.kind, reached.includes(open) ? 'old' : 'new')
        assertUnknown(given(book) + (await saved()), secret, V.id, V.host)
      }
})

test('an address that V has told and nobody has tested yet is not tested, nor is V the source of anything afterwards', async () => {
  const { book, saved } = await givenStored()
  const there = at(1, hostOf(500))
  book.markReached(at(1))
  assert.equal(book.addAddress(there, V), 'proven-elsewhere')
  const [test] = book.wantTest(1)
  book.addPrivateIDs([V.id])
  assert.deepEqual(book.wantTest(5), [])
  // the test dial had begun, and reaches it
  book.markReached(test!)
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(at(1))])
  assertUnknown(given(book) + (await saved()), there, V.id, V.host)
  // once somebody else has told it too, it is no secret any more
  book.addAddress(there, S)
  book.markReached(there)
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(there)])
})

test('an address that V has told and that waits for the known one to fail is forgotten', () => {
  const { book } = givenBook()
  book.addAddress(at(1), S)
  book.addAddress(at(1, hostOf(500)), V)
  book.addPrivateIDs([V.id])
  book.markAttempt(at(1))
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(at(1))])
})

test('what V has confirmed counts as if V had said nothing', async () => {
  const { book, saved } = await givenStored()
  book.addAddress(at(2), at(2))
  book.addAddress(at(1), S)
  book.addAddress(at(1), V)
  const told = () => book.getSelection().map(({ id }) => id)
  assert.deepEqual(told().sort(), [idOf(1), idOf(2)])
  book.addPrivateIDs([V.id])
  assert.deepEqual(told(), [idOf(2)])
  assert.deepEqual(book.addressesOf(idOf(1)).map(String), [String(at(1))])
  const [a, b] = V.host.split('.')
  assertUnknown(await saved(), V.id, `"${a}.${b}.0.0"`)
  book.addAddress(at(1), T)
  assert.deepEqual(told().sort(), [idOf(1), idOf(2)])
})

test('what V told first stays where others have confirmed it: the first of them is its source, and our own proof is kept', async () => {
  const others = [903, 904, 905].map((n) => at(n))
  for (const reached of [true, false])
    for (const when of ['now', 'after a restart', 'with the restart'])
      for (const [name, first] of [
        ['V', V],
        ['a node behind V', behind(2)]
      ] as const) {
        const { book, store, clock } = await givenStored()
        const secret = first === V ? V.id : RELAY.id
        book.addAddress(at(1), first)
        for (const other of others) assert.equal(book.addAddress(at(1), other), undefined)
        // which nobody else says
        book.addAddress(at(2), first)
        if (reached) for (const n of [1, 2]) book.markReached(at(n))
        let last = book
        if (when === 'now') book.addPrivateIDs([secret])
        else {
          await book.stop()
          last = givenBook({ store, clock, random: () => 0 }).book
          if (when === 'with the restart') last.addPrivateIDs([secret])
          await last.start()
          last.addPrivateIDs([secret])
        }
        const entry = last.entry(idOf(1))
        const said = `${name}, ${when}, reached: ${reached}`
        assert.deepEqual([String(entry?.source), entry?.kind], [String(others[0]), reached ? 'old' : 'new'], said)
        assert.equal(last.entry(idOf(2)), undefined, said)
        await last.save()
        assertUnknown(given(last) + store.text!, secret, at(2), String(first))
        assert.equal(JSON.parse(store.text!).entries[0].places[0].proven, reached, said)
        // as if the first had not been: in the buckets and under the shares of those who are left
        const fresh = givenBook({ random: () => 0 }).book
        for (const other of others) fresh.addAddress(at(1), other)
        if (!reached) assert.deepEqual(given(last), given(fresh))
        // those go too, and then nobody is left
        last.addPrivateIDs(others.map(({ id }) => id))
        assert.equal(last.size(), 0, said)
      }
})

test('a confirmation of which the address was not stored is no source: what only V and such have told goes with V', async () => {
  const { book, store, clock } = await givenStored()
  book.addAddress(at(1), V)
  book.addAddress(at(1), S)
  book.addAddress(at(1), T)
  await book.stop()
  const without = (which: number[]) => {
    const stored = JSON.parse(store.text!)
    for (const i of which) delete stored.entries[0].places[0].confirmedBy[i].address
    return stored
  }
  for (const [which, source] of [
    [[0], String(T)],
    [[0, 1], undefined]
  ] as const) {
    const stored = without([...which])
    const next = givenBook({ store: { load: async () => stored, save: async () => undefined }, clock }).book
    await next.start()
    next.addPrivateIDs([V.id])
    assert.equal(next.entry(idOf(1))?.source.toString(), source)
  }
})

test('a record that V has told is forgotten with V, the address that others told is not', async () => {
  const { book, saved } = await givenStored()
  const address = parseNetAddress(`/ip4/44.2.1.1/tcp/1/p2p/${keyOf(1).peerId}`)
  const record = await recordOf(keyOf(1), ['/ip4/44.2.1.1/tcp/1'])
  book.addAddress(address, S)
  book.addAddress(address, V, { record })
  book.markReached(address)
  assert.deepEqual(book.alternatives(5), [record])
  book.addPrivateIDs([V.id])
  assert.deepEqual([book.alternatives(5), book.entry(address.id)?.record], [[], undefined])
  assert.deepEqual(book.addressesOf(address.id).map(String), [String(address)])
  assertUnknown(await saved(), Buffer.from(record).toString('base64'), V.id)
})

test('an address that leads through a private relay is refused, as an address, as a source, as an anchor', async () => {
  const { book, saved } = await givenStored()
  book.addPrivateIDs([RELAY.id])
  assert.equal(book.addAddress(behind(1), S), 'private')
  assert.equal(book.addAddress(behind(1), behind(1)), 'private')
  assert.equal(book.addAddress(at(2), behind(1)), 'private-source')
  assert.equal(book.addAddress(behind(3, keyOf(6)), S), undefined)
  book.markReached(behind(1))
  book.setAnchors([behind(1), at(4)])
  book.markBad(onLibp2p(1).id, behind(1), HOUR)
  assert.deepEqual([book.size(), book.anchors().map(String)], [1, [String(at(4))]])
  assertUnknown(await saved(), RELAY.peerId.toString(), RELAY.id)
})

test('an address through a relay that becomes private goes; so does a record that names it, and an anchor', async () => {
  const { book, saved } = await givenStored()
  const record = await recordOf(keyOf(1), [
    `/ip4/44.1.1.1/tcp/1/p2p/${RELAY.peerId}/p2p-circuit`,
    '/ip4/44.2.1.1/tcp/1'
  ])
  const address = parseNetAddress(`/ip4/44.2.1.1/tcp/1/p2p/${keyOf(1).peerId}`)
  book.addAddress(address, S, { record })
  book.markReached(address)
  book.addAddress(behind(1), S)
  book.addAddress(classicOf(1), S)
  book.setAnchors([behind(1), address])
  assert.equal(book.alternatives(5).length, 1)
  book.addPrivateIDs([RELAY.id])
  assert.deepEqual([book.alternatives(5), book.anchors().map(String)], [[], [String(address)]])
  assert.deepEqual(book.addressesOf(classicOf(1).id).map(String), [String(classicOf(1))])
  book.addAddress(address, T, { record })
  assert.equal(book.entry(address.id)?.record, undefined)
  assertUnknown(await saved(), RELAY.peerId.toString(), Buffer.from(record).toString('base64'))
})

test('a peer that we know from V alone is no anchor, nor saved with its ban', async () => {
  const { book, clock, saved } = await givenStored()
  for (const n of [1, 2, 3]) book.addAddress(at(n), V)
  book.addAddress(onLibp2p(3), V)
  book.addAddress(onLibp2p(4), V)
  book.addAddress(classicOf(4), S)
  book.markReached(at(1))
  book.setAnchors([at(1)])
  book.markBad(idOf(2), undefined, HOUR, 'sent rubbish')
  book.markBad(onLibp2p(4).id, onLibp2p(4), HOUR)
  book.addPrivateIDs([V.id])
  book.setAnchors([at(1)])
  assert.deepEqual([book.anchors(), book.size()], [[], 0])
  assertUnknown(await saved(), at(1), at(2), at(3), onLibp2p(3), onLibp2p(4), V.id, V.host)
  assert.deepEqual([book.isBanned(idOf(2)), book.isBanned(onLibp2p(4).id)], [true, true])
  clock.advance(HOUR)
  assert.equal(book.reinstateBadPeers(), 1)
  assert.deepEqual(book.addressesOf(classicOf(4).id).map(String), [String(classicOf(4))])
})

test('who told what is known over a restart: V may become private before it, after it, or with it', async () => {
  const fill = async (book: CometAddressBook, record: Uint8Array) => {
    book.addAddress(classicOf(1), S)
    book.addAddress(onLibp2p(1), V)
    book.addAddress(at(2), S)
    book.addAddress(at(2), V)
    book.addAddress(onLibp2p(3), S)
    book.addAddress(onLibp2p(3), V, { record })
    book.addAddress(at(4), V)
    book.setAnchors([at(4), at(2)])
  }
  const results: unknown[] = []
  for (const when of ['before', 'with', 'after']) {
    const { book, store, clock } = await givenStored()
    await fill(book, Uint8Array.of(1, 2, 3))
    if (when === 'before') book.addPrivateIDs([V.id])
    await book.stop()
    const next = givenBook({ store, clock }).book
    if (when === 'with') next.addPrivateIDs([V.id])
    await next.start()
    if (when === 'after') next.addPrivateIDs([V.id])
    await next.save()
    assertUnknown(store.text!, onLibp2p(1), at(4), V.id, V.host, Buffer.from([1, 2, 3]).toString('base64'))
    const { entries, anchors } = JSON.parse(store.text!)
    results.push([entries.sort((a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)), anchors])
  }
  assert.deepEqual(results[1], results[0])
  assert.deepEqual(results[2], results[0])
  assert.deepEqual((results[0] as unknown[])[1], [String(at(2))])
})
