/** A switch over stacks of puppets on a fake clock, with one reactor and the trace of its calls. */
import assert from 'node:assert/strict'
import { nodeKeyFromSeed } from '../../src/identity/node-key.ts'
import type { PeerPolicyOptions } from '../../src/interface/policy.ts'
import type { Stack } from '../../src/interface/stack.ts'
import type { SwitchOptions } from '../../src/options.ts'
import { CometSwitch } from '../../src/switch/switch.ts'
import { assertReactorGrammar, recordCalls } from '../../src/testing/index.ts'
import { FakeClock } from '../helpers/fake-clock.ts'
import { TextReactor } from '../helpers/text-reactor.ts'

export const OWN_KEY = nodeKeyFromSeed(new Uint8Array(32).fill(200))

/** A test may act within onStart, and the trace still has it. */
class SlowStarter extends TextReactor {
  whenStarted: () => void | Promise<void> = () => {}
  override onStart(): void | Promise<void> {
    return this.whenStarted()
  }
}

/** Not started. `end` stops it, reads the trace and looks whether anything is left. */
export function puppetSwitch(
  stacks: Stack[],
  policy: PeerPolicyOptions = {},
  options: Partial<Omit<SwitchOptions, 'clock'>> = {}
) {
  const clock = new FakeClock()
  const init = { network: 'chain', nodeKey: OWN_KEY, stacks, policy, clock, random: () => 0 }
  const sw = new CometSwitch({ ...init, ...options })
  const reactor = new SlowStarter()
  const calls = recordCalls(reactor)
  sw.addReactor('TEXT', reactor)
  const end = async () => {
    await sw.stop()
    assertReactorGrammar(calls)
    assert.equal(clock.pending, 0, 'no timer is left')
    assert.deepEqual(sw.numPeers(), { outbound: 0, inbound: 0, dialing: 0 })
    assert.equal([...sw.rules.ledger.seats()].length, 0, 'no seat is left')
    assert.equal(sw.rules.ledger.jobs().size, 0, 'no dial is left')
  }
  return { sw, clock, reactor, calls, end }
}
