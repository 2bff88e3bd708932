/** Hashes, sign bytes and commit checks over chains that real CometBFT nodes made: if one byte of a codec is wrong, this fails. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { equalBlockIds } from '../../src/chain/block-id.ts'
import { blockResponseBytes } from '../../src/chain/block-response.ts'
import { toHex } from '../../src/chain/bytes.ts'
import { extensionsEnabled } from '../../src/chain/genesis.ts'
import { blockIdOf, headerHash, makePartSet, partSetHeaderOf } from '../../src/chain/hash.ts'
import { verifyMerkleProof } from '../../src/chain/merkle.ts'
import { validateExtendedCommit, validatePart } from '../../src/chain/validate-basic.ts'
import { validateBlock } from '../../src/chain/validate-block.ts'
import { verifyCommit, verifyCommitExtended } from '../../src/chain/verify-commit.ts'
import { nativeEd25519Verifier } from '../../src/node/ed25519.ts'
import { block as blockCodec, blocksyncMessage, extendedCommit } from '../../src/wire/codec.ts'
import { openRecordedChain } from './recorded-chain.ts'

const verifier = nativeEd25519Verifier()

for (const name of ['chain', 'chain-ext'] as const) {
  const chain = openRecordedChain(name)
  const heights = Array.from({ length: chain.last }, (_, i) => i + 1)

  test(`${name}: every block hashes to what the Go node called it, and passes ValidateBasic`, () => {
    assert.ok(chain.last >= 30)
    for (const height of heights) {
      const block = chain.block(height)
      validateBlock(block)
      assert.equal(block.header.height, BigInt(height))
      assert.equal(toHex(headerHash(block.header)), chain.blockHashes[height - 1])
    }
  })

  test(`${name}: the id made of the canonical bytes is the one the next block names`, () => {
    for (const height of heights.slice(0, -1)) {
      const block = chain.block(height)
      const id = blockIdOf(block, blockCodec.encode(block))
      assert.ok(equalBlockIds(id, chain.block(height + 1).header.lastBlockId), `height ${height}`)
    }
  })

  test(`${name}: the recorded validator sets hash to what the headers say`, () => {
    for (const { height, hash } of chain.validatorsJson) assert.equal(toHex(chain.validatorsAt(height).hash()), hash)
    for (const height of heights) {
      const { header } = chain.block(height)
      assert.equal(toHex(header.validatorsHash), toHex(chain.validatorsAt(height).hash()))
      assert.ok(chain.validatorsAt(height).has(header.proposerAddress))
    }
    assert.equal(toHex(chain.genesis.validators!.hash()), toHex(chain.validatorsAt(1).hash()))
  })

  test(`${name}: every commit verifies in full, by the set of its height`, async () => {
    for (const height of heights.slice(0, -1)) {
      const { header, lastCommit } = chain.block(height + 1)
      const validators = chain.validatorsAt(height)
      const { chainId } = chain.genesis
      await verifyCommit(chainId, validators, header.lastBlockId, BigInt(height), lastCommit!, { verifier })
    }
  })

  test(`${name}: extended commits are there exactly where the genesis says, and verify with their extensions`, async () => {
    const { chainId, voteExtensionsEnableHeight } = chain.genesis
    for (const height of heights) {
      const { block, extCommit } = chain.responses[height - 1]!
      assert.equal(extCommit !== undefined, extensionsEnabled(voteExtensionsEnableHeight, BigInt(height)))
      if (extCommit === undefined) continue
      validateExtendedCommit(extCommit)
      const id = blockIdOf(block!, blockCodec.encode(block!))
      await verifyCommitExtended(chainId, chain.validatorsAt(height), id, BigInt(height), extCommit, { verifier })
    }
  })

  test(`${name}: parts and their proofs rebuild the block, and lead to its part set header`, () => {
    let most = 0
    for (const height of heights) {
      const bytes = blockCodec.encode(chain.block(height))
      const { header, parts } = makePartSet(bytes)
      assert.deepEqual(header, partSetHeaderOf(bytes))
      assert.equal(Buffer.concat(parts.map((part) => part.bytes)).compare(bytes), 0)
      for (const part of parts) {
        validatePart(part)
        assert.ok(verifyMerkleProof(part.proof, header.hash, part.bytes))
      }
      most = Math.max(most, parts.length)
    }
    if (name === 'chain') assert.ok(most > 1, 'the recording has a block of several parts')
  })

  test(`${name}: a response made of stored bytes is the one the codec makes, and the one Go made`, () => {
    for (const [i, response] of chain.responses.entries()) {
      const extCommit = response.extCommit && extendedCommit.encode(response.extCommit)
      const made = blockResponseBytes(blockCodec.encode(response.block!), extCommit)
      assert.equal(Buffer.compare(made, blocksyncMessage.encode(response)), 0)
      assert.equal(Buffer.from(made).subarray(-chain.bytes[i]!.length).compare(chain.bytes[i]!), 0)
    }
  })
}
