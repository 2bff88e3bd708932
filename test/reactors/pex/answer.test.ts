import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts, parseNetAddress } from '../../../src/identity/net-address.ts'
import type { BookEntry } from '../../../src/interface/address-book.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import type { Peer } from '../../../src/interface/peer.ts'
import { type AnswerComponents, answerFor, ownRecordFor } from '../../../src/reactors/pex/answer.ts'
import { MAX_ADDRESSES, MAX_MESSAGE_BYTES, MAX_RECORDS } from '../../../src/reactors/pex/channels.ts'
import { listFault } from '../../../src/reactors/pex/list-scan.ts'
import { pexMessage } from '../../../src/wire/codec.ts'
import { givenRecords, keyOf, recordOf } from './records.ts'

const OURS = keyOf(1)
const ownRecord = await recordOf(OURS, ['/ip4/30.0.0.1/tcp/1'])
const peer = (stack: string, id = 'f'.repeat(40)) => ({ id: () => id, stack: () => stack }) as unknown as Peer
const classic = (n: number, host = `30.${n >> 8}.${n & 0xff}.1`) => netAddressFromParts(keyOf(n).id, host, 26_656)

async function answerTo(to: Peer, selection: BookEntry[], given: AnswerComponents) {
  return answerFor(to, selection, await ownRecordFor(to, given), given)
}

function entry(addresses: NetAddress[], record?: Uint8Array): BookEntry {
  const more = {
    source: addresses[0] as NetAddress,
    kind: 'new' as const,
    attempts: 0,
    lastAttempt: 0,
    lastSuccess: 0,
    good: false
  }
  return { id: (addresses[0] as NetAddress).id, addresses, ...more, ...(record && { record }) }
}
const components = { ownId: OURS.id, records: givenRecords(ownRecord), namesPrivate: () => false }

test('a classic peer gets classic addresses and no records', async () => {
  const record = new Uint8Array(100)
  const libp2p = parseNetAddress(`/ip4/30.0.0.3/tcp/1/p2p/${keyOf(3).peerId}`)
  const selection = [entry([classic(2), libp2p], record), entry([libp2p], record)]
  assert.deepEqual(await answerTo(peer('comet'), selection, components), {
    type: 'pexAddrs',
    addrs: [{ id: keyOf(2).id, ip: '30.0.2.1', port: 26_656 }]
  })
})

test('a peer on libp2p gets records, ours first, and classic addresses beside them', async () => {
  const records = [Uint8Array.of(1), Uint8Array.of(2)]
  const selection = [entry([classic(2)], records[0]), entry([classic(3, 'a.name')], records[1]), entry([classic(4)])]
  assert.deepEqual(await answerTo(peer('libp2p'), selection, components), {
    type: 'pexAddrs',
    addrs: [2, 4].map((n) => ({ id: keyOf(n).id, ip: `30.0.${n}.1`, port: 26_656 })),
    records: [ownRecord, ...records]
  })
})

test('who asks is not told of itself', async () => {
  const answer = await answerTo(peer('libp2p', keyOf(2).id), [entry([classic(2)], Uint8Array.of(1))], components)
  assert.deepEqual(answer, { type: 'pexAddrs', addrs: [], records: [ownRecord] })
})

const ownRecords: Array<{ name: string; own: () => Promise<Uint8Array | undefined>; private?: string }> = [
  { name: 'there is none', own: async () => undefined },
  { name: 'it is another node’s', own: () => recordOf(keyOf(2), ['/ip4/30.0.0.1/tcp/1']) },
  { name: 'it is another node’s and has no address', own: () => recordOf(keyOf(2), []) },
  { name: 'its signature does not hold', own: () => recordOf(OURS, ['/ip4/30.0.0.1/tcp/1'], keyOf(2)) },
  {
    name: 'it names a private node as a relay',
    own: () => recordOf(OURS, ['/ip4/30.0.0.1/tcp/1', `/ip4/30.0.0.1/tcp/1/p2p/${keyOf(7).peerId}/p2p-circuit`]),
    private: keyOf(7).id
  }
]
for (const { name, own, private: id } of ownRecords)
  test(`our own record is not given away where ${name}`, async () => {
    const { Intake } = await import('../../../src/reactors/pex/intake.ts')
    const { createAddressBook } = await import('../../../src/address-book/address-book.ts')
    const book = createAddressBook()
    book.addPrivateIDs(id === undefined ? [] : [id])
    const records = givenRecords(await own())
    const intake = new Intake({ ownId: OURS.id, book, records, stackFor: () => 'libp2p', isSetAside: () => false })
    const answer = await answerTo(peer('libp2p'), [], {
      ownId: OURS.id,
      records,
      namesPrivate: (all) => intake.namesPrivate(all)
    })
    assert.deepEqual(answer, { type: 'pexAddrs', addrs: [] })
  })

test('the longest answer fits the channel, and is one that every node takes', async () => {
  const record = new Uint8Array(1_000)
  const host = 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
  const many = Array.from({ length: 400 }, (_, n) =>
    entry([netAddressFromParts(keyOf(n + 2).id, host, 65_535)], record)
  )
  const answer = await answerTo(peer('libp2p'), many, components)
  assert.equal(answer.type === 'pexAddrs' && answer.addrs.length, MAX_ADDRESSES)
  const bytes = pexMessage.encode(answer)
  assert.ok(bytes.length <= MAX_MESSAGE_BYTES && bytes.length > MAX_MESSAGE_BYTES - 3_000, `${bytes.length} bytes`)
  assert.equal(listFault(bytes), undefined)
  const small = await answerTo(
    peer('libp2p'),
    many.map(({ addresses }) => entry([...addresses], Uint8Array.of(1))),
    components
  )
  assert.equal(small.type === 'pexAddrs' && small.records?.length, MAX_RECORDS)
  assert.equal(listFault(pexMessage.encode(small)), undefined)
})

test('a record too long for what is left makes room for shorter ones behind it', async () => {
  const selection = [entry([classic(2)], new Uint8Array(60_000)), entry([classic(3)], Uint8Array.of(1))]
  const answer = await answerTo(peer('libp2p'), selection, components)
  const lengths = answer.type === 'pexAddrs' && answer.records?.map(({ length }) => length)
  assert.deepEqual(lengths, [ownRecord.length, 1])
})

test('a record that names a private node is not passed on, wherever the book has it from', async () => {
  const [secret, open] = [Uint8Array.of(1), Uint8Array.of(2)]
  const selection = [entry([classic(2)], secret), entry([classic(3)], open)]
  const namesPrivate = (record: Uint8Array) => record === secret
  const answer = await answerTo(peer('libp2p'), selection, { ...components, namesPrivate })
  assert.deepEqual(answer.type === 'pexAddrs' && answer.records, [ownRecord, open])
})
