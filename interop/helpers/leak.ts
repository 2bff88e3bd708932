/** What a node of ours in a process of its own holds when many messages have passed, beside what it held when idle: a leak is what stays. */
import assert from 'node:assert/strict'
import type { OurProcess } from './our-process.ts'
import type { Stage } from './stage.ts'
import { until } from './until.ts'
import type { Usage } from './usage.ts'

/** What may stay beyond an idle node when all is done: compiled code and caches. 100,000 messages that each left 200 bytes would be 20 MB. */
const MAX_HEAP_GROWTH_MB = 12
/** libp2p's timer for the negotiation of an inbound stream keeps the stream for 10 s, also when all is over. */
const SETTLE_TIMEOUT_MS = 30_000
const SETTLE_POLL_MS = 2_000
/** Streams that are not a message's: identify, ping. */
const MAX_IDLE_STREAMS = 4
/** libp2p's own and the link's, whatever went over the connection. */
const MAX_CONNECTION_LISTENERS = 6

export type Measured = Usage & { cpuSeconds: number }

/** Once no message's stream is open and the heap has stopped to fall. */
export async function settled(ours: OurProcess): Promise<Measured> {
  let before = await ours.ask('usage', {})
  return await until(
    'streams end, and the heap comes to rest',
    async () => {
      const now = await ours.ask('usage', {})
      const falls = before.heapMB - now.heapMB > 0.5
      before = now
      if (now.streams <= MAX_IDLE_STREAMS && !falls) return now
      throw new Error(`${now.streams} streams are open, the heap is ${now.heapMB} MB`)
    },
    { timeoutMs: SETTLE_TIMEOUT_MS, pollMs: SETTLE_POLL_MS }
  )
}

export function noLeak(stage: Stage, messages: number, idle: Measured, end: Measured): void {
  stage.figure('idle before', { ...idle })
  stage.figure('at rest after', { ...end })
  assert.equal(end.peers, 1)
  // of libp2p, or of the classic stack
  assert.equal(end.connections + end.sockets, 1)
  assert.equal(end.leakWarnings, 0)
  assert(end.listeners <= MAX_CONNECTION_LISTENERS, `${end.listeners} listeners on one connection`)
  const growth = end.heapMB - idle.heapMB
  assert(growth < MAX_HEAP_GROWTH_MB, `the heap grew by ${growth.toFixed(1)} MB over ${messages} messages`)
}

export function rates(
  messages: number,
  seconds: number,
  idle: Measured,
  done: Measured
): { perSecond: number; cpuMicrosPerMessage: number } {
  return {
    perSecond: messages / seconds,
    cpuMicrosPerMessage: ((done.cpuSeconds - idle.cpuSeconds) * 1e6) / messages
  }
}
