/** What can be wrong with data of the chain: one class per reaction, `name` fixed, as in src/errors.ts. */

/** Data that contradicts itself or the rules every node can check alone (spec reactors-and-messages section 3): whoever sent it made it up. */
export class ChainDataError extends Error {
  static override readonly name = 'ChainDataError'
  override readonly name = 'ChainDataError'
  readonly field: string
  constructor(field: string, why: string, options?: ErrorOptions) {
    super(`${field}: ${why}`, options)
    this.field = field
  }
}

/** A commit that does not prove what it should: wrong size, height or block, a bad signature, too little power. */
export class InvalidCommitError extends Error {
  static override readonly name = 'InvalidCommitError'
  override readonly name = 'InvalidCommitError'
  /** Which signature, where it is one. */
  readonly index: number | undefined
  constructor(why: string, index?: number) {
    super(index === undefined ? why : `signature ${index}: ${why}`)
    this.index = index
  }
}

/** A validator's key is of a type that this library cannot verify: the fault is ours, not that of who sent the block. */
export class UnsupportedKeyTypeError extends Error {
  static override readonly name = 'UnsupportedKeyTypeError'
  override readonly name = 'UnsupportedKeyTypeError'
  readonly keyType: string
  constructor(keyType: string) {
    super(`validator keys of type ${keyType} are not supported, only ed25519 is`)
    this.keyType = keyType
  }
}
