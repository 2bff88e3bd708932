import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkedMConnOptions, type MConnOptions, mconnDefaults } from '../../../src/stacks/comet/mconn-options.ts'

test('what is left out has its default, and what is given is not changed', () => {
  assert.deepEqual(checkedMConnOptions(), mconnDefaults)
  const given = Object.freeze({ sendRate: 512_000, recvRate: undefined } as unknown as MConnOptions)
  assert.deepEqual(checkedMConnOptions(given), { ...mconnDefaults, sendRate: 512_000 })
})

describe('what cannot be is refused by name', () => {
  const TABLE: ReadonlyArray<{ given: Record<string, unknown>; field: string }> = [
    { given: { maxPacketMsgPayloadSize: 0 }, field: 'maxPacketMsgPayloadSize' },
    { given: { maxPacketMsgPayloadSize: 2 ** 21 }, field: 'maxPacketMsgPayloadSize' },
    { given: { flushThrottleMs: -1 }, field: 'flushThrottleMs' },
    { given: { flushThrottleMs: '10ms' }, field: 'flushThrottleMs' },
    { given: { sendRate: Number.NaN }, field: 'sendRate' },
    { given: { recvRate: 1.5 }, field: 'recvRate' },
    { given: { receiveBufferBytes: 1_000 }, field: 'receiveBufferBytes' },
    { given: { pingIntervalMs: 2 ** 31 }, field: 'pingIntervalMs' },
    { given: { pongTimeoutMs: 60_000 }, field: 'pongTimeoutMs' },
    { given: { pingIntervalMs: 45_000 }, field: 'pongTimeoutMs' }
  ]
  for (const { given, field } of TABLE)
    test(JSON.stringify(given), () => {
      assert.throws(() => checkedMConnOptions(given), { name: 'InvalidOptionError', field })
    })
})
