/** Issue 3 section 7, first line: whoever dials, both sides have a peer, and messages go both ways. */
import assert from 'node:assert/strict'
import type { GoNode } from './helpers/go-node.ts'
import { meet } from './helpers/scenes/meet.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 90_000

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
    await go.setPeers([ours])
    await go.start()
    await meet(stage, ours, go, false)
  }
)
