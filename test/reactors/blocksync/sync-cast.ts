/** Who takes part in the block sync tests: the recorded chains, nodes that serve them, nodes that want them. */
import { nativeEd25519Verifier } from '../../../src/node/ed25519.ts'
import { BlocksyncReactor } from '../../../src/reactors/blocksync/blocksync-reactor.ts'
import { MemoryBlockStore } from '../../../src/reactors/blocksync/memory-block-store.ts'
import type { BlocksyncOptions } from '../../../src/reactors/blocksync/options.ts'
import { openRecordedChain } from '../../chain/recorded-chain.ts'
import { LoopNode } from './loop-network.ts'
import { recordedStore, recordedValidators } from './recorded-store.ts'
import { type Script, ScriptedReactor } from './scripted-reactor.ts'

export const chain = openRecordedChain('chain')
export const ext = openRecordedChain('chain-ext')
export const serving = await recordedStore('chain', chain)
export const extServing = await recordedStore('chain-ext', ext)

const verifier = nativeEd25519Verifier()

/** A node of ours that only serves. */
export function server(id: string, store: MemoryBlockStore = serving): LoopNode {
  return new LoopNode(id, new BlocksyncReactor({ store }))
}

/** A node that says what the test wants. */
export function scripted(id: string, script: Script = {}, of = chain): { node: LoopNode; reactor: ScriptedReactor } {
  const reactor = new ScriptedReactor(of, script)
  return { reactor, node: new LoopNode(id, reactor) }
}

export interface Client {
  node: LoopNode
  reactor: BlocksyncReactor
  store: MemoryBlockStore
  caughtUp: Promise<void>
}

type ClientOptions = Partial<Omit<BlocksyncOptions, 'validatorSource'>> & {
  validatorSource?: BlocksyncOptions['validatorSource'] | undefined
}

/** A node of ours that syncs the recorded chain. */
export function client(options: ClientOptions = {}): Client {
  const { store = new MemoryBlockStore(), ...rest } = options
  let done: () => void
  const caughtUp = new Promise<void>((resolve) => {
    done = resolve
  })
  const given = {
    genesis: chain.genesis,
    validatorSource: recordedValidators(chain),
    verifier,
    onCaughtUp: () => done(),
    ...rest,
    store
  }
  const reactor = new BlocksyncReactor(given as BlocksyncOptions)
  return { node: new LoopNode('client', reactor), reactor, store: store as MemoryBlockStore, caughtUp }
}

/** Turns of the event loop until `holds`; no time passes but what the work itself takes. */
export async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn > 200_000) throw new Error('it never came to pass')
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
