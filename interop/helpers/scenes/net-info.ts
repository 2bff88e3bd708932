/** The two ends of one classic connection and what each says of it in /net_info: it must be the same story. */
import assert from 'node:assert/strict'
import { nodeInfoToJson } from '../../../src/identity/node-info.ts'
import type { GoNode } from '../go-node.ts'
import type { OurNode } from '../our-node.ts'
import type { RpcPeer } from '../rpc.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

/** Both count samples of 100 ms, and up to v0.38 Go holds what it sends for another 100 ms; the rest is for a busy machine. */
const SETTLED_MS = 5_000
/** Between the two ends' handshakes, and between our two questions. */
const AGE_DIFFERENCE_MS = 5_000
const NANOSECONDS_PER_MS = 1e6

type Monitor = 'SendMonitor' | 'RecvMonitor'

/** Of Go's ConnectionStatus as JSON. */
interface Status {
  Duration: string
  SendMonitor: { Bytes: string }
  RecvMonitor: { Bytes: string }
  Channels: Array<{ ID: number; SendQueueCapacity: string; Priority: string }>
}

/** Who each other is, who dialled, from where, the channels, and how many bytes passed each way. `outbound`: we dialled. */
export async function agreeInNetInfo(stage: Stage, ours: OurNode, go: GoNode, outbound: boolean): Promise<void> {
  const us = await entryOf(ours, go)
  const them = ofGo(ours)
  assert.deepEqual(us.node_info, nodeInfoToJson(ours.switch.nodeInfo()))
  assert.deepEqual(them.node_info, (await go.rpc.status()).node_info)
  assert.deepEqual([them.is_outbound, us.is_outbound], [outbound, !outbound])
  assert.deepEqual([them.remote_ip, us.remote_ip], ['127.0.0.1', '127.0.0.1'])
  assert.deepEqual(shapeOf(them.connection_status), shapeOf(us.connection_status))

  const [goSays, weSay] = [us, them].map(({ connection_status }) => connection_status as unknown as Status)
  assert(goSays !== undefined && weSay !== undefined)
  assert(Math.abs(ageMs(goSays) - ageMs(weSay)) < AGE_DIFFERENCE_MS, `${ageMs(goSays)} and ${ageMs(weSay)} ms old`)
  // Go lists all of its own channels, we those that both have
  for (const ours of weSay.Channels)
    assert.deepEqual(
      described(ours),
      goSays.Channels.map(described).find(({ ID }) => ID === ours.ID)
    )
  await agreeAboutBytes(stage, ours, go, 'SendMonitor', 'RecvMonitor')
  await agreeAboutBytes(stage, ours, go, 'RecvMonitor', 'SendMonitor')
}

/** Each counts what has passed as soon as it has: Go soon has what we have now, and we soon have what Go has then. */
async function agreeAboutBytes(stage: Stage, ours: OurNode, go: GoNode, our: Monitor, its: Monitor): Promise<void> {
  const before = await until('bytes have passed', () => atLeast(1, bytesOf(ofGo(ours), our)), {
    timeoutMs: SETTLED_MS
  })
  const ofGoNow = await until(
    `Go's ${its} reaches ${before}`,
    async () => atLeast(before, bytesOf(await entryOf(ours, go), its)),
    { timeoutMs: SETTLED_MS }
  )
  const after = await until(`our ${our} reaches ${ofGoNow}`, () => atLeast(ofGoNow, bytesOf(ofGo(ours), our)), {
    timeoutMs: SETTLED_MS
  })
  stage.figure(our === 'SendMonitor' ? 'bytes to Go' : 'bytes to us', { ours: [before, after], its: ofGoNow })
}

function atLeast(least: number, found: number): number {
  if (found >= least) return found
  throw new Error(`${found} bytes`)
}

function described({ ID, SendQueueCapacity, Priority }: Status['Channels'][number]) {
  return { ID, SendQueueCapacity, Priority }
}

/** Go's entry for us. */
async function entryOf(ours: OurNode, go: GoNode): Promise<RpcPeer> {
  const found = (await go.rpc.netInfo()).peers.find(({ node_info: { id } }) => id === ours.nodeId)
  assert(found !== undefined, 'Go lists us')
  return found
}

/** Our entry for the only peer. */
function ofGo(ours: OurNode): RpcPeer {
  const { peers } = ours.switch.netInfo()
  assert.equal(peers.length, 1)
  return peers[0] as unknown as RpcPeer
}

function bytesOf(entry: RpcPeer, monitor: Monitor): number {
  return Number((entry.connection_status as unknown as Status)[monitor].Bytes)
}

function ageMs({ Duration }: Status): number {
  return Number(Duration) / NANOSECONDS_PER_MS
}

/** Names and JSON types; of a list its first member. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [shapeOf(value[0])]
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shapeOf(member)]))
}
