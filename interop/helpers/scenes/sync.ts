/**
 * Block sync both ways: we sync 300 blocks from Go, over changes of the validator set, and verify every commit; then a fresh Go node whose only peer is ours gets
 * them from us.
 */
import assert from 'node:assert/strict'
import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { toHex } from '../../../src/chain/bytes.ts'
import { parseGenesis } from '../../../src/chain/genesis.ts'
import { headerHash } from '../../../src/chain/hash.ts'
import { ValidatorSet } from '../../../src/chain/validator-set.ts'
import { importRecording, MemoryBlockStore, staticValidatorSource } from '../../../src/reactors/blocksync/index.ts'
import { block as blockCodec } from '../../../src/wire/codec.ts'
import type { GoSide } from '../go-homes.ts'
import type { GoNode } from '../go-node.ts'
import type { OurNode } from '../our-node.ts'
import type { Stage } from '../stage.ts'
import { until } from '../until.ts'
import { validatorTx } from '../validator-tx.ts'

const BLOCKS = 300
/** The member without a node is waited for each time it should propose. */
const FAST_CHAIN = { mesh: false, timeoutCommitMs: 10, config: { consensus: { timeout_propose: '50ms' } } }
const RECORDING = fileURLToPath(new URL('../../../test/fixtures/chain', import.meta.url))

/** The hash and validators_hash of a block in our store. */
async function stored(ours: OurNode, height: number): Promise<{ hash: string; validatorsHash: string }> {
  const found = await ours.store.load(BigInt(height))
  assert(found !== undefined, `we have block ${height}`)
  const { header } = blockCodec.decode(found.block)
  return { hash: toHex(headerHash(header)).toUpperCase(), validatorsHash: toHex(header.validatorsHash) }
}

export async function syncBothWays(stage: Stage, side: GoSide): Promise<void> {
  const { nodes, chainId, genesis } = await stage.goChain({ ...side, ...FAST_CHAIN, full: 1 })
  const [go, fresh] = nodes as [GoNode, GoNode]
  await go.start()
  const making = performance.now()
  for (const [height, power] of [
    [60, 1],
    [130, 2],
    [200, 0]
  ] as const) {
    await go.reaches(height)
    await go.rpc.submit(validatorTx(42, power, side.version))
  }
  // the last one is proven by its successor
  await go.reaches(BLOCKS + 1)
  stage.figure('Go made them', { seconds: (performance.now() - making) / 1000 })

  const ours = await stage.ourNode({
    stack: side.stack,
    network: chainId,
    genesis,
    validatorsFrom: go.rpc.url,
    persistentPeers: [go.dialled]
  })
  const started = performance.now()
  await until('we have 300 blocks', () => ours.blocksync.status().height >= BigInt(BLOCKS), { timeoutMs: 60_000 })
  const seconds = (performance.now() - started) / 1000
  const sets = new Set<string>()
  let changes = 0
  let previous = ''
  for (let height = 1; height <= BLOCKS; height++) {
    const { hash, validatorsHash } = await stored(ours, height)
    if (height % 50 === 0) assert.equal(hash, (await go.rpc.block(height)).block_id.hash)
    if (validatorsHash !== previous) changes++
    previous = validatorsHash
    sets.add(validatorsHash)
  }
  stage.figure('synced from Go', {
    blocks: BLOCKS,
    seconds,
    perSecond: BLOCKS / seconds,
    validatorSets: sets.size,
    changes: changes - 1
  })
  assert.equal(sets.size, 3)
  assert.equal(changes - 1, 3)

  await fresh.setPeers([ours])
  const freshStarted = performance.now()
  await fresh.start()
  await fresh.reaches(BLOCKS)
  stage.figure('a fresh Go node synced from us', {
    blocks: BLOCKS,
    seconds: (performance.now() - freshStarted) / 1000
  })
  const { peers } = await fresh.rpc.netInfo()
  assert.deepEqual(
    peers.map(({ node_info: { id } }) => id),
    [side.stack === 'comet' ? ours.nodeId : ours.peerId]
  )
  assert.equal((await fresh.rpc.block(BLOCKS)).block_id.hash, (await stored(ours, BLOCKS)).hash)
}

/** The recording has evidence, blocks of several parts, rounds above 0, nil and absent votes. */
export async function serveRecording(stage: Stage, side: GoSide): Promise<void> {
  const genesis = await readFile(join(RECORDING, 'genesis.json'), 'utf8')
  const sets = JSON.parse(await readFile(join(RECORDING, 'validators.json'), 'utf8'))
  const store = new MemoryBlockStore()
  await importRecording(gunzipSync(await readFile(join(RECORDING, 'blocks.bin.gz'))), store, {
    genesis: parseGenesis(genesis),
    validatorSource: staticValidatorSource(
      sets.map(({ validators }: { validators: unknown[] }) => ValidatorSet.fromJSON(validators))
    )
  })
  const ours = await stage.ourNode({ stack: side.stack, network: parseGenesis(genesis).chainId, store })
  const { nodes } = await stage.goChain({ ...side, chainId: parseGenesis(genesis).chainId })
  const [fresh] = nodes as [GoNode]
  await copyFile(join(RECORDING, 'genesis.json'), join(fresh.home, 'config', 'genesis.json'))
  await fresh.setPeers([ours])
  const started = performance.now()
  await fresh.start()
  const last = Number(store.height()) - 1
  await fresh.reaches(last)
  stage.figure('a fresh Go node synced the recording from us', {
    blocks: last,
    seconds: (performance.now() - started) / 1000
  })
  assert.equal((await fresh.rpc.block(last)).block_id.hash, (await stored(ours, last)).hash)
}
