import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { MessageAssembly } from '../../../src/stacks/comet/message-assembly.ts'

const KB = 1024

function pattern(length: number): Uint8Array {
  return new Uint8Array(length).map((_, i) => i * 13 + length)
}

/** A message in packets of 1 KB; `seen` is asked after each. */
function put(assembly: MessageAssembly, message: Uint8Array, seen: (arrived: number) => void = () => {}): void {
  for (let at = 0; at < message.length; at += KB) {
    assembly.add(message, at, Math.min(at + KB, message.length))
    seen(assembly.length)
  }
}

/** The most memory that may be held: a first block, or what has come once more, or as much as the last message, if an eighth of that has come. */
function mostBytes(arrived: number, last: number): number {
  return Math.max(4 * KB, Math.min(last, 128 * KB), 2 * arrived + 4 * KB, Math.min(last, 8 * arrived))
}

test('whatever the messages before it, a message comes out as it went in, and holds no more than its bound meanwhile', () => {
  const length = fc.oneof(fc.integer({ min: 1, max: 20 * KB }), fc.integer({ min: 1, max: 2_000 * KB }))
  fc.assert(
    fc.property(fc.array(length, { minLength: 1, maxLength: 5 }), (lengths) => {
      const assembly = new MessageAssembly()
      let last = 0
      for (const each of lengths) {
        const message = pattern(each)
        put(assembly, message, (arrived) => {
          const { allocatedBytes } = assembly
          assert.ok(
            allocatedBytes >= arrived && allocatedBytes <= mostBytes(arrived, last),
            `${allocatedBytes} for ${arrived}`
          )
        })
        assert.equal(Buffer.compare(assembly.take(), message), 0)
        assert.deepEqual([assembly.length, assembly.allocatedBytes], [0, 0])
        last = each
      }
    }),
    { numRuns: 40 }
  )
})

test('a message as long as the last is given away where it was collected', () => {
  for (const bytes of [64 * KB, 512 * KB, 5_000 * KB]) {
    const assembly = new MessageAssembly()
    put(assembly, pattern(bytes))
    assembly.take()
    put(assembly, pattern(bytes))
    assert.equal(assembly.allocatedBytes, bytes)
    assert.equal(assembly.take().buffer.byteLength, bytes)
  }
})

test('a short message after a long one keeps no more than twice its length alive', () => {
  const assembly = new MessageAssembly()
  put(assembly, pattern(600 * KB))
  assembly.take()
  put(assembly, pattern(200 * KB))
  const message = assembly.take()
  assert.ok(message.buffer.byteLength <= 2 * message.length, `${message.buffer.byteLength}`)
})
