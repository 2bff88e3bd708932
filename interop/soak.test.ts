/**
 * Issue 3 section 7: 100,000 messages each way without a stalled stream, a leak or a lost message. Each direction on its own: lp2p's receive workers
 * shrink where a received message is answered at once (interop/go/README.md). INTEROP_SOAK_MESSAGES takes another number.
 */
import assert from 'node:assert/strict'
import type { OurProcess } from './helpers/our-process.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { TRAFFIC_CHANNEL } from './helpers/traffic-reactor.ts'
import { until } from './helpers/until.ts'
import type { Usage } from './helpers/usage.ts'

const MESSAGES = Number(process.env.INTEROP_SOAK_MESSAGES ?? 100_000)
const BODY_TIMEOUT_MS = 240_000
const PAYLOAD_BYTES = 100
/** What may stay beyond an idle node when all is done: compiled code and caches. 100,000 messages that each left 200 bytes would be 20 MB. */
const MAX_HEAP_GROWTH_MB = 12
/** libp2p's timer for the negotiation of an inbound stream keeps the stream for 10 s, also when all is over. */
const SETTLE_TIMEOUT_MS = 30_000
const SETTLE_POLL_MS = 2_000
/** Streams that are not a message's: identify, ping. */
const MAX_IDLE_STREAMS = 4
/** libp2p's own and the link's, whatever went over the connection. */
const MAX_CONNECTION_LISTENERS = 6

const CHANNEL = `0x${TRAFFIC_CHANNEL.toString(16)}`
const HOSTILE_SECONDS = ['--seconds', String(BODY_TIMEOUT_MS / 1000)]

type Measured = Usage & { cpuSeconds: number }

/** Once no message's stream is open and the heap has stopped to fall. */
async function settled(ours: OurProcess): Promise<Measured> {
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

function noLeak(stage: Stage, idle: Measured, end: Measured): void {
  stage.figure('idle before', { ...idle })
  stage.figure('at rest after', { ...end })
  assert.equal(end.connections, 1)
  assert.equal(end.leakWarnings, 0)
  assert(end.listeners <= MAX_CONNECTION_LISTENERS, `${end.listeners} listeners on one connection`)
  const growth = end.heapMB - idle.heapMB
  assert(growth < MAX_HEAP_GROWTH_MB, `the heap grew by ${growth.toFixed(1)} MB over ${MESSAGES} messages`)
}

function rates(seconds: number, idle: Measured, done: Measured): { perSecond: number; cpuMicrosPerMessage: number } {
  return {
    perSecond: MESSAGES / seconds,
    cpuMicrosPerMessage: ((done.cpuSeconds - idle.cpuSeconds) * 1e6) / MESSAGES
  }
}

stageTest(
  `${MESSAGES} messages from us to Go: none lost or doubled, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await stage.ourProcess({ network: 'soak', traffic: 0 })
    const idle = await ours.ask('usage', {})
    const sink = stage.hostile('sink', [
      '--channels',
      CHANNEL,
      '--expect',
      String(MESSAGES),
      ...HOSTILE_SECONDS,
      '--stay'
    ])
    const nodeId = await ours.ask('dial', { address: (await sink.listening()).multiaddr })
    const started = performance.now()
    await ours.ask('send', { nodeId, from: 0, to: MESSAGES, payloadBytes: PAYLOAD_BYTES })
    const { received, doubles, complete, streams, goroutines, heap_bytes } = await sink.event('done', BODY_TIMEOUT_MS)
    const seconds = (performance.now() - started) / 1000
    const done = await ours.ask('usage', {})
    stage.figure('to Go', { received, doubles, ...rates(seconds, idle, done) })
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ complete, received, doubles }, { complete: true, received: MESSAGES, doubles: 0 })
    assert.deepEqual(ours.peers(), [nodeId])
    noLeak(stage, idle, await settled(ours))
  }
)

stageTest(
  `${MESSAGES} messages from Go to us: none lost or doubled, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await stage.ourProcess({ network: 'soak', traffic: MESSAGES })
    const idle = await ours.ask('usage', {})
    const args = [
      '--channels',
      CHANNEL,
      '--send',
      String(MESSAGES),
      '--size',
      String(PAYLOAD_BYTES),
      '--concurrency',
      '32'
    ]
    const source = stage.hostile('source', [...args, ...HOSTILE_SECONDS, '--stay', '--target', ours.address])
    const { distinct, doubles } = await ours.ask('receive', { count: MESSAGES })
    const { sent, failed, seconds } = await source.event('sent', BODY_TIMEOUT_MS)
    const done = await ours.ask('usage', {})
    stage.figure('from Go', {
      sent,
      failed,
      distinct,
      doubles,
      ...rates(Number(seconds), idle, done),
      heapMB: done.heapMB
    })
    const { streams, goroutines, heap_bytes } = await source.event('done')
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ sent, failed, distinct, doubles }, { sent: MESSAGES, failed: 0, distinct: MESSAGES, doubles: 0 })
    assert.equal(ours.peers().length, 1)
    noLeak(stage, idle, await settled(ours))
  }
)
