/** Bad options by the name of their field, also where nothing of ours would have looked at them before they were needed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BlocksyncReactor, FollowerReactor, MempoolReactor } from '../../src/reactors/index.ts'
import { createMemoryNetwork, recordCalls } from '../../src/testing/index.ts'

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
