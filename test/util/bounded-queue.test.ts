import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BoundedQueue } from '../../src/util/bounded-queue.ts'

test('a bounded queue behaves like an array with a limit, whatever is done to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.array(fc.constantFrom('push', 'push', 'shift', 'peek', 'clear'), { maxLength: 300 }),
      (capacity, steps) => {
        const queue = new BoundedQueue<number>(capacity)
        let model: number[] = []
        for (const [i, step] of steps.entries()) {
          if (step === 'push') {
            const room = model.length < capacity
            assert.equal(queue.push(i), room)
            if (room) model.push(i)
          } else if (step === 'shift') assert.equal(queue.shift(), model.shift())
          else if (step === 'peek') assert.equal(queue.peek(), model[0])
          else if (i % 7 === 0) {
            queue.clear()
            model = []
          }
          assert.equal(queue.length, model.length)
        }
      }
    )
  )
})
