import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBase64, toHex } from '../../src/chain/bytes.ts'
import { parseGenesis } from '../../src/chain/genesis.ts'
import { MAX_TOTAL_VOTING_POWER, ValidatorSet } from '../../src/chain/validator-set.ts'
import type { PublicKey } from '../../src/wire/codec.ts'
import { openRecordedChain } from './recorded-chain.ts'

const key = (seed: number): PublicKey => ({ type: 'ed25519', value: new Uint8Array(32).fill(seed) })
const named = (name: string) => (err: unknown) => (err as Error).name === name
const set = (...powers: bigint[]) =>
  new ValidatorSet(powers.map((votingPower, i) => ({ pubKey: key(i + 1), votingPower })))

test('validators stand by power falling, then by address rising', () => {
  const { validators, totalVotingPower } = set(1n, 5n, 1n, 5n, 3n)
  assert.deepEqual(
    validators.map((v) => v.votingPower),
    [5n, 5n, 3n, 1n, 1n]
  )
  assert.ok(toHex(validators[0]!.address) < toHex(validators[1]!.address))
  assert.ok(toHex(validators[3]!.address) < toHex(validators[4]!.address))
  assert.equal(totalVotingPower, 15n)
})

test('a set that cannot be is refused by name', () => {
  for (const make of [
    () => new ValidatorSet([]),
    () => set(0n),
    () => set(-1n),
    () => set(MAX_TOTAL_VOTING_POWER, 1n),
    () => new ValidatorSet([1, 1].map((seed) => ({ pubKey: key(seed), votingPower: 1n })))
  ])
    assert.throws(make, named('InvalidOptionError'))
  assert.doesNotThrow(() => set(MAX_TOTAL_VOTING_POWER))
})

test('an update adds, changes and removes; removing a stranger is an error', () => {
  const before = set(3n, 2n, 1n)
  const after = before.update([
    { pubKey: key(1), votingPower: 0n },
    { pubKey: key(3), votingPower: 9n },
    { pubKey: key(4), votingPower: 4n }
  ])
  assert.deepEqual(
    after.validators.map(({ pubKey, votingPower }) => [pubKey.type === 'ed25519' && pubKey.value[0], votingPower]),
    [
      [3, 9n],
      [4, 4n],
      [2, 2n]
    ]
  )
  assert.equal(before.size, 3)
  assert.throws(() => before.update([{ pubKey: key(9), votingPower: 0n }]), named('InvalidOptionError'))
})

test('the JSON of RPC, genesis and recordings is read, and our own read back', () => {
  const chain = openRecordedChain('chain')
  for (const { height } of chain.validatorsJson) {
    const validators = chain.validatorsAt(height)
    const again = ValidatorSet.fromJSON(JSON.parse(JSON.stringify(validators)))
    assert.deepEqual(again.validators, validators.validators)
    assert.deepEqual(again.hash(), validators.hash())
  }
})

test('JSON that is no validator set is refused, saying which field', () => {
  const good = { pub_key: { type: 'tendermint/PubKeyEd25519', value: toBase64(new Uint8Array(32)) }, power: '1' }
  const table: Array<{ name: string; json: unknown; field: RegExp; error?: string }> = [
    { name: 'no array', json: {}, field: /^validators:/ },
    { name: 'null entry', json: [null], field: /undefined/, error: 'UnsupportedKeyTypeError' },
    { name: 'power with a fraction', json: [{ ...good, power: 1.5 }], field: /validators\[0\]\.power/ },
    { name: 'power as text', json: [{ ...good, power: 'much' }], field: /validators\[0\]\.power/ },
    { name: 'another address', json: [{ ...good, address: '00'.repeat(20) }], field: /validators\[0\]\.address/ },
    {
      name: 'short key',
      json: [{ ...good, pub_key: { ...good.pub_key, value: 'AAAA' } }],
      field: /validators\[0\]\.pub_key/
    },
    {
      name: 'key type from the future',
      json: [{ ...good, pub_key: { type: 'x/PubKeyFuture', value: '' } }],
      field: /PubKeyFuture/,
      error: 'UnsupportedKeyTypeError'
    }
  ]
  assert.equal(ValidatorSet.fromJSON([good]).size, 1)
  for (const { name, json, field, error = 'InvalidOptionError' } of table)
    assert.throws(
      () => ValidatorSet.fromJSON(json),
      (err: Error) => err.name === error && field.test(err.message),
      name
    )
})

test('genesis: initial height 0 means 1, validators may be absent, bad fields are named', () => {
  assert.equal(parseGenesis({ chain_id: 'c', initial_height: '0' }).initialHeight, 1n)
  assert.equal(parseGenesis({ chain_id: 'c', initial_height: '7' }).initialHeight, 7n)
  assert.equal(parseGenesis({ chain_id: 'c' }).validators, undefined)
  assert.equal(parseGenesis('{"chain_id":"c","validators":[]}').validators, undefined)
  assert.equal(
    parseGenesis({ chain_id: 'c', consensus_params: { feature: { vote_extensions_enable_height: '3' } } })
      .voteExtensionsEnableHeight,
    3n
  )
  for (const bad of [
    null,
    5,
    '{',
    {},
    { chain_id: '' },
    { chain_id: 'x'.repeat(51) },
    { chain_id: 'c', initial_height: '-1' }
  ])
    assert.throws(() => parseGenesis(bad), named('InvalidOptionError'))
})
