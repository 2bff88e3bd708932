/**
 * Issue 3 section 7: 100,000 messages each way without a stalled stream, a leak or a lost message. Each direction on its own: lp2p's receive workers
 * shrink where a received message is answered at once (interop/go/README.md). INTEROP_SOAK_MESSAGES takes another number.
 */
import assert from 'node:assert/strict'
import type { OurNode } from './helpers/our-node.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { TRAFFIC_CHANNEL, TrafficReactor } from './helpers/traffic-reactor.ts'
import { until } from './helpers/until.ts'
import { type Usage, usage } from './helpers/usage.ts'

const MESSAGES = Number(process.env.INTEROP_SOAK_MESSAGES ?? 100_000)
/** After these, buffers and caches have the size they keep. */
const WARM_UP = Math.floor(MESSAGES / 5)
const BODY_TIMEOUT_MS = 240_000
const PAYLOAD_BYTES = 100
/** What may stay above the warm figure when all is sent: noise of the heap, not a message's worth each (80,000 would be 12 MB at 150 B). */
const MAX_HEAP_GROWTH_MB = 6
/** Streams that are not a message's: identify, ping. */
const MAX_IDLE_STREAMS = 4

const CHANNEL = `0x${TRAFFIC_CHANNEL.toString(16)}`
const HOSTILE_SECONDS = ['--seconds', String(BODY_TIMEOUT_MS / 1000)]

async function withoutStreams(ours: OurNode): Promise<Usage> {
  let last = await usage(ours)
  await until(
    'streams end',
    async () => {
      last = await usage(ours)
      if (last.streams <= MAX_IDLE_STREAMS) return true
      throw new Error(`${last.streams} streams are open`)
    },
    { timeoutMs: 20_000, pollMs: 250 }
  )
  return last
}

function noLeak(stage: Stage, warm: Usage, end: Usage): void {
  stage.figure('warm', { ...warm })
  stage.figure('end', { ...end })
  assert.equal(end.connections, 1)
  assert.equal(end.leakWarnings, 0)
  assert(end.listeners <= warm.listeners, `${end.listeners} listeners on the connection, ${warm.listeners} when warm`)
  const growth = end.heapMB - warm.heapMB
  assert(growth < MAX_HEAP_GROWTH_MB, `the heap grew by ${growth.toFixed(1)} MB over ${MESSAGES - WARM_UP} messages`)
}

stageTest(
  `${MESSAGES} messages from us to Go: none lost, none twice, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const traffic = new TrafficReactor(0)
    const ours = await stage.ourNode({ network: 'soak', reactors: { TRAFFIC: traffic } })
    const sink = stage.hostile('sink', [
      '--channels',
      CHANNEL,
      '--expect',
      String(MESSAGES),
      ...HOSTILE_SECONDS,
      '--stay'
    ])
    const peer = await ours.switch.dialPeerWithAddress((await sink.listening()).multiaddr)
    await traffic.sendAll(peer, 0, WARM_UP, PAYLOAD_BYTES)
    const warm = await withoutStreams(ours)
    const started = performance.now()
    await traffic.sendAll(peer, WARM_UP, MESSAGES, PAYLOAD_BYTES)
    const { received, doubles, complete, streams, goroutines, heap_bytes } = await sink.event('done', BODY_TIMEOUT_MS)
    const seconds = (performance.now() - started) / 1000
    const end = await withoutStreams(ours)
    stage.figure('to Go', { received, doubles, perSecond: (MESSAGES - WARM_UP) / seconds })
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ complete, received, doubles }, { complete: true, received: MESSAGES, doubles: 0 })
    assert.equal(peer.isRunning(), true)
    noLeak(stage, warm, end)
  }
)

stageTest(
  `${MESSAGES} messages from Go to us: none lost, none twice, nothing left open`,
  BODY_TIMEOUT_MS,
  async (stage) => {
    const traffic = new TrafficReactor(MESSAGES)
    const ours = await stage.ourNode({ network: 'soak', reactors: { TRAFFIC: traffic } })
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
    await traffic.receives(WARM_UP)
    const warm = await usage(ours)
    await traffic.receives(MESSAGES)
    const { sent, failed, per_second } = await source.event('sent', BODY_TIMEOUT_MS)
    const end = await withoutStreams(ours)
    const { distinct, doubles, perSecond } = traffic.received
    stage.figure('from Go', { sent, failed, distinct, doubles, perSecond, per_second })
    const { streams, goroutines, heap_bytes } = await source.event('done')
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ sent, failed, distinct, doubles }, { sent: MESSAGES, failed: 0, distinct: MESSAGES, doubles: 0 })
    assert.equal(ours.switch.peers().size, 1)
    noLeak(stage, warm, end)
  }
)
