import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import {
  compatibleWith,
  createNodeInfo,
  decodeNodeInfo,
  encodeNodeInfo,
  MAX_NODE_INFO_BYTES,
  type NodeInfoFields,
  nodeInfoFault,
  nodeInfoToJson,
  validateNodeInfo
} from '../../src/identity/node-info.ts'
import { readVectors } from '../helpers/vectors.ts'

const X = 'deadbeef'.repeat(5)

function sample(more: Partial<NodeInfoFields> = {}) {
  return createNodeInfo({
    id: X,
    listenAddr: 'tcp://0.0.0.0:26656',
    network: 'test-chain',
    version: '0.40.0',
    channels: hexToBytes('40202122233038606100'),
    moniker: 'm',
    other: { txIndex: 'on', rpcAddress: 'tcp://127.0.0.1:26657' },
    ...more
  })
}

// spec/identity-and-addresses.md section 5.1, without the length prefix
const BYTES =
  '0a040808100b1228646561646265656664656164626565666465616462656566646561646265656664656164' +
  '626565661a137463703a2f2f302e302e302e303a3236363536220a746573742d636861696e2a06302e34302e3032' +
  '0a402021222330386061003a016d421b0a026f6e12157463703a2f2f3132372e302e302e313a3236363537'

test('it has the bytes of Go, both ways', () => {
  assert.equal(bytesToHex(encodeNodeInfo(sample())), BYTES)
  assert.deepEqual(nodeInfoToJson(decodeNodeInfo(hexToBytes(BYTES))), nodeInfoToJson(sample()))
})

test('empty embedded messages are written all the same', () => {
  const empty = createNodeInfo({
    id: '',
    listenAddr: '',
    network: '',
    version: '',
    channels: new Uint8Array(),
    moniker: '',
    protocolVersion: { p2p: 0n, block: 0n, app: 0n }
  })
  assert.equal(bytesToHex(encodeNodeInfo(empty)), '0a004200')
  assert.deepEqual(nodeInfoToJson(decodeNodeInfo(new Uint8Array())), nodeInfoToJson(empty))
})

test('whatever its fields are, it reads back the same', () => {
  const uint64 = fc.bigInt(0n, 2n ** 64n - 1n)
  const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((value) => value.isWellFormed())
  const fields = fc.record({
    id: text,
    listenAddr: text,
    network: text,
    version: text,
    channels: fc.uint8Array({ maxLength: 20 }),
    moniker: text,
    protocolVersion: fc.record({ p2p: uint64, block: uint64, app: uint64 }),
    other: fc.record({ txIndex: text, rpcAddress: text })
  })
  fc.assert(
    fc.property(fields, (value) => {
      const info = createNodeInfo(value)
      const back = decodeNodeInfo(encodeNodeInfo(info))
      assert.deepEqual(nodeInfoToJson(back), nodeInfoToJson(info))
    })
  )
})

test('arbitrary bytes give a NodeInfo or a DecodeError, nothing else', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decodeNodeInfo(bytes)
      } catch (error) {
        assert.equal((error as Error).name, 'DecodeError')
      }
    })
  )
})

test('more bytes than Go accepts are refused on both sides', () => {
  const large = sample({ moniker: 'm'.repeat(MAX_NODE_INFO_BYTES) })
  assert.throws(() => encodeNodeInfo(large), { name: 'EncodeError' })
  assert.throws(() => decodeNodeInfo(new Uint8Array(MAX_NODE_INFO_BYTES + 1)), { name: 'DecodeError' })
})

test('it cannot be changed, not even through the channels it was made of', () => {
  const channels = Uint8Array.of(1)
  const info = sample({ channels })
  channels[0] = 2
  assert.deepEqual(info.channels, Uint8Array.of(1))
  assert.ok(Object.isFrozen(info) && Object.isFrozen(info.protocolVersion) && Object.isFrozen(info.other))
})

test('netAddress is what dialPeerWithAddress takes', () => {
  const address = sample({ listenAddr: 'tcp://1.2.3.4:26656' }).netAddress()
  assert.equal(String(address), `${X}@1.2.3.4:26656`)
  assert.equal(address.form, 'hex')
  assert.throws(() => sample({ listenAddr: 'nowhere' }).netAddress(), { name: 'InvalidAddressError' })
})

describe('validation, in the order of Go', () => {
  const good: Array<Partial<NodeInfoFields>> = [
    {},
    { version: '' },
    { listenAddr: '0.0.0.0:26656' },
    { listenAddr: 'tcp://[::]:0' },
    { listenAddr: 'tcp://host.example:1' },
    { channels: new Uint8Array() },
    { channels: Uint8Array.from({ length: 16 }, (_, i) => i) },
    { other: { txIndex: '', rpcAddress: '' } },
    { other: { txIndex: 'off', rpcAddress: '' } },
    { moniker: ' ~ ' },
    { network: '' },
    { id: X.toUpperCase() }
  ]
  for (const more of good) test(`good: ${show(more)}`, () => validateNodeInfo(sample(more)))

  const bad: Array<Partial<NodeInfoFields> & { field: string }> = [
    { field: 'id', id: '' },
    { field: 'id', id: 'deadbeef' },
    { field: 'id', id: 'g'.repeat(40) },
    { field: 'listenAddr', listenAddr: '' },
    { field: 'listenAddr', listenAddr: 'not-an-address' },
    { field: 'listenAddr', listenAddr: 'tcp://:26656' },
    { field: 'listenAddr', listenAddr: 'tcp://0.0.0.0:65536' },
    { field: 'listenAddr', listenAddr: 'a@0.0.0.0:1' },
    { field: 'version', version: '   ' },
    { field: 'version', version: 'a\nb' },
    { field: 'version', version: 'a\n' },
    { field: 'version', version: 'é' },
    { field: 'channels', channels: Uint8Array.from({ length: 17 }, (_, i) => i) },
    { field: 'channels', channels: Uint8Array.of(1, 2, 1) },
    { field: 'moniker', moniker: '' },
    { field: 'moniker', moniker: '  ' },
    { field: 'moniker', moniker: 'a\tb' },
    { field: 'moniker', moniker: '¢§µ' },
    { field: 'moniker', moniker: '\u007f' },
    { field: 'other.txIndex', other: { txIndex: 'ON', rpcAddress: '' } },
    { field: 'other.rpcAddress', other: { txIndex: 'on', rpcAddress: '\n' } },
    // the first fault is the one that is told
    { field: 'id', id: '', version: ' ', moniker: '' }
  ]
  for (const { field, ...more } of bad)
    test(`bad ${show(more)}`, () => {
      assert.throws(() => validateNodeInfo(sample(more)), {
        name: 'ProtocolViolationError',
        message: new RegExp(`^NodeInfo\\.${field.replace('.', '\\.')}: `)
      })
    })
})

describe('compatibility, in the order of Go', () => {
  const table: Array<{ name: string; theirs: Partial<NodeInfoFields>; ours?: Partial<NodeInfoFields>; says?: RegExp }> =
    [
      { name: 'the same', theirs: {} },
      { name: 'another software and P2P protocol', theirs: { version: '9', protocolVersion: { p2p: 9n } } },
      { name: 'another app version', theirs: { protocolVersion: { app: 7n } } },
      {
        name: 'another block protocol',
        theirs: { protocolVersion: { block: 12n }, network: 'x' },
        says: /^block protocol 12/
      },
      { name: 'another network', theirs: { network: 'x', channels: Uint8Array.of(1) }, says: /^network "x"/ },
      { name: 'no channel in common', theirs: { channels: Uint8Array.of(1) }, says: /^no channel in common.*01/ },
      { name: 'none of theirs', theirs: { channels: Uint8Array.of() }, says: /^no channel in common/ },
      { name: 'one channel in common', theirs: { channels: Uint8Array.of(1, 0x40) } },
      { name: 'we have no channels', theirs: {}, ours: { channels: Uint8Array.of() } }
    ]
  for (const { name, theirs, ours = {}, says } of table)
    test(name, () => {
      const reason = compatibleWith(sample(ours), sample(theirs))
      if (says === undefined) assert.equal(reason, undefined)
      else assert.match(String(reason), says)
    })
})

test('what is wrong is told in few words, however long the remote made it', () => {
  const long = 'é'.repeat(3000)
  const many = new Uint8Array(5000)
  for (const more of [{ id: long }, { listenAddr: long }, { version: long }, { moniker: long }, { channels: many }]) {
    const fault = nodeInfoFault(sample(more))
    assert.ok(fault !== undefined && fault.length < 300, fault?.slice(0, 300))
  }
  for (const more of [{ network: long }, { channels: many.fill(1) }])
    assert.ok((compatibleWith(sample(), sample(more))?.length ?? 1000) < 300)
})

test('its JSON is that of the RPC', () => {
  assert.equal(
    JSON.stringify(nodeInfoToJson(sample())),
    `{"protocol_version":{"p2p":"8","block":"11","app":"0"},"id":"${X}","listen_addr":"tcp://0.0.0.0:26656","network":"test-chain",` +
      '"version":"0.40.0","channels":"40202122233038606100","moniker":"m","other":{"tx_index":"on","rpc_address":"tcp://127.0.0.1:26657"}}'
  )
})

describe('beside Go', () => {
  interface Vector {
    hex: string
    fields: NodeInfoFields
    invalid: string
    incompatible: string
    json: string
  }
  const vectors = readVectors<Vector>('node-infos.jsonl')
  const first = decodeNodeInfo(hexToBytes(vectors[0]!.hex))

  test(`${vectors.length} NodeInfos have Go's bytes, JSON and verdicts`, () => {
    for (const { hex, fields, invalid, incompatible, json } of vectors) {
      const info = decodeNodeInfo(hexToBytes(hex))
      assert.equal(bytesToHex(encodeNodeInfo(createNodeInfo(fields))), hex)
      assert.equal(bytesToHex(encodeNodeInfo(info)), hex)
      assert.deepEqual(nodeInfoToJson(info), JSON.parse(json))
      if (invalid === '') validateNodeInfo(info)
      else assert.throws(() => validateNodeInfo(info), { name: 'ProtocolViolationError' }, invalid)
      assert.equal(compatibleWith(first, info) === undefined, incompatible === '', incompatible)
    }
  })

  test('random values have Go’s bytes too', () => {
    const random = readVectors<Vector & { type: string }>('messages.jsonl')
    for (const { type, hex, fields } of random)
      if (type === 'tendermint.p2p.DefaultNodeInfo') {
        assert.equal(bytesToHex(encodeNodeInfo(createNodeInfo(fields))), hex)
        assert.equal(bytesToHex(encodeNodeInfo(decodeNodeInfo(hexToBytes(hex)))), hex)
      }
  })
})

function show(fields: object): string {
  return JSON.stringify(fields, (_, value) => (value instanceof Uint8Array ? bytesToHex(value) : value))
}
