import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { biasToNew, type CandidatesGiven, chooseCandidates } from '../../../src/reactors/pex/candidates.ts'
import { seededRandom } from '../../../src/util/prng.ts'

const node = (n: number) => netAddressFromParts(n.toString(16).padStart(40, '0'), `10.0.0.${n}`, 26_656)
const given = (more: Partial<CandidatesGiven>): CandidatesGiven => ({
  wanted: 2,
  outbound: 0,
  random: () => 0.5,
  pick: () => undefined,
  state: () => 'dial',
  score: () => 0,
  ...more
})
/** One after the other, over and over. */
const inTurn = (addresses: NetAddress[]) => {
  let i = 0
  return () => addresses[i++ % addresses.length]
}

test('D-25: the bias toward new addresses goes from 10 to 90 with the outbound peers', () => {
  assert.deepEqual([0, 1, 8, 9, 100].map(biasToNew), [10, 20, 90, 90, 90])
  const asked: number[] = []
  chooseCandidates(given({ outbound: 3, pick: (bias) => void asked.push(bias) }))
  assert.deepEqual(new Set(asked), new Set([40]))
})

test('R-79: a draw has an end, three times for each that is wanted and never fewer than 100', () => {
  for (const [wanted, draws] of [
    [0, 0],
    [1, 100],
    [10, 100],
    [50, 150]
  ] as const) {
    let drawn = 0
    chooseCandidates(given({ wanted, pick: () => void drawn++ }))
    assert.equal(drawn, draws)
  }
})

const table: Array<{ name: string; more: Partial<CandidatesGiven>; want: { dial: number; waiting: number } }> = [
  { name: 'an empty book gives nobody', more: {}, want: { dial: 0, waiting: 0 } },
  { name: 'nobody is wanted', more: { wanted: 0, pick: inTurn([node(1)]) }, want: { dial: 0, waiting: 0 } },
  { name: 'the same node again is no second one', more: { pick: () => node(1) }, want: { dial: 1, waiting: 0 } },
  { name: 'no more than wanted', more: { pick: inTurn([1, 2, 3, 4, 5].map(node)) }, want: { dial: 2, waiting: 0 } },
  {
    name: 'those connected or being dialled are skipped',
    more: { pick: inTurn([node(1), node(2)]), state: ({ host }) => (host.endsWith('1') ? 'skip' : 'dial') },
    want: { dial: 1, waiting: 0 }
  },
  {
    name: 'those dialled not long ago wait',
    more: { pick: inTurn([node(1), node(2)]), state: () => 'waiting' },
    want: { dial: 0, waiting: 2 }
  }
]
for (const { name, more, want } of table)
  test(`R-79: ${name}`, () => {
    const { dial, waiting } = chooseCandidates(given(more))
    assert.deepEqual({ dial: dial.length, waiting }, want)
  })

test('R-58: a better score makes a candidate likelier, and no more than that', () => {
  const random = seededRandom(1)
  const [good, bad] = [node(1), node(2)]
  let goods = 0
  for (let i = 0; i < 1_000; i++) {
    const score = (id: string) => (id === good.id ? 100 : 0)
    const { dial } = chooseCandidates(given({ wanted: 1, random, pick: inTurn([bad, good]), score }))
    if (dial[0] === good) goods++
  }
  // the larger of two draws, one of them with half a point more: 7 of 8
  assert.ok(goods > 820 && goods < 930, `${goods} of 1000`)
})

test('a node that is drawn again is not asked about again, nor does it get another chance', () => {
  const asked: NetAddress[] = []
  const state = (address: NetAddress) => {
    asked.push(address)
    return 'dial' as const
  }
  chooseCandidates(given({ pick: inTurn([node(1), node(2)]), state, wanted: 3 }))
  assert.deepEqual(asked, [node(1), node(2)])
})

test('those beyond the wanted ones are spare, seven for each, and the better scores come first among twice the wanted', () => {
  const score = (id: string) => (id === node(2).id ? 100 : 0)
  const nodes = Array.from({ length: 20 }, (_, i) => node(i + 1))
  const { dial, spare } = chooseCandidates(given({ wanted: 1, pick: inTurn(nodes), score }))
  assert.deepEqual(dial, [node(2)])
  assert.deepEqual(spare, [1, 3, 4, 5, 6, 7, 8].map(node))
})

/** All addresses of one /16 are one owner's. */
const groupOf = ({ host }: NetAddress) => host.split('.').slice(0, 2).join('.')
const at = (host: string, n: number) => netAddressFromParts(n.toString(16).padStart(40, '0'), host, 26_656)
const of = (groups: number) => Array.from({ length: groups }, (_, i) => at(`10.${i}.0.1`, i + 1))
const his = Array.from({ length: 40 }, (_, i) => at(`66.66.0.${i}`, 1_000 + i))

const shares: Array<{ groups: number; slots: number; most: number }> = [
  { groups: 40, slots: 10, most: 1 },
  { groups: 20, slots: 10, most: 1 },
  { groups: 19, slots: 10, most: 2 },
  { groups: 10, slots: 10, most: 2 },
  { groups: 7, slots: 10, most: 3 },
  { groups: 5, slots: 10, most: 4 },
  { groups: 4, slots: 10, most: Number.POSITIVE_INFINITY },
  { groups: 6, slots: 3, most: 1 },
  { groups: 3, slots: 3, most: Number.POSITIVE_INFINITY },
  { groups: 40, slots: 1, most: Number.POSITIVE_INFINITY }
]
for (const { groups, slots, most } of shares)
  test(`with ${groups} groups in sight one owner gets ${most} of ${slots} slots, even if nobody else can be dialled now`, () => {
    const owners = { slots, taken: new Map(), groupOf }
    const state = (address: NetAddress) => (groupOf(address) === '66.66' ? 'dial' : 'waiting')
    const pick = inTurn([...of(groups - 1), ...his])
    const { dial, mostOfGroup } = chooseCandidates(given({ wanted: slots, pick, state, owners }))
    assert.equal(mostOfGroup, most)
    assert.equal(dial.length, Math.min(most, slots))
  })

test('what an owner has of the outbound peers counts, and each gets one of few slots', () => {
  const two = { slots: 10, taken: new Map([['66.66', 2]]), groupOf }
  const { dial, spare } = chooseCandidates(given({ wanted: 2, pick: inTurn([...his, ...of(9)]), owners: two }))
  assert.deepEqual(
    dial.filter((address) => groupOf(address) === '66.66'),
    []
  )
  assert.ok(spare.length > 0)
  const few = { slots: 3, taken: new Map(), groupOf }
  const chosen = chooseCandidates(given({ wanted: 3, pick: inTurn([...his, ...of(9)]), owners: few }))
  assert.equal(chosen.dial.filter((address) => groupOf(address) === '66.66').length <= 1, true)
})
