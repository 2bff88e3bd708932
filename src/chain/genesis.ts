/** The genesis file, as far as block sync needs it: which chain, who votes first, and from when on votes carry extensions. */
import { InvalidOptionError } from '../errors.ts'
import { int64FromJSON, ValidatorSet } from './validator-set.ts'

/** types.MaxChainIDLen, bytes. */
export const MAX_CHAIN_ID_BYTES = 50

export interface Genesis {
  readonly chainId: string
  /** The height of the first block. */
  readonly initialHeight: bigint
  /** Absent where the application names them at the start of the chain: then a trusted header is needed. */
  readonly validators?: ValidatorSet
  /** Votes carry extensions from this height on; 0: never. */
  readonly voteExtensionsEnableHeight: bigint
}

/** Reads a genesis file, given as text or parsed. `InvalidOptionError` names what is wrong. */
export function parseGenesis(genesis: unknown): Genesis {
  const json = (typeof genesis === 'string' ? parseJSON(genesis) : genesis) as Record<string, any> | null
  if (typeof json !== 'object' || json === null) throw new InvalidOptionError('genesis', json, 'an object')
  const chainId = json.chain_id
  if (typeof chainId !== 'string' || chainId === '' || new TextEncoder().encode(chainId).length > MAX_CHAIN_ID_BYTES)
    throw new InvalidOptionError('genesis.chain_id', chainId, `a string of 1 to ${MAX_CHAIN_ID_BYTES} bytes`)
  // Go: an absent or zero initial height means 1
  const given = int64FromJSON(json.initial_height ?? 1, 'genesis.initial_height')
  if (given < 0n) throw new InvalidOptionError('genesis.initial_height', given, 'a height of at least 0')
  const params = json.consensus_params
  // v1 and later call the same thing feature
  const enable = params?.abci?.vote_extensions_enable_height ?? params?.feature?.vote_extensions_enable_height ?? 0
  const named = Array.isArray(json.validators) && json.validators.length > 0
  return {
    chainId,
    initialHeight: given === 0n ? 1n : given,
    voteExtensionsEnableHeight: int64FromJSON(enable, 'genesis.consensus_params.abci.vote_extensions_enable_height'),
    ...(named ? { validators: ValidatorSet.fromJSON(json.validators, 'genesis.validators') } : {})
  }
}

/** consensus_params: extensions are on at `height`. */
export function extensionsEnabled(enableHeight: bigint, height: bigint): boolean {
  return enableHeight !== 0n && enableHeight <= height
}

function parseJSON(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InvalidOptionError('genesis', `text that is not JSON (${(cause as Error).message})`, 'a genesis file')
  }
}
