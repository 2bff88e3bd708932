/** 1,000 transactions submitted through our mempool reactor are all in Go's blocks; 1,000 submitted to Go's RPC reach our reactor. */
import assert from 'node:assert/strict'
import type { GoSide } from '../go-homes.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'

const COUNT = 1_000
/**
 * Go passes a transaction on while it waits for a block; one that a block takes first is not gossiped any more. Blocks 3 s apart leave Go's routine
 * the time it has on a real chain.
 */
const TIMEOUT_COMMIT_MS = 3_000
/** Of our calls to Go's RPC. */
const PARALLEL = 16

const numbered = (tag: string) => Array.from({ length: COUNT }, (_, i) => `${tag}-${i}=${'v'.repeat(1 + (i % 200))}`)

export async function transactionsBothWays(stage: Stage, side: GoSide): Promise<void> {
  const { first: go, chainId, genesis } = await stage.runningGoChain({ ...side, timeoutCommitMs: TIMEOUT_COMMIT_MS })
  const ours = await stage.ourNode({ stack: side.stack, network: chainId, genesis, persistentPeers: [go.dialled] })
  await ours.watcher.peerOf(go.nodeId)
  await until('we have caught up', () => ours.blocksync.status().state === 'following')

  const fromUs = numbered('ours')
  const from = await go.rpc.height()
  let started = performance.now()
  const results = await Promise.all(fromUs.map((tx) => ours.mempool.submit(new TextEncoder().encode(tx))))
  assert.deepEqual(
    results.filter(({ accepted }) => !accepted),
    []
  )
  const height = await go.includes(fromUs, from, 30_000)
  stage.figure('ours in blocks of Go', {
    count: COUNT,
    seconds: (performance.now() - started) / 1000,
    blocks: height - from
  })

  const fromGo = numbered('theirs')
  const missing = new Set(fromGo)
  ours.mempool.onTx(({ tx, from: sender }) => {
    if (sender === go.nodeId) missing.delete(new TextDecoder().decode(tx))
  })
  await go.reaches((await go.rpc.height()) + 1)
  started = performance.now()
  const queue = [...fromGo]
  await Promise.all(
    Array.from({ length: PARALLEL }, async () => {
      for (let tx = queue.shift(); tx !== undefined; tx = queue.shift()) await go.rpc.submit(tx)
    })
  )
  const submitted = performance.now()
  await until(
    'all transactions of Go are with us',
    () => {
      if (missing.size === 0) return true
      throw new Error(`${missing.size} missing, for example ${missing.values().next().value}`)
    },
    { timeoutMs: 30_000 }
  )
  stage.figure("Go's in our mempool", {
    count: COUNT,
    submittedSeconds: (submitted - started) / 1000,
    seconds: (performance.now() - started) / 1000
  })
}
