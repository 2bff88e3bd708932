import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mostOfGroup } from '../../src/util/group-bound.ts'

const TABLE: Array<[name: string, slots: number, groups: number, want: number]> = [
  ['twice as many groups as slots', 10, 20, 1],
  ['more groups than anybody needs', 10, 1_000, 1],
  ['as many groups as slots', 10, 10, 2],
  ['the fewest that tell owners apart', 10, 5, 4],
  ['too few to tell owners apart', 10, 4, Number.POSITIVE_INFINITY],
  ['nobody seen', 10, 0, Number.POSITIVE_INFINITY],
  ['one slot is whoever it is', 1, 1_000, Number.POSITIVE_INFINITY],
  ['no slot', 0, 10, Number.POSITIVE_INFINITY]
]
for (const [name, slots, groups, want] of TABLE)
  test(`${slots} slots, ${groups} groups, ${name}: one group has at most ${want}`, () => {
    assert.equal(mostOfGroup(slots, groups), want)
  })

test('the groups that were seen can always fill the slots, if each has enough nodes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 1, max: 10_000 }), (slots, groups) => {
      assert.ok(mostOfGroup(slots, groups) * groups >= slots)
    })
  )
})
