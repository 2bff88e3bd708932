/** Issue 3 section 7 on a chain of two validators: we dial one of them, the other dials us, and blocks and transactions go every way. */
import assert from 'node:assert/strict'
import type { GoNode } from './helpers/go-node.ts'
import { stageTest } from './helpers/stage.ts'
import { until } from './helpers/until.ts'

const BODY_TIMEOUT_MS = 120_000
/** Those a fresh node can have of us: it takes the next one to prove a block. */
const BLOCKS = 20

stageTest(
  'with two validators, one dialled and one dialling, we sync, and transactions go to and from each',
  BODY_TIMEOUT_MS,
  async (stage) => {
    // slow enough that a transaction is gossiped before a block takes it
    const { nodes, chainId, genesis } = await stage.goChain({
      validators: 2,
      full: 1,
      mesh: false,
      timeoutCommitMs: 500
    })
    const [dialled, dialling, fresh] = nodes as [GoNode, GoNode, GoNode]
    const ours = await stage.ourNode({ network: chainId, genesis, persistentPeers: [dialled.multiaddr] })
    await dialling.setPeers([ours, dialled])
    await Promise.all([dialled.start(), dialling.start()])

    const outbound = await ours.watcher.peerOf(dialled.nodeId)
    const inbound = await ours.watcher.peerOf(dialling.nodeId)
    assert.deepEqual([outbound.isOutbound(), inbound.isOutbound()], [true, false])
    await until('we have blocks of both validators', () => ours.store.height() > BigInt(BLOCKS), { timeoutMs: 60_000 })
    stage.figure('synced', { height: Number(ours.store.height()) })

    // one from us is in a block of each, one of each comes to us
    const from = await dialled.rpc.height()
    await ours.mempool.submit(new TextEncoder().encode('ours=1'))
    await Promise.all([dialled.includes(['ours=1'], from, 20_000), dialling.includes(['ours=1'], from, 20_000)])
    const seen = new Set<string>()
    ours.mempool.onTx(({ tx }) => seen.add(new TextDecoder().decode(tx).split('=')[0]!))
    for (const go of [dialled, dialling]) {
      let number = 0
      await until(
        `a transaction of ${go.name} is with us`,
        async () => {
          await go.rpc.submit(`${go.name}-${number++}=1`)
          return [...seen].some((key) => key.startsWith(`${go.name}-`))
        },
        { pollMs: 200 }
      )
    }

    await fresh.setPeers([ours])
    await fresh.start()
    await fresh.reaches(BLOCKS)
    stage.figure('a fresh Go node synced from us', { height: await fresh.rpc.height() })
    assert.equal((await fresh.rpc.block(BLOCKS)).block_id.hash, (await dialled.rpc.block(BLOCKS)).block_id.hash)
  }
)
