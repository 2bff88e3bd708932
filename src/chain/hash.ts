/**
 * The chain's hashes (spec reactors-and-messages section 4): header, commit, transactions, evidence, parts. All are Merkle roots over encoded
 * messages, so they are only as right as the codecs, which is why the tests take blocks of a real chain.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { macrotask } from '../util/macrotask.ts'
import {
  type Block,
  type BlockID,
  blockId,
  bytesValue,
  type Commit,
  commitSig,
  consensusVersion,
  duplicateVoteEvidence,
  type Evidence,
  type Header,
  int64Value,
  lightClientAttackEvidence,
  type Part,
  type PartSetHeader,
  stringValue,
  timestamp
} from '../wire/codec.ts'
import { ChainDataError } from './errors.ts'
import { MerkleTree, merkleProofs, merkleRoot } from './merkle.ts'

/** Bytes of a block that travel as one part (types.BlockPartSizeBytes). */
export const BLOCK_PART_BYTES = 65_536

const EMPTY = new Uint8Array(0)

/** The hash of a header, which is the hash of its block. Empty, as in Go, where the header names no validators. */
export function headerHash(header: Header): Uint8Array {
  if (header.validatorsHash.length === 0) return EMPTY
  const wrapped = (value: Uint8Array) => bytesValue.encode({ value })
  return merkleRoot([
    consensusVersion.encode(header.version),
    stringValue.encode({ value: header.chainId }),
    int64Value.encode({ value: header.height }),
    timestamp.encode(header.time),
    blockId.encode(header.lastBlockId),
    wrapped(header.lastCommitHash),
    wrapped(header.dataHash),
    wrapped(header.validatorsHash),
    wrapped(header.nextValidatorsHash),
    wrapped(header.consensusHash),
    wrapped(header.appHash),
    wrapped(header.lastResultsHash),
    wrapped(header.evidenceHash),
    wrapped(header.proposerAddress)
  ])
}

/** What a header's `lastCommitHash` is of. */
export function commitHash(commit: Commit): Uint8Array {
  return merkleRoot(commit.signatures.map((signature) => commitSig.encode(signature)))
}

/** A transaction's hash and mempool key. */
export function txHash(tx: Uint8Array): Uint8Array {
  return sha256(tx)
}

/** What a header's `dataHash` is of: the leaves are the transactions' hashes. */
export function dataHash(txs: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(txs.map(txHash))
}

/** Transactions hashed between two turns of the event loop: about 5 ms. Ours. */
export const TXS_PER_TURN = 1_024

/** As `dataHash`, in turns: a message of 2 MB may hold a million transactions, whose hashes take seconds. */
export async function dataHashInTurns(txs: readonly Uint8Array[]): Promise<Uint8Array> {
  const tree = new MerkleTree()
  for (const [index, tx] of txs.entries()) {
    tree.add(txHash(tx))
    if (index % TXS_PER_TURN === TXS_PER_TURN - 1) await new Promise<void>(macrotask)
  }
  return tree.root()
}

/** What a header's `evidenceHash` is of: the inner messages, without the oneof around them. `ChainDataError` for evidence of an unknown kind. */
export function evidenceHash(list: readonly Evidence[]): Uint8Array {
  return merkleRoot(list.map(evidenceBytes))
}

/** A piece of evidence as it is hashed and as the evidence pool knows it. */
export function evidenceBytes(evidence: Evidence): Uint8Array {
  if (evidence.type === 'duplicateVoteEvidence') return duplicateVoteEvidence.encode(evidence)
  if (evidence.type === 'lightClientAttackEvidence') return lightClientAttackEvidence.encode(evidence)
  throw new ChainDataError('evidence', 'is of an unknown kind')
}

/** The parts' root and number for a block's canonical bytes. */
export function partSetHeaderOf(blockBytes: Uint8Array): PartSetHeader {
  const chunks = chunksOf(blockBytes)
  return { total: chunks.length, hash: merkleRoot(chunks) }
}

/** A block's canonical bytes as parts, each with its proof. */
export function makePartSet(blockBytes: Uint8Array): { header: PartSetHeader; parts: Part[] } {
  const chunks = chunksOf(blockBytes)
  const { root, proofs } = merkleProofs(chunks)
  const parts = chunks.map((bytes, index) => ({ index, bytes, proof: proofs[index]! }))
  return { header: { total: chunks.length, hash: root }, parts }
}

/** The id that votes for this block name. `blockBytes`: its canonical encoding. */
export function blockIdOf(block: Block, blockBytes: Uint8Array): BlockID {
  return { hash: headerHash(block.header), partSetHeader: partSetHeaderOf(blockBytes) }
}

function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const chunks: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += BLOCK_PART_BYTES) chunks.push(bytes.subarray(at, at + BLOCK_PART_BYTES))
  return chunks
}
