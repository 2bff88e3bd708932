import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../src/util/prng.ts'

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, random)
}

test('a seed gives the same numbers each time, another seed gives others', () => {
  for (const seed of [0, 1, -1, 2 ** 40, 0.5]) assert.deepEqual(draw(seed, 50), draw(seed, 50))
  const firsts = [0, 1, 2, -1, 2 ** 32, 2 ** 33].map((seed) => draw(seed, 1)[0])
  assert.equal(new Set(firsts).size, firsts.length)
})

test('numbers lie in [0, 1) and are spread evenly', () => {
  const buckets = new Array(10).fill(0)
  for (const value of draw(7, 100_000)) {
    assert.ok(value >= 0 && value < 1)
    buckets[Math.floor(value * 10)]++
  }
  for (const count of buckets) assert.ok(Math.abs(count - 10_000) < 500, buckets.join())
})
