/** A home, opened: its config, and what createNode takes from its files. */
import { join } from 'node:path'
import { parseGenesis } from '../chain/genesis.ts'
import { InvalidOptionError } from '../errors.ts'
import type { NodeKey } from '../identity/node-key.ts'
import { CONFIG_FILE, type HomeConfig, readConfig } from './config.ts'
import { inHome, loadOrCreateNodeKey, readTextFile, resolveHome } from './home.ts'
import { exists } from './set-aside.ts'

export interface NodeHome {
  /** Absolute. */
  readonly dir: string
  readonly config: HomeConfig
  readonly nodeKey: NodeKey
  readonly genesisPath: string
  /** There is a config.toml or an addrbook.json: a Go node has this home too, or had, so the address book is in Go's format. */
  readonly isShared: boolean
}

/** Reads config.toml and the node key, which is made if it is missing, unless the caller brings one. */
export async function openHome(home: string, nodeKey?: NodeKey): Promise<NodeHome> {
  const dir = resolveHome(home)
  const config = await readConfig(dir)
  return {
    dir,
    config,
    nodeKey: nodeKey ?? (await loadOrCreateNodeKey(inHome(dir, config.nodeKeyFile))),
    genesisPath: inHome(dir, config.genesisFile),
    isShared: (await exists(join(dir, CONFIG_FILE))) || (await exists(inHome(dir, config.pex.addrBookFile)))
  }
}

/** The chain id of its genesis file. Rejects with `InvalidOptionError` if there is no such file, or no chain id in it. */
export async function genesisChainId({ genesisPath }: NodeHome): Promise<string> {
  const text = await readTextFile(genesisPath)
  if (text === undefined)
    throw new InvalidOptionError('network', undefined, `a chain id, as there is no ${genesisPath}`)
  return parseGenesis(text).chainId
}
