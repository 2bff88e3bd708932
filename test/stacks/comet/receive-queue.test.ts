import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { ReceiveQueue } from '../../../src/stacks/comet/receive-queue.ts'

const CHARGE = 128

function make(maxBytes: number) {
  const got: string[] = []
  const queue = new ReceiveQueue(maxBytes, (channelId, bytes) => void got.push(`${channelId}:${bytes.length}`))
  return {
    got,
    queue,
    message: (channelId: number, length: number) => queue.message(channelId, new Uint8Array(length))
  }
}

test('messages are handed up until the bound is reached, then held, and handed up in order as others are consumed', () => {
  const { got, queue, message } = make(1_000)
  message(1, 400)
  assert.equal(queue.full(0), false)
  message(2, 300)
  message(3, 100)
  message(4, 1)
  assert.deepEqual(got, ['1:400', '2:300'])
  assert.deepEqual([queue.full(0), queue.empty], [true, false])
  queue.consumed(2, 300)
  assert.deepEqual(got, ['1:400', '2:300', '3:100', '4:1'])
  assert.equal(queue.empty, true)
})

test('one message may be longer than the bound when nothing else waits', () => {
  const { got, queue, message } = make(1_000)
  message(1, 5_000)
  message(1, 0)
  assert.deepEqual(got, ['1:5000'])
  queue.consumed(1, 5_000)
  assert.deepEqual(got, ['1:5000', '1:0'])
})

test('incomplete messages count, but never stop the reading when nothing is there to be consumed', () => {
  const { queue, message } = make(1_000)
  assert.equal(queue.full(50_000), false)
  message(1, 1)
  assert.deepEqual([queue.full(50_000), queue.full(0)], [true, false])
  queue.consumed(1, 1)
  assert.deepEqual([queue.full(50_000), queue.ready(50_000)], [false, true])
})

test('empty messages are not free', () => {
  const { got, message } = make(10 * CHARGE)
  for (let i = 0; i < 100; i++) message(1, 0)
  assert.equal(got.length, 10)
})

test('a crowd of empty messages stays counted when one of them is consumed', () => {
  const { got, queue, message } = make(10 * CHARGE)
  for (let i = 0; i < 100; i++) message(1, 0)
  for (let consumed = 1; consumed <= 90; consumed++) {
    queue.consumed(1, 0)
    assert.equal(got.length, 10 + consumed)
  }
})

test('a message consumed within its own delivery lets the next one come, in order', () => {
  const got: number[] = []
  const queue: ReceiveQueue = new ReceiveQueue(1, (channelId, bytes) => {
    got.push(bytes.length)
    queue.consumed(channelId, bytes.length)
  })
  for (let i = 0; i < 5; i++) queue.message(1, new Uint8Array(i))
  assert.deepEqual(got, [0, 1, 2, 3, 4])
  assert.equal(queue.empty, true)
})

test('consumed in whatever portions, everything comes out in order and the bound holds', () => {
  const step = fc.oneof(
    fc.record({ channelId: fc.constantFrom(1, 2), length: fc.nat(600) }),
    fc.record({ consume: fc.constantFrom(1, 2) })
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const want: string[] = []
      const waiting = new Map<number, number[]>([
        [1, []],
        [2, []]
      ])
      let waitingBytes = 0
      const got: string[] = []
      const queue = new ReceiveQueue(1_000, (channelId, bytes) => {
        got.push(`${channelId}:${bytes.length}`)
        waiting.get(channelId)?.push(bytes.length)
        assert.ok(waitingBytes === 0 || waitingBytes + bytes.length + CHARGE <= 1_000)
        waitingBytes += bytes.length + CHARGE
      })
      const consume = (channelId: number) => {
        const length = waiting.get(channelId)?.shift()
        if (length === undefined) return
        waitingBytes -= length + CHARGE
        queue.consumed(channelId, length)
      }
      for (const given of steps) {
        if ('consume' in given) consume(given.consume)
        else {
          want.push(`${given.channelId}:${given.length}`)
          queue.message(given.channelId, new Uint8Array(given.length))
        }
      }
      while (waitingBytes > 0) for (const channelId of waiting.keys()) consume(channelId)
      assert.deepEqual(got, want)
    }),
    { numRuns: 200 }
  )
})

test('thousands that wait are counted to the byte, added and consumed by turns, in whatever portions', () => {
  const max = 10_000_000
  const { queue, message } = make(max)
  const lengths: number[] = []
  let waitingBytes = 0
  let spare = 0
  const check = () => {
    if (waitingBytes === 0) assert.equal(queue.full(max), false)
    else assert.deepEqual([queue.full(max - waitingBytes), queue.full(max - waitingBytes + 1)], [false, true])
  }
  const consume = (bytes: number) => {
    queue.consumed(1, bytes)
    spare += bytes
    let empties = bytes === 0 ? 1 : 0
    while (lengths.length > 0 && (lengths[0] as number) <= spare && (spare > 0 || empties-- > 0)) {
      spare -= lengths[0] as number
      waitingBytes -= (lengths.shift() as number) + CHARGE
    }
    if (lengths.length === 0) spare = 0
    check()
  }
  for (let turn = 0; turn < 3; turn++) {
    for (let i = 0; i < 3_000; i++) {
      message(1, i % 40)
      lengths.push(i % 40)
      waitingBytes += (i % 40) + CHARGE
      if (i % 3 === 0) consume(i % 29)
      else check()
    }
    while (waitingBytes > 0) consume(lengths[0] === 0 ? 0 : 1_000)
  }
})
