/**
 * The hostile peers of the classic stack against CometBFT: that each does what its name says, and which of them an honest node of Go disconnects. What we do
 * with the same peers is measured by this.
 */
import assert from 'node:assert/strict'
import { COMET_ATTACKS } from './helpers/comet-attacks.ts'
import type { GoNode } from './helpers/go-node.ts'
import { attack } from './helpers/scenes/attack.ts'
import { stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 90_000

stageTest('CometBFT ends what is no peer, keeps what is only odd, and goes on', BODY_TIMEOUT_MS, async (stage) => {
  const { first: go } = await stage.runningGoChain({ stack: 'comet' })
  await Promise.all(COMET_ATTACKS.map((one) => attack(stage, go.address, one)))
  await go.includes([`hostile=${'x'.repeat(9994 - 'hostile='.length)}`], 1, 20_000)
  await go.reaches((await go.rpc.height()) + 2)
})

stageTest('a node that dials meets the hostile peer too', BODY_TIMEOUT_MS, async (stage) => {
  const { nodes } = await stage.goChain({ stack: 'comet' })
  const [go] = nodes as [GoNode]
  const hostile = stage.hostile('comet-peer', ['--secret', 'dialled', '--watch', '6s'])
  const { address } = await hostile.listening()
  await go.setPersistentPeers([address])
  await go.start()
  assert.equal((await hostile.event('handshake')).id, go.nodeId)
  assert.equal((await hostile.event('end')).connected, true)
})
