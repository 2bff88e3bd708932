/** Who of many remotes has how many of a DHT server's requests in hand. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  MAX_REQUESTS,
  MAX_REQUESTS_PER_GROUP,
  MAX_REQUESTS_PER_KEY,
  RequestSlots
} from '../../../../src/stacks/libp2p/dht/request-slots.ts'

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
  { name: 'keys without IP', key: String, ip: () => '', want: MAX_REQUESTS, left: false },
  { name: 'keys of all networks', key: String, ip: (i) => `${i % 200}.1.1.1`, want: MAX_REQUESTS, left: false }
]
for (const { name, key, ip, want, left } of cases)
  test(`${name}: ${want} requests at once, and ${left ? 'there is' : 'there is no'} room for others`, () => {
    const slots = new RequestSlots()
    const taken = Array.from({ length: 1_000 }, (_, i) => slots.take(key(i), ip(i))).filter((one) => one !== undefined)
    assert.equal(taken.length, want)
    assert.equal(slots.take('honest', '9.9.9.9') !== undefined, left)
    for (const give of taken) give()
    assert.notEqual(slots.take(key(0), ip(0)), undefined)
  })
