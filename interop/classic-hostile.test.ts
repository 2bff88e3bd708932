/**
 * Issue 4 section 4: our node under the hostile peers of the classic stack, while a real Go node is its peer. Each ends as it deserves, the log says why and of whom, and
 * the Go node notices nothing. The same table is held against Go itself in classic-hostile-go.test.ts.
 */
import assert from 'node:assert/strict'
import { COMET_ATTACKS, type CometAttack } from './helpers/comet-attacks.ts'
import type { OnLog, OurNode } from './helpers/our-node.ts'
import { type Attacker, attack } from './helpers/scenes/attack.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

const BODY_TIMEOUT_MS = 90_000
/** As long as Go's. */
const HANDSHAKE_TIMEOUT_MS = 3_000

/** What our log says of an attack that ends before there is a peer, an error's name or a refusal; and else the kind of the peer's stop reason. */
const ENDS: Readonly<Record<string, string | readonly string[]>> = {
  'says nothing': 'TimeoutError',
  'stops in the middle of its ephemeral key': 'TimeoutError',
  'stops after its ephemeral key': 'TimeoutError',
  'stops in the middle of its proof of identity': 'TimeoutError',
  'stops before its NodeInfo': 'TimeoutError',
  'resets in the middle of its proof of identity': 'ConnectionLostError',
  'random bytes first': 'SecretConnectionError',
  'a key of low order': 'SecretConnectionError',
  'an ephemeral key announced as 268 MB': 'SecretConnectionError',
  'proof of identity, signature: wrong': 'SecretConnectionError',
  'proof of identity, signature: short': 'SecretConnectionError',
  'proof of identity, signature: none': 'SecretConnectionError',
  'a key of another kind': 'SecretConnectionError',
  'NodeInfo with an id that is not its own': 'ProtocolViolationError',
  'NodeInfo of another network': 'refusal: incompatible',
  'NodeInfo of another block protocol': 'refusal: incompatible',
  'NodeInfo without a channel in common': 'refusal: incompatible',
  'NodeInfo announced as 34 GB': 'SecretConnectionError',
  'random bytes in frames': 'peer: protocol',
  // they may come in one piece with the NodeInfo before them
  'random bytes where frames are due': ['SecretConnectionError', 'peer: protocol'],
  'an empty packet': 'peer: protocol',
  'a packet announced as 64 KB': 'peer: protocol',
  'packets with more data than is allowed': 'peer: protocol',
  'an unknown channel': 'peer: protocol',
  'a message without end': 'peer: protocol',
  'a message that cannot be decoded': 'peer: protocol',
  'a reset in the middle of a message': 'peer: communication',
  // these leave by themselves, in order
  quiet: 'peer: communication',
  'a message in 10,000 packets': 'peer: communication',
  '10,000 packets without data': 'peer: communication',
  '5,000 pings': 'peer: communication'
}

/** The fields of all lines of our log. */
class Log {
  readonly #lines: Array<Readonly<Record<string, unknown>>> = []
  readonly onLog: OnLog = (_message, fields) => void this.#lines.push(fields)

  /** What it says of an attacker's end; undefined if nothing yet. */
  endOf({ nodeId, port }: Attacker): string | undefined {
    for (const { peer, port: from, error, refusal, reason } of this.#lines) {
      if (peer === nodeId && reason !== undefined) return `peer: ${(reason as { kind: string }).kind}`
      if (peer === nodeId && refusal !== undefined) return `refusal: ${refusal}`
      if (from === port && error !== undefined) return (error as Error).name
    }
    return undefined
  }
}

/** Plays it, and gives what our log says of it. */
async function playedAgainst(stage: Stage, ours: OurNode, log: Log, one: CometAttack): Promise<string> {
  const attacker = await attack(stage, ours.address, one)
  const end = await until(`our log tells of ${one.name}`, () => log.endOf(attacker))
  const { watcher } = ours
  // reactors have seen it to the end, or not at all
  const left = () => watcher.removed.some(({ peer }) => peer.id() === attacker.nodeId)
  if (end.startsWith('peer: ')) await until(`${one.name} has left`, left)
  else
    assert.equal(
      watcher.added.some((peer) => peer.id() === attacker.nodeId),
      false,
      one.name
    )
  return end
}

stageTest('each hostile peer ends as it deserves, and no other peer notices', BODY_TIMEOUT_MS, async (stage) => {
  const { first: go, chainId, genesis } = await stage.runningGoChain({ stack: 'comet' })
  const log = new Log()
  const ours = await stage.ourNode({
    stack: 'comet',
    handshakeTimeoutMs: HANDSHAKE_TIMEOUT_MS,
    network: chainId,
    genesis,
    persistentPeers: [go.dialled],
    onLog: log.onLog
  })
  const honest = await ours.watcher.peerOf(go.nodeId)
  await until('a block of Go is with us', () => ours.store.height() > 0n)
  const before = ours.store.height()
  const long: number[] = []
  ours.mempool.onTx(({ tx }) => long.push(tx.length))
  await Promise.all(
    COMET_ATTACKS.map(async (one) => {
      const end = await playedAgainst(stage, ours, log, one)
      assert([ENDS[one.name]].flat().includes(end), `${one.name}: ${end}`)
    })
  )
  assert(long.includes(9_994), 'the message in 10,000 packets was received')

  assert.equal(ours.switch.peers().get(go.nodeId), honest)
  assert.equal(honest.isRunning(), true)
  assert.deepEqual(ours.switch.peers().list(), [honest])
  const height = await go.rpc.height()
  await until('blocks go on', () => ours.store.height() >= BigInt(height) && ours.store.height() > before)
  stage.figure('the honest peer', { before: Number(before), after: Number(ours.store.height()), drops: 0 })
})

stageTest(
  'a peer that withholds its pongs is gone after the timeout, one that answers stays',
  BODY_TIMEOUT_MS,
  async (stage) => {
    const classic = { pingIntervalMs: 1_000, pongTimeoutMs: 800 }
    const ours = await stage.ourNode({ stack: 'comet', classic, network: 'interop' })
    const target = ['--target', ours.address, '--watch', '5s']
    const silent = stage.hostile('comet-peer', [...target, '--pongs=false'])
    const honest = stage.hostile('comet-peer', target)
    const { ms } = await silent.event('closed')
    assert((await honest.event('end')).connected)
    const { peer, reason } = await until('it has left', () => ours.watcher.removed[0])
    stage.figure('closed', { ms, reason })
    assert.equal((reason as { kind: string }).kind, 'communication')
    assert.match((reason as { message: string }).message, /pong timeout/)
    // ping and pong, and a timer may be a moment early
    assert(Number(ms) >= 1_790 && Number(ms) < 4_000)
    assert.equal(peer.isRunning(), false)
  }
)

stageTest('R-12: who is dialled by another id than its own is no peer', BODY_TIMEOUT_MS, async (stage) => {
  const ours = await stage.ourNode({ stack: 'comet', network: 'interop' })
  const hostile = stage.hostile('comet-peer', ['--secret', 'dialled'])
  const { host } = await hostile.listening()
  await assert.rejects(ours.switch.dialPeerWithAddress(`${'00'.repeat(20)}@${host}`))
  assert.equal((await hostile.event('end')).connected, false)
  assert.deepEqual(ours.watcher.added, [])
})
