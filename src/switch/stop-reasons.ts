/**
 * What follows a stop, by the kind of its reason (architecture.md, "Stop reasons"; requirements, D-6, D-20). Pure.
 */
import type { StopKind, StopReason } from '../interface/stop-reason.ts'
import { attempt, textOf } from './foreign.ts'

const KINDS: ReadonlySet<string> = new Set<StopKind>([
  'communication',
  'protocol',
  'misbehaviour',
  'reactor-failure',
  'incompatible',
  'duplicate',
  'refused',
  'shutdown',
  'graceful'
])

/** Is this one of our own reasons? Anything else is opaque. */
export function isStopReason(reason: unknown): reason is StopReason {
  if (typeof reason !== 'object' || reason === null) return false
  return attempt(() => {
    const { kind, message } = reason as { kind?: unknown; message?: unknown }
    return typeof kind === 'string' && KINDS.has(kind) && typeof message === 'string'
  }, false)
}

/** As Go's ErrorTransient: a reason, or one of its causes, that says the fault will pass. */
export function isTransient(reason: unknown): boolean {
  return attempt(() => saysTransient(reason), false)
}

function saysTransient(reason: unknown): boolean {
  for (let at = reason, depth = 0; typeof at === 'object' && at !== null && depth < 8; depth++) {
    if ((at as { name?: unknown }).name === 'ErrorTransient' || (at as { transient?: unknown }).transient === true)
      return true
    at = (at as { cause?: unknown }).cause
  }
  return false
}

/** Ours: a reason stands in ban lists, and may be the remote's own text. */
const MAX_REASON_CHARACTERS = 200

/** A reason as people read it: of ours the kind and the message. Never throws. */
export function reasonText(reason: unknown): string {
  const text = isStopReason(reason) ? `${reason.kind}: ${reason.message}` : textOf(reason)
  return text.length > MAX_REASON_CHARACTERS ? `${text.slice(0, MAX_REASON_CHARACTERS - 1)}…` : text
}

/** What the switch does after a peer has left. */
export interface Aftermath {
  /** `never`: nothing. `soon`: by the usual schedule, at once after a stable connection. `later`: not before `penaltyMs`. */
  readonly reconnect: 'never' | 'soon' | 'later'
  readonly penaltyMs: number
  /** Refuse the node for that long; 0: no ban. Persistent and unconditional peers are never banned (D-6). */
  readonly banMs: number
  /** Our own dialling leaves the node alone for that long; 0: no such rule. */
  readonly avoidMs: number
}

/** Ours: a reactor's verdict keeps a node away for an hour, a broken protocol for a minute; Go bans 60 s in its block pool, 24 h in PEX. */
export const MISBEHAVIOUR_BAN_MS = 3_600_000
export const PROTOCOL_BAN_MS = 60_000
/** Ours: a node of another network will be one for hours. */
export const INCOMPATIBLE_AVOID_MS = 4 * 3_600_000
/** Ours (D-6): misbehaviour delays the reconnection to a persistent peer instead of banning it. */
export const PENALTY_MS = 60_000

/** How long nobody dials unasked whom we have stopped: in good order, or for a reason that is not ours to read. Ours. */
export const GRACEFUL_REST_MS = 600_000
export const STOPPED_REST_MS = 60_000

/** A node that is left alone by whoever dials unasked. */
export interface Rest {
  /** Infinity: until it is a peer again. */
  readonly forMs: number
  /** For people. */
  readonly why: string
}

/** Undefined: it may be dialled at once. `penaltyMs`: what its aftermath says. */
export function restAfter(
  { reason, by }: { readonly reason: unknown; readonly by: 'us' | 'remote' },
  persistent: boolean,
  penaltyMs: number
): Rest | undefined {
  const text = reasonText(reason)
  if (penaltyMs > 0) return { forMs: penaltyMs, why: `its reconnection waits, because of ${text}` }
  const kind = isStopReason(reason) ? reason.kind : undefined
  if (by !== 'us' || kind === 'shutdown' || kind === 'duplicate') return undefined
  if (kind === 'graceful')
    return persistent
      ? {
          forMs: Number.POSITIVE_INFINITY,
          why: 'we have stopped it in good order: a persistent peer is then not redialled'
        }
      : { forMs: GRACEFUL_REST_MS, why: 'we have stopped it in good order' }
  return kind === undefined && !persistent
    ? { forMs: STOPPED_REST_MS, why: `a reactor has stopped it: ${text}` }
    : undefined
}

const NOTHING: Aftermath = Object.freeze({ reconnect: 'never', penaltyMs: 0, banMs: 0, avoidMs: 0 })

export function aftermath(given: {
  readonly reason: unknown
  readonly by: 'us' | 'remote'
  readonly persistent: boolean
  readonly unconditional: boolean
}): Aftermath {
  const { reason, by, persistent, unconditional } = given
  const kind = isStopReason(reason) ? reason.kind : undefined
  if (kind === 'shutdown' && by === 'us') return NOTHING
  // a graceful stop of ours suspends reconnecting; the remote's is an ordinary loss to us
  if (kind === 'graceful' && by === 'us') return NOTHING
  const wanted = persistent || isTransient(reason)
  const fault = kind === 'misbehaviour' || kind === 'protocol'
  const banMs =
    persistent || unconditional || !fault ? 0 : kind === 'misbehaviour' ? MISBEHAVIOUR_BAN_MS : PROTOCOL_BAN_MS
  const avoidMs = kind === 'incompatible' && !persistent ? INCOMPATIBLE_AVOID_MS : 0
  if (!wanted || avoidMs > 0 || banMs > 0) return { ...NOTHING, banMs, avoidMs }
  return fault
    ? { reconnect: 'later', penaltyMs: PENALTY_MS, banMs, avoidMs }
    : { reconnect: 'soon', penaltyMs: 0, banMs, avoidMs }
}
