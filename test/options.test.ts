/** Options that several stacks have, and mean the same by. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { switchDefaults } from '../src/options.ts'
import { checkedMConnOptions } from '../src/stacks/comet/mconn-options.ts'
import { checkedInit } from '../src/stacks/libp2p/stack-options.ts'

for (const [stack, check] of Object.entries({ comet: checkedMConnOptions, libp2p: checkedInit }))
  test(`${stack}: receiveBufferBytes is at most what the switch lets wait for receive, or honest senders would be stopped`, () => {
    const most = switchDefaults.receiveBufferBytes
    assert.equal(check({}).receiveBufferBytes, most)
    for (const bytes of [256 * 1024, most]) assert.equal(check({ receiveBufferBytes: bytes }).receiveBufferBytes, bytes)
    for (const wrong of [most + 1, 64 * 1024 * 1024, 1_000, 0, 300_000.5, Number.NaN, '1000000'] as number[])
      assert.throws(() => check({ receiveBufferBytes: wrong }), {
        name: 'InvalidOptionError',
        field: 'receiveBufferBytes'
      })
  })
