/** The iterative merkle tree against its plain recursive twin (RFC 6962 section 2.1) and the vectors of Certificate Transparency. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { dataHash, dataHashInTurns, TXS_PER_TURN } from '../../src/chain/hash.ts'
import { merkleProofs, merkleRoot, rootOfProof, verifyMerkleProof } from '../../src/chain/merkle.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const unhex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'))
const sha256 = (...parts: Uint8Array[]) => new Uint8Array(createHash('sha256').update(Buffer.concat(parts)).digest())

function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return sha256(unhex('00'), leaves[0]!)
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha256(unhex('01'), plainRoot(leaves.slice(0, split)), plainRoot(leaves.slice(split)))
}

const leavesOf = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 70 })

test('the roots are those of the Certificate Transparency test tree', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f'
  ].map(unhex)
  const roots = {
    0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    4: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    5: '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    6: '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    7: 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'
  }
  for (const [count, want] of Object.entries(roots)) assert.equal(hex(merkleRoot(inputs.slice(0, Number(count)))), want)
})

test('the root equals that of the recursive definition for any leaves', () => {
  fc.assert(fc.property(leavesOf, (leaves) => assert.equal(hex(merkleRoot(leaves)), hex(plainRoot(leaves)))))
})

test('every proof leads to the root, and to no other leaf, index or total', () => {
  fc.assert(
    fc.property(leavesOf, fc.nat(), (leaves, pick) => {
      const { root, proofs } = merkleProofs(leaves)
      assert.equal(hex(root), hex(plainRoot(leaves)))
      for (const [i, proof] of proofs.entries()) assert.ok(verifyMerkleProof(proof, root, leaves[i]!))
      const proof = proofs[pick % Math.max(1, proofs.length)]
      if (proof === undefined) return
      const leaf = leaves[Number(proof.index)]!
      assert.ok(!verifyMerkleProof(proof, root, new Uint8Array([...leaf, 1])))
      assert.ok(!verifyMerkleProof({ ...proof, aunts: [...proof.aunts, root] }, root, leaf))
      if (proof.aunts.length > 0) assert.ok(!verifyMerkleProof({ ...proof, aunts: proof.aunts.slice(1) }, root, leaf))
      assert.ok(!verifyMerkleProof({ ...proof, index: proof.total }, root, leaf))
      assert.ok(!verifyMerkleProof({ ...proof, index: -1n }, root, leaf))
    })
  )
})

test('a malformed proof is false, never an exception', () => {
  const leaf = unhex('01')
  const { root, proofs } = merkleProofs([leaf])
  const proof = proofs[0]!
  assert.ok(verifyMerkleProof(proof, root, leaf))
  for (const bad of [
    { ...proof, total: 0n },
    { ...proof, total: -5n },
    { ...proof, total: 2n ** 62n },
    { ...proof, leafHash: new Uint8Array(0) },
    { ...proof, aunts: [new Uint8Array(31)] },
    { ...proof, aunts: Array.from({ length: 101 }, () => root) }
  ])
    assert.equal(verifyMerkleProof(bad, root, leaf), false)
  assert.equal(rootOfProof({ ...proof, index: 2n ** 62n, total: 2n ** 63n - 1n }), undefined)
})

test('the hash of transactions is the same in turns', async () => {
  for (const count of [0, 1, 2, TXS_PER_TURN - 1, TXS_PER_TURN, TXS_PER_TURN + 1, 3 * TXS_PER_TURN + 7]) {
    const txs = Array.from({ length: count }, (_, i) => Uint8Array.of(i, i >> 8))
    assert.deepEqual(await dataHashInTurns(txs), dataHash(txs), `${count} transactions`)
  }
})
