import assert from 'node:assert/strict'
import { getEventListeners } from 'node:events'
import { test } from 'node:test'
import { eitherSignal } from '../../../src/stacks/comet/either-signal.ts'

test('aborts with the reason of the first that does, also if it has already', () => {
  for (const at of [0, 1])
    for (const early of [true, false]) {
      const two = [new AbortController(), new AbortController()] as const
      const reason = new Error('first')
      if (early) two[at]!.abort(reason)
      const { signal } = eitherSignal(two[0].signal, two[1].signal)
      assert.equal(signal.aborted, early)
      two[at]!.abort(reason)
      two[1 - at]!.abort(new Error('second'))
      assert.equal(signal.reason, reason)
    }
})

test('once released it follows neither, and nothing is left on them', () => {
  const [a, b] = [new AbortController(), new AbortController()]
  const { signal, release } = eitherSignal(a.signal, b.signal)
  release()
  assert.deepEqual([getEventListeners(a.signal, 'abort'), getEventListeners(b.signal, 'abort')], [[], []])
  a.abort()
  assert.equal(signal.aborted, false)
})
