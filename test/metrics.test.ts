import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { collectMetrics, type MetricFamily, prometheusText } from '../src/metrics.ts'
import { createMemoryNetwork } from '../src/testing/index.ts'
import { TextReactor } from './helpers/text-reactor.ts'

const samplesOf = (families: readonly MetricFamily[], name: string) =>
  families.find((family) => family.name === `cometbft_p2p_${name}`)?.samples ?? []

test("metrics have Go's names and labels, and the stack of each peer", async () => {
  const net = createMemoryNetwork({ seed: 1 })
  const reactors = [new TextReactor(), new TextReactor()] as const
  const [a, b] = reactors.map((reactor, i) =>
    net.createSwitch({ network: 'a "chain"', moniker: `n${i}`, reactors: { TEXT: reactor } })
  ) as [ReturnType<typeof net.createSwitch>, ReturnType<typeof net.createSwitch>]
  await Promise.all([a.start(), b.start()])
  assert.deepEqual(samplesOf(collectMetrics(a), 'peers'), [{ labels: { chain_id: 'a "chain"' }, value: 0 }])
  const peer = await a.dialPeerWithAddress(b.nodeInfo().netAddress())
  await reactors[1].until(() => reactors[1].added.length === 1)
  const channelId = a.nodeInfo().channels[0] as number
  for (const message of ['one', 'three']) assert.ok(await peer.send({ channelId, message }))
  await reactors[1].until(() => reactors[1].received.length === 2)
  const status = mock.method(peer, 'status')
  const [ours, theirs] = [collectMetrics(a), collectMetrics(b)]
  assert.equal(status.mock.callCount(), 1)
  const labels = { chain_id: 'a "chain"', peer_id: b.nodeInfo().id, stack: 'memory' }
  assert.deepEqual(samplesOf(ours, 'peers'), [
    { labels: { chain_id: 'a "chain"', stack: 'memory', direction: 'outbound' }, value: 1 }
  ])
  const sent = samplesOf(ours, 'peer_send_bytes_total')
  assert.deepEqual(
    sent.map((sample) => sample.labels),
    [{ ...labels, chID: `0x${channelId.toString(16)}` }]
  )
  assert.equal(sent[0]?.value, samplesOf(theirs, 'peer_receive_bytes_total')[0]?.value)
  assert.ok((sent[0]?.value ?? 0) >= 8)
  assert.equal(samplesOf(theirs, 'peer_receive_messages_total')[0]?.value, 2)
  assert.deepEqual(
    [a, b].map((sw) => samplesOf(collectMetrics(sw), 'peer_send_queue_size')[0]?.value),
    [0, 0]
  )
  b.markPeerAsBad(b.peers().list()[0] as never)
  const text = prometheusText(ours)
  assert.match(
    text,
    /^# TYPE cometbft_p2p_peers gauge\ncometbft_p2p_peers\{chain_id="a \\"chain\\"",stack="memory",direction="outbound"\} 1\n/m
  )
  assert.match(text, /^# HELP cometbft_p2p_peer_send_bytes_total /m)
  await Promise.all([a.stop(), b.stop()])
  assert.deepEqual(samplesOf(collectMetrics(b), 'peers_banned')[0]?.value, 1)
})
