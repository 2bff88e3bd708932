import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { MAX_ADDRESSES, MAX_MESSAGE_BYTES, MAX_RECORDS } from '../../../src/reactors/pex/channels.ts'
import { listFault } from '../../../src/reactors/pex/list-scan.ts'
import { type PexMessage, pexMessage } from '../../../src/wire/codec.ts'

const list = (addresses: number, records = 0): Uint8Array => {
  const message: PexMessage = {
    type: 'pexAddrs',
    addrs: Array.from({ length: addresses }, () => ({ id: '', ip: '', port: 0 })),
    records: Array.from({ length: records }, () => new Uint8Array(0))
  }
  return pexMessage.encode(message)
}

const table = [
  { name: 'a request', given: pexMessage.encode({ type: 'pexRequest' }), want: undefined },
  { name: 'an empty list', given: list(0), want: undefined },
  { name: 'the most addresses and records', given: list(MAX_ADDRESSES, MAX_RECORDS), want: undefined },
  { name: 'an address too many', given: list(MAX_ADDRESSES + 1), want: /251 addresses/ },
  { name: 'a record too many', given: list(0, MAX_RECORDS + 1), want: /101 records/ },
  { name: '10,000 addresses', given: list(10_000), want: /10000 addresses/ },
  { name: 'nothing', given: new Uint8Array(0), want: undefined }
]
for (const { name, given, want } of table)
  test(`bad input: ${name} ${want === undefined ? 'may be decoded' : 'is refused before it is decoded'}`, () => {
    const fault = listFault(given)
    if (want === undefined) assert.equal(fault, undefined)
    else assert.match(fault ?? '', want)
  })

test('two lists in one message count together', () => {
  const half = list(200)
  assert.match(listFault(Uint8Array.from([...half, ...half])) ?? '', /400 addresses/)
})

test('padded lengths hide nothing', () => {
  // PexAddrs with 300 empty addresses whose lengths take three bytes each, and its own length in five
  const entries = Array.from({ length: 300 }, () => [0x0a, 0x80, 0x80, 0x00]).flat()
  const length = [(entries.length & 0x7f) | 0x80, (entries.length >> 7) | 0x80, 0x80, 0x80, 0x00]
  assert.match(listFault(Uint8Array.from([0x12, ...length, ...entries])) ?? '', /300 addresses/)
})

test('whatever the bytes are, the scan ends, and what it lets through decodes to no longer list', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      assert.ok(bytes.length < MAX_MESSAGE_BYTES)
      listFault(bytes)
    }),
    { seed: 1 }
  )
  fc.assert(
    fc.property(fc.nat({ max: 600 }), fc.nat({ max: 300 }), (addresses, records) => {
      assert.equal(
        listFault(list(addresses, records)) === undefined,
        addresses <= MAX_ADDRESSES && records <= MAX_RECORDS
      )
    }),
    { seed: 2, numRuns: 50 }
  )
})
