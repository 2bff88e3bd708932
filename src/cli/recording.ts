/**
 * The chain that `npm start` moves: recorded from real CometBFT nodes (interop/go/record). The one copy is the tests' fixture; the build puts it at the
 * same place under dist/, so that one relative path serves the sources and the installed package.
 */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { readBlockFile } from '../chain/block-file.ts'
import { type Genesis, parseGenesis } from '../chain/genesis.ts'
import { blockIdOf } from '../chain/hash.ts'
import { ValidatorSet } from '../chain/validator-set.ts'
import type { BlockStore } from '../reactors/blocksync/block-store.ts'
import { MemoryBlockStore } from '../reactors/blocksync/memory-block-store.ts'
import { block as blockCodec } from '../wire/codec.ts'

const FILES = new URL('../../test/fixtures/chain/', import.meta.url)

export interface Recording {
  readonly genesis: Genesis
  /** All of its blocks, to be served. */
  readonly store: BlockStore
  /** Every set of validators that the chain had. */
  readonly validatorSets: readonly ValidatorSet[]
  /** The last height that can be proven: the commit for the recording's last block would be in the next one. */
  readonly lastProvable: bigint
  /** Transactions in its blocks up to `lastProvable`. */
  readonly txs: number
}

/** Reads it all into memory: about 3 MB. */
export async function loadRecording(): Promise<Recording> {
  const [blocks, genesis, validators] = await Promise.all([
    readFile(new URL('blocks.bin.gz', FILES)),
    readFile(new URL('genesis.json', FILES), 'utf8'),
    readFile(new URL('validators.json', FILES), 'utf8')
  ])
  const sets = JSON.parse(validators) as Array<{ validators: unknown[] }>
  return {
    genesis: parseGenesis(genesis),
    validatorSets: sets.map((set) => ValidatorSet.fromJSON(set.validators)),
    ...(await storeOf(new Uint8Array(gunzipSync(blocks))))
  }
}

async function storeOf(file: Uint8Array): Promise<Pick<Recording, 'store' | 'lastProvable' | 'txs'>> {
  const store = new MemoryBlockStore()
  let txs = 0
  let txsOfLast = 0
  for (const { response } of readBlockFile(file)) {
    const { block } = response
    if (block === undefined) throw new Error('the recording has an answer without a block')
    const bytes = blockCodec.encode(block)
    const { chainId, height, time, nextValidatorsHash } = block.header
    await store.append({
      block: bytes,
      head: { chainId, height, time, nextValidatorsHash, blockId: blockIdOf(block, bytes) }
    })
    txsOfLast = block.data.txs.length
    txs += txsOfLast
  }
  return { store, txs: txs - txsOfLast, lastProvable: store.height() - 1n }
}
