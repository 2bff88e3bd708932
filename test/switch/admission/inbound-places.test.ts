/** Who has a place among the inbound connections of an exclusive node, and whose is given to another. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InboundPlaces } from '../../../src/switch/admission/inbound-places.ts'

function setUp(places: number, refusals = 2) {
  const all = new InboundPlaces()
  const closed: string[] = []
  const come = (ip: string, name = ip) => all.take({ ip, close: () => closed.push(name) }, { places, refusals })
  const kindOf = (place: ReturnType<typeof come>) =>
    place === undefined ? 'none' : place.refusalOnly ? 'refusal' : 'place'
  return { come, closed, kindOf }
}

test('D-15: places are as many as the limit, a few more are for being refused, and what ends makes room', () => {
  const { come, kindOf } = setUp(2, 1)
  const made = ['1.0.0.1', '2.0.0.1', '3.0.0.1', '4.0.0.1'].map((ip) => come(ip))
  assert.deepEqual(made.map(kindOf), ['place', 'place', 'refusal', 'none'])
  made[0]?.release()
  made[0]?.release()
  assert.equal(kindOf(come('4.0.0.1')), 'place')
  assert.equal(kindOf(come('5.0.0.1')), 'none')
  made[2]?.release()
  assert.equal(kindOf(come('5.0.0.1')), 'refusal')
})

test('D-15: one IP that fills all places in silence gives the oldest to each newcomer from elsewhere, as long as it has more', () => {
  const { come, closed, kindOf } = setUp(40, 0)
  for (let i = 0; i < 40; i++) come('6.6.6.6', `#${i}`)
  assert.equal(kindOf(come('6.6.6.6')), 'none', 'none of its own')
  for (let i = 0; i < 30; i++) assert.equal(kindOf(come(`7.0.${i}.1`)), 'place')
  assert.deepEqual(
    closed,
    Array.from({ length: 30 }, (_, i) => `#${i}`)
  )
  for (let i = 0; i < 10; i++) come(`8.0.${i}.1`)
  assert.equal(closed.length, 36, 'the last four of an address are left alone')
})

test('D-15: a network of many addresses is one, of IPv6 a /48', () => {
  const { come, closed, kindOf } = setUp(20)
  for (let i = 0; i < 10; i++) {
    come(`6.6.6.${i}`)
    come(`2001:db8:1:${i}::1`)
  }
  assert.equal(kindOf(come('7.0.0.1')), 'place')
  assert.equal(kindOf(come('7.0.1.1')), 'place')
  assert.deepEqual(closed, ['6.6.6.0', '2001:db8:1:0::1'])
})

test('D-15: where all are of one network, the IP that has most of them gives way', () => {
  const { come, closed, kindOf } = setUp(10)
  for (let i = 0; i < 10; i++) come('6.6.6.6', `#${i}`)
  assert.equal(kindOf(come('6.6.6.7')), 'place')
  assert.deepEqual(closed, ['#0'])
})

test('peers never give way, and nodes that arrive together do not push one another out', () => {
  const { come, closed, kindOf } = setUp(10, 0)
  for (let i = 0; i < 10; i++) come('1.1.1.1')?.keep()
  assert.equal(kindOf(come('2.2.2.2')), 'none')
  const together = setUp(10, 0)
  for (let i = 0; i < 10; i++) together.come(`1.1.1.${i % 3}`)
  for (let i = 0; i < 10; i++) assert.equal(together.kindOf(together.come(`1.1.1.${i % 3}`)), 'none')
  assert.deepEqual([closed, together.closed], [[], []])
})

test('one that was let in to be refused and became a peer takes a place like any other', () => {
  const { come, kindOf } = setUp(1, 1)
  const first = come('1.1.1.1')
  const late = come('2.2.2.2')
  assert.equal(kindOf(late), 'refusal')
  first?.release()
  late?.keep()
  late?.keep()
  assert.equal(kindOf(come('3.3.3.3')), 'refusal', 'no place, and the one for refusals is free')
  late?.release()
  assert.equal(kindOf(come('4.4.4.4')), 'place')
})
