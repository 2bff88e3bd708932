import assert from 'node:assert/strict'
import { test } from 'node:test'
import { netAddressFromParts } from '../../../src/identity/net-address.ts'
import { BanList } from '../../../src/switch/admission/ban-list.ts'
import { AvoidList } from '../../../src/switch/dialing/avoid-list.ts'
import { FakeClock, WallClock } from '../../helpers/fake-clock.ts'

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

test('the clock is set back: nobody is banned for longer than was said', () => {
  const clock = new WallClock()
  const bans = new BanList(clock)
  bans.markBad(id(1), undefined, 86_400_000)
  clock.setBack(365 * 86_400_000)
  assert.equal(bans.bannedUntil(id(1)), clock.wall() + 86_400_000)
  assert.deepEqual(
    bans.banned().map(({ since, until }) => [since, until]),
    [[clock.wall(), clock.wall() + 86_400_000]]
  )
  clock.advance(86_400_000)
  assert.equal(bans.bannedUntil(id(1)), undefined)
})

test('a ban of any length is one: for ever has an end that can be shown, nothing and less are over at once', () => {
  const bans = new BanList(new FakeClock())
  for (const [n, ms] of [1e308, Number.POSITIVE_INFINITY, 0, -5, Number.NaN].entries())
    bans.markBad(id(n), undefined, ms)
  assert.deepEqual(
    bans.banned().map(({ id, until }) => [id, new Date(until).toISOString()]),
    [0, 1].map((n) => [id(n), '+275760-09-13T00:00:00.000Z'])
  )
})

test('who has been banned by the operator stays so, however many strangers are banned for longer', () => {
  const bans = new BanList(new FakeClock())
  bans.markBad(id(1), undefined, 1_000, 'spam', { byOperator: true })
  for (let n = 2; n < 10_010; n++) bans.markBad(id(n), undefined, 2_000)
  assert.equal(bans.banned().length, 10_000)
  assert.equal(bans.banned().find((ban) => ban.id === id(1))?.reason, 'spam')
})

test('what the operator says last holds, shorter or longer; what a reactor says makes it longer only', () => {
  const clock = new FakeClock()
  const bans = new BanList(clock)
  const told = () => bans.banned().map(({ until, reason, byOperator }) => [until - clock.wall(), reason, byOperator])
  bans.markBad(id(1), undefined, 2_000, 'it lied')
  bans.markBad(id(1), undefined, 1_000, 'less', { byOperator: true })
  assert.deepEqual(told(), [[1_000, 'less', true]])
  bans.markBad(id(1), undefined, 500, 'it lied again')
  assert.deepEqual(told(), [[1_000, 'less', true]])
  bans.markBad(id(1), undefined, 3_000, 'and again')
  assert.deepEqual(told(), [[3_000, 'and again', true]])
})

test('nodes left alone are bounded: the one whose time ends first is forgotten, and each ends by itself', () => {
  const clock = new FakeClock()
  const avoided = new AvoidList(clock)
  for (let n = 0; n <= 1_000; n++) avoided.add(id(n), 1_000, 'it was stopped')
  assert.deepEqual([avoided.has(id(0)), avoided.has(id(1)), avoided.has(id(1_000))], [false, true, true])
  clock.advance(1_000)
  assert.equal(avoided.has(id(1)), false)
})

test('D-16: a persistent peer that is left alone stays so, however many strangers are', () => {
  const avoided = new AvoidList(new FakeClock())
  avoided.add(id(1), Number.POSITIVE_INFINITY, 'the operator has dropped it', true)
  avoided.add(id(2), 60_000, 'its reconnection waits', true)
  for (let n = 3; n < 1_010; n++) avoided.add(id(n), n === 3 ? Number.POSITIVE_INFINITY : 14_400_000, 'another network')
  assert.deepEqual([avoided.has(id(1)), avoided.has(id(2)), avoided.has(id(4))], [true, true, false])
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
