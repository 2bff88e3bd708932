/** Verdicts on blocks that more than two thirds did sign, and that are wrong all the same; and what is checked again after a restart. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commitHash } from '../../../src/chain/hash.ts'
import { validateBlock } from '../../../src/chain/validate-block.ts'
import { ValidatorSet } from '../../../src/chain/validator-set.ts'
import { nativeEd25519Verifier } from '../../../src/node/ed25519.ts'
import type { ChainHead } from '../../../src/reactors/blocksync/block-store.ts'
import { ChainVerifier, type SyncRoot, type Verdict } from '../../../src/reactors/blocksync/chain-verifier.ts'
import type { Block, Header } from '../../../src/wire/codec.ts'
import { ownChain, ownValidators } from '../../chain/own-chain.ts'
import { recordOf } from './records.ts'
import { chain } from './sync-cast.ts'

const verifier = nativeEd25519Verifier()
const validators = ownValidators(4)
const strangers = ownValidators(4)
const root: SyncRoot = { chainId: 'own', initialHeight: 1n, voteExtensionsEnableHeight: 0n, validators: validators.set }

/** Verifies from the root on until a verdict is not ok; the height it was on, and the verdict. */
async function run(blocks: Block[], of: ChainVerifier = new ChainVerifier(root, verifier)): Promise<[bigint, Verdict]> {
  for (;;) {
    const at = Number(of.next)
    const [first, second] = [blocks[at - 1]!, blocks[at]!]
    validateBlock(first)
    const verdict = await of.verify({ block: first }, { block: second })
    if (!verdict.ok || at + 1 === blocks.length) return [of.next, verdict]
    of.accept(verdict.record)
  }
}

test('a chain of our own signing is verified to its last provable block', async () => {
  const [height, verdict] = await run(ownChain('own', validators, 8))
  assert.deepEqual([height, verdict.ok], [7n, true])
})

test('a block that all have signed and that does not fit is refused, and who sent it blamed', async () => {
  const hash = new Uint8Array(32).fill(9)
  const at =
    (height: bigint, change: Partial<Header>) =>
    (header: Header): Partial<Header> =>
      header.height === height ? change : {}
  const someId = { hash, partSetHeader: { total: 1, hash } }
  const table: Array<{ name: string; bend: (header: Header) => Partial<Header>; height: bigint; says: RegExp }> = [
    { name: 'other validators', bend: at(3n, { validatorsHash: hash }), height: 3n, says: /names validators/ },
    {
      name: 'no next validators',
      bend: at(3n, { nextValidatorsHash: new Uint8Array(0) }),
      height: 3n,
      says: /no next/
    },
    {
      name: 'a proposer from elsewhere',
      bend: at(3n, { proposerAddress: strangers.set.validators[0]!.address }),
      height: 3n,
      says: /no validator/
    },
    { name: 'another parent', bend: at(3n, { lastBlockId: someId }), height: 3n, says: /follows/ },
    { name: 'a first block with a parent', bend: at(1n, { lastBlockId: someId }), height: 1n, says: /follows another/ }
  ]
  for (const { name, bend, height, says } of table) {
    const [found, verdict] = await run(ownChain('own', validators, 6, bend))
    assert.equal(found, height, name)
    assert.ok(!verdict.ok && verdict.blame === 'first' && verdict.kind === 'misbehaviour', name)
    assert.match(verdict.cause.message, says)
  }
})

test('a first block that carries a commit is refused', async () => {
  const [, second, third] = ownChain('own', validators, 3)
  const shifted = { ...root, initialHeight: 2n }
  const verdict = await new ChainVerifier(shifted, verifier).verify({ block: second! }, { block: third! })
  assert.ok(!verdict.ok && /is the first/.test(verdict.cause.message))
})

test('the commit in a block is verified where it is not the one that proved the block before', async () => {
  const blocks = ownChain('own', validators, 6)
  const of = new ChainVerifier(root, verifier)
  for (let at = 0; at < 3; at++) {
    const verdict = await of.verify({ block: blocks[at]! }, { block: blocks[at + 1]! })
    assert.ok(verdict.ok)
    of.accept(verdict.record)
  }
  const head = of.head!
  assert.deepEqual(head.commitHash, commitHash(blocks[3]!.lastCommit!))
  const verdictAfter = async (changed: Partial<ChainHead>) => {
    const resumed = new ChainVerifier(root, verifier, { ...head, ...changed })
    return await resumed.verify({ block: blocks[3]! }, { block: blocks[4]! })
  }
  assert.ok((await verdictAfter({})).ok)
  const { commitHash: _, ...unproven } = head
  assert.ok((await new ChainVerifier(root, verifier, unproven).verify({ block: blocks[3]! }, { block: blocks[4]! })).ok)
  // proven by this commit: not looked at again, so that others are to blame or nobody
  assert.ok((await verdictAfter({ lastValidators: strangers.set })).ok)
  const wrong = await verdictAfter({ lastValidators: strangers.set, commitHash: new Uint8Array(32) })
  assert.ok(!wrong.ok && wrong.blame === 'first')
})

test('a validator with a key we cannot verify makes the verdict an error, not an accusation', async () => {
  const [first, second] = ownChain('own', validators, 2)
  const odd = new ValidatorSet([
    ...validators.set.validators.slice(1),
    { pubKey: { type: 'bls12381', value: new Uint8Array(96) }, votingPower: 10n }
  ])
  const address = odd.validators.find(({ pubKey }) => pubKey.type === 'bls12381')!.address
  const at = odd.indexOf(address)
  const commit = second!.lastCommit!
  const known = commit.signatures.filter(({ validatorAddress }) => odd.has(validatorAddress))
  const signatures = known.toSpliced(at, 0, { ...commit.signatures[0]!, validatorAddress: address })
  const of = new ChainVerifier({ ...root, validators: odd }, verifier)
  const bent = { ...second!, lastCommit: { ...commit, signatures } }
  await assert.rejects(of.verify({ block: first! }, { block: bent }), { name: 'UnsupportedKeyTypeError' })
})

test('a set is asked for by the hash that a proven header names, and only that set is taken', () => {
  const changeAt = chain.validatorsJson[1]!.height
  const { validators: _, ...head } = recordOf(chain, changeAt - 1).head
  const of = new ChainVerifier({ ...root, chainId: chain.genesis.chainId }, verifier, head)
  const needed = of.needs({ block: chain.block(changeAt) })!
  assert.equal(needed.height, BigInt(changeAt))
  assert.deepEqual(needed.hash, chain.validatorsAt(changeAt).hash())
  assert.equal(needed.previous, head.lastValidators)
  assert.equal(of.supply(chain.validatorsAt(1), needed), false)
  assert.equal(of.supply(chain.validatorsAt(changeAt), { ...needed, height: 5n }), false)
  assert.equal(of.supply(chain.validatorsAt(changeAt), needed), true)
  assert.equal(of.needs({ block: chain.block(changeAt) }), undefined)
})

test('a commit checked ahead is not checked again, and only its own verdict is taken for it', async () => {
  const blocks = ownChain('own', validators, 4)
  let checks = 0
  const counting = {
    verify(...args: Parameters<typeof verifier.verify>) {
      checks++
      return verifier.verify(...args)
    }
  }
  const { signal } = new AbortController()
  const [first, second, third, fourth] = blocks as [Block, Block, Block, Block]
  const bent = {
    ...third,
    lastCommit: {
      ...third.lastCommit!,
      signatures: third.lastCommit!.signatures.map((sig) => ({ ...sig, signature: new Uint8Array(64) }))
    }
  }
  for (const [ahead, then, ok, want] of [
    [third, third, true, 8],
    [bent, bent, false, 8],
    [bent, third, true, 12],
    [third, bent, false, 12]
  ] as const) {
    checks = 0
    const of = new ChainVerifier(root, counting)
    of.lookAhead(2n, second, ahead, signal)
    const verdict = await of.verify({ block: first }, { block: second })
    assert.ok(verdict.ok)
    of.accept(verdict.record)
    assert.equal((await of.verify({ block: second }, { block: then })).ok, ok)
    assert.equal(checks, want)
  }
  // not for sets that are not known to decide, not for the past, not too far
  checks = 0
  const of = new ChainVerifier(root, counting)
  const elsewhere = { ...third, header: { ...third.header, validatorsHash: new Uint8Array(32) } }
  of.lookAhead(3n, elsewhere, fourth, signal)
  of.lookAhead(1n, first, second, signal)
  of.lookAhead(10n, third, fourth, signal)
  assert.equal(checks, 0)
})
