import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Term, Terms } from '../../src/util/terms.ts'

interface Given extends Term {
  readonly lasts: boolean
}
const given = (max: number) => new Terms<string, Given>(max, ({ lasts }) => lasts)

test('a term ends; where the clock is set back, what is left of it is never more than it was', () => {
  const terms = new Terms<string, Term>(2, () => false)
  terms.set('a', { since: 1_000, until: 1_600 }, 1_000)
  assert.deepEqual(terms.get('a', 2_000), { since: 1_000, until: 1_600 }, 'over, and still known')
  assert.deepEqual(terms.get('a', 100), { since: 100, until: 700 })
  assert.deepEqual(terms.entries(50), [['a', { since: 50, until: 650 }]])
  terms.set('b', { since: 9_000, until: 9_010 }, 500)
  assert.deepEqual(terms.get('b', 500), { since: 500, until: 510 }, 'from a file of before it was set back')
  assert.deepEqual([terms.delete('b'), terms.delete('b')], [{ since: 500, until: 510 }, undefined])
})

test('what ends first makes room, and what lasts only to others that last', () => {
  const terms = given(2)
  const keys = () => terms.entries(0).map(([key]) => key)
  const set = (key: string, until: number, lasts = false) => terms.set(key, { since: 0, until, lasts }, 0)
  set('lasts', 1, true)
  set('a', 10)
  set('b', 20)
  assert.deepEqual(keys(), ['lasts', 'b'])
  set('c', 15)
  assert.deepEqual(keys(), ['lasts', 'b'], 'itself')
  set('lasts too', 5, true)
  assert.deepEqual(keys(), ['lasts', 'lasts too'])
  set('d', 99)
  assert.deepEqual(keys(), ['lasts', 'lasts too'])
  set('lasts longer', Number.POSITIVE_INFINITY, true)
  assert.deepEqual(keys(), ['lasts too', 'lasts longer'])
})

test('however many come, there are never more, and no stranger moves what lasts', () => {
  const term = fc.record({ key: fc.nat({ max: 30 }), until: fc.nat({ max: 100 }), lasts: fc.boolean() })
  fc.assert(
    fc.property(fc.array(term, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (all, max) => {
      const terms = given(max)
      const lasting = () => terms.entries(0).filter(([, { lasts }]) => lasts)
      for (const { key, until, lasts } of all) {
        const before = lasting()
        terms.set(`${key} ${lasts}`, { since: 0, until, lasts }, 0)
        assert.ok(terms.size <= max)
        if (!lasts) assert.deepEqual(lasting(), before)
      }
    })
  )
})
