/** Who of many remotes has how many of a DHT server's requests in hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  MAX_REQUESTS,
  MAX_REQUESTS_PER_GROUP,
  MAX_REQUESTS_PER_KEY,
  RequestSlots
} from '../../../../src/stacks/libp2p/dht/request-slots.ts'

const kept = () => assert.fail('reset')

/** What a thousand requests get that come as `key` and `ip` say, and what an honest one from elsewhere gets after them. */
const cases: Array<{
  name: string
  key: (i: number) => string
  ip: (i: number) => string
  want: number
  left: boolean
}> = [
  { name: 'one key', key: () => 'a', ip: (i) => `${i % 200}.1.1.1`, want: MAX_REQUESTS_PER_KEY, left: true },
  { name: 'keys of one /16', key: String, ip: (i) => `8.8.${i % 250}.1`, want: MAX_REQUESTS_PER_GROUP, left: true },
  { name: 'keys without IP', key: String, ip: () => '', want: MAX_REQUESTS_PER_GROUP, left: true },
  { name: 'keys of all networks', key: String, ip: (i) => `${i % 200}.1.1.1`, want: MAX_REQUESTS, left: false }
]
for (const { name, key, ip, want, left } of cases)
  test(`${name}: ${want} requests at once, and ${left ? 'there is' : 'there is no'} room for others`, () => {
    const slots = new RequestSlots()
    const taken = Array.from({ length: 1_000 }, (_, i) => slots.take(key(i), ip(i), kept)).filter(
      (one) => one !== undefined
    )
    assert.equal(taken.length, want)
    assert.equal(slots.take('honest', '9.9.9.9', kept) !== undefined, left)
    for (const give of taken) give()
    assert.notEqual(slots.take(key(0), ip(0), kept), undefined)
  })

test('a host of two networks takes all: the oldest of its requests give way to whoever has fewer, until it has no more than he', () => {
  const slots = new RequestSlots()
  const reset: number[] = []
  for (let i = 0; i < MAX_REQUESTS; i++) {
    const ip = i < MAX_REQUESTS_PER_GROUP ? '203.0.113.7' : '2a01:4f8:1:2::7'
    assert.notEqual(
      slots.take(`evil${i >> 3}`, ip, () => reset.push(i)),
      undefined
    )
  }
  const honest = Array.from({ length: 100 }, (_, i) => slots.take(`honest${i}`, '198.51.100.1', kept)).filter(
    (one) => one !== undefined
  )
  // 64 in three parts
  assert.equal(honest.length, 21)
  assert.deepEqual(reset.slice(0, 2), [0, MAX_REQUESTS_PER_GROUP])
  assert.equal(reset.length, 21)
  assert.equal(slots.take('evil', '203.0.113.7', kept), undefined)
  for (const give of honest) give()
  assert.notEqual(slots.take('evil', '203.0.113.7', kept), undefined)
})
