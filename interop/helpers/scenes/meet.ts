/** Whoever dials and on whatever stack: both sides have a peer, and messages go both ways. */
import assert from 'node:assert/strict'
import type { GoNode } from '../go-node.ts'
import type { OurNode } from '../our-node.ts'
import type { RpcPeer } from '../rpc.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

/** Peers on both sides, and proof beyond a list: blocks come to us, which takes a message each way. Gives Go's entry for us. */
export async function meet(stage: Stage, ours: OurNode, go: GoNode, outbound: boolean): Promise<RpcPeer> {
  const started = performance.now()
  const peer = await ours.watcher.peerOf(go.nodeId)
  assert.equal(peer.isOutbound(), outbound)
  assert.equal(peer.id(), go.nodeId)
  assert.equal(String(peer.peerId()), go.peerId)
  assert.equal(ours.switch.peers().get(go.nodeId), peer)
  const { peers } = await until('Go lists us', async () => {
    const info = await go.rpc.netInfo()
    return info.peers.length > 0 && info
  })
  assert.deepEqual(
    peers.map(({ node_info: { id } }) => id),
    // Go's libp2p stack names a peer by its PeerId
    [go.stack === 'comet' ? ours.nodeId : ours.peerId]
  )
  await until('a block of Go is with us', () => ours.store.height() > 0n)
  stage.figure('met', {
    ms: performance.now() - started,
    height: Number(ours.store.height()),
    departures: ours.watcher.removed.map(({ reason }) => reason)
  })
  return peers[0]!
}
