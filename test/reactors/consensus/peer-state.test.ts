import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PeerState } from '../../../src/reactors/consensus/peer-state.ts'

test('a peer that has not spoken is at height 0', () => {
  const state = new PeerState()
  assert.equal(state.getHeight(), 0n)
  assert.deepEqual(state.roundStep(), { height: 0n, round: -1, step: 0 })
})

test('only what is strictly later in height, round and step counts', () => {
  const state = new PeerState()
  const steps: Array<[bigint, number, number, boolean]> = [
    [5n, 1, 3, true],
    [5n, 1, 3, false],
    [5n, 1, 2, false],
    [5n, 1, 4, true],
    [5n, 0, 8, false],
    [5n, 2, 1, true],
    [4n, 9, 8, false],
    [6n, 0, 1, true]
  ]
  for (const [height, round, step, want] of steps)
    assert.equal(state.apply({ height, round, step }), want, `${height}/${round}/${step}`)
  assert.deepEqual(state.roundStep(), { height: 6n, round: 0, step: 1 })
})

test('the state is always the greatest that was ever applied', () => {
  const step = fc.record({
    height: fc.bigInt({ min: 1n, max: 4n }),
    round: fc.nat({ max: 3 }),
    step: fc.integer({ min: 1, max: 8 })
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1 }), (steps) => {
      const state = new PeerState()
      for (const each of steps) state.apply(each)
      const rank = (at: { height: bigint; round: number; step: number }) =>
        Number(at.height) * 100 + at.round * 10 + at.step
      assert.equal(rank(state.roundStep()), Math.max(...steps.map(rank)))
    })
  )
})

test('waiting for a height ends when it is reached, or with the signal, and is over at once where it was reached before', async () => {
  const state = new PeerState()
  const controller = new AbortController()
  const reached = state.whenHeight(3n, controller.signal)
  const never = state.whenHeight(9n, controller.signal)
  state.apply({ height: 2n, round: 0, step: 1 })
  state.apply({ height: 4n, round: 0, step: 1 })
  assert.equal(await reached, true)
  assert.equal(await state.whenHeight(4n, controller.signal), true)
  controller.abort()
  assert.equal(await never, false)
  assert.equal(await state.whenHeight(9n, controller.signal), false)
})
