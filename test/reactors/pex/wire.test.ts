/** The messages of channel 0x00 on the wire (spec/addrbook-and-pex.md section 6), and our extra field in them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type PexMessage, pexMessage } from '../../../src/wire/codec.ts'

test('R-74: a request and a list have the bytes of the Go code', () => {
  const table: Array<{ value: PexMessage; hex: string }> = [
    { value: { type: 'pexRequest' }, hex: '0a00' },
    {
      value: { type: 'pexAddrs', addrs: [{ id: '1', ip: '127.0.0.1', port: 9090 }] },
      hex: '12130a110a013112093132372e302e302e31188247'
    },
    { value: { type: 'pexAddrs', addrs: [] }, hex: '1200' }
  ]
  for (const { value, hex } of table) {
    assert.equal(bytesToHex(pexMessage.encode(value)), hex)
    assert.deepEqual(pexMessage.decode(hexToBytes(hex)), value)
  }
})

test('records travel in a field of their own, 100, after the addresses', () => {
  const value: PexMessage = { type: 'pexAddrs', addrs: [], records: [Uint8Array.of(1, 2), Uint8Array.of(3)] }
  const bytes = pexMessage.encode(value)
  // field 100, length-delimited: (100 << 3 | 2) as a varint
  assert.equal(bytesToHex(bytes), '1209' + 'a206020102' + 'a2060103')
  assert.deepEqual(pexMessage.decode(bytes), value)
})

test('no records and an empty list of records are the same bytes as Go has', () => {
  assert.equal(bytesToHex(pexMessage.encode({ type: 'pexAddrs', addrs: [], records: [] })), '1200')
})
