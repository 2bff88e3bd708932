/**
 * Runs the user's `checkTx` so that nothing it does can hurt the pool: it may answer at once or later, throw, reject, answer nonsense or never
 * answer. A synchronous answer costs no promise, so that a pool with a quick check keeps up with the wire.
 */
import { describe } from '../../errors.ts'
import type { Clock } from '../../interface/clock.ts'
import type { RejectReason } from './mempool-options.ts'

/** What a check is told beside the transaction. */
export interface CheckTxContext {
  /** True when the transaction was accepted before and a block was committed since. */
  readonly recheck: boolean
  /** The last committed height the pool knows. */
  readonly height: bigint
  /** Aborts when the answer is no longer wanted: timed out, or the pool was closed. */
  readonly signal: AbortSignal
}

/** True or `{ accept: true }` accepts. `log` says why not; `gasWanted` is what `reap` counts against `maxGas`. */
export type CheckTxAnswer = boolean | { readonly accept: boolean; readonly log?: string; readonly gasWanted?: bigint }

export type CheckTx = (tx: Uint8Array, context: CheckTxContext) => CheckTxAnswer | Promise<CheckTxAnswer>

export type Verdict =
  | { readonly ok: true; readonly gasWanted: bigint }
  | { readonly ok: false; readonly reason: RejectReason; readonly message: string; readonly cause?: unknown }

const ACCEPTED: Verdict = Object.freeze({ ok: true, gasWanted: 0n })

/** The signal is made only for a check that asks for it: most do not, and it costs more than a quick check. */
class Context implements CheckTxContext {
  readonly recheck: boolean
  readonly height: bigint
  #controller: AbortController | undefined

  constructor(recheck: boolean, height: bigint) {
    this.recheck = recheck
    this.height = height
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    return this.#controller.signal
  }

  abort(): void {
    this.#controller?.abort()
  }
}

export class TxChecker {
  readonly #checkTx: CheckTx | undefined
  readonly #clock: Clock
  /** Ends each running check; bounded by lanes x concurrency. */
  readonly #running = new Set<(verdict: Verdict) => void>()

  constructor(checkTx: CheckTx | undefined, clock: Clock) {
    this.#checkTx = checkTx
    this.#clock = clock
  }

  /** False if every transaction is accepted, so that checking again is pointless. */
  get checks(): boolean {
    return this.#checkTx !== undefined
  }

  /** Never throws, and the promise never rejects. */
  run(tx: Uint8Array, recheck: boolean, height: bigint, timeoutMs: number): Verdict | Promise<Verdict> {
    if (this.#checkTx === undefined) return ACCEPTED
    const context = new Context(recheck, height)
    try {
      const answer = this.#checkTx(tx, context)
      return isThenable(answer) ? this.#wait(answer, context, timeoutMs) : verdictOf(answer)
    } catch (err) {
      return threw(err)
    }
  }

  /** Every check still running ends as `dropped`. */
  close(): void {
    for (const end of [...this.#running]) end({ ok: false, reason: 'dropped', message: 'the pool was closed' })
  }

  #wait(answer: PromiseLike<CheckTxAnswer>, context: Context, timeoutMs: number): Promise<Verdict> {
    return new Promise((resolve) => {
      // the only way from here to `answer` is its own reactions: a promise that never settles is garbage once the user lets go of it
      const end = (verdict: Verdict) => {
        if (!this.#running.delete(end)) return
        this.#clock.clearTimeout(timer)
        resolve(verdict)
      }
      this.#running.add(end)
      const timer = this.#clock.setTimeout(() => {
        end({ ok: false, reason: 'check-timeout', message: `checkTx did not answer within ${timeoutMs} ms` })
        context.abort()
      }, timeoutMs)
      answer.then(
        (value) => end(verdictOf(value)),
        (err) => end(threw(err))
      )
    })
  }
}

function verdictOf(answer: CheckTxAnswer): Verdict {
  if (answer === true) return ACCEPTED
  if (answer === false) return { ok: false, reason: 'check-failed', message: 'checkTx refused it' }
  if (typeof answer !== 'object' || answer === null || typeof answer.accept !== 'boolean')
    return {
      ok: false,
      reason: 'check-error',
      message: `checkTx answered ${describe(answer)}, neither a boolean nor { accept }`
    }
  if (!answer.accept) return { ok: false, reason: 'check-failed', message: answer.log ?? 'checkTx refused it' }
  return { ok: true, gasWanted: answer.gasWanted ?? 0n }
}

function threw(cause: unknown): Verdict {
  return { ok: false, reason: 'check-error', message: `checkTx threw: ${describe(cause)}`, cause }
}

function isThenable(value: unknown): value is PromiseLike<CheckTxAnswer> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
