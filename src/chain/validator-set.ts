/**
 * Who votes, and with what weight (types/validator_set.go): a frozen list, by power falling and then by address rising, which is the order of
 * a commit's signatures and of the set's hash. Proposer priorities are carried, not computed: block sync has no use for them.
 */
import { describe, InvalidOptionError } from '../errors.ts'
import { type PublicKey, simpleValidator, type Validator, type ValidatorSet as WireSet } from '../wire/codec.ts'
import { compareBytes, toHex } from './bytes.ts'
import { merkleRoot } from './merkle.ts'
import { addressOf, publicKeyFromJSON, publicKeyToJSON } from './public-key.ts'

/** types.MaxTotalVotingPower. */
export const MAX_TOTAL_VOTING_POWER = (2n ** 63n - 1n) / 8n
/** types.MaxVotesCount: more votes do not fit a commit. */
export const MAX_VALIDATORS = 10_000

/** A change of the set, as an application gives it: power 0 removes. */
export interface ValidatorUpdate {
  pubKey: PublicKey
  votingPower: bigint
}

export class ValidatorSet {
  readonly validators: readonly Validator[]
  readonly totalVotingPower: bigint
  readonly #byAddress = new Map<string, number>()
  #hash: Uint8Array | undefined

  /** Sorts. `InvalidOptionError` for an empty set, a double validator, a power that is not positive, or too much or too many in all. */
  constructor(validators: Iterable<ValidatorUpdate & { proposerPriority?: bigint }>) {
    const list = [...validators].map(({ pubKey, votingPower, proposerPriority = 0n }) =>
      Object.freeze({ address: addressOf(pubKey), pubKey, votingPower, proposerPriority })
    )
    if (list.length === 0 || list.length > MAX_VALIDATORS)
      throw new InvalidOptionError('validators', `${list.length} validators`, `1 to ${MAX_VALIDATORS} validators`)
    list.sort((a, b) => {
      if (a.votingPower !== b.votingPower) return a.votingPower > b.votingPower ? -1 : 1
      return compareBytes(a.address, b.address)
    })
    let total = 0n
    for (const [index, { address, votingPower }] of list.entries()) {
      const name = toHex(address)
      if (votingPower <= 0n)
        throw new InvalidOptionError(`validators.${name}.votingPower`, votingPower, 'a positive number')
      if (this.#byAddress.has(name)) throw new InvalidOptionError(`validators.${name}`, name, 'each validator once')
      this.#byAddress.set(name, index)
      total += votingPower
    }
    if (total > MAX_TOTAL_VOTING_POWER)
      throw new InvalidOptionError('validators', total, `a total power of at most ${MAX_TOTAL_VOTING_POWER}`)
    this.validators = Object.freeze(list)
    this.totalVotingPower = total
  }

  /** From genesis (`power`), RPC `/validators` (`voting_power`) or a recording. Addresses are derived, and must be those given. */
  static fromJSON(json: unknown, field = 'validators'): ValidatorSet {
    if (!Array.isArray(json)) throw new InvalidOptionError(field, json, 'an array of validators')
    return new ValidatorSet(json.map((entry, index) => validatorFromJSON(entry, `${field}[${index}]`)))
  }

  get size(): number {
    return this.validators.length
  }

  indexOf(address: Uint8Array): number {
    return this.#byAddress.get(toHex(address)) ?? -1
  }

  has(address: Uint8Array): boolean {
    return this.indexOf(address) >= 0
  }

  /** What headers call `validatorsHash`. Keys and powers only. */
  hash(): Uint8Array {
    this.#hash ??= merkleRoot(
      this.validators.map(({ pubKey, votingPower }) => simpleValidator.encode({ pubKey, votingPower }))
    )
    return this.#hash
  }

  /** The set after an application's updates. Removing somebody who is not in it is an `InvalidOptionError`, as in Go. */
  update(updates: Iterable<ValidatorUpdate>): ValidatorSet {
    const next = new Map(this.validators.map((validator) => [toHex(validator.address), validator]))
    for (const { pubKey, votingPower } of updates) {
      const address = addressOf(pubKey)
      const name = toHex(address)
      const old = next.get(name)
      if (votingPower === 0n && old === undefined)
        throw new InvalidOptionError(`updates.${name}`, name, 'a validator of the set, to be removed')
      if (votingPower === 0n) next.delete(name)
      else next.set(name, { address, pubKey, votingPower, proposerPriority: old?.proposerPriority ?? 0n })
    }
    return new ValidatorSet(next.values())
  }

  /** As RPC `/validators` lists it; `fromJSON` reads it back. */
  toJSON(): Array<Record<string, unknown>> {
    return this.validators.map(({ address, pubKey, votingPower, proposerPriority }) => ({
      address: toHex(address).toUpperCase(),
      pub_key: publicKeyToJSON(pubKey),
      voting_power: String(votingPower),
      proposer_priority: String(proposerPriority)
    }))
  }

  /** The message of the same name. */
  toWire(): WireSet {
    return { validators: [...this.validators], totalVotingPower: 0n }
  }
}

function validatorFromJSON(json: unknown, field: string): ValidatorUpdate & { proposerPriority: bigint } {
  const entry = (json ?? {}) as Record<string, unknown>
  const pubKey = publicKeyFromJSON(entry.pub_key, `${field}.pub_key`)
  if (entry.address !== undefined) {
    const derived = toHex(addressOf(pubKey))
    if (String(entry.address).toLowerCase() !== derived)
      throw new InvalidOptionError(`${field}.address`, entry.address, `${derived}, which is that of its key`)
  }
  return {
    pubKey,
    votingPower: int64FromJSON(entry.voting_power ?? entry.power, `${field}.power`),
    proposerPriority: int64FromJSON(entry.proposer_priority ?? 0, `${field}.proposer_priority`)
  }
}

/** Go writes int64 as a string in JSON; numbers are read, too, while they are exact. */
export function int64FromJSON(value: unknown, field: string): bigint {
  if (typeof value === 'string' && /^-?\d{1,19}$/.test(value)) return BigInt(value)
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  throw new InvalidOptionError(field, describe(value), 'a whole number, or a string of one')
}
