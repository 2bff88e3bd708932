import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HeightSeen, watchdogDefaults, wedged } from '../../src/bridge/watchdog.ts'

const { stillMs } = watchdogDefaults
const NOW = 1_000_000
const at = (height: bigint, agoMs: number): HeightSeen => ({ height, since: NOW - agoMs })

for (const { given, want, why } of [
  { given: [undefined, undefined], want: false, why: 'nothing told' },
  { given: [at(9n, 0), undefined], want: false, why: 'one half has told nothing yet' },
  { given: [at(9n, stillMs * 2), at(9n, stillMs * 2)], want: false, why: 'both stand still: the chain does' },
  { given: [at(10n, 0), at(9n, stillMs)], want: false, why: 'one height apart is the rule' },
  { given: [at(11n, 0), at(9n, stillMs - 1)], want: false, why: 'not for long enough' },
  { given: [at(11n, 0), at(9n, stillMs)], want: true, why: 'one goes on, the other stands still' },
  { given: [at(9n, stillMs), at(11n, 0)], want: true, why: 'the same the other way round' },
  { given: [at(11n, stillMs), at(9n, 10)], want: false, why: 'the one behind is catching up' }
] as const)
  test(`${want ? 'wedged' : 'not wedged'}: ${why}`, () => {
    assert.equal(wedged(given[0], given[1], NOW), want)
    assert.equal(wedged(given[1], given[0], NOW), want)
  })
