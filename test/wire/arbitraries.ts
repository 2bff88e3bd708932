/** Random values of every message type, for properties here and against Go (interop/wire.test.ts). */
import * as fc from 'fast-check'
import { GO_ZERO_TIME } from '../../src/wire/codec.ts'

const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(fields, { noNullPrototype: true })
const int64 = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.bigInt(-3n, 300n),
  fc.constantFrom(0n, 2n ** 63n - 1n, -(2n ** 63n))
)
const uint64 = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.bigInt(0n, 300n), fc.constantFrom(0n, 2n ** 64n - 1n))
const int32 = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 300 }), fc.constantFrom(0, 2 ** 31 - 1, -(2 ** 31)))
const uint32 = fc.oneof(fc.nat(2 ** 32 - 1), fc.nat(300), fc.constantFrom(0, 2 ** 32 - 1))
const bytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 120, maxLength: 140 }))
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const few = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 3 })
/** A nullable property: there or not, never there and undefined. */
const maybe = <T extends object, O extends object>(
  must: { [K in keyof T]: fc.Arbitrary<T[K]> },
  may: { [K in keyof O]: fc.Arbitrary<O[K]> }
) =>
  fc.record({ ...must, ...may } as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: Object.keys(must),
    noNullPrototype: true
  })

const time = fc.oneof(
  fc.constant(GO_ZERO_TIME),
  fc.constant({ seconds: 0n, nanos: 0 }),
  record({ seconds: fc.bigInt(-62_135_596_800n, 253_402_300_799n), nanos: fc.nat(999_999_999) })
)
const version = record({ block: uint64, app: uint64 })
const partSetHeader = record({ total: uint32, hash: bytes })
const blockId = record({ hash: bytes, partSetHeader })
const proof = record({ total: int64, index: int64, leafHash: bytes, aunts: few(bytes) })
const part = record({ index: uint32, bytes, proof })
const bitArray = record({ bits: int64, elems: few(uint64) })
const publicKey = fc.oneof(
  fc.constant({ type: 'unknown' as const }),
  record({ type: fc.constantFrom('ed25519', 'secp256k1', 'bls12381', 'mldsa65', 'secp256k1eth'), value: bytes })
)
const hashes = [
  'lastCommitHash',
  'dataHash',
  'validatorsHash',
  'nextValidatorsHash',
  'consensusHash',
  'appHash',
  'lastResultsHash',
  'evidenceHash',
  'proposerAddress'
]
const header = record({
  version,
  chainId: text,
  height: int64,
  time,
  lastBlockId: blockId,
  ...Object.fromEntries(hashes.map((name) => [name, bytes]))
})
const commitSigFields = { blockIdFlag: int32, validatorAddress: bytes, timestamp: time, signature: bytes }
const commitSig = record(commitSigFields)
const extendedCommitSig = record({ ...commitSigFields, extension: bytes, extensionSignature: bytes })
const commit = record({ height: int64, round: int32, blockId, signatures: few(commitSig) })
const extendedCommit = record({ height: int64, round: int32, blockId, extendedSignatures: few(extendedCommitSig) })
const vote = record({
  type: int32,
  height: int64,
  round: int32,
  blockId,
  timestamp: time,
  validatorAddress: bytes,
  validatorIndex: int32,
  signature: bytes,
  extension: bytes,
  extensionSignature: bytes
})
const proposal = record({
  type: int32,
  height: int64,
  round: int32,
  polRound: int32,
  blockId,
  timestamp: time,
  signature: bytes
})
const validator = record({ address: bytes, pubKey: publicKey, votingPower: int64, proposerPriority: int64 })
const validatorSet = maybe({ validators: few(validator), totalVotingPower: int64 }, { proposer: validator })
const signedHeader = maybe({}, { header, commit })
const lightBlock = maybe({}, { signedHeader, validatorSet })
const duplicateVote = { totalVotingPower: int64, validatorPower: int64, timestamp: time }
const lightAttack = {
  commonHeight: int64,
  byzantineValidators: few(validator),
  totalVotingPower: int64,
  timestamp: time
}
const votes = { voteA: vote, voteB: vote }
const evidence = fc.oneof(
  fc.constant({ type: 'unknown' as const }),
  maybe({ type: fc.constant('duplicateVoteEvidence'), ...duplicateVote }, votes),
  maybe({ type: fc.constant('lightClientAttackEvidence'), ...lightAttack }, { conflictingBlock: lightBlock })
)
const evidenceList = record({ evidence: few(evidence) })
const data = record({ txs: few(bytes) })
const block = maybe({ header, data, evidence: evidenceList }, { lastCommit: commit })
const duration = record({ seconds: fc.bigInt(0n, 9_000_000_000n), nanos: fc.nat(999_999_999) })

/** One member of an envelope. */
const member = (
  type: string,
  must: Record<string, fc.Arbitrary<unknown>> = {},
  may: Record<string, fc.Arbitrary<unknown>> = {}
) => maybe({ type: fc.constant(type), ...must }, may)
const hr = { height: int64, round: int32 }
const hrt = { ...hr, voteType: int32 }
const chunk = { height: uint64, format: uint32, index: uint32 }

/** By the names of the codecs. */
export const ARBITRARIES: Readonly<Record<string, fc.Arbitrary<any>>> = {
  'google.protobuf.BytesValue': record({ value: bytes }),
  'google.protobuf.Duration': record({ seconds: int64, nanos: int32 }),
  'google.protobuf.Int64Value': record({ value: int64 }),
  'google.protobuf.StringValue': record({ value: text }),
  'google.protobuf.Timestamp': record({ seconds: int64, nanos: int32 }),
  'tendermint.abci.ExecTxResult': record({ code: uint32, data: bytes, gasWanted: int64, gasUsed: int64 }),
  'tendermint.blocksync.Message': fc.oneof(
    member('blockRequest', { height: int64 }),
    member('noBlockResponse', { height: int64 }),
    member('blockResponse', {}, { block, extCommit: extendedCommit }),
    member('statusRequest'),
    member('statusResponse', { height: int64, base: int64 })
  ),
  'tendermint.consensus.Message': fc.oneof(
    member('newRoundStep', { ...hr, step: uint32, secondsSinceStartTime: int64, lastCommitRound: int32 }),
    member(
      'newValidBlock',
      { ...hr, blockPartSetHeader: partSetHeader, isCommit: fc.boolean() },
      { blockParts: bitArray }
    ),
    member('proposal', { proposal }),
    member('proposalPol', { height: int64, proposalPolRound: int32, proposalPol: bitArray }),
    member('blockPart', { ...hr, part }),
    member('vote', {}, { vote }),
    member('hasVote', { ...hrt, index: int32 }),
    member('voteSetMaj23', { ...hrt, blockId }),
    member('voteSetBits', { ...hrt, blockId, votes: bitArray })
  ),
  'tendermint.crypto.Proof': proof,
  'tendermint.crypto.PublicKey': publicKey,
  'tendermint.libs.bits.BitArray': bitArray,
  'tendermint.mempool.Message': member('txs', { txs: few(bytes) }),
  'tendermint.p2p.Message': fc.oneof(
    member('pexRequest'),
    member('pexAddrs', { addrs: few(record({ id: text, ip: text, port: uint32 })) })
  ),
  'tendermint.statesync.Message': fc.oneof(
    member('snapshotsRequest'),
    member('snapshotsResponse', { height: uint64, format: uint32, chunks: uint32, hash: bytes, metadata: bytes }),
    member('chunkRequest', chunk),
    member('chunkResponse', { ...chunk, chunk: bytes, missing: fc.boolean() })
  ),
  'tendermint.types.Block': block,
  'tendermint.types.BlockID': blockId,
  'tendermint.types.CanonicalBlockID': blockId,
  'tendermint.types.CanonicalPartSetHeader': partSetHeader,
  'tendermint.types.CanonicalProposal': maybe(
    { type: int32, height: int64, round: int64, polRound: int64, timestamp: time, chainId: text },
    { blockId }
  ),
  'tendermint.types.CanonicalVote': maybe(
    { type: int32, height: int64, round: int64, timestamp: time, chainId: text },
    { blockId }
  ),
  'tendermint.types.CanonicalVoteExtension': record({
    extension: bytes,
    height: int64,
    round: int64,
    chainId: text
  }),
  'tendermint.types.Commit': commit,
  'tendermint.types.CommitSig': commitSig,
  'tendermint.types.ConsensusParams': maybe(
    {},
    {
      block: record({ maxBytes: int64, maxGas: int64 }),
      evidence: record({ maxAgeNumBlocks: int64, maxAgeDuration: duration, maxBytes: int64 }),
      validator: record({ pubKeyTypes: few(text) }),
      version: record({ app: uint64 }),
      abci: record({ voteExtensionsEnableHeight: int64 }),
      authority: record({ authority: text })
    }
  ),
  'tendermint.types.Data': data,
  'tendermint.types.DuplicateVoteEvidence': maybe(duplicateVote, votes),
  'tendermint.types.Evidence': evidence.filter(({ type }: any) => type !== 'unknown'),
  'tendermint.types.EvidenceList': evidenceList,
  'tendermint.types.ExtendedCommit': extendedCommit,
  'tendermint.types.ExtendedCommitSig': extendedCommitSig,
  'tendermint.types.HashedParams': record({ blockMaxBytes: int64, blockMaxGas: int64 }),
  'tendermint.types.Header': header,
  'tendermint.types.LightBlock': lightBlock,
  'tendermint.types.LightClientAttackEvidence': maybe(lightAttack, { conflictingBlock: lightBlock }),
  'tendermint.types.Part': part,
  'tendermint.types.PartSetHeader': partSetHeader,
  'tendermint.types.Proposal': proposal,
  'tendermint.types.SignedHeader': signedHeader,
  'tendermint.types.SimpleValidator': maybe({ votingPower: int64 }, { pubKey: publicKey }),
  'tendermint.types.Validator': validator,
  'tendermint.types.ValidatorSet': validatorSet,
  'tendermint.types.Vote': vote,
  'tendermint.version.Consensus': version
}
