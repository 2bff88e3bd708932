/** What peers tell, and what of it comes into a real book; records are signed and checked for real. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAddressBook } from '../../../src/address-book/address-book.ts'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { MAX_ADDRESSES_PER_RECORD } from '../../../src/reactors/pex/channels.ts'
import { Intake } from '../../../src/reactors/pex/intake.ts'
import { givenRecords, keyOf, recordOf } from './records.ts'

const SOURCE = netAddressFromParts(keyOf(99).id, '20.0.0.1', 26_656)
const OURS = keyOf(1)
const THEIRS = keyOf(2)
const never = new AbortController().signal

type Stacks = 'both' | 'comet' | 'libp2p'
const stackFor = (stacks: Stacks) => (address: NetAddress) => {
  if (address.form === 'hex') return stacks === 'libp2p' ? 'libp2p' : 'comet'
  return stacks === 'comet' ? undefined : 'libp2p'
}

function given(
  stacks: Stacks = 'both',
  options: { private?: string[]; aside?: string[]; of?: Map<string, Uint8Array> } = {}
) {
  const book = createAddressBook({ groupShare: 1 })
  book.addPrivateIDs(options.private ?? [])
  const intake = new Intake({
    ownId: OURS.id,
    book,
    records: givenRecords(undefined, options.of),
    stackFor: stackFor(stacks),
    isSetAside: (id) => options.aside?.includes(id) === true
  })
  return { book, intake, addresses: () => book.entries().flatMap((entry) => entry.addresses.map(String)) }
}

const tcp = (n: number) => `/ip4/30.0.0.${n}/tcp/26656`
const full = (n: number, key = THEIRS) => `${tcp(n)}/p2p/${key.peerId}`

test('a record that is proven brings its address, with the record, into the book', async () => {
  const { book, intake, addresses } = given()
  const envelope = await recordOf(THEIRS, [tcp(1)])
  await intake.takeRecords([envelope], SOURCE, never)
  assert.deepEqual(addresses(), [full(1)])
  assert.deepEqual(book.entry(THEIRS.id)?.record, envelope)
  assert.equal(String(book.entry(THEIRS.id)?.source), String(SOURCE))
})

test('a record in the book holds on to its own bytes only, not to the message they came in', async () => {
  const { book, intake } = given()
  const envelope = await recordOf(THEIRS, [tcp(1)])
  const message = new Uint8Array(60_000)
  message.set(envelope, 100)
  await intake.takeRecords([message.subarray(100, 100 + envelope.length)], SOURCE, never)
  assert.equal(book.entry(THEIRS.id)?.record?.buffer.byteLength, envelope.length)
})

const refused: Array<{
  name: string
  envelope: () => Promise<Uint8Array>
  stacks?: Stacks
  aside?: string[]
  private?: string[]
}> = [
  { name: 'signed by another key', envelope: () => recordOf(THEIRS, [tcp(1)], keyOf(3)) },
  { name: 'that is no record', envelope: async () => new Uint8Array(200).fill(7) },
  { name: 'that is empty', envelope: async () => new Uint8Array(0) },
  {
    name: 'changed on the way',
    envelope: async () => {
      const envelope = await recordOf(THEIRS, [tcp(1)])
      envelope[envelope.length - 1] = (envelope[envelope.length - 1] as number) ^ 1
      return envelope
    }
  },
  {
    name: 'with more than 8 addresses',
    envelope: () =>
      recordOf(
        THEIRS,
        Array.from({ length: MAX_ADDRESSES_PER_RECORD + 1 }, (_, n) => tcp(n + 1))
      )
  },
  { name: 'without an address', envelope: () => recordOf(THEIRS, []) },
  { name: 'of this very node', envelope: () => recordOf(OURS, [tcp(1)]) },
  { name: 'of a node set aside', envelope: () => recordOf(THEIRS, [tcp(1)]), aside: [THEIRS.id] },
  { name: 'of a private node', envelope: () => recordOf(THEIRS, [tcp(1)]), private: [THEIRS.id] },
  {
    name: 'that names a private node as its relay',
    envelope: () => recordOf(THEIRS, [tcp(1), `${tcp(9)}/p2p/${keyOf(5).peerId}/p2p-circuit`]),
    private: [keyOf(5).id]
  },
  { name: 'for a stack that this switch does not have', envelope: () => recordOf(THEIRS, [tcp(1)]), stacks: 'comet' }
]
for (const { name, envelope, stacks, ...more } of refused)
  test(`a record ${name} does not come into the book`, async () => {
    const { intake, addresses } = given(stacks, more)
    await intake.takeRecords([await envelope()], SOURCE, never)
    assert.deepEqual(addresses(), [])
  })

test('the first address of a record that the book takes is the one, whatever stands before it', async () => {
  const { intake, addresses } = given()
  await intake.takeRecords(
    [await recordOf(THEIRS, ['/ip4/127.0.0.1/tcp/1', '/ip4/10.0.0.1/tcp/1', tcp(1), tcp(2)])],
    SOURCE,
    never
  )
  assert.deepEqual(addresses(), [full(1)])
})

test('a bad record does not stop the good ones behind it', async () => {
  const { intake, addresses } = given()
  const list = [await recordOf(THEIRS, [tcp(1)], keyOf(3)), await recordOf(keyOf(4), [tcp(4)])]
  await intake.takeRecords(list, SOURCE, never)
  assert.deepEqual(addresses(), [full(4, keyOf(4))])
})

test('no more signatures are checked for a peer that has left', async () => {
  const gone = new AbortController()
  let opened = 0
  const open = async () => {
    if (++opened === 2) gone.abort()
    return undefined
  }
  const records = { ...givenRecords(), open }
  const book = createAddressBook()
  const intake = new Intake({ ownId: OURS.id, book, records, stackFor: () => 'libp2p', isSetAside: () => false })
  await intake.takeRecords(new Array(100).fill(new Uint8Array(1)), SOURCE, gone.signal)
  assert.equal(opened, 2)
})

test('nothing more is taken from a peer that has left', async () => {
  const { intake, addresses } = given()
  await intake.takeRecords([await recordOf(THEIRS, [tcp(1)])], SOURCE, AbortSignal.abort())
  assert.deepEqual(addresses(), [])
})

test('classic addresses are of no use on a switch that has libp2p only', () => {
  for (const [stacks, taken] of [
    ['comet', 1],
    ['both', 1],
    ['libp2p', 0]
  ] as const) {
    const { intake, addresses } = given(stacks)
    intake.takeAddresses([netAddressFromParts(THEIRS.id, '30.0.0.1', 26_656)], SOURCE)
    assert.equal(addresses().length, taken, stacks)
  }
})

test('what was set aside, and what is ourselves, is not heard again', () => {
  const { intake, addresses } = given('both', { aside: [THEIRS.id] })
  intake.takeAddresses(
    [THEIRS, OURS, keyOf(3)].map(({ id }) => netAddressFromParts(id, '30.0.0.1', 26_656)),
    SOURCE
  )
  assert.deepEqual(addresses(), [`${keyOf(3).id}@30.0.0.1:26656`])
})

test('a peer’s own record joins its entry, with the address that it is known by', async () => {
  const envelope = await recordOf(THEIRS, [tcp(1), tcp(2)])
  const { book, intake, addresses } = given('both', { of: new Map([[THEIRS.id, envelope]]) })
  const { parseNetAddress } = await import('../../../src/identity/net-address.ts')
  const known = parseNetAddress(full(2))
  book.markReached(known)
  assert.equal(await intake.takeOwnRecord(THEIRS.id, known, known, never), true)
  assert.deepEqual(addresses(), [full(2)])
  assert.deepEqual(book.entry(THEIRS.id)?.record, envelope)
})

test('a peer’s own record that is another node’s counts for nothing', async () => {
  const envelope = await recordOf(keyOf(3), [tcp(1)])
  const { intake, addresses } = given('both', { of: new Map([[THEIRS.id, envelope]]) })
  assert.equal(await intake.takeOwnRecord(THEIRS.id, SOURCE, SOURCE, never), false)
  assert.deepEqual(addresses(), [])
})

test('a record that is waited for is not waited for when the peer has gone', async () => {
  const book = createAddressBook()
  const records = { ...givenRecords(), of: () => new Promise<undefined>(() => {}) }
  const intake = new Intake({ ownId: OURS.id, book, records, stackFor: () => 'libp2p', isSetAside: () => false })
  const gone = new AbortController()
  const taken = intake.takeOwnRecord(THEIRS.id, SOURCE, SOURCE, gone.signal)
  gone.abort()
  assert.equal(await taken, false)
})

test('records that somebody else opens are held to the same bounds: eight addresses, all of that node', async () => {
  const address = (n: number, key = THEIRS) => netAddressFromParts(key.id, `30.0.0.${n + 1}`, 26_656)
  const many = Array.from({ length: MAX_ADDRESSES_PER_RECORD + 1 }, (_, n) => address(n))
  for (const { opened, taken } of [
    { opened: many, taken: 0 },
    { opened: [address(0), address(1, keyOf(3))], taken: 0 },
    { opened: many.slice(1), taken: 1 }
  ]) {
    const book = createAddressBook({ groupShare: 1 })
    const records = { ...givenRecords(), open: async () => ({ id: THEIRS.id, seq: 1n, addresses: opened }) }
    const intake = new Intake({ ownId: OURS.id, book, records, stackFor: () => 'comet', isSetAside: () => false })
    await intake.takeRecords([new Uint8Array(10)], SOURCE, never)
    assert.equal(book.size(), taken)
  }
})

test('an older record of a node that a stranger tells brings nothing, whichever of its addresses is known', async () => {
  const { book, intake, addresses } = given()
  const fresh = await recordOf(THEIRS, [tcp(1), tcp(2)], THEIRS, 200n)
  await intake.takeRecords([fresh], SOURCE, never)
  book.markReached(book.entry(THEIRS.id)!.addresses[0]!)
  const stranger = netAddressFromParts(keyOf(98).id, '60.0.0.1', 26_656)
  await intake.takeRecords([await recordOf(THEIRS, [tcp(3), tcp(1)], THEIRS, 100n)], stranger, never)
  assert.deepEqual(addresses(), [full(1)])
  assert.deepEqual([book.entry(THEIRS.id)?.record, book.alternatives(1), book.wantTest(1)], [fresh, [fresh], []])
})
