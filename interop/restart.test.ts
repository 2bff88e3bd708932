/**
 * Issue 3 section 7: after kill -9 and restart of either side, the blocks made since and one transaction each way arrive within 40 s. Go's /net_info proves
 * nothing here: it lists the dead connection's peer (spec/lp2p.md section 8).
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from './helpers/free-ports.ts'
import type { GoNode } from './helpers/go-node.ts'
import { keyOf } from './helpers/our-node.ts'
import type { OurProcess } from './helpers/our-process.ts'
import { type Stage, stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

/** What the issue allows, from the restart on. */
const BACK_WITHIN_MS = 40_000
const BODY_TIMEOUT_MS = 150_000
/** Blocks that are made while one side is away. */
const BLOCKS_MISSED = 15
const KEY_SEED = 7

/** One transaction each way and all blocks up to now. Rejects after `timeoutMs`; gives how long each took, ms. */
async function exchange(
  ours: OurProcess,
  go: GoNode,
  tag: string,
  timeoutMs: number
): Promise<{ blocksMs: number; toGoMs: number; toUsMs: number }> {
  const started = performance.now()
  const since = () => Math.round(performance.now() - started)
  const from = await go.rpc.height()
  const toGo = `${tag}-to-go=1`
  assert.equal(await ours.ask('submit', { tx: toGo }), true)
  const [blocksMs, toGoMs, toUsMs] = await Promise.all([
    // the newest block is proven by the next one only
    ours.reaches(from, timeoutMs).then(since),
    go.includes([toGo], from, timeoutMs).then(since),
    sendUntilOneArrives(ours, go, tag, timeoutMs).then(since)
  ])
  return { blocksMs, toGoMs, toUsMs }
}

/** A transaction leaves Go's mempool with the next block, so one that was submitted before the link is back never comes. */
async function sendUntilOneArrives(ours: OurProcess, go: GoNode, tag: string, timeoutMs: number): Promise<void> {
  let number = 0
  await until(
    'a transaction submitted to Go is with us',
    async () => {
      await go.rpc.submit(`${tag}-to-us-${number++}=1`)
      await pause(200)
      return ours.txs().some((tx) => tx.startsWith(`${tag}-to-us-`))
    },
    { timeoutMs }
  )
}

async function restart(stage: Stage, dialler: 'we' | 'Go', killed: 'we' | 'Go'): Promise<void> {
  const { nodes, chainId, genesis } = await stage.goChain()
  const [go] = nodes as [GoNode]
  const [port] = (await freePorts(1)) as [number]
  if (dialler === 'Go') await go.setPeers([{ host: `127.0.0.1:${port}`, key: keyOf(KEY_SEED) }])
  const options = {
    network: chainId,
    keySeed: KEY_SEED,
    port,
    genesis,
    storeDir: join(stage.dir, 'blocks'),
    persistentPeers: dialler === 'we' ? [go.multiaddr] : []
  }
  let ours = await stage.ourProcess(options)
  await go.start()
  const before = await exchange(ours, go, 'before', BACK_WITHIN_MS)

  const height = await go.rpc.height()
  if (killed === 'Go') {
    await go.kill()
    await go.start()
  } else {
    await ours.kill()
    await go.reaches(height + BLOCKS_MISSED)
    ours = await stage.ourProcess(options)
  }
  const after = await exchange(ours, go, 'after', BACK_WITHIN_MS)
  stage.figure('before', before)
  stage.figure('back after', { ...after, departures: ours.departures() })
  assert.deepEqual(ours.peers(), [go.nodeId])
}

stageTest('killed and restarted, we are back with the Go node that we dial', BODY_TIMEOUT_MS, (stage) =>
  restart(stage, 'we', 'we')
)
stageTest('a Go node that we dial is killed and restarted, and we are back', BODY_TIMEOUT_MS, (stage) =>
  restart(stage, 'we', 'Go')
)
stageTest('killed and restarted, we are back with the Go node that dials us', BODY_TIMEOUT_MS, (stage) =>
  restart(stage, 'Go', 'we')
)
stageTest('a Go node that dials us is killed and restarted, and we are back', BODY_TIMEOUT_MS, (stage) =>
  restart(stage, 'Go', 'Go')
)
