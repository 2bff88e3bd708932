import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { BanList } from '../../../src/switch/admission/ban-list.ts'
import { AvoidList } from '../../../src/switch/dialing/avoid-list.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

const id = (n: number) => n.toString(16).padStart(40, '0')

test('a ban ends by itself, and a shorter one does not cut it short', () => {
  const clock = new FakeClock()
  const bans = new BanList(clock)
  bans.markBad(id(1), netAddressFromParts(id(1), '10.0.0.1', 1), 1_000)
  bans.markBad(id(1), undefined, 10)
  assert.equal(bans.bannedUntil(id(1)), clock.wall() + 1_000)
  assert.deepEqual(bans.banned(), [
    { id: id(1), address: `${id(1)}@10.0.0.1:1`, since: clock.wall(), until: clock.wall() + 1_000 }
  ])
  bans.markGood(id(1))
  assert.notEqual(bans.bannedUntil(id(1)), undefined)
  clock.advance(1_000)
  assert.equal(bans.bannedUntil(id(1)), undefined)
  assert.deepEqual(bans.banned(), [])
})

test('bans are bounded: the one that ends first makes room', () => {
  const bans = new BanList(new FakeClock())
  for (let n = 0; n <= 10_000; n++) bans.markBad(id(n), undefined, n === 77 ? 1 : 1_000 + n)
  assert.equal(bans.banned().length, 10_000)
  assert.equal(bans.bannedUntil(id(77)), undefined)
})

test('nodes left alone are bounded: the oldest entry is forgotten, and each ends by itself', () => {
  const clock = new FakeClock()
  const avoided = new AvoidList(clock)
  for (let n = 0; n <= 1_000; n++) avoided.add(id(n), 1_000, 'it was stopped')
  assert.deepEqual([avoided.has(id(0)), avoided.has(id(1)), avoided.has(id(1_000))], [false, true, true])
  clock.advance(1_000)
  assert.equal(avoided.has(id(1)), false)
})

test('who is left alone has a reason, and an end by the wall clock if it ends by itself', () => {
  const clock = new FakeClock()
  const avoided = new AvoidList(clock)
  avoided.add(id(1), 1_000, 'it was stopped')
  avoided.add(id(2), Number.POSITIVE_INFINITY, 'it is told not to')
  clock.advance(400)
  assert.deepEqual(avoided.standing(id(1)), { why: 'it was stopped', until: clock.wall() + 600 })
  assert.deepEqual(avoided.standing(id(2)), { why: 'it is told not to' })
  clock.advance(600)
  avoided.remove(id(2))
  assert.deepEqual(
    [avoided.standing(id(1)), avoided.standing(id(2)), avoided.standing(id(3))],
    [undefined, undefined, undefined]
  )
})
