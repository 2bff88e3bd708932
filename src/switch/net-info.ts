/** The JSON of CometBFT's /net_info (rpc/core/net.go), made from the peers. 64-bit numbers are strings, durations nanoseconds, as Go writes them. */
import { nodeInfoToJson } from '../identity/node-info.ts'
import type { Peer } from '../interface/peer.ts'
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
      remote_ip: peer.remoteIP()
    }))
  }
}

function statusToJson(peer: Peer): Record<string, unknown> {
  const { duration, sentBytes, receivedBytes, channels } = peer.status()
  const nanoseconds = String(BigInt(Math.round(duration)) * NANOSECONDS_PER_MS)
  return {
    Duration: nanoseconds,
    SendMonitor: { Active: true, Duration: nanoseconds, Bytes: String(sentBytes) },
    RecvMonitor: { Active: true, Duration: nanoseconds, Bytes: String(receivedBytes) },
    Channels: channels.map((channel) => ({
      ID: channel.id,
      SendQueueCapacity: String(channel.sendQueueCapacity),
      SendQueueSize: String(channel.sendQueueSize),
      Priority: String(channel.priority),
      RecentlySent: String(Math.round(channel.recentlySent))
    }))
  }
}
