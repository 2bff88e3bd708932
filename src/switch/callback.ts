/**
 * Calls into a reactor: nothing a reactor does there reaches us as an exception, and nothing waits for it longer than `timeoutMs`
 * (requirements D-11; contract.md, Stop reasons).
 */
import type { Clock } from '../interface/clock.ts'
import type { StopReason } from '../interface/stop-reason.ts'
import { isPromise, textOf } from './foreign.ts'

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: StopReason }

export interface CallbackName {
  readonly reactor: string
  readonly callback: 'initPeer' | 'addPeer' | 'removePeer' | 'receive' | 'filterMsgBytes'
}

/** The reason a peer is stopped with when one of our reactors failed it. */
export function reactorFailure(name: CallbackName, what: string, cause?: unknown): StopReason {
  return {
    kind: 'reactor-failure',
    reactor: name.reactor,
    callback: name.callback,
    message: `${name.callback} of reactor ${name.reactor} ${what}`,
    ...(cause === undefined ? {} : { cause })
  }
}

export function threw(name: CallbackName, cause: unknown): StopReason {
  return reactorFailure(name, `failed: ${textOf(cause)}`, cause)
}

/** Runs `fn` to its end, or to `timeoutMs`; a result that comes later is dropped, whatever it is. Never rejects. */
export async function runCallback<T>(
  name: CallbackName,
  fn: () => T | Promise<T>,
  timeoutMs: number,
  clock: Clock
): Promise<Outcome<T>> {
  let pending: Promise<T>
  try {
    const result = fn()
    if (!isPromise(result)) return { ok: true, value: result }
    pending = Promise.resolve(result)
  } catch (err) {
    return { ok: false, failure: threw(name, err) }
  }
  return await new Promise<Outcome<T>>((resolve) => {
    const timer = clock.setTimeout(
      () => resolve({ ok: false, failure: reactorFailure(name, `took longer than ${timeoutMs} ms`) }),
      timeoutMs
    )
    pending.then(
      (value) => {
        clock.clearTimeout(timer)
        resolve({ ok: true, value })
      },
      (err: unknown) => {
        clock.clearTimeout(timer)
        resolve({ ok: false, failure: threw(name, err) })
      }
    )
  })
}
