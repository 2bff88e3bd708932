/**
 * Refusals as numbers: what our own protocols say to a dialer that is not wanted, on libp2p (docs/protocol.md section 2) and on the classic stack (section
 * 11). The order is fixed for ever, new ones are appended.
 */
import type { Refusal } from '../interface/policy.ts'

const REFUSALS: readonly Refusal[] = [
  'self',
  'banned',
  'duplicate-id',
  'duplicate-ip',
  'inbound-full',
  'outbound-full',
  'pending-full',
  'filtered',
  'incompatible',
  'not-selected',
  'stopping'
]
/** A number we do not know says no more than that we are not wanted. */
const UNKNOWN_REFUSAL: Refusal = 'filtered'

/** 1 for the first. */
export function refusalNumber(refusal: Refusal): number {
  return REFUSALS.indexOf(refusal) + 1
}

/** Any number is some refusal. */
export function refusalOf(number: number): Refusal {
  return REFUSALS[number - 1] ?? UNKNOWN_REFUSAL
}
