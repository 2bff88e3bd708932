/**
 * The figures of a switch under CometBFT's own metric names (p2p/metrics.go; spec/transport-and-switch.md section 11), each with the name of the stack beside Go's
 * labels, so that a dashboard made for Go reads them and a migration can be watched. They are collected when somebody asks: nothing is counted twice, and a message costs
 * nothing more. Rejected: a client library of our own; `prometheusText` is what its `/metrics` would say, and `collectMetrics` feeds any other.
 */
import type { NodeId } from './interface/node-info.ts'
import type { ConnectionStatus, Peer } from './interface/peer.ts'
import type { Switch } from './interface/switch.ts'

export interface MetricSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface MetricFamily {
  /** With Go's namespace and subsystem: `cometbft_p2p_...`. */
  readonly name: string
  readonly help: string
  readonly type: 'gauge' | 'counter'
  readonly samples: readonly MetricSample[]
}

const PREFIX = 'cometbft_p2p_'

/** The figures now. Those of a peer end with it: its labels carry its id, as in Go. */
export function collectMetrics(sw: Switch): MetricFamily[] {
  const chain = { chain_id: sw.nodeInfo().network }
  const peers = sw.peers().list()
  const { dialing } = sw.numPeers()
  // a peer's status is put together anew for whoever asks
  const seen = peers.map((peer) => ({ id: peer.id(), labels: { ...chain, ...labelsOf(peer) }, status: peer.status() }))
  const perPeer = (read: (status: ConnectionStatus, id: NodeId) => number): MetricSample[] =>
    seen.map(({ id, labels, status }) => ({ labels, value: read(status, id) }))
  const perChannel = (field: 'sentBytes' | 'receivedBytes'): MetricSample[] =>
    seen.flatMap(({ labels, status }) =>
      status.channels.map((channel) => ({
        labels: { ...labels, chID: `0x${channel.id.toString(16)}` },
        value: channel[field]
      }))
    )
  return [
    family('peers', 'gauge', 'Number of peers, by stack and direction.', countPeers(peers, chain)),
    family('peers_dialing', 'gauge', 'Dials under way. Ours.', [{ labels: chain, value: dialing }]),
    family('peers_banned', 'gauge', 'Nodes that are refused. Ours.', [{ labels: chain, value: countBad(sw) }]),
    family(
      'peer_receive_bytes_total',
      'counter',
      'Bytes of messages received from a peer on a channel.',
      perChannel('receivedBytes')
    ),
    family(
      'peer_send_bytes_total',
      'counter',
      'Bytes of messages sent to a peer on a channel.',
      perChannel('sentBytes')
    ),
    family(
      'peer_receive_messages_total',
      'counter',
      'Messages received from a peer. Ours.',
      perPeer((status) => status.receivedMessages)
    ),
    family(
      'peer_send_messages_total',
      'counter',
      'Messages sent to a peer. Ours.',
      perPeer((status) => status.sentMessages)
    ),
    family('peer_send_queue_size', 'gauge', 'Messages that wait to be sent to a peer.', perPeer(queued)),
    family(
      'peer_score',
      'gauge',
      'What the switch thinks of a peer, -100 to 100. Ours.',
      perPeer((_, id) => sw.score(id))
    )
  ]
}

/** The same as text, in Prometheus' exposition format. */
export function prometheusText(families: readonly MetricFamily[]): string {
  return families
    .map(({ name, help, type, samples }) => {
      const lines = samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}\n`)
      return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
    })
    .join('')
}

function family(
  name: string,
  type: MetricFamily['type'],
  help: string,
  samples: readonly MetricSample[]
): MetricFamily {
  return { name: `${PREFIX}${name}`, help, type, samples }
}

function labelsOf(peer: Peer): Record<string, string> {
  return { peer_id: peer.id(), stack: peer.stack() }
}

function countPeers(peers: readonly Peer[], chain: Readonly<Record<string, string>>): MetricSample[] {
  const counts = new Map<string, { labels: Record<string, string>; value: number }>()
  for (const peer of peers) {
    const direction = peer.isOutbound() ? 'outbound' : 'inbound'
    const key = `${peer.stack()} ${direction}`
    const count = counts.get(key) ?? { labels: { ...chain, stack: peer.stack(), direction }, value: 0 }
    count.value++
    counts.set(key, count)
  }
  // a gauge that is gone at zero is an alarm that never rings
  return counts.size > 0 ? [...counts.values()] : [{ labels: chain, value: 0 }]
}

function countBad(sw: Switch): number {
  return sw.nodeStates().filter(({ state }) => state === 'bad').length
}

function queued({ channels }: ConnectionStatus): number {
  return channels.reduce((sum, { sendQueueSize }) => sum + sendQueueSize, 0)
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`
}
