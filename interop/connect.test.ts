/** Issue 3 section 7, first line: whoever dials, both sides have a peer, and messages go both ways. */
import assert from 'node:assert/strict'
import type { GoNode } from './helpers/go-node.ts'
import type { OurNode } from './helpers/our-node.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

const BODY_TIMEOUT_MS = 90_000

/** Peers on both sides, and proof beyond a list: blocks come to us, which takes a message each way. */
async function meet(stage: Stage, ours: OurNode, go: GoNode, outbound: boolean): Promise<void> {
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
    [ours.peerId]
  )
  await until('a block of Go is with us', () => ours.store.height() > 0n)
  stage.figure('met', {
    ms: performance.now() - started,
    height: Number(ours.store.height()),
    departures: ours.watcher.removed.map(({ reason }) => reason)
  })
}

stageTest(
  'R-11: we dial Go by its multiaddr, and each side has the other as a peer',
  BODY_TIMEOUT_MS,
  async (stage) => {
    const { first, chainId, genesis } = await stage.runningGoChain()
    const ours = await stage.ourNode({ network: chainId, genesis, persistentPeers: [first.multiaddr] })
    await meet(stage, ours, first, true)
  }
)

stageTest("we dial Go by the address of Go's own bootstrap_peers", BODY_TIMEOUT_MS, async (stage) => {
  const { first, chainId, genesis } = await stage.runningGoChain()
  const ours = await stage.ourNode({ network: chainId, genesis })
  const peer = await ours.switch.dialPeerWithAddress(first.bootstrapAddress)
  assert.equal(peer.id(), first.nodeId)
  await meet(stage, ours, first, true)
})

stageTest(
  'R-11: Go dials us from its bootstrap_peers, and each side has the other as a peer',
  BODY_TIMEOUT_MS,
  async (stage) => {
    const { nodes, chainId, genesis } = await stage.goChain()
    const [go] = nodes as [GoNode]
    const ours = await stage.ourNode({ network: chainId, genesis })
    await go.setBootstrapPeers([ours.bootstrap])
    await go.start()
    await meet(stage, ours, go, false)
  }
)
