/** Slices as the outbox cuts them, for tests of what a link does with them. */
import type { Slice } from '../../../src/interface/link.ts'
import { SendQueue } from '../../../src/outbox/send-queue.ts'
import { FakeClock } from '../../helpers/fake-clock.ts'

/** All slices of these messages, in order. */
export function slicesOf(
  channelId: number,
  messages: readonly Uint8Array[],
  quantumBytes: number,
  overheadBytes = 16
): Slice[] {
  const queue = new SendQueue(
    { id: channelId, priority: 1, sendQueueCapacity: Math.max(1, messages.length) },
    new FakeClock(),
    1_000
  )
  for (const message of messages) queue.offer(message)
  const slices: Slice[] = []
  while (queue.length > 0) slices.push(queue.take({ quantumBytes, overheadBytes, splits: true }))
  return slices
}
