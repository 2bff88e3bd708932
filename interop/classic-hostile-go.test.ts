/**
 * The hostile peers of the classic stack against CometBFT: that each does what its name says, and which of them an honest node of Go disconnects. What we do
 * with the same peers is measured by this.
 */
import assert from 'node:assert/strict'
import { COMET_ATTACKS, type CometAttack } from './helpers/comet-attacks.ts'
import type { GoNode } from './helpers/go-node.ts'
import { type Stage, stageTest } from './helpers/stage.ts'

const BODY_TIMEOUT_MS = 90_000
/** Go gives a handshake 3 s. */
const WATCH = '6s'

async function attack(stage: Stage, go: GoNode, { name, command, args, ends, handshake }: CometAttack): Promise<void> {
  const hostile = stage.hostile(command, ['--target', go.address, '--watch', WATCH, ...args])
  const { connected } = await hostile.event('end', BODY_TIMEOUT_MS)
  const of = (event: string) => hostile.events.find((found) => found.event === event)
  if (handshake !== 'none' && handshake !== 'any') assert.equal(of('handshake')?.ok, handshake !== 'fails', name)
  assert.equal(connected, ends === false, name)
  assert.equal(of('closed') !== undefined, ends === true, name)
  const reached = of(handshake === 'fails' ? 'handshake' : 'closed')
  stage.figure(name, { endsAfterMs: reached?.ms ?? 'stays', error: reached?.error ?? '' })
}

stageTest('CometBFT ends what is no peer, keeps what is only odd, and goes on', BODY_TIMEOUT_MS, async (stage) => {
  const { first: go } = await stage.runningGoChain({ stack: 'comet' })
  await Promise.all(COMET_ATTACKS.map((one) => attack(stage, go, one)))
  await go.includes([`hostile=${'x'.repeat(9994 - 'hostile='.length)}`], 1, 20_000)
  await go.reaches((await go.rpc.height()) + 2)
})

stageTest('a node that dials meets the hostile peer too', BODY_TIMEOUT_MS, async (stage) => {
  const { nodes } = await stage.goChain({ stack: 'comet' })
  const [go] = nodes as [GoNode]
  const hostile = stage.hostile('comet-peer', ['--secret', 'dialled', '--watch', WATCH])
  const { address } = await hostile.listening()
  await go.setPersistentPeers([address])
  await go.start()
  assert.equal((await hostile.event('handshake')).id, go.nodeId)
  assert.equal((await hostile.event('end')).connected, true)
})
