/** A chain that a test signs itself: for what no honest network would ever record. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { blockIdOf, commitHash, dataHash, evidenceHash } from '../../src/chain/hash.ts'
import { commitSignBytes } from '../../src/chain/sign-bytes.ts'
import { ValidatorSet } from '../../src/chain/validator-set.ts'
import {
  BLOCK_ID_FLAG,
  type Block,
  type BlockID,
  block as blockCodec,
  type Commit,
  type Header
} from '../../src/wire/codec.ts'

const EMPTY = new Uint8Array(0)
const NO_BLOCK: BlockID = { hash: EMPTY, partSetHeader: { total: 0, hash: EMPTY } }
const HASH = new Uint8Array(32).fill(7)

export interface OwnValidators {
  set: ValidatorSet
  /** In the set's order. */
  keys: KeyObject[]
}

export function ownValidators(count: number): OwnValidators {
  const pairs = Array.from({ length: count }, () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const value = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'))
    return { pubKey: { type: 'ed25519' as const, value }, votingPower: 10n, privateKey }
  })
  const set = new ValidatorSet(pairs)
  return { set, keys: set.validators.map(({ pubKey }) => pairs.find((pair) => pair.pubKey === pubKey)!.privateKey) }
}

/** Everybody precommits `blockId`. */
export function ownCommit(chainId: string, { set, keys }: OwnValidators, height: bigint, blockId: BlockID): Commit {
  const commit: Commit = {
    height,
    round: 0,
    blockId,
    signatures: set.validators.map(({ address }, i) => ({
      blockIdFlag: BLOCK_ID_FLAG.commit,
      validatorAddress: address,
      timestamp: { seconds: 1_700_000_000n + height, nanos: i },
      signature: EMPTY
    }))
  }
  for (const [i, sig] of commit.signatures.entries())
    sig.signature = new Uint8Array(sign(null, commitSignBytes(chainId, commit, i), keys[i]!))
  return commit
}

/** Blocks 1 to `length`, each signed by all. `bend` changes a header before it is signed. */
export function ownChain(
  chainId: string,
  validators: OwnValidators,
  length: number,
  bend: (header: Header) => Partial<Header> = () => ({})
): Block[] {
  const blocks: Block[] = []
  let lastBlockId = NO_BLOCK
  let lastCommit: Commit = { height: 0n, round: 0, blockId: NO_BLOCK, signatures: [] }
  for (let height = 1n; height <= BigInt(length); height++) {
    const honest: Header = {
      version: { block: 11n, app: 0n },
      chainId,
      height,
      time: { seconds: 1_700_000_000n + height, nanos: 0 },
      lastBlockId,
      lastCommitHash: commitHash(lastCommit),
      dataHash: dataHash([]),
      validatorsHash: validators.set.hash(),
      nextValidatorsHash: validators.set.hash(),
      consensusHash: HASH,
      appHash: EMPTY,
      lastResultsHash: HASH,
      evidenceHash: evidenceHash([]),
      proposerAddress: validators.set.validators[0]!.address
    }
    const block: Block = {
      header: { ...honest, ...bend(honest) },
      data: { txs: [] },
      evidence: { evidence: [] },
      lastCommit
    }
    blocks.push(block)
    lastBlockId = blockIdOf(block, blockCodec.encode(block))
    lastCommit = ownCommit(chainId, validators, height, lastBlockId)
  }
  return blocks
}
