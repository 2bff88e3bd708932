/**
 * Where the members of a changed validator set come from. Headers only carry hashes of sets, and block sync's messages carry no sets at all, so
 * whoever verifies must learn them elsewhere. The source need not be trusted: a set is accepted only if it hashes to what a proven header says.
 */
import { toHex } from '../../chain/bytes.ts'
import type { ValidatorSet, ValidatorUpdate } from '../../chain/validator-set.ts'
import { TimeoutError } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import { withSignal } from '../../util/deadline.ts'

export interface ValidatorRequest {
  readonly chainId: string
  /** The height that the set decides on. */
  readonly height: bigint
  /** What it must hash to. */
  readonly hash: Uint8Array
  /** The set of the height before, where known. */
  readonly previous: ValidatorSet | undefined
  /** Aborts when the answer is no longer needed. */
  readonly signal: AbortSignal
}

/** Undefined: don't know (now); it is asked again later. A rejection means the same, and is logged. */
export type ValidatorSource = (
  request: ValidatorRequest
) => ValidatorSet | undefined | Promise<ValidatorSet | undefined>

/** Sets known beforehand, for instance of a recording. */
export function staticValidatorSource(sets: Iterable<ValidatorSet>): ValidatorSource {
  const byHash = new Map<string, ValidatorSet>()
  for (const set of sets) byHash.set(toHex(set.hash()), set)
  return ({ hash }) => byHash.get(toHex(hash))
}

/**
 * The application's own updates. `updatesOf(height)` gives what the application answered to the block at `height` (an empty array for no change,
 * undefined if it is not known); they take effect two heights later.
 */
export function applicationValidatorSource(
  updatesOf: (height: bigint) => Iterable<ValidatorUpdate> | undefined | Promise<Iterable<ValidatorUpdate> | undefined>
): ValidatorSource {
  return async ({ height, previous }) => {
    const updates = await updatesOf(height - EFFECTIVE_AFTER)
    return updates === undefined ? undefined : previous?.update(updates)
  }
}

/** Updates returned for block h change the set that decides on h + 2 (state/execution.go). */
const EFFECTIVE_AFTER = 2n

/** The first of several that knows; one that fails is passed over unless all do. */
export function firstValidatorSource(...sources: ValidatorSource[]): ValidatorSource {
  return async (request) => {
    let failure: unknown
    for (const source of sources) {
      try {
        const set = await source(request)
        if (set !== undefined && toHex(set.hash()) === toHex(request.hash)) return set
      } catch (err) {
        // the next one may know
        failure = err
      }
    }
    if (failure !== undefined) throw failure
    return undefined
  }
}

/** How long a source may take, ms. Ours: 100 pages of RPC from far away. */
const SOURCE_TIMEOUT_MS = 30_000

/** Asks a source, which may hang: rejects when `request.signal` aborts, or after 30 s. */
export async function askValidatorSource(
  source: ValidatorSource,
  request: ValidatorRequest,
  clock: Clock
): Promise<ValidatorSet | undefined> {
  const timeout = new AbortController()
  const late = new TimeoutError(`the validator source took longer than ${SOURCE_TIMEOUT_MS} ms`)
  const timer = clock.setTimeout(() => timeout.abort(late), SOURCE_TIMEOUT_MS)
  const signal = AbortSignal.any([request.signal, timeout.signal])
  try {
    return await withSignal(Promise.resolve(source({ ...request, signal })), signal)
  } finally {
    clock.clearTimeout(timer)
  }
}
