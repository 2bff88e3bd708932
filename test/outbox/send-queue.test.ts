import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SendQueue } from '../../src/outbox/send-queue.ts'
import { FakeClock } from '../helpers/fake-clock.ts'

/** Lengths of messages in, slices out: 'a+b' whole messages, 'n@offset/total' a piece. */
const SLICES = [
  { name: 'small messages share a slice', traits: [100, 0, true], given: [10, 20, 30], want: ['10+20+30'] },
  { name: 'a full quantum is one slice', traits: [60, 0, true], given: [10, 20, 30], want: ['10+20+30'] },
  { name: 'what does not fit is left for the next', traits: [59, 0, true], given: [10, 20, 30], want: ['10+20', '30'] },
  { name: 'overhead counts for every message', traits: [66, 3, true], given: [10, 20, 30], want: ['10+20', '30'] },
  { name: 'overhead of all just fits', traits: [69, 3, true], given: [10, 20, 30], want: ['10+20+30'] },
  { name: 'empty messages are messages', traits: [10, 4, true], given: [0, 0, 0], want: ['0+0', '0'] },
  { name: 'a message of the quantum is whole', traits: [100, 0, true], given: [100], want: ['100'] },
  { name: 'a longer one is cut', traits: [100, 0, true], given: [101], want: ['100@0/101', '1@100/101'] },
  {
    name: 'each piece leaves room for its overhead',
    traits: [100, 10, true],
    given: [91],
    want: ['90@0/91', '1@90/91']
  },
  {
    name: 'a long message shares no slice',
    traits: [100, 0, true],
    given: [10, 250, 10],
    want: ['10', '100@0/250', '100@100/250', '50@200/250', '10']
  },
  {
    name: 'without splitting one message is one slice',
    traits: [100, 0, false],
    given: [10, 250, 10],
    want: ['10', '250', '10']
  },
  { name: 'without splitting, empty messages too', traits: [100, 0, false], given: [0, 0], want: ['0', '0'] },
  {
    name: 'a quantum of nothing but overhead still gets on',
    traits: [3, 3, true],
    given: [2],
    want: ['1@0/2', '1@1/2']
  }
] as const

for (const { name, traits, given, want } of SLICES)
  test(`slices: ${name}`, () => {
    const queue = new SendQueue({ id: 1, priority: 1, sendQueueCapacity: 10 }, new FakeClock(), 1)
    const messages = given.map((length) => new Uint8Array(length))
    for (const message of messages) assert.ok(queue.offer(message))
    const found: string[] = []
    while (queue.length > 0) {
      const slice = queue.take({ quantumBytes: traits[0], overheadBytes: traits[1], splits: traits[2] })
      assert.equal(slice.channelId, 1)
      assert.equal(
        slice.bytes,
        slice.parts.reduce((sum, part) => sum + part.byteLength, 0)
      )
      for (const part of slice.parts)
        assert.ok(
          messages.some((message) => message.buffer === part.buffer),
          'not copied'
        )
      found.push(
        slice.piece === undefined
          ? slice.parts.map((part) => part.byteLength).join('+')
          : `${slice.bytes}@${slice.piece.offset}/${slice.piece.total}`
      )
    }
    assert.deepEqual(found, want)
  })

test('a message in pieces keeps its place in the queue until the last one', () => {
  const queue = new SendQueue({ id: 1, priority: 1, sendQueueCapacity: 1 }, new FakeClock(), 1)
  const traits = { quantumBytes: 10, overheadBytes: 0, splits: true }
  assert.ok(queue.offer(new Uint8Array(15)))
  queue.take(traits)
  assert.equal(queue.full, true)
  assert.equal(queue.offer(new Uint8Array(1)), false)
  queue.take(traits)
  assert.equal(queue.length, 0)
})

test('who waits moves up while a slice is cut, and may be part of it', async () => {
  const clock = new FakeClock()
  const queue = new SendQueue({ id: 1, priority: 1, sendQueueCapacity: 1 }, clock, 1)
  assert.ok(queue.offer(new Uint8Array(1)))
  const waiting = [2, 3, 4].map((length) => queue.waiters.add(new Uint8Array(length), undefined))
  const slice = queue.take({ quantumBytes: 100, overheadBytes: 0, splits: true })
  assert.deepEqual(
    slice.parts.map((part) => part.byteLength),
    [1, 2, 3, 4]
  )
  assert.deepEqual(await Promise.all(waiting), [true, true, true])
})
