/** What a block sync reactor is made of, checked once at the door. */

import { equalBytes, fromHex, toHex } from '../../chain/bytes.ts'
import { type Ed25519Verifier, zip215Verifier } from '../../chain/ed25519.ts'
import { type Genesis, parseGenesis } from '../../chain/genesis.ts'
import { headerHash } from '../../chain/hash.ts'
import { HASH_BYTES } from '../../chain/merkle.ts'
import { ValidatorSet } from '../../chain/validator-set.ts'
import { InvalidOptionError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import type { Logger } from '../../interface/logger.ts'
import type { Peer } from '../../interface/peer.ts'
import { assertMethods, assertNames, assertObject, CLOCK_METHODS, LOGGER_METHODS, namesOf } from '../../util/check.ts'
import { systemClock } from '../../util/clock.ts'
import { nullLogger } from '../../util/logger.ts'
import { block as blockCodec } from '../../wire/codec.ts'
import type { BlockStore } from './block-store.ts'
import type { SyncRoot } from './chain-verifier.ts'
import { type PoolLimits, poolDefaults } from './pool-peer.ts'
import type { SyncCallbacks } from './sync-session.ts'
import type { ValidatorSource } from './validator-source.ts'

export interface BlocksyncOptions extends SyncCallbacks {
  /** Where blocks are served from and kept. Open before the reactor starts, closed after it stopped. */
  store: BlockStore
  /** The genesis file (text, parsed JSON or `parseGenesis`' result): download and verify this chain. Left out: serve only. */
  genesis?: unknown
  /**
   * A block header's hash from a source you trust (hex or bytes): verification begins there, unless the store has blocks already; then the block
   * of that height must be that one. Required where genesis names no validators.
   */
  trusted?: { height: bigint | number; hash: string | Uint8Array }
  /** Where changed validator sets come from. Left out: sync stops before the first change. */
  validatorSource?: ValidatorSource
  /** Instead of the genesis' own: votes carry extensions from this height on, for chains that enabled them later. */
  voteExtensionsEnableHeight?: bigint | number
  /** @default the portable ZIP-215 library; `nativeEd25519Verifier()` of the Node.js entry point is about 19 times faster */
  verifier?: Ed25519Verifier
  /** A peer that answers nothing, not even a StatusRequest. @default {@link BlocksyncReactor}: `resetRemote` where the peer has it, then stop */
  onSilentPeer?(peer: Peer): void
  limits?: Partial<PoolLimits>
  clock?: Clock
  logger?: Logger
}

const NAMES = namesOf<BlocksyncOptions>({
  store: true,
  genesis: true,
  trusted: true,
  validatorSource: true,
  voteExtensionsEnableHeight: true,
  verifier: true,
  onSilentPeer: true,
  limits: true,
  clock: true,
  logger: true,
  onBlock: true,
  onHeight: true,
  onProgress: true,
  onCaughtUp: true
})

export interface CheckedOptions {
  readonly store: BlockStore
  readonly root: SyncRoot | undefined
  readonly verifier: Ed25519Verifier
  readonly clock: Clock
  readonly logger: Logger
}

/** Throws `InvalidOptionError` for anything that cannot work. */
export function checkOptions(options: BlocksyncOptions): CheckedOptions {
  assertObject('options', options)
  assertNames('', options, NAMES)
  const { store, clock = systemClock, logger = nullLogger, verifier = zip215Verifier, limits = {} } = options
  for (const method of ['base', 'height', 'head', 'append', 'load'] as const)
    if (typeof store?.[method] !== 'function') throw new InvalidOptionError('store', store, 'a BlockStore')
  assertMethods('clock', clock, CLOCK_METHODS)
  assertMethods('logger', logger, LOGGER_METHODS)
  assertMethods('verifier', verifier, ['verify'])
  assertObject('limits', limits)
  for (const [name, value] of Object.entries(limits))
    if (!(name in poolDefaults) || !(typeof value === 'number' && value > 0))
      throw new InvalidOptionError(
        `limits.${name}`,
        value,
        `a positive number; limits are ${Object.keys(poolDefaults)}`
      )
  return { store, clock, logger, verifier, root: rootOf(options) }
}

/** A store that has the trusted height already must hold that very block there: `InvalidOptionError` if not. */
export async function checkStoredTrust(store: BlockStore, trusted: SyncRoot['trusted']): Promise<void> {
  const stored = trusted === undefined ? undefined : await store.load(trusted.height)
  if (trusted === undefined || stored === undefined) return
  const hash = headerHash(blockCodec.decode(stored.block).header)
  if (!equalBytes(hash, trusted.hash))
    throw new InvalidOptionError(
      'trusted.hash',
      toHex(trusted.hash),
      `${toHex(hash)}, as block ${trusted.height} of the store`
    )
}

function rootOf(options: BlocksyncOptions): SyncRoot | undefined {
  if (options.genesis === undefined) return undefined
  const genesis = isGenesis(options.genesis) ? options.genesis : parseGenesis(options.genesis)
  const trusted = options.trusted === undefined ? undefined : trustedOf(options.trusted, genesis)
  const head = options.store.head()
  if (head !== undefined && head.chainId !== genesis.chainId)
    throw new InvalidOptionError('store', `blocks of ${head.chainId}`, `blocks of ${genesis.chainId}`)
  if (genesis.validators === undefined && trusted === undefined && head === undefined)
    throw new InvalidOptionError('trusted', undefined, 'a height and header hash, because genesis names no validators')
  const enable = options.voteExtensionsEnableHeight
  return {
    chainId: genesis.chainId,
    initialHeight: genesis.initialHeight,
    voteExtensionsEnableHeight:
      enable === undefined ? genesis.voteExtensionsEnableHeight : height(enable, 'voteExtensionsEnableHeight', 0n),
    ...(genesis.validators === undefined ? {} : { validators: genesis.validators }),
    ...(trusted === undefined ? {} : { trusted })
  }
}

function isGenesis(value: unknown): value is Genesis {
  const genesis = value as Partial<Genesis> | null
  const { validators } = genesis ?? {}
  return typeof genesis?.initialHeight === 'bigint' && (validators === undefined || validators instanceof ValidatorSet)
}

function trustedOf(
  trusted: NonNullable<BlocksyncOptions['trusted']>,
  genesis: Genesis
): NonNullable<SyncRoot['trusted']> {
  const hash = typeof trusted.hash === 'string' ? fromHex(trusted.hash) : trusted.hash
  if (!(hash instanceof Uint8Array) || hash.length !== HASH_BYTES)
    throw new InvalidOptionError('trusted.hash', trusted.hash, `${HASH_BYTES} bytes or their hex`)
  return { height: height(trusted.height, 'trusted.height', genesis.initialHeight), hash }
}

function height(value: bigint | number, field: string, least: bigint): bigint {
  const found = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof found !== 'bigint' || found < least)
    throw new InvalidOptionError(field, value, `a height of at least ${least}`)
  return found
}
