/**
 * Issue 3 section 7: 100,000 messages each way without a stalled stream, a leak or a lost message. Each direction on its own: lp2p's receive workers
 * shrink where a received message is answered at once (interop/go/README.md). INTEROP_SOAK_MESSAGES takes another number.
 */
import assert from 'node:assert/strict'
import { noLeak, rates, settled } from './helpers/leak.ts'
import { stageTest } from './helpers/stage.ts'
import { TRAFFIC_CHANNEL } from './helpers/traffic-reactor.ts'

const MESSAGES = Number(process.env.INTEROP_SOAK_MESSAGES ?? 100_000)
const BODY_TIMEOUT_MS = 240_000
const PAYLOAD_BYTES = 100
const CHANNEL = `0x${TRAFFIC_CHANNEL.toString(16)}`
const HOSTILE_SECONDS = ['--seconds', String(BODY_TIMEOUT_MS / 1000)]

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
    stage.figure('to Go', { received, doubles, ...rates(MESSAGES, seconds, idle, done) })
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ complete, received, doubles }, { complete: true, received: MESSAGES, doubles: 0 })
    assert.deepEqual(ours.peers(), [nodeId])
    noLeak(stage, MESSAGES, idle, await settled(ours))
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
      ...rates(MESSAGES, Number(seconds), idle, done),
      heapMB: done.heapMB
    })
    const { streams, goroutines, heap_bytes } = await source.event('done')
    stage.figure("Go's end", { streams, goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
    assert.deepEqual({ sent, failed, distinct, doubles }, { sent: MESSAGES, failed: 0, distinct: MESSAGES, doubles: 0 })
    assert.equal(ours.peers().length, 1)
    noLeak(stage, MESSAGES, idle, await settled(ours))
  }
)
