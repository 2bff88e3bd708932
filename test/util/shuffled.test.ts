import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../src/util/prng.ts'
import { shuffled } from '../../src/util/shuffled.ts'

test('every order comes up about as often as any other, nothing is lost, and the items given stay as they were', () => {
  const random = seededRandom(7)
  const given = ['a', 'b', 'c']
  const seen = new Map<string, number>()
  for (let i = 0; i < 6000; i++) {
    const order = shuffled(new Set(given), random).join('')
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  assert.deepEqual([...seen.keys()].sort(), ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'])
  for (const [order, times] of seen) assert.ok(times > 850 && times < 1150, `${order} came up ${times} times of 6,000`)
  assert.deepEqual(given, ['a', 'b', 'c'])
  assert.deepEqual(shuffled([], random), [])
})
