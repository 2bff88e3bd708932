/**
 * What the accepting side says after NodeInfo where both are nodes of this library (docs/protocol.md section 11): whether the dialer is a peer now, and if not,
 * why. Toward Go there is no such message: whoever is not wanted sees the connection closed.
 */
import { ProtocolViolationError } from '../../errors.ts'
import type { Refusal } from '../../interface/policy.ts'
import { refusalNumber, refusalOf } from '../../wire/refusals.ts'

export type Verdict =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly refusal: Refusal; readonly detail: string }

/** Room for what later versions add. */
export const MAX_VERDICT_BYTES = 1_024
const MAX_DETAIL_BYTES = 256
const ACCEPTED = 0
const REFUSED = 1

export function encodeVerdict(verdict: Verdict): Uint8Array {
  if (verdict.accepted) return Uint8Array.of(ACCEPTED)
  const encoded = new Uint8Array(2 + MAX_DETAIL_BYTES)
  encoded.set([REFUSED, refusalNumber(verdict.refusal)])
  const { written } = new TextEncoder().encodeInto(verdict.detail, encoded.subarray(2))
  return encoded.subarray(0, 2 + written)
}

/** Throws `ProtocolViolationError`. What follows an acceptance is skipped. */
export function decodeVerdict(encoded: Uint8Array): Verdict {
  const [kind, number] = encoded
  if (kind === ACCEPTED) return { accepted: true }
  if (kind !== REFUSED || number === undefined)
    throw new ProtocolViolationError(
      `verdict: expected 0, or 1 and a refusal, found ${encoded.length} bytes, first ${kind}`
    )
  const text = new TextDecoder().decode(encoded.subarray(2, 2 + MAX_DETAIL_BYTES))
  // it ends in logs
  return { accepted: false, refusal: refusalOf(number), detail: text.replaceAll(/\p{Cc}/gu, ' ') }
}
