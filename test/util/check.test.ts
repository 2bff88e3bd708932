/** Bad options by the name of their field, also where nothing of ours would have looked at them before they were needed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comet, peerPolicy } from '../../src/index.ts'
import { CometStack, createNode } from '../../src/node/index.ts'
import { BlocksyncReactor, FollowerReactor, MempoolReactor } from '../../src/reactors/index.ts'
import { createMemoryNetwork, recordCalls } from '../../src/testing/index.ts'
import { assertTimer } from '../../src/util/check.ts'
import { MAX_TIMER_MS } from '../../src/util/clock.ts'

const of =
  (Reactor: unknown) =>
  (options: unknown): unknown =>
    new (Reactor as new (options: unknown) => unknown)(options)
const createSwitch = (options: object) => createMemoryNetwork().createSwitch({ network: 'c', ...options })

const TABLE: Array<[name: string, make: (given: never) => unknown, given: unknown, field: string]> = [
  ['BlocksyncReactor', of(BlocksyncReactor), undefined, 'options'],
  ['BlocksyncReactor', of(BlocksyncReactor), 5, 'options'],
  ['BlocksyncReactor', of(BlocksyncReactor), {}, 'store'],
  ['FollowerReactor', of(FollowerReactor), null, 'options'],
  ['FollowerReactor', of(FollowerReactor), [], 'options'],
  ['FollowerReactor', of(FollowerReactor), { clock: 5 }, 'clock.now'],
  ['MempoolReactor', of(MempoolReactor), { clock: {} }, 'clock.now'],
  ['MempoolReactor', of(MempoolReactor), { logger: {} }, 'logger.debug'],
  ['createSwitch', createSwitch, { host: 5 }, 'host'],
  ['createSwitch', createSwitch, { reactors: new Map() }, 'reactors'],
  ['createSwitch', createSwitch, { clock: 5 }, 'clock.now'],
  ['recordCalls', recordCalls, Object.freeze(new MempoolReactor()), 'reactor']
]

for (const [name, make, given, field] of TABLE)
  test(`${name} names ${field} when it is wrong: ${String(given)}`, () => {
    assert.throws(() => make(given as never), { name: 'InvalidOptionError', field })
  })

const make = (door: unknown, given: object) => (door as (given: object) => unknown)(given)
const MISTYPED: Array<[name: string, door: unknown, given: object, field: string, nearest: string]> = [
  ['comet', comet, { network: 'c', monicker: 'a' }, 'monicker', 'moniker'],
  ['comet', comet, { network: 'c', goLP2P: 'off' }, 'goLP2P', 'goLp2p'],
  ['comet', comet, { network: 'c', maxNumInboundPeers: 5 }, 'maxNumInboundPeers', 'peerPolicy'],
  ['comet', comet, { network: 'c', liveness: { intervalMs: 1, look: 2 } }, 'liveness.look', 'liveness.looks'],
  ['peerPolicy', peerPolicy, { maxNumInboundPeer: 5 }, 'maxNumInboundPeer', 'maxNumInboundPeers'],
  ['peerPolicy', peerPolicy, { privatePeerIds: [] }, 'privatePeerIds', 'privatePeerIDs'],
  ['peerPolicy', peerPolicy, { pending: { perIp: 5 } }, 'pending.perIp', 'pending.perIP'],
  ['createMemoryNetwork', createMemoryNetwork, { latency: 5 }, 'latency', 'latencyMs'],
  ['createSwitch', createSwitch, { maxNumOutbound: 1 }, 'maxNumOutbound', 'maxNumOutboundPeers'],
  ['createSwitch', createSwitch, { hosts: 'a' }, 'hosts', 'host'],
  ['CometStack', (given: never) => new CometStack(given), { sendrate: 1 }, 'sendrate', 'sendRate'],
  ['createNode', createNode, { network: 'c', maxNumInboundPeer: 5 }, 'maxNumInboundPeer', 'maxNumInboundPeers'],
  ['createNode', createNode, { network: 'c', stack: ['comet'] }, 'stack', 'stacks'],
  ['createNode', createNode, { network: 'c', listens: [] }, 'listens', 'listen'],
  ['createNode', createNode, { network: 'c', sendRates: 1 }, 'sendRates', 'sendRate']
]

for (const [name, door, given, field, nearest] of MISTYPED)
  test(`${name} knows no option ${field}, and says what may have been meant`, async () => {
    await assert.rejects(
      async () => make(door, given),
      (error: Error & { field?: string }) => {
        assert.deepEqual([error.name, error.field], ['InvalidOptionError', field])
        assert.match(error.message, new RegExp(`${nearest}\\b`))
        return true
      }
    )
  })

test('an option that is undefined is one that was left out, whatever its name', () => {
  createMemoryNetwork({ seeds: undefined } as object).createSwitch({ network: 'c', hosts: undefined } as never)
  peerPolicy({ maxNumInboundPeer: undefined } as object)
  comet({ network: 'c', maxNumInboundPeers: undefined, monicker: undefined } as never)
})

test('a time that no timer holds is refused: it would fire at once', () => {
  for (const ms of [0.5, 1, MAX_TIMER_MS]) assertTimer('waitMs', ms)
  for (const ms of [0, -1, Number.NaN, MAX_TIMER_MS + 1, Number.POSITIVE_INFINITY, '5', undefined, null])
    assert.throws(() => assertTimer('waitMs', ms), { name: 'InvalidOptionError', message: /^waitMs: / })
})
