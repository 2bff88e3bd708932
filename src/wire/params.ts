/** Consensus parameters (spec/reactors-and-messages.md section 3); not exchanged by the reactors, but part of genesis and of a state. */
import { embedded, int32, int64, nullable, string, stringList, uint64 } from '../proto/fields.ts'
import { message } from '../proto/message.ts'
import { tendermint } from '../proto/messages.js'

const { params, types } = tendermint

/** google.protobuf.Duration: both parts have the same sign. */
export interface Duration {
  seconds: bigint
  nanos: number
}
export const duration = message<Duration>('google.protobuf.Duration', types.Duration, { seconds: int64, nanos: int32 })

/** `maxBytes` -1: 100 MiB; `maxGas` -1: no limit. */
export interface BlockParams {
  maxBytes: bigint
  maxGas: bigint
}
/** Evidence is expired when it is older than both ages. */
export interface EvidenceParams {
  maxAgeNumBlocks: bigint
  maxAgeDuration: Duration
  maxBytes: bigint
}
/** What a chain agrees on beside its blocks; an absent part is unchanged. */
export interface ConsensusParams {
  block?: BlockParams
  evidence?: EvidenceParams
  validator?: { pubKeyTypes: string[] }
  version?: { app: bigint }
  /** Vote extensions are enabled at height h iff this is not 0 and at most h. */
  abci?: { voteExtensionsEnableHeight: bigint }
  authority?: { authority: string }
}

const blockParams = message<BlockParams>('tendermint.types.BlockParams', params.BlockParams, {
  maxBytes: int64,
  maxGas: int64
})
const evidenceParams = message<EvidenceParams>('tendermint.types.EvidenceParams', params.EvidenceParams, {
  maxAgeNumBlocks: int64,
  maxAgeDuration: embedded(duration),
  maxBytes: int64
})

export const consensusParams = message<ConsensusParams>('tendermint.types.ConsensusParams', params.ConsensusParams, {
  block: nullable(blockParams),
  evidence: nullable(evidenceParams),
  validator: nullable(
    message<{ pubKeyTypes: string[] }>('tendermint.types.ValidatorParams', params.ValidatorParams, {
      pubKeyTypes: stringList
    })
  ),
  version: nullable(message<{ app: bigint }>('tendermint.types.VersionParams', params.VersionParams, { app: uint64 })),
  abci: nullable(
    message<{ voteExtensionsEnableHeight: bigint }>('tendermint.types.ABCIParams', params.ABCIParams, {
      voteExtensionsEnableHeight: int64
    })
  ),
  authority: nullable(
    message<{ authority: string }>('tendermint.types.AuthorityParams', params.AuthorityParams, { authority: string })
  )
})
