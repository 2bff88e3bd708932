/** Issue 4 section 4 on every version of the classic stack: whoever dials, both sides have a peer, say the same of it in /net_info, and messages go both ways. */
import type { GoNode } from './helpers/go-node.ts'
import { GO_VERSIONS } from './helpers/go-toolchain.ts'
import { meet } from './helpers/scenes/meet.ts'
import { agreeInNetInfo } from './helpers/scenes/net-info.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 60_000

for (const version of GO_VERSIONS) {
  const side = { version, stack: 'comet' } as const

  stageTest(`R-11: we dial ${version}, and both sides agree about it`, BODY_TIMEOUT_MS, async (stage) => {
    const { first: go, chainId, genesis } = await stage.runningGoChain(side)
    const { stack } = side
    const ours = await stage.ourNode({ stack, network: chainId, genesis, persistentPeers: [go.dialled] })
    await meet(stage, ours, go, true)
    await agreeInNetInfo(stage, ours, go, true)
  })

  stageTest(`R-11: ${version} dials us, and both sides agree about it`, BODY_TIMEOUT_MS, async (stage) => {
    const { nodes, chainId, genesis } = await stage.goChain(side)
    const [go] = nodes as [GoNode]
    const { stack } = side
    const ours = await stage.ourNode({ stack, network: chainId, genesis })
    await go.setPeers([ours])
    await go.start()
    await meet(stage, ours, go, false)
    await agreeInNetInfo(stage, ours, go, false)
  })
}
