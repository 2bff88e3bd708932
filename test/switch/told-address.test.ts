/** What stays of an inbound peer that has left: an address where it can be dialled, or none. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createNodeInfo } from '../../src/identity/node-info.ts'
import { FakeStack, puppet } from './fake-stack.ts'
import { puppetSwitch } from './puppet-switch.ts'

/** Its socket is at 10.0.1.1. */
const REMOTE = puppet(1)

const TABLE: Array<[told: string, kept: string | undefined]> = [
  ['tcp://0.0.0.0:26656', '10.0.1.1:26656'],
  ['0.0.0.0:7', '10.0.1.1:7'],
  ['tcp://[::]:26656', '10.0.1.1:26656'],
  ['[::ffff:0.0.0.0]:26656', '10.0.1.1:26656'],
  ['tcp://1.2.3.4:26656', '1.2.3.4:26656'],
  ['tcp://node.example.com:26656', 'node.example.com:26656'],
  ['tcp://0.0.0.0:0', undefined]
]

for (const [told, kept] of TABLE)
  test(`an inbound peer that listens on ${told} is a candidate at ${kept ?? 'no address'}`, async () => {
    const stack = new FakeStack()
    const { sw, reactor, end } = puppetSwitch([stack])
    await sw.start()
    await stack.comes({ ...REMOTE, nodeInfo: createNodeInfo({ ...REMOTE.nodeInfo, listenAddr: told }) })
    await reactor.until(() => reactor.added.length === 1)
    await end()
    assert.deepEqual(
      sw.nodeStates().map(({ state, address }) => [state, address]),
      kept === undefined ? [] : [['candidate', `${REMOTE.id}@${kept}`]]
    )
  })
