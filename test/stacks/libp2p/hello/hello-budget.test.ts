/** Who may be heard at once; that the stack asks it, one flood over real connections shows. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HelloBudget } from '../../../../src/stacks/libp2p/hello/hello-budget.ts'
import { HELLO_PROTOCOL } from '../../../../src/stacks/libp2p/hello/hello-codec.ts'
import { startNode } from '../nodes.ts'

test('D-15: one IP has 64 of the 256 hellos at once, and what ends makes room', () => {
  const budget = new HelloBudget()
  const open = Array.from({ length: 64 }, (_, i) => budget.open(`a${i}`, '1.1.1.1', false))
  assert.ok(open.every((end) => end !== undefined))
  assert.equal(budget.open('b', '1.1.1.1', false), undefined)
  for (let i = 0; i < 192; i++) assert.ok(budget.open(`c${i}`, `2.2.2.${i}`, false))
  assert.equal(budget.open('d', '3.3.3.3', false), undefined, 'all 256 are taken')
  open[0]?.()
  assert.ok(budget.open('d', '3.3.3.3', false))
})

test('a node that is expected is heard when no stranger is, at most 16 times at once', () => {
  const budget = new HelloBudget()
  for (let i = 0; i < 256; i++) budget.open(`a${i}`, '', false)
  assert.equal(budget.open('b', '', false), undefined)
  const ends = Array.from({ length: 16 }, () => budget.open('ours', '1.1.1.1', true))
  assert.ok(ends.every((end) => end !== undefined))
  assert.equal(budget.open('ours', '1.1.1.1', true), undefined)
  ends[0]?.()
  assert.ok(budget.open('ours', '1.1.1.1', true))
})

test('silent hellos of one IP do not keep out a node that is expected', async (t) => {
  const target = await startNode('tcp')
  const attackers = await Promise.all(Array.from({ length: 16 }, () => startNode('tcp', { listen: false })))
  const friend = await startNode('tcp', { listen: false })
  t.after(() => Promise.all([target, friend, ...attackers].map((node) => node.stop())))
  target.host.expected = (id) => id === friend.id
  for (const { libp2p } of attackers) {
    const connection = await libp2p.dial(target.libp2p.getMultiaddrs())
    for (let i = 0; i < 4; i++) await connection.newStream(HELLO_PROTOCOL, { maxOutboundStreams: 4 })
  }
  const stranger = await startNode('tcp', { listen: false })
  t.after(() => stranger.stop())
  await assert.rejects(stranger.dial(target), { name: 'DialFailedError' })
  assert.equal((await friend.dial(target)).remoteId, target.id)
})
