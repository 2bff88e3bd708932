/** The simulation of bench/sim in small: what holds however small the network is. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eclipse } from '../../bench/sim/eclipse.ts'

/** One each where twenty groups are in sight; with forty nodes a draw may show fewer. */
const MOST_SLOTS = 2

test('an attacker with one /16 has at most one outbound slot of a node on average, never more than two, and no node to himself, over a restart of all', async (t) => {
  const ours = await eclipse({ honest: 40, attackers: 16, seed: 1, minutes: 2, rules: 'ours' })
  t.diagnostic(
    `${(100 * ours.gossip).toFixed(0)} % of the gossip, ${ours.outboundMean.toFixed(2)} slots, ${ours.outboundAfterRestart.toFixed(2)} after the restart`
  )
  assert.ok(ours.gossip > 0.4, 'he was heard')
  assert.equal(ours.eclipsedBefore + ours.eclipsedAfter, 0)
  assert.ok(ours.outboundMean <= 1, `${ours.outboundMean}`)
  assert.ok(ours.outboundAfterRestart <= 1, `${ours.outboundAfterRestart} after the restart`)
  assert.ok(ours.outboundWorst <= MOST_SLOTS, `${ours.outboundWorst}`)
})
