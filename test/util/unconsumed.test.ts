import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Unconsumed } from '../../src/util/unconsumed.ts'

function of(...lengths: number[]): Unconsumed {
  const waiting = new Unconsumed()
  for (const length of lengths) waiting.add(length)
  return waiting
}

const TABLE: ReadonlyArray<{ what: string; lengths: number[]; portions: number[]; done: number[]; left: number }> = [
  { what: 'one by one', lengths: [3, 4], portions: [3, 4], done: [1, 1], left: 0 },
  { what: 'a part of one, and the rest of it with the next', lengths: [3, 4], portions: [2, 5], done: [0, 2], left: 0 },
  { what: 'an empty one by a portion of its own', lengths: [0, 0, 5], portions: [0], done: [1], left: 2 },
  { what: 'empty ones by what comes after them', lengths: [0, 0, 5], portions: [1, 4], done: [2, 1], left: 0 },
  { what: 'not by what comes before them', lengths: [5, 0, 0], portions: [5], done: [1], left: 2 },
  { what: 'a portion of 0 takes none that is not empty', lengths: [5, 0], portions: [0], done: [0], left: 2 },
  { what: 'nor what is begun', lengths: [5, 0], portions: [3, 0], done: [0, 0], left: 2 },
  { what: 'more than there is', lengths: [5], portions: [9], done: [1], left: 0 }
]
for (const { what, lengths, portions, done, left } of TABLE)
  test(`consumed: ${what}`, () => {
    const waiting = of(...lengths)
    assert.deepEqual(
      portions.map((bytes) => waiting.consume(bytes)),
      done
    )
    assert.equal(waiting.count, left)
  })

test('what was consumed too much is forgotten: the next message is whole', () => {
  const waiting = of(5)
  waiting.consume(9)
  waiting.add(4)
  assert.deepEqual([waiting.consume(3), waiting.bytes, waiting.consume(1)], [0, 4, 1])
})

test('told message by message, as many are done as were told, whatever their lengths and however many wait', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant(0), fc.nat(50), fc.constant(-1)), { maxLength: 5_000 }), (steps) => {
      const waiting = new Unconsumed()
      const plain: number[] = []
      for (const step of steps) {
        if (step >= 0) {
          waiting.add(step)
          plain.push(step)
        } else if (plain.length > 0) assert.equal(waiting.consume(plain.shift() as number), 1)
        assert.deepEqual([waiting.count, waiting.bytes], [plain.length, plain.reduce((sum, length) => sum + length, 0)])
      }
    }),
    { numRuns: 50 }
  )
})

test('thousands come and go and nothing is miscounted where the list is copied together', () => {
  const waiting = new Unconsumed()
  let added = 0
  let done = 0
  for (let turn = 0; turn < 5; turn++) {
    for (let i = 0; i < 3_000; i++) waiting.add(added++ % 7)
    for (let i = 0; i < 2_500; i++) assert.equal(waiting.consume(done++ % 7), 1)
    assert.equal(waiting.count, added - done)
  }
  while (done < added) assert.equal(waiting.consume(done++ % 7), 1)
  assert.deepEqual([waiting.count, waiting.bytes], [0, 0])
})
