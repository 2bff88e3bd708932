/**
 * "A week in a minute": many messages each way at once between us and CometBFT's own classic Switch, both ends configured alike, with pings much more often than
 * usual. No message is lost or doubled, nobody is dropped, nothing stays open.
 */
import assert from 'node:assert/strict'
import { noLeak, rates, settled } from '../leak.ts'
import type { Stage } from '../stage.ts'
import { TRAFFIC_CHANNEL } from '../traffic-reactor.ts'
import { until } from '../until.ts'

export const WEEK_TIMEOUT_MS = 180_000
const CHANNEL = `0x${TRAFFIC_CHANNEL.toString(16)}`
const NETWORK = 'week'
/** Go's. It waits for the pong itself, and bulk of ours is read before our pong behind it. */
const GO_PING_MS = 2_000
const GO_PONG_MS = 1_800
/** What a packet adds to a short message on that channel (spec mconnection section 1). */
const PACKET_BYTES = 10
/** What a BytesValue adds to a payload of less than 128 bytes. */
const VALUE_BYTES = 2
/** Of a rate limit. */
const MOST = 1.05
/** A busy machine may need longer. */
const LEAST = 0.6
/** No limit in practice; Go's own default is 5 MB/s. */
const LIFTED = 1e9

export interface Week {
  /** max_packet_msg_payload_size. */
  readonly packetBytes: number
  readonly payloadBytes: number
  readonly messages: number
  /** Bytes of packets a second, each way, sent and received. @default none */
  readonly rate?: number
  /** Ours. */
  readonly ping: { readonly pingIntervalMs: number; readonly pongTimeoutMs: number }
}

export async function week(stage: Stage, { packetBytes, payloadBytes, messages, rate, ping }: Week): Promise<void> {
  const limits = rate === undefined ? {} : { sendRate: rate, recvRate: rate }
  const ours = await stage.ourProcess({
    stack: 'comet',
    classic: { maxPacketMsgPayloadSize: packetBytes, ...ping, ...limits },
    network: NETWORK,
    traffic: messages
  })
  const idle = await ours.ask('usage', {})
  const flags = {
    stack: 'comet',
    network: NETWORK,
    channels: CHANNEL,
    'packet-bytes': packetBytes,
    rate: rate ?? LIFTED,
    ping: `${GO_PING_MS}ms`,
    pong: `${GO_PONG_MS}ms`,
    send: messages,
    expect: messages,
    size: payloadBytes,
    concurrency: 32,
    seconds: WEEK_TIMEOUT_MS / 1_000
  }
  const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)])
  const go = stage.hostile('source', [...args, '--stay'])
  const started = performance.now()
  const nodeId = await ours.ask('dial', { address: (await go.listening()).address })
  const [, fromGo, done] = await Promise.all([
    ours.ask('send', { nodeId, from: 0, to: messages, payloadBytes }),
    ours.ask('receive', { count: messages }),
    go.event('done', WEEK_TIMEOUT_MS)
  ])
  const seconds = (performance.now() - started) / 1_000
  const used = await ours.ask('usage', {})
  stage.figure('to us', { ...fromGo })
  const { received, doubles, received_per_second, failed, goroutines, heap_bytes } = done
  stage.figure('to Go', { received, doubles, perSecond: Number(received_per_second) })
  stage.figure('both at once', { seconds, ...rates(messages, seconds, idle, used) })
  stage.figure("Go's end", { goroutines, heapMB: Number(heap_bytes) / 1024 / 1024 })
  assert.deepEqual({ received, doubles, failed }, { received: messages, doubles: 0, failed: 0 })
  assert.deepEqual([fromGo.distinct, fromGo.doubles], [messages, 0])
  assert.deepEqual([ours.peers(), ours.departures()], [[nodeId], []])
  if (rate !== undefined) {
    const share = [fromGo.perSecond, Number(received_per_second)].map(
      (perSecond) => (perSecond * (payloadBytes + VALUE_BYTES + PACKET_BYTES)) / rate
    )
    stage.figure('of the limit', { toUs: share[0], toGo: share[1] })
    assert(share.every((one) => one > LEAST && one < MOST))
  }
  noLeak(stage, messages, idle, await settled(ours))

  await go.child.kill()
  const alone = await until('its peer has left', async () => {
    const now = await ours.ask('usage', {})
    return now.peers === 0 && now
  })
  assert.deepEqual([alone.sockets, alone.timers], [0, idle.timers])
}

/** What its test is called. */
export function titleOf({ messages, payloadBytes, packetBytes, rate }: Week): string {
  const limit = rate === undefined ? '' : `, at most ${rate} bytes a second`
  return `${messages} messages of ${payloadBytes} bytes each way in packets of ${packetBytes}${limit}`
}

/** A length of payload that fills the last of so many packets: on a channel from 0x80 on Go then sends a byte more than it takes itself (D-19). */
export function filling(packets: number, packetBytes: number): number {
  const bytes = packets * packetBytes
  return bytes - (bytes < 0x4000 + 3 ? 3 : 4)
}
