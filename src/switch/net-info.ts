/** The JSON of CometBFT's /net_info (rpc/core/net.go), made from the peers. 64-bit numbers are strings, durations nanoseconds, as Go writes them. */
import { nodeInfoToJson } from '../identity/node-info.ts'
import type { FlowStatus, Peer } from '../interface/peer.ts'
import type { NetInfo } from '../interface/switch.ts'

const NANOSECONDS_PER_MS = 1_000_000n

export function netInfoOf(peers: readonly Peer[], listeners: readonly string[]): NetInfo {
  return {
    listening: listeners.length > 0,
    listeners: [...listeners],
    n_peers: String(peers.length),
    peers: peers.map((peer) => ({
      node_info: { ...nodeInfoToJson(peer.nodeInfo()) },
      is_outbound: peer.isOutbound(),
      connection_status: statusToJson(peer),
      remote_ip: peer.remoteIP(),
      stack: peer.stack()
    }))
  }
}

function statusToJson(peer: Peer): Record<string, unknown> {
  const { duration, sendMonitor, recvMonitor, channels } = peer.status()
  return {
    Duration: nanoseconds(duration),
    SendMonitor: flowToJson(sendMonitor),
    RecvMonitor: flowToJson(recvMonitor),
    Channels: channels.map((channel) => ({
      ID: channel.id,
      SendQueueCapacity: String(channel.sendQueueCapacity),
      SendQueueSize: String(channel.sendQueueSize),
      Priority: String(channel.priority),
      RecentlySent: String(Math.round(channel.recentlySent))
    }))
  }
}

function flowToJson(flow: FlowStatus): Record<string, unknown> {
  return {
    Start: new Date(flow.start).toISOString(),
    Bytes: String(flow.bytes),
    Samples: String(flow.samples),
    InstRate: String(flow.instRate),
    CurRate: String(flow.curRate),
    AvgRate: String(flow.avgRate),
    PeakRate: String(flow.peakRate),
    BytesRem: String(flow.bytesRem),
    Duration: nanoseconds(flow.duration),
    Idle: nanoseconds(flow.idle),
    TimeRem: nanoseconds(flow.timeRem),
    Progress: flow.progress,
    Active: flow.active
  }
}

function nanoseconds(ms: number): string {
  return String(BigInt(Math.round(ms)) * NANOSECONDS_PER_MS)
}
