/** Which of those who tell an address are remembered, and who is left when some of them become private. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BUCKETS } from '../../src/address-book/buckets.ts'
import {
  type Confirmation,
  confirmed,
  MAX_CONFIRMATIONS,
  openTelling,
  type Telling,
  tellersOf
} from '../../src/address-book/tellers.ts'
import { at, idOf } from './given.ts'

/** `a1`: node 1 of group a; `a1?`: one whose address was not kept. */
function teller(name: string): Confirmation {
  const n = Number(name.slice(1).replace('?', ''))
  return { group: name[0]!, id: idOf(n), ...(name.endsWith('?') ? {} : { source: at(n) }) }
}

function telling(first: string, others: string): Telling {
  const { group, source } = teller(first)
  return { source: source!, sourceGroup: group, confirmedBy: others.split(' ').filter(Boolean).map(teller) }
}

const nameOf = ({ group, id, source }: Confirmation) =>
  `${group}${Number.parseInt(id, 16)}${source === undefined ? '?' : ''}`
const names = (tellers: readonly Confirmation[]) => tellers.map(nameOf).join(' ')

for (const [first, others, one, groups, after, why] of [
  ['a1', '', 'b2', 'a', 'b2', 'somebody else'],
  ['a1', '', 'a2', 'a', 'a2', 'somebody else of the same group'],
  ['a1', '', 'a1', 'a', '', 'the first says it again'],
  ['a1', '', 'b1', 'a', '', 'the first says it from elsewhere'],
  ['a1', '', 'b1', 'ab', 'b1', 'the first says it from elsewhere, and that counts as a group'],
  ['a1', 'b2', 'b2', 'ab', 'b2', 'one of the others says it again'],
  ['a1', 'b2? c3', 'b2', 'ab', 'b2 c3', 'one whose address was not kept says it again'],
  ['a1', 'b2 b3 c4', 'd5', 'ab', 'b2 b3 c4 d5', 'there is room for four'],
  ['a1', 'b2 c3 d4 e5', 'f6', 'ab', 'b2 c3 d4 e5', 'a fifth has no room'],
  ['a1', 'b2 c3 d4 e5', 'f6', 'abf', 'b2 c3 d4 f6', 'a fifth whose group counts has the place of one whose does not'],
  ['a1', 'b2 c3 b4 d5', 'f6', 'ab', 'b2 c3 d5 f6', 'one of another group has the place of one of two'],
  ['a1', 'b2 a3 c4 d5', 'f6', 'a', 'b2 c4 d5 f6', 'the first is of a group, too'],
  ['a1', 'b2 c3 b4 d5', 'c6', 'ab', 'b2 c3 b4 d5', 'of the same groups, those who came first'],
  ['a1', 'b2 c3 b4 d5', 'f6', 'abcf', 'b2 c3 d5 f6', 'one of two goes before the only one'],
  [
    'a1',
    'b2 c3 d4 e5',
    'f6',
    'bcde',
    'b2 c3 d4 e5',
    'the first whose group counts no more, and four who stand for theirs'
  ]
] as const)
  test(`who is remembered: ${why}`, () => {
    const before = telling(first, others)
    assert.equal(names(confirmed(before, teller(one), [...groups])), after)
    assert.equal(names(before.confirmedBy), others, 'what was given is as it was')
  })

for (const [first, others, secret, after, why] of [
  ['a1', 'b2 c3', '', 'a1 b2 c3', 'nobody is private'],
  ['a1', 'b2 c3', '2', 'a1 c3', 'one of the others'],
  ['a1', 'b2 c3', '1', 'b2 c3', 'the first: the next one stands in its place'],
  ['a1', 'b2? c3', '1', 'c3 b2?', 'the first, and the next one has no address: one who has'],
  ['a1', 'b2? c3', '13', undefined, 'nobody with an address is left'],
  ['a1', '', '1', undefined, 'nobody is left']
] as const)
  test(`who is left: ${why}`, () => {
    const left = openTelling(telling(first, others), ({ id }) => !secret.includes(String(Number.parseInt(id, 16))))
    assert.equal(left === undefined ? undefined : names(tellersOf(left)), after)
  })

test('whoever tells, in whatever order: they are few, each once, and each group that counts has one who stands for it', () => {
  const steps = fc.array(
    fc.record({ n: fc.nat(9), group: fc.constantFrom(...'abcdef'), counts: fc.boolean(), leaves: fc.nat(20) }),
    { maxLength: 60 }
  )
  fc.assert(
    fc.property(steps, (steps) => {
      let now = telling('a0', '')
      let groups = ['a']
      for (const { n, group, counts, leaves } of steps) {
        // as a bucket that is wanted for somebody else
        if (leaves < groups.length && groups.length > 1) groups = groups.toSpliced(leaves, 1)
        if (counts && !groups.includes(group) && groups.length < BUCKETS.maxNewPerEntry) groups = [...groups, group]
        const heard = new Set(tellersOf(now).map(nameOf)).add(`${group}${n}`)
        now = { ...now, confirmedBy: confirmed(now, teller(`${group}${n}`), groups) }
        const after = tellersOf(now)
        assert.ok(now.confirmedBy.length <= MAX_CONFIRMATIONS)
        assert.equal(new Set(after.map(nameOf)).size, after.length)
        assert.ok(after.every((one) => heard.has(nameOf(one))))
        for (const counted of groups)
          assert.ok(
            after.some((one) => one.group === counted),
            `${counted} of ${groups} in ${names(after)}`
          )
      }
    })
  )
})
