/** The simulation of bench/sim in small: its bars hold here too, and it is the same each time. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { churn } from '../../bench/sim/churn.ts'

const small = { nodes: 50, minutes: 3, churn: 0.2, silent: 0 }

test('R-78: while a fifth of the nodes is replaced each minute, the others are at their outbound target 99 % of the time', async (t) => {
  const result = await churn({ ...small, seed: 1 })
  t.diagnostic(`${(100 * result.meanShare).toFixed(1)} %, worst ${(100 * result.worstShare).toFixed(1)} %`)
  // in a network of 50, of which 20 are peers already, there are not always ten to choose from
  assert.ok(result.meanShare >= 0.99, `${result.meanShare}`)
  assert.ok(result.maxBook <= result.idsEver && result.maxMet <= result.idsEver)
  assert.equal(result.timersLeft, 0, 'every timer ends with its node')
})

test('the same seed is the same simulation', async () => {
  const tiny = { ...small, nodes: 15, minutes: 2, seed: 7 }
  assert.deepEqual(await churn(tiny), await churn(tiny))
})
