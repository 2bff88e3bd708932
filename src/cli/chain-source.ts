/** What the `node` command knows of the chain before it meets anybody: its id, its genesis, the blocks it has, and who names new validators. */
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Genesis, parseGenesis } from '../chain/genesis.ts'
import type { NodeKey } from '../identity/node-key.ts'
import type { Clock } from '../interface/clock.ts'
import { readConfig } from '../node/config.ts'
import { inHome, loadOrCreateNodeKey, readTextFile } from '../node/home.ts'
import type { BlockStore } from '../reactors/blocksync/block-store.ts'
import { DatastoreBlockStore } from '../reactors/blocksync/datastore-block-store.ts'
import { MemoryBlockStore } from '../reactors/blocksync/memory-block-store.ts'
import { rpcValidatorSource } from '../reactors/blocksync/rpc-validator-source.ts'
import type { ValidatorSource } from '../reactors/blocksync/validator-source.ts'
import { askChain } from './ask-chain.ts'
import { flagValue, UsageError } from './flags.ts'
import type { NodeFlags } from './node-flags.ts'
import { rpcGenesis, rpcNetwork } from './rpc.ts'

/** Blocks kept where no directory is given. */
const BLOCKS_IN_MEMORY = 1_000

export interface ChainSource {
  readonly network: string
  readonly genesis: Genesis | undefined
  readonly validatorSource: ValidatorSource | undefined
  readonly store: BlockStore
  /** Of `--data`, so that it is the same node after a restart. */
  readonly nodeKey: NodeKey | undefined
  close(): Promise<void>
}

/**
 * Rejects with `UsageError` where flags contradict one another or nobody can name the chain, with `ChainUnknownError` where none of those who could does, or with
 * the signal's reason.
 */
export async function openChainSource(flags: NodeFlags, clock: Clock, signal: AbortSignal): Promise<ChainSource> {
  const genesis = await findGenesis(flags)
  if (flags.trust !== undefined && genesis === undefined)
    throw new UsageError('--trust: needs the genesis: --rpc, --genesis or --home')
  const network = flags.network ?? genesis?.chainId ?? (await networkOfOthers(flags, clock, signal))
  if (genesis !== undefined && genesis.chainId !== network)
    throw new UsageError(
      `--network: ${JSON.stringify(network)} is not the chain of the genesis, ${JSON.stringify(genesis.chainId)}`
    )
  const { store, close } = await openStore(flags.data)
  return {
    network,
    genesis,
    store,
    close,
    validatorSource: flags.rpc === undefined ? undefined : rpcValidatorSource(flags.rpc),
    nodeKey:
      flags.data === undefined || flags.home !== undefined
        ? undefined
        : await loadOrCreateNodeKey(join(flags.data, 'node_key.json'))
  }
}

async function networkOfOthers(
  { rpc, stacks, peers, seeds }: NodeFlags,
  clock: Clock,
  signal: AbortSignal
): Promise<string> {
  if (rpc !== undefined) return await rpcNetwork(rpc)
  const classic = stacks.includes('comet') ? [...peers, ...seeds].filter(({ form }) => form === 'hex') : []
  if (classic.length > 0) return await askChain(classic, clock, signal)
  throw new UsageError(
    '--network: expected a chain id, as neither --rpc nor --genesis nor --home names one, nor a --peer with the classic stack'
  )
}

async function findGenesis({ genesis, home, rpc }: NodeFlags): Promise<Genesis | undefined> {
  if (genesis !== undefined) {
    const text = await readFile(genesis, 'utf8').catch((err: Error) => {
      throw new UsageError(`--genesis: ${err.message}`)
    })
    return flagValue('--genesis', () => parseGenesis(text))
  }
  if (home !== undefined) {
    const { genesisFile } = await readConfig(home)
    const text = await readTextFile(inHome(home, genesisFile))
    if (text !== undefined) return parseGenesis(text)
  }
  return rpc === undefined ? undefined : parseGenesis(await rpcGenesis(rpc))
}

async function openStore(data: string | undefined): Promise<{ store: BlockStore; close(): Promise<void> }> {
  if (data === undefined)
    return { store: new MemoryBlockStore({ keepBlocks: BLOCKS_IN_MEMORY }), close: async () => undefined }
  await mkdir(data, { recursive: true })
  // only here: it loads native code
  const { LevelDatastore } = await import('datastore-level')
  const datastore = new LevelDatastore(join(data, 'blocks'))
  await datastore.open()
  try {
    return { store: await DatastoreBlockStore.open(datastore), close: () => datastore.close() }
  } catch (err) {
    await datastore.close()
    throw err
  }
}
