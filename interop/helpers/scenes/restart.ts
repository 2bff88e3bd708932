/**
 * After kill -9 and restart of either side, the blocks made since and one transaction each way arrive in time. Go's /net_info proves nothing here on libp2p: it
 * lists the dead connection's peer (spec/lp2p.md section 8).
 */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePorts } from '../free-ports.ts'
import type { GoSide } from '../go-homes.ts'
import type { GoNode } from '../go-node.ts'
import { keyOf } from '../our-node.ts'
import type { OurProcess } from '../our-process.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

/** What the issues allow, from the restart on. */
const BACK_WITHIN_MS = 40_000
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

/** Who dials, and who is killed. */
export interface Restart {
  readonly dialler: 'we' | 'Go'
  readonly killed: 'we' | 'Go'
}

export const RESTARTS: readonly Restart[] = [
  { dialler: 'we', killed: 'we' },
  { dialler: 'we', killed: 'Go' },
  { dialler: 'Go', killed: 'we' },
  { dialler: 'Go', killed: 'Go' }
]

export function titleOf({ dialler, killed }: Restart): string {
  const who = killed === 'we' ? 'we are killed and restarted' : 'Go is killed and restarted'
  return `${dialler === 'we' ? 'we dial Go' : 'Go dials us'}, ${who}, and both are back`
}

export async function restart(stage: Stage, side: GoSide, { dialler, killed }: Restart): Promise<void> {
  const { nodes, chainId, genesis } = await stage.goChain(side)
  const name = `ours-${dialler}-${killed}`
  const [go] = nodes as [GoNode]
  const [port] = (await freePorts(1)) as [number]
  if (dialler === 'Go') await go.setPeers([{ host: `127.0.0.1:${port}`, key: keyOf(KEY_SEED) }])
  const options = {
    network: chainId,
    stack: side.stack,
    keySeed: KEY_SEED,
    port,
    genesis,
    storeDir: join(stage.dir, name),
    persistentPeers: dialler === 'we' ? [go.dialled] : []
  }
  let ours = await stage.ourProcess(options, name)
  await go.start()
  const before = await exchange(ours, go, 'before', BACK_WITHIN_MS)

  const height = await go.rpc.height()
  if (killed === 'Go') {
    await go.kill()
    await go.start()
  } else {
    await ours.kill()
    await go.reaches(height + BLOCKS_MISSED)
    ours = await stage.ourProcess(options, name)
  }
  const after = await exchange(ours, go, 'after', BACK_WITHIN_MS)
  stage.figure(titleOf({ dialler, killed }), { before, ...after, departures: ours.departures() })
  assert.deepEqual(ours.peers(), [go.nodeId])
  if (side.stack === 'libp2p') return
  const { peers } = await go.rpc.netInfo()
  assert.deepEqual(
    peers.map(({ node_info: { id }, is_outbound }) => ({ id, is_outbound })),
    [{ id: keyOf(KEY_SEED).id, is_outbound: dialler === 'Go' }]
  )
}
