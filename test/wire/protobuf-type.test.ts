import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import protobuf from 'protobufjs'
import { type ProtobufClass, protobufType } from '../../src/wire/protobuf-type.ts'

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url)
const { chat: generated } = await import(fixture('chat.js').href)
const reflected = protobuf.parse(readFileSync(fixture('chat.proto'), 'utf8')).root

/** The same classes from both of protobufjs' generators. */
const FLAVOURS: Array<{
  flavour: string
  of: (name: string) => ProtobufClass
  make: (name: string, fields: object) => any
}> = [
  { flavour: 'static module', of: (name) => generated[name], make: (name, fields) => new generated[name](fields) },
  {
    flavour: 'reflection',
    of: (name) => reflected.lookupType(`chat.${name}`) as unknown as ProtobufClass,
    make: (name, fields) => reflected.lookupType(`chat.${name}`).create(fields)
  }
]

for (const { flavour, of, make } of FLAVOURS)
  describe(flavour, () => {
    test('R-44: a message goes out as protobuf, an instance or a plain object alike', () => {
      const type = protobufType(of('Say'))
      assert.equal(type.typeName, 'chat.Say')
      const bytes = type.encode({ text: 'hi', at: 5n })
      assert.deepEqual(bytes, Uint8Array.of(10, 2, 104, 105, 16, 5))
      assert.deepEqual(type.encode(make('Say', { text: 'hi', at: 5 })), bytes)
      assert.equal(bytes.constructor, Uint8Array)
      assert.equal(type.decode(bytes).text, 'hi')
    })

    test('R-39: an envelope is unwrapped for the reactor and wrapped for the wire', () => {
      const type = protobufType(of('Message'))
      const bytes = Uint8Array.of(10, 4, 10, 2, 104, 105)
      const received = type.decode(bytes)
      assert.equal(received.text, 'hi')
      assert.deepEqual(type.encode(received), bytes)
      assert.deepEqual(type.encode(make('Say', { text: 'hi' })), bytes)
      assert.deepEqual(type.encode({ say: { text: 'hi' } }), bytes)
      assert.deepEqual(type.encode(make('Message', { say: { text: 'hi' } })), bytes)
      assert.deepEqual(type.encode(make('Leave', {})), Uint8Array.of(18, 0))
    })

    test('a member of a later version gives the empty envelope, not an error', () => {
      const message = protobufType(of('Message')).decode(Uint8Array.of(26, 0))
      assert.equal(message.sum, undefined)
      assert.equal(message.say, null)
    })

    test('what is not exactly one member of the envelope is an EncodeError', () => {
      const type = protobufType(of('Message'))
      for (const message of [{}, { sey: {} }, { say: {}, leave: {} }, make('Mixed', {}), [], new Uint8Array(1)])
        assert.throws(() => type.encode(message), {
          name: 'EncodeError',
          message: /^chat\.Message: expected a member \(say \| leave\)/
        })
    })

    for (const name of ['Mixed', 'Scalar', 'Twice', 'TwoOneofs', 'NewerMessage', 'Say', 'Leave'])
      test(`${name} is no envelope and passes as it is`, () => {
        const message = protobufType(of(name)).decode(Uint8Array.of(10, 0))
        assert.equal(message.constructor, of(name).decode(new Uint8Array()).constructor)
        assert.throws(() => protobufType(of(name), { oneof: 'sum' }), { name: 'InvalidOptionError', message: /^oneof/ })
      })

    test('options: the oneof by name, or never; a name of one’s own', () => {
      const bytes = Uint8Array.of(10, 4, 10, 2, 104, 105)
      assert.equal(protobufType(of('Message'), { oneof: 'sum' }).decode(bytes).text, 'hi')
      assert.equal(protobufType(of('Message'), { oneof: false }).decode(bytes).say.text, 'hi')
      assert.throws(() => protobufType(of('Message'), { oneof: 'other' }), { name: 'InvalidOptionError' })
      assert.equal(protobufType(of('Say'), { typeName: 'Mine' }).typeName, 'Mine')
    })

    test('a bigint of any 64-bit value arrives as that value, wherever it stands', () => {
      const type = protobufType(of('Message'))
      const int64 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)
      const uint64 = fc.bigInt(0n, 2n ** 64n - 1n)
      fc.assert(
        fc.property(int64, uint64, fc.array(int64), (at, id, seen) => {
          const say = type.decode(type.encode({ say: { at, id, seen } }))
          assert.deepEqual(
            [BigInt(String(say.at)), BigInt(String(say.id)), say.seen.map((value: unknown) => BigInt(String(value)))],
            [at, id, seen]
          )
        })
      )
    })

    test('the message given is never changed', () => {
      const message = Object.freeze({ say: Object.freeze({ at: 1n, seen: Object.freeze([2n]) }) })
      protobufType(of('Message')).encode(message)
      assert.deepEqual(message, { say: { at: 1n, seen: [2n] } })
    })

    test('values of the wrong type are an EncodeError that names the field', () => {
      const type = protobufType(of('Message'))
      const table: Array<{ given: object; says: RegExp }> = [
        { given: { at: 2n ** 64n }, says: /say\.at/ },
        { given: { at: -(2n ** 63n) - 1n }, says: /say\.at/ },
        { given: { at: 'soon' }, says: /say\.at/ },
        { given: { text: 5 }, says: /say\.text/ },
        { given: { text: 5n }, says: /say\.text/ },
        { given: { seen: 5 }, says: /say\.seen/ },
        { given: { blob: 5 }, says: /say\.blob/ }
      ]
      for (const { given, says } of table)
        assert.throws(() => type.encode({ say: given }), { name: 'EncodeError', message: says })
      for (const given of [undefined, null, 'x', 5]) assert.throws(() => type.encode(given), { name: 'EncodeError' })
    })

    test('a message that contains itself is an EncodeError', () => {
      const loop: { say?: unknown } = {}
      loop.say = loop
      assert.throws(() => protobufType(of('Mixed')).encode(loop), { name: 'EncodeError' })
    })

    test('whatever the bytes, decoding gives a message or a DecodeError', () => {
      const type = protobufType(of('Message'))
      assert.throws(() => type.decode(Uint8Array.of(10, 5)), { name: 'DecodeError', message: /^chat\.Message: / })
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          try {
            type.decode(bytes)
          } catch (error) {
            assert.equal((error as Error).name, 'DecodeError')
          }
        })
      )
    })
  })

test('what is no class of protobufjs is an InvalidOptionError', () => {
  for (const given of [undefined, null, {}, class {}, { encode() {} }])
    assert.throws(() => protobufType(given as never), { name: 'InvalidOptionError', message: /^protobufClass/ })
})
