/** The options of a pool, their defaults in one place, and the words of its answers. Numbers are Go's (config/config.go DefaultMempoolConfig, v0.40). */
import { InvalidOptionError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { CheckTx } from './tx-checker.ts'
import type { TxKey } from './tx-key.ts'

export interface MempoolOptions {
  /**
   * Is this transaction fit for a block? Left out, every transaction is. Called one at a time per source (see `checkConcurrency`), in the order
   * of arrival; what it answers, throws or never answers is never held against the peer that sent the transaction.
   */
  checkTx?: CheckTx
  /** The most transactions held. @default {@link mempoolDefaults.maxTxs} */
  maxTxs?: number
  /** The most bytes of transactions held. @default {@link mempoolDefaults.maxTxsBytes} */
  maxTxsBytes?: number
  /** The longest transaction taken, bytes; must be the same on all nodes of a chain. @default {@link mempoolDefaults.maxTxBytes} */
  maxTxBytes?: number
  /** How many keys of transactions seen before are remembered; 0 for none. @default {@link mempoolDefaults.cacheSize} */
  cacheSize?: number
  /** A rejected transaction stays in the cache: right only where it can never become valid later. @default {@link mempoolDefaults.keepInvalidTxsInCache} */
  keepInvalidTxsInCache?: boolean
  /** Check what is left again after each `update`. @default {@link mempoolDefaults.recheck} */
  recheck?: boolean
  /** When rechecking after one `update` gives up, ms; what was not rechecked stays. @default {@link mempoolDefaults.recheckTimeoutMs} */
  recheckTimeoutMs?: number
  /** How long one `checkTx` may take, ms; then the transaction is rejected. @default {@link mempoolDefaults.checkTxTimeoutMs} */
  checkTxTimeoutMs?: number
  /**
   * How many checks of one source (one peer, or all of `submit`) run at once. Sources never wait for each other. More than one only where
   * `checkTx` does not depend on its earlier answers; transactions enter the pool in order of arrival all the same.
   * @default {@link mempoolDefaults.checkConcurrency}
   */
  checkConcurrency?: number
  logger?: Logger
  clock?: Clock
}

export const mempoolDefaults = Object.freeze({
  maxTxs: 5_000,
  maxTxsBytes: 1024 * 1024 * 1024,
  maxTxBytes: 4 * 1024 * 1024,
  cacheSize: 10_000,
  keepInvalidTxsInCache: false,
  recheck: true,
  recheckTimeoutMs: 1_000,
  /** Ours: Go waits for ever. Well below the 30 s a reactor's callback may take. */
  checkTxTimeoutMs: 10_000,
  /** Ours: what Go's local client does for all sources together. */
  checkConcurrency: 1
})

/** Why a transaction did not enter the pool. */
export type RejectReason =
  /** Zero bytes: peers would drop us for passing it on. */
  | 'empty'
  | 'too-large'
  /** Seen before: in the pool, being checked, or in the cache (also when it was committed). */
  | 'cache'
  /** The pool has no room, or too many transactions of this source wait for their check. */
  | 'full'
  /** `checkTx` said no. */
  | 'check-failed'
  /** `checkTx` threw, rejected, or answered something that is no answer. */
  | 'check-error'
  | 'check-timeout'
  /** Committed in a block while it was being checked. */
  | 'committed'
  /** The pool was flushed or closed first, or the peer left with too much of its own still unchecked. */
  | 'dropped'

export type TxResult =
  | { readonly accepted: true; readonly key: TxKey }
  | {
      readonly accepted: false
      readonly key: TxKey
      readonly reason: RejectReason
      /** What `checkTx` gave as its reason, or a sentence. */
      readonly message: string
      readonly cause?: unknown
    }

const AT_LEAST = {
  maxTxs: 1,
  maxTxsBytes: 1,
  maxTxBytes: 1,
  cacheSize: 0,
  recheckTimeoutMs: 1,
  checkTxTimeoutMs: 1,
  checkConcurrency: 1
}

/** The options with nothing left out, but for `checkTx`, which has no default, and the ports. */
export type ResolvedMempoolOptions = Required<Omit<MempoolOptions, 'checkTx' | 'logger' | 'clock'>>

export function resolveMempoolOptions(options: MempoolOptions): ResolvedMempoolOptions {
  assertMempoolOptions(options)
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return { ...mempoolDefaults, ...given }
}

/** Throws `InvalidOptionError` at the first field that cannot be right. */
function assertMempoolOptions(options: MempoolOptions): void {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionError('options', options, 'an object')
  for (const [field, least] of Object.entries(AT_LEAST)) {
    const value = options[field as keyof typeof AT_LEAST]
    if (value !== undefined && (!Number.isSafeInteger(value) || value < least))
      throw new InvalidOptionError(field, value, `an integer of at least ${least}`)
  }
  if (options.checkTx !== undefined && typeof options.checkTx !== 'function')
    throw new InvalidOptionError('checkTx', options.checkTx, 'a function')
  for (const field of ['keepInvalidTxsInCache', 'recheck'] as const) {
    const value = options[field]
    if (value !== undefined && typeof value !== 'boolean') throw new InvalidOptionError(field, value, 'a boolean')
  }
}
