/** Stores that hold a recorded chain, and who knows its validators. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { importRecording } from '../../../src/reactors/blocksync/import-recording.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import { staticValidatorSource, type ValidatorSource } from '../../../src/reactors/blocksync/validator-source.ts'
import { openRecordedChain, type RecordedChain } from '../../chain/recorded-chain.ts'

const recorded = openRecordedChain('chain')

export function recordingOf(name: 'chain' | 'chain-ext'): Uint8Array {
  return new Uint8Array(gunzipSync(readFileSync(new URL(`../../fixtures/${name}/blocks.bin.gz`, import.meta.url))))
}

export function recordedValidators(chain: RecordedChain): ValidatorSource {
  return staticValidatorSource(chain.validatorsJson.map(({ height }) => chain.validatorsAt(height)))
}

export async function recordedStore(name: 'chain' | 'chain-ext', chain: RecordedChain): Promise<MemoryBlockStore> {
  const store = new MemoryBlockStore()
  const validatorSource = recordedValidators(chain)
  await importRecording(recordingOf(name), store, { genesis: chain.genesis, validatorSource })
  return store
}

/** Puts the recorded blocks up to `height` into a store that has fewer. */
export async function growTo(store: MemoryBlockStore, height: number): Promise<void> {
  const bytes = recorded.bytes
    .slice(0, height)
    .reduce((sum, { length }) => sum + length + (length < 128 ? 1 : length < 16_384 ? 2 : 3), 0)
  await importRecording(recordingOf('chain').subarray(0, bytes), store, { genesis: recorded.genesis })
}
