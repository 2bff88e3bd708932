import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NetAddress } from '../../../src/interface/net-address.ts'
import { FIRST_WAIT_MS, TestTurns } from '../../../src/reactors/pex/test-turns.ts'
import { dead } from './pex-network.ts'

const PERIOD_MS = 30_000
const LONGEST_MS = 16 * FIRST_WAIT_MS

const namesOf = (addresses: readonly NetAddress[]) => addresses.map(String)

/** When that address has a turn within `forMs`, while `wanted` are. */
function turnsOf(n: number, wanted: readonly number[], forMs: number): number[] {
  const turns = new TestTurns()
  const times: number[] = []
  for (let now = 0; now <= forMs; now += PERIOD_MS)
    if (namesOf(turns.next(wanted.map(dead), now, 2)).includes(String(dead(n)))) times.push(now)
  return times
}

test('those that are wanted have their turns in order of arrival, so many at a time', () => {
  const turns = new TestTurns()
  const wanted = [1, 2, 3].map(dead)
  assert.deepEqual(turns.next(wanted, 0, 2), wanted.slice(0, 2))
  assert.deepEqual(turns.next(wanted, 1, 2), wanted.slice(2))
  assert.deepEqual(turns.next(wanted, 2, 2), [])
})

test('the wait of one whose tests come to nothing doubles, up to an hour', () => {
  const gaps = turnsOf(1, [1], 20 * LONGEST_MS).map((at, i, all) => at - (all[i - 1] ?? at))
  assert.deepEqual(
    gaps.slice(1, 8),
    [1, 2, 4, 8, 16, 16, 16].map((factor) => factor * FIRST_WAIT_MS)
  )
})

test('one that was told later has its turn before the second one of those that were tried', () => {
  const turns = new TestTurns()
  turns.next([dead(1), dead(2)], 0, 2)
  turns.next([dead(1), dead(2), dead(3)], FIRST_WAIT_MS - 1, 0)
  assert.deepEqual(turns.next([dead(1), dead(2), dead(3)], FIRST_WAIT_MS, 1), [dead(3)])
})

test('nor do those that are told anew all the time keep it from its second turn', () => {
  const turns = new TestTurns()
  turns.next([dead(200)], 0, 2)
  for (let now = PERIOD_MS, n = 0; now <= FIRST_WAIT_MS + 5 * PERIOD_MS; now += PERIOD_MS, n += 2) {
    const wanted = [n, n + 1, n + 2, n + 3, 200].map(dead)
    if (namesOf(turns.next(wanted, now, 2)).includes(String(dead(200))) && now >= FIRST_WAIT_MS) return
  }
  assert.fail('it had none')
})

test('who tells an address again that was tried in vain does not have it dialled at once', () => {
  const turns = new TestTurns()
  assert.equal(turns.next([dead(1)], 0, 2).length, 1)
  turns.next([], 1, 2)
  assert.equal(turns.next([dead(1)], FIRST_WAIT_MS - 1, 2).length, 0)
  assert.equal(turns.next([dead(1)], FIRST_WAIT_MS, 2).length, 1)
  turns.next([], FIRST_WAIT_MS + 1, 2)
  assert.equal(turns.next([dead(1)], 3 * FIRST_WAIT_MS - 1, 2).length, 0)
})

test('after hours in which nobody wanted it tested it begins anew', () => {
  for (const [forMs, length] of [
    [FIRST_WAIT_MS + LONGEST_MS - 1, 0],
    [FIRST_WAIT_MS + LONGEST_MS, 1]
  ] as const) {
    const turns = new TestTurns()
    turns.next([dead(1)], 0, 2)
    turns.next([], forMs, 2)
    turns.next([dead(1)], forMs, 2)
    assert.equal(turns.next([dead(1)], forMs + FIRST_WAIT_MS, 2).length, length, `after ${forMs} ms`)
  }
})

test('what is remembered is bounded, and nothing of those who had no turn', () => {
  const turns = new TestTurns()
  for (let n = 0; n < 250; n++) turns.next([dead(n)], 0, 0)
  assert.equal(turns.size, 1)
  for (let n = 0; n < 3_000; n++) turns.next([{ ...dead(1), toString: () => `${n}` } as never], 0, 2)
  assert.equal(turns.size, 1_024)
})
