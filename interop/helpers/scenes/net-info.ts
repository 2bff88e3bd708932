/** The two ends of one classic connection and what each says of it in /net_info: it must be the same story. */
import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { nodeInfoToJson } from '../../../src/identity/node-info.ts'
import type { GoNode } from '../go-node.ts'
import type { OurNode } from '../our-node.ts'
import type { RpcPeer } from '../rpc.ts'
import type { Stage } from '../stage.ts'

/** Both count samples of 100 ms, and up to v0.38 Go holds what it sends for another 100 ms. */
const SETTLED_MS = 500
/** Between the two ends' handshakes, and between our two questions. */
const AGE_DIFFERENCE_MS = 2_000
const NANOSECONDS_PER_MS = 1e6

/** Of Go's ConnectionStatus as JSON. */
interface Status {
  Duration: string
  SendMonitor: { Bytes: string }
  RecvMonitor: { Bytes: string }
  Channels: Array<{ ID: number; SendQueueCapacity: string; Priority: string }>
}

/** Who each other is, who dialled, from where, the channels, and how many bytes passed each way. `outbound`: we dialled. */
export async function agreeInNetInfo(stage: Stage, ours: OurNode, go: GoNode, outbound: boolean): Promise<void> {
  const before = ofGo(ours)
  await pause(SETTLED_MS)
  const us = (await go.rpc.netInfo()).peers.find(({ node_info: { id } }) => id === ours.nodeId)
  assert(us !== undefined, 'Go lists us')
  const them = ofGo(ours)
  await pause(SETTLED_MS)
  const after = ofGo(ours)

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
  const toGo = [before, after].map((entry) => bytesOf(entry, 'SendMonitor'))
  const toUs = [before, after].map((entry) => bytesOf(entry, 'RecvMonitor'))
  const [goReceived, goSent] = [bytesOf(us, 'RecvMonitor'), bytesOf(us, 'SendMonitor')]
  stage.figure('bytes', { goReceived, weSent: toGo, goSent, weReceived: toUs })
  assert(goReceived > 0 && toGo[0]! <= goReceived && goReceived <= toGo[1]!, 'as many bytes to Go on both sides')
  assert(goSent > 0 && toUs[0]! <= goSent && goSent <= toUs[1]!, 'as many bytes to us on both sides')
}

function described({ ID, SendQueueCapacity, Priority }: Status['Channels'][number]) {
  return { ID, SendQueueCapacity, Priority }
}

/** Our entry for the only peer. */
function ofGo(ours: OurNode): RpcPeer {
  const { peers } = ours.switch.netInfo()
  assert.equal(peers.length, 1)
  return peers[0] as unknown as RpcPeer
}

function bytesOf(entry: RpcPeer, monitor: 'SendMonitor' | 'RecvMonitor'): number {
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
