import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InvalidOptionError } from '../../src/errors.ts'
import { parseDuration } from '../../src/node/duration.ts'

test('durations are read as Go writes them', () => {
  const table: Array<[string, number]> = [
    ['0', 0],
    ['0s', 0],
    ['10s', 10_000],
    ['10ms', 10],
    ['1m30s', 90_000],
    ['168h0m0s', 604_800_000],
    ['1.5h', 5_400_000],
    ['.5s', 500],
    ['1.s', 1_000],
    ['999us', 0],
    ['1500µs', 1],
    ['2000000ns', 2]
  ]
  for (const [text, ms] of table) assert.equal(parseDuration('d', text), ms, text)
})

test('anything else is refused by the name of the setting', () => {
  for (const found of ['', '10', 's', '10 s', '-1s', '1d', '10sx', 'x10s', '1m-3s', 10, true, null, undefined, {}])
    assert.throws(
      () => parseDuration('p2p.some_period', found),
      (err: unknown) => err instanceof InvalidOptionError && err.field === 'p2p.some_period',
      String(found)
    )
})
