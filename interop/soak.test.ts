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
/** After these, buffers and caches have the size they keep. */
const WARM_UP = Math.floor(MESSAGES / 5)
const BODY_TIMEOUT_MS = 240_000
const PAYLOAD_BYTES = 100
/** What may stay above the warm figure when all is sent: noise of the heap. 80,000 messages that each left 200 bytes would be 16 MB. */
const MAX_HEAP_GROWTH_MB = 8
/** Streams that are not a message's: identify, ping. */
const MAX_IDLE_STREAMS = 4

const CHANNEL = `0x${TRAFFIC_CHANNEL.toString(16)}`
const HOSTILE_SECONDS = ['--seconds', String(BODY_TIMEOUT_MS / 1000)]

type Measured = Usage & { cpuSeconds: number }

async function withoutStreams(ours: OurProcess): Promise<Measured> {
  return await until(
    'streams end',
    async () => {
      const now = await ours.ask('usage', {})
      if (now.streams <= MAX_IDLE_STREAMS) return now
      throw new Error(`${now.streams} streams are open`)
    },
    { timeoutMs: 20_000 }
  )
}

function noLeak(stage: Stage, warm: Measured, end: Measured): void {
  stage.figure('warm', { ...warm })
  stage.figure('end', { ...end })
  assert.equal(end.connections, 1)
  assert.equal(end.leakWarnings, 0)
  assert(end.listeners <= warm.listeners, `${end.listeners} listeners on the connection, ${warm.listeners} when warm`)
  const growth = end.heapMB - warm.heapMB
  assert(growth < MAX_HEAP_GROWTH_MB, `the heap grew by ${growth.toFixed(1)} MB over ${MESSAGES - WARM_UP} messages`)
}

/** Of the part after the warm-up, which both sides have done by then. */
function rates(started: number, warm: Measured, end: Measured): { perSecond: number; cpuMicrosPerMessage: number } {
  const count = MESSAGES - WARM_UP
  return {
    perSecond: (count * 1000) / (performance.now() - started),
    cpuMicrosPerMessage: ((end.cpuSeconds - warm.cpuSeconds) * 1e6) / count
  }
}

stageTest(
  `${MESSAGES} messages from us to Go: none lost or doubled, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await stage.ourProcess({ network: 'soak', traffic: 0 })
    const sink = stage.hostile('sink', [
      '--channels',
      CHANNEL,
      '--expect',
      String(MESSAGES),
      ...HOSTILE_SECONDS,
      '--stay'
    ])
    const nodeId = await ours.ask('dial', { address: (await sink.listening()).multiaddr })
    await ours.ask('send', { nodeId, from: 0, to: WARM_UP, payloadBytes: PAYLOAD_BYTES })
    const warm = await withoutStreams(ours)
    const started = performance.now()
    await ours.ask('send', { nodeId, from: WARM_UP, to: MESSAGES, payloadBytes: PAYLOAD_BYTES })
    const { received, doubles, complete, streams, goroutines, heap_bytes } = await sink.event('done', BODY_TIMEOUT_MS)
    const end = await withoutStreams(ours)
    stage.figure('to Go', { received, doubles, ...rates(started, warm, end) })
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ complete, received, doubles }, { complete: true, received: MESSAGES, doubles: 0 })
    assert.deepEqual(ours.peers(), [nodeId])
    noLeak(stage, warm, end)
  }
)

stageTest(
  `${MESSAGES} messages from Go to us: none lost or doubled, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const ours = await stage.ourProcess({ network: 'soak', traffic: MESSAGES })
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
    const source = stage.hostile('source', [...args, ...HOSTILE_SECONDS, '--stay', '--target', ours.multiaddr])
    await ours.ask('receive', { count: WARM_UP })
    const warm = await ours.ask('usage', {})
    const started = performance.now()
    const { distinct, doubles } = await ours.ask('receive', { count: MESSAGES })
    const { sent, failed } = await source.event('sent', BODY_TIMEOUT_MS)
    const end = await withoutStreams(ours)
    stage.figure('from Go', { sent, failed, distinct, doubles, ...rates(started, warm, end) })
    const { streams, goroutines, heap_bytes } = await source.event('done')
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ sent, failed, distinct, doubles }, { sent: MESSAGES, failed: 0, distinct: MESSAGES, doubles: 0 })
    assert.equal(ours.peers().length, 1)
    noLeak(stage, warm, end)
  }
)
