/** A home, opened: its config, and what createNode takes from its files. */
import { parseGenesis } from '../chain/genesis.ts'
import { InvalidOptionError } from '../errors.ts'
import type { NodeKey } from '../identity/node-key.ts'
import { type HomeConfig, readConfig } from './config.ts'
import { inHome, loadOrCreateNodeKey, readTextFile, resolveHome } from './home.ts'

export interface NodeHome {
  /** Absolute. */
  readonly dir: string
  readonly config: HomeConfig
  readonly nodeKey: NodeKey
  readonly genesisPath: string
}

/** Reads config.toml and the node key, which is made if it is missing, unless the caller brings one. */
export async function openHome(home: string, nodeKey?: NodeKey): Promise<NodeHome> {
  const dir = resolveHome(home)
  const config = await readConfig(dir)
  return {
    dir,
    config,
    nodeKey: nodeKey ?? (await loadOrCreateNodeKey(inHome(dir, config.nodeKeyFile))),
    genesisPath: inHome(dir, config.genesisFile)
  }
}

/** The chain id of its genesis file. Rejects with `InvalidOptionError` if there is no such file, or no chain id in it. */
export async function genesisChainId({ genesisPath }: NodeHome): Promise<string> {
  const text = await readTextFile(genesisPath)
  if (text === undefined)
    throw new InvalidOptionError('network', undefined, `a chain id, as there is no ${genesisPath}`)
  return parseGenesis(text).chainId
}
