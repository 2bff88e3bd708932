/** The chains that a real CometBFT network made (test/fixtures; the recorder is interop/go/record), opened for tests. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type BlockResponse, readBlockFile } from '../../src/chain/block-file.ts'
import { type Genesis, parseGenesis } from '../../src/chain/genesis.ts'
import { ValidatorSet } from '../../src/chain/validator-set.ts'
import type { Block } from '../../src/wire/codec.ts'

export interface RecordedChain {
  genesis: Genesis
  /** Hex, by height from 1. */
  blockHashes: string[]
  /** By height from 1: `responses[0]` is block 1. */
  responses: BlockResponse[]
  /** The recorded bytes of each BlockResponse. */
  bytes: Uint8Array[]
  /** As validators.json has it. */
  validatorsJson: Array<{ height: number; hash: string; validators: unknown[] }>
  block(height: number): Block
  /** The set that decides on `height`. */
  validatorsAt(height: number): ValidatorSet
  last: number
}

export function openRecordedChain(name: 'chain' | 'chain-ext'): RecordedChain {
  const file = (part: string) => readFileSync(new URL(`../fixtures/${name}/${part}`, import.meta.url))
  const recorded = [...readBlockFile(new Uint8Array(gunzipSync(file('blocks.bin.gz'))))]
  const validatorsJson: RecordedChain['validatorsJson'] = JSON.parse(file('validators.json').toString())
  const sets = validatorsJson.map(({ height, validators }) => ({ height, set: ValidatorSet.fromJSON(validators) }))
  return {
    genesis: parseGenesis(file('genesis.json').toString()),
    blockHashes: JSON.parse(file('meta.json').toString()).block_hashes,
    responses: recorded.map(({ response }) => response),
    bytes: recorded.map(({ bytes }) => bytes),
    validatorsJson,
    block: (height) => recorded[height - 1]!.response.block!,
    validatorsAt: (height) => sets.findLast((each) => each.height <= height)!.set,
    last: recorded.length
  }
}
