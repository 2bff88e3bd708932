/** What the full commit check refuses, on commits of a real chain bent one way each; and that it leaves the event loop alone. */
import assert from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { test } from 'node:test'
import type { Ed25519Verifier } from '../../src/chain/ed25519.ts'
import { commitSignBytes } from '../../src/chain/sign-bytes.ts'
import { ValidatorSet } from '../../src/chain/validator-set.ts'
import { verifyCommit, verifyCommitExtended } from '../../src/chain/verify-commit.ts'
import { nativeEd25519Verifier } from '../../src/node/ed25519.ts'
import { BLOCK_ID_FLAG, type Commit, type ExtendedCommit, GO_ZERO_TIME, type PublicKey } from '../../src/wire/codec.ts'
import { openRecordedChain } from './recorded-chain.ts'

const verifier = nativeEd25519Verifier()
const chain = openRecordedChain('chain')
const HEIGHT = 20
const commit = chain.block(HEIGHT + 1).lastCommit!
const id = chain.block(HEIGHT + 1).header.lastBlockId
const validators = chain.validatorsAt(HEIGHT)
const { chainId } = chain.genesis

/** A copy with one signature changed. */
function bend(index: number, change: Partial<Commit['signatures'][number]>): Commit {
  return { ...commit, signatures: commit.signatures.map((sig, i) => (i === index ? { ...sig, ...change } : sig)) }
}
const flip = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte))
const check = (c: Commit, set = validators, height = BigInt(HEIGHT), network = chainId) =>
  verifyCommit(network, set, id, height, c, { verifier })

test('a recorded commit holds, and every way of bending it is an InvalidCommitError', async () => {
  await check(commit)
  const first = commit.signatures[0]!
  const absent = {
    blockIdFlag: BLOCK_ID_FLAG.absent,
    validatorAddress: new Uint8Array(0),
    signature: new Uint8Array(0),
    timestamp: GO_ZERO_TIME
  }
  const table: Array<{ name: string; run: () => Promise<void>; says: RegExp }> = [
    { name: 'signature', run: () => check(bend(0, { signature: flip(first.signature) })), says: /signature 0/ },
    { name: 'time', run: () => check(bend(0, { timestamp: { seconds: 1n, nanos: 0 } })), says: /signature 0/ },
    {
      name: 'a vote for the block called nil',
      run: () => check(bend(0, { blockIdFlag: BLOCK_ID_FLAG.nil })),
      says: /signature 0|power/
    },
    {
      name: 'address',
      run: () => check(bend(0, { validatorAddress: flip(first.validatorAddress) })),
      says: /signature 0: is of/
    },
    { name: 'order', run: () => check({ ...commit, signatures: [...commit.signatures].reverse() }), says: /is of/ },
    {
      name: 'one signature less',
      run: () => check({ ...commit, signatures: commit.signatures.slice(1) }),
      says: /signatures for/
    },
    {
      name: 'one signature more',
      run: () => check({ ...commit, signatures: [...commit.signatures, first] }),
      says: /signatures for/
    },
    { name: 'round', run: () => check({ ...commit, round: commit.round + 1 }), says: /signature 0/ },
    { name: 'height', run: () => check(commit, validators, BigInt(HEIGHT + 1)), says: /height/ },
    { name: 'block', run: () => check({ ...commit, blockId: { ...id, hash: flip(id.hash) } }), says: /is for block/ },
    {
      name: 'parts',
      run: () => check({ ...commit, blockId: { ...id, partSetHeader: { ...id.partSetHeader, total: 9 } } }),
      says: /is for block/
    },
    { name: 'chain', run: () => check(commit, validators, BigInt(HEIGHT), 'another'), says: /signature 0/ },
    {
      name: 'absent votes',
      run: () => check({ ...commit, signatures: commit.signatures.map(() => absent) }),
      says: /power of 0/
    },
    { name: 'set of another height', run: () => check(commit, chain.validatorsAt(chain.last)), says: /./ }
  ]
  for (const { name, run, says } of table)
    await assert.rejects(run, (err: Error) => err.name === 'InvalidCommitError' && says.test(err.message), name)
})

/** A chain of our own: `powers[i]` votes `flags[i]`. */
function ownCommit(powers: bigint[], flags: number[]): { set: ValidatorSet; commit: Commit; keys: KeyObject[] } {
  const pairs = powers.map((votingPower) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const value = new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url'))
    return { pubKey: { type: 'ed25519', value } satisfies PublicKey, votingPower, privateKey }
  })
  const set = new ValidatorSet(pairs)
  const keys = set.validators.map(({ pubKey }) => pairs.find((pair) => pair.pubKey === pubKey)!.privateKey)
  const own: Commit = {
    height: 5n,
    round: 0,
    blockId: id,
    signatures: set.validators.map(({ address }, i) => ({
      blockIdFlag: flags[i]!,
      validatorAddress: address,
      timestamp: { seconds: 1_700_000_000n, nanos: i },
      signature: new Uint8Array(64)
    }))
  }
  for (const [i, sig] of own.signatures.entries())
    sig.signature = new Uint8Array(sign(null, commitSignBytes('own', own, i), keys[i]!))
  return { set, commit: own, keys }
}

test('more than two thirds of the power must be for the block, exactly; votes for nil count for nothing but must verify', async () => {
  const { commit: yes, nil } = BLOCK_ID_FLAG
  const table = [
    { powers: [1n, 1n, 1n], flags: [yes, yes, yes], holds: true },
    { powers: [1n, 1n, 1n], flags: [yes, yes, nil], holds: false },
    { powers: [3n, 3n, 1n], flags: [yes, nil, yes], holds: false },
    { powers: [5n, 3n, 1n], flags: [yes, nil, yes], holds: false },
    { powers: [6n, 3n, 1n], flags: [yes, nil, yes], holds: true },
    { powers: [7n, 3n], flags: [yes, nil], holds: true },
    { powers: [2n, 1n], flags: [yes, nil], holds: false }
  ]
  for (const { powers, flags, holds } of table) {
    const { set, commit: own } = ownCommit(powers, flags)
    const run = () => verifyCommit('own', set, id, 5n, own, { verifier })
    if (holds) await run()
    else await assert.rejects(run, { name: 'InvalidCommitError' })
  }
  const { set, commit: own } = ownCommit([8n, 1n], [yes, nil])
  own.signatures[1]!.signature = flip(own.signatures[1]!.signature)
  await assert.rejects(verifyCommit('own', set, id, 5n, own, { verifier }), { name: 'InvalidCommitError', index: 1 })
})

test('a key of another type is an UnsupportedKeyTypeError, never a verdict', async () => {
  const set = new ValidatorSet([{ pubKey: { type: 'secp256k1', value: new Uint8Array(33) }, votingPower: 1n }])
  const own: Commit = {
    height: 5n,
    round: 0,
    blockId: id,
    signatures: [
      {
        blockIdFlag: BLOCK_ID_FLAG.commit,
        validatorAddress: set.validators[0]!.address,
        timestamp: GO_ZERO_TIME,
        signature: new Uint8Array(64)
      }
    ]
  }
  await assert.rejects(verifyCommit('own', set, id, 5n, own), { name: 'UnsupportedKeyTypeError', keyType: 'secp256k1' })
})

test('300 signatures in this thread leave the event loop its turns, and stop when told to', async () => {
  const { set, commit: own } = ownCommit(Array(300).fill(1n), Array(300).fill(BLOCK_ID_FLAG.commit))
  let turns = 0
  let counting = true
  const turn = () => {
    turns++
    if (counting) setImmediate(turn)
  }
  setImmediate(turn)
  let verified = 0
  const inThread: Ed25519Verifier = { verify: () => ++verified > 0 }
  await verifyCommit('own', set, id, 5n, own, { verifier: inThread })
  counting = false
  assert.equal(verified, 300)
  assert.ok(turns >= Math.floor(300 / 8), `${turns} turns`)

  const stop = new AbortController()
  const stopping: Ed25519Verifier = {
    verify() {
      stop.abort()
      return true
    }
  }
  await assert.rejects(verifyCommit('own', set, id, 5n, own, { verifier: stopping, signal: stop.signal }), {
    name: 'AbortError'
  })
})

test('an extended commit holds only with the extensions of all who voted for the block, and no others', async () => {
  const ext = openRecordedChain('chain-ext')
  const height = 20
  const { extCommit } = ext.responses[height - 1]!
  const run = (c: ExtendedCommit) =>
    verifyCommitExtended(ext.genesis.chainId, ext.validatorsAt(height), c.blockId, BigInt(height), c, { verifier })
  await run(extCommit!)
  const bendExt = (change: (sig: ExtendedCommit['extendedSignatures'][number]) => object): ExtendedCommit => {
    const at = extCommit!.extendedSignatures.findIndex((sig) => sig.blockIdFlag === BLOCK_ID_FLAG.commit)
    return {
      ...extCommit!,
      extendedSignatures: extCommit!.extendedSignatures.map((sig, i) => (i === at ? { ...sig, ...change(sig) } : sig))
    }
  }
  const bent = [
    bendExt(() => ({ extensionSignature: new Uint8Array(0) })),
    bendExt((sig) => ({ extensionSignature: flip(sig.extensionSignature) })),
    bendExt((sig) => ({ extension: new Uint8Array([...sig.extension, 1]) })),
    bendExt((sig) => ({ signature: flip(sig.signature) }))
  ]
  for (const c of bent) await assert.rejects(run(c), { name: 'InvalidCommitError' })
})
