import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TxCache } from '../../../src/reactors/mempool/tx-cache.ts'

test('the key not seen for longest is forgotten first, and seeing it again saves it', () => {
  const cache = new TxCache(2)
  assert.equal(cache.push('a'), true)
  assert.equal(cache.push('b'), true)
  assert.equal(cache.push('a'), false)
  assert.equal(cache.push('c'), true)
  assert.deepEqual(
    ['a', 'b', 'c'].map((key) => cache.has(key)),
    [true, false, true]
  )
})

test('a cache of no keys remembers nothing', () => {
  const cache = new TxCache(0)
  assert.equal(cache.push('a'), true)
  assert.equal(cache.push('a'), true)
  assert.equal(cache.size, 0)
})

test('it behaves as a list of recently seen keys with a bound', () => {
  const step = fc.record({ do: fc.constantFrom('push', 'remove', 'clear'), key: fc.constantFrom(...'abcdefgh') })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }), fc.array(step, { maxLength: 100, size: 'max' }), (capacity, steps) => {
      const cache = new TxCache(capacity)
      let model: string[] = []
      for (const { do: what, key } of steps) {
        const without = model.filter((known) => known !== key)
        if (what === 'push') {
          assert.equal(cache.push(key), without.length === model.length)
          model = [...without, key].slice(-capacity)
        } else if (what === 'remove') {
          cache.remove(key)
          model = without
        } else {
          cache.clear()
          model = []
        }
        assert.equal(cache.size, model.length)
        for (const each of 'abcdefgh') assert.equal(cache.has(each), model.includes(each))
      }
    })
  )
})
