import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HandshakeGate } from '../../../src/stacks/comet/handshake-gate.ts'
import { FakeClock, settle } from '../../helpers/fake-clock.ts'

const AT_ONCE = 32
const SLOT_MS = 500
const never = new AbortController().signal

function setUp() {
  const clock = new FakeClock()
  const gate = new HandshakeGate(clock)
  const inside: string[] = []
  const leaves: Array<() => void> = []
  const enter = (ip: string, signal = never) =>
    gate.enter(ip, signal).then((leave) => {
      inside.push(ip)
      leaves.push(leave)
    })
  return { clock, inside, leaves, enter }
}

test('so many at once, and the next when one leaves; leaving twice gives one slot back', async () => {
  const { clock, inside, leaves, enter } = setUp()
  for (let i = 0; i < AT_ONCE + 2; i++) void enter('a')
  await settle()
  assert.equal(inside.length, AT_ONCE)
  leaves[0]?.()
  leaves[0]?.()
  await settle()
  assert.equal(inside.length, AT_ONCE + 1)
  for (const leave of leaves) leave()
  await settle()
  for (const leave of leaves) leave()
  assert.equal(clock.pending, 0)
  // all slots are free again
  for (let i = 0; i < AT_ONCE; i++) void enter('b')
  await settle()
  assert.equal(inside.filter((ip) => ip === 'b').length, AT_ONCE)
})

test('who waits is served by turns of the IPs, whoever came first', async () => {
  const { inside, leaves, enter } = setUp()
  for (let i = 0; i < AT_ONCE; i++) void enter('flood')
  await settle()
  for (const ip of ['flood', 'flood', 'flood', 'one', 'two', 'one']) void enter(ip)
  await settle()
  for (let i = 0; i < 6; i++) {
    leaves[i]?.()
    await settle()
  }
  assert.deepEqual(inside.slice(AT_ONCE), ['flood', 'one', 'two', 'flood', 'one', 'flood'])
})

test('whoever takes long gives the slot up', async () => {
  const { clock, inside, enter } = setUp()
  for (let i = 0; i < AT_ONCE + 1; i++) void enter('a')
  await clock.run(SLOT_MS - 1)
  assert.equal(inside.length, AT_ONCE)
  await clock.run(1)
  assert.equal(inside.length, AT_ONCE + 1)
})

test('whoever no longer waits is passed over', async () => {
  const { inside, leaves, enter } = setUp()
  for (let i = 0; i < AT_ONCE; i++) void enter('a')
  await settle()
  const abort = new AbortController()
  const gone = enter('gone', abort.signal)
  void enter('next')
  abort.abort(new Error('gone'))
  await assert.rejects(gone, { message: 'gone' })
  await assert.rejects(enter('late', abort.signal), { message: 'gone' })
  leaves[0]?.()
  await settle()
  assert.deepEqual(inside.slice(AT_ONCE), ['next'])
})
