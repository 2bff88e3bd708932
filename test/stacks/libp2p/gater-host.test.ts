import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PolicyGaterHost } from '../../../src/stacks/libp2p/gater-host.ts'
import { BanList } from '../../../src/switch/admission/ban-list.ts'
import { checkPolicy, Rules } from '../../../src/switch/admission/rules.ts'
import { systemClock } from '../../../src/util/clock.ts'

const PERSISTENT = `${'b'.repeat(40)}@10.0.0.9:26656`

function setUp(mode: 'shared' | 'exclusive', running = true) {
  const rules = new Rules(
    { ownId: '0'.repeat(40), book: new BanList(systemClock), clock: systemClock, isRunning: () => running },
    checkPolicy({ mode, pending: { perIP: 2 }, persistentPeers: [PERSISTENT] })
  )
  const host = new PolicyGaterHost(mode)
  assert.equal(host.bind(rules, 1_000), true)
  const open = (ip: string) => host.pendingOpened({ ip, port: 1 })
  return { host, open }
}

for (const mode of ['shared', 'exclusive'] as const) {
  test(`D-15: ${mode}: those who have not authenticated have a budget per IP, given back as they do or go`, () => {
    const { host, open } = setUp(mode)
    assert.deepEqual([open('10.0.0.1'), open('10.0.0.1'), open('10.0.0.1')], [undefined, undefined, 'pending-full'])
    assert.equal(open('10.0.0.2'), undefined)
    host.pendingClosed('10.0.0.1')
    assert.equal(open('10.0.0.1'), undefined)
  })

  test(`D-15: ${mode}: silent sockets at a persistent peer's own IP do not keep it out`, () => {
    const { open } = setUp(mode)
    assert.deepEqual(
      [1, 2, 3].map(() => open('10.0.0.9')),
      [undefined, undefined, undefined]
    )
  })
}

test('shared: a switch that does not run takes no connection from the other protocols of its node', () => {
  assert.equal(setUp('shared', false).open('10.0.0.1'), undefined)
  assert.equal(setUp('exclusive', false).open('10.0.0.1'), 'stopping')
})

test('one policy is bound once', () => {
  const { host } = setUp('shared')
  assert.equal(host.bind({} as Rules, 1), false)
})
