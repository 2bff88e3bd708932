/**
 * Merkle trees as CometBFT builds them (crypto/merkle, spec reactors-and-messages section 4): the shape of RFC 6962, SHA-256 with a 00 before
 * leaves and a 01 before inner nodes. Iterative: a list of finished subtrees, one per set bit of the count, folded from the right at the end,
 * gives the same shape as Go's recursive split and needs no recursion over what a remote sent.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import type { Proof } from '../wire/codec.ts'
import { equalBytes } from './bytes.ts'

/** Length of every hash of the chain, bytes (crypto/tmhash Size). */
export const HASH_BYTES = 32

const LEAF_PREFIX = 0x00
const INNER_PREFIX = 0x01
/** Aunts of one proof (crypto/merkle MaxAunts): more than 2^100 leaves do not exist. */
const MAX_AUNTS = 100

/** A leaf's way to the root: aunts from the leaf's sibling up, hashes of 32 bytes. */
export type MerkleProof = Proof

/** SHA-256(00 ‖ leaf). */
export function leafHash(leaf: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(leaf.length + 1)
  bytes[0] = LEAF_PREFIX
  bytes.set(leaf, 1)
  return sha256(bytes)
}

/** SHA-256(01 ‖ left ‖ right). */
export function innerHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + left.length + right.length)
  bytes[0] = INNER_PREFIX
  bytes.set(left, 1)
  bytes.set(right, 1 + left.length)
  return sha256(bytes)
}

/** The root over leaves that come one after another. No leaves: SHA-256 of nothing. */
export class MerkleTree {
  /** Roots of perfect subtrees, largest first; sizes strictly fall. */
  readonly #subtrees: Array<{ root: Uint8Array; size: number }> = []

  add(leaf: Uint8Array): void {
    const subtrees = this.#subtrees
    let root = leafHash(leaf)
    let size = 1
    for (let last = subtrees.at(-1); last !== undefined && last.size === size; last = subtrees.at(-1)) {
      subtrees.pop()
      root = innerHash(last.root, root)
      size *= 2
    }
    subtrees.push({ root, size })
  }

  root(): Uint8Array {
    const [last, ...larger] = this.#subtrees.toReversed()
    if (last === undefined) return sha256(new Uint8Array(0))
    return larger.reduce((right, { root }) => innerHash(root, right), last.root)
  }
}

/** The root over `leaves` in order. */
export function merkleRoot(leaves: Iterable<Uint8Array>): Uint8Array {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/** The root and, in order, one proof for each leaf. */
export function merkleProofs(leaves: readonly Uint8Array[]): { root: Uint8Array; proofs: MerkleProof[] } {
  const total = BigInt(leaves.length)
  const proofs = leaves.map((leaf, index) => ({
    total,
    index: BigInt(index),
    leafHash: leafHash(leaf),
    aunts: [] as Uint8Array[]
  }))
  // level by level: a pair is joined, a lone last node rises as it is; that is the RFC 6962 shape
  let level = proofs.map((proof, index) => ({ hash: proof.leafHash, from: index, to: index + 1 }))
  while (level.length > 1) {
    const above: typeof level = []
    for (let i = 0; i < level.length; i += 2) {
      const left = level[i]!
      const right = level[i + 1]
      if (right === undefined) {
        above.push(left)
        continue
      }
      for (let leaf = left.from; leaf < left.to; leaf++) proofs[leaf]!.aunts.push(right.hash)
      for (let leaf = right.from; leaf < right.to; leaf++) proofs[leaf]!.aunts.push(left.hash)
      above.push({ hash: innerHash(left.hash, right.hash), from: left.from, to: right.to })
    }
    level = above
  }
  return { root: level[0]?.hash ?? merkleRoot([]), proofs }
}

/** Does `proof` lead from `leaf` to `root`? Anything malformed is simply false. */
export function verifyMerkleProof(proof: MerkleProof, root: Uint8Array, leaf: Uint8Array): boolean {
  if (proof.leafHash.length !== HASH_BYTES || !equalBytes(proof.leafHash, leafHash(leaf))) return false
  const computed = rootOfProof(proof)
  return computed !== undefined && equalBytes(computed, root)
}

/** The root a proof leads to; undefined where its aunts do not fit its index and total. */
export function rootOfProof(proof: MerkleProof): Uint8Array | undefined {
  let { index, total } = proof
  if (total <= 0n || index < 0n || index >= total || proof.aunts.length > MAX_AUNTS) return undefined
  let hash = proof.leafHash
  for (const aunt of proof.aunts) {
    if (aunt.length !== HASH_BYTES) return undefined
    // a lone last node rises without an aunt
    while (index % 2n === 0n && index === total - 1n && total > 1n) {
      index /= 2n
      total = (total + 1n) / 2n
    }
    if (total === 1n) return undefined
    hash = index % 2n === 0n ? innerHash(hash, aunt) : innerHash(aunt, hash)
    index /= 2n
    total = (total + 1n) / 2n
  }
  while (total > 1n && index % 2n === 0n && index === total - 1n) {
    index /= 2n
    total = (total + 1n) / 2n
  }
  return total === 1n ? hash : undefined
}
