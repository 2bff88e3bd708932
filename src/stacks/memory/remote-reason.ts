/**
 * What a remote's reason for leaving means to us. That it leaves in good order, or does not want us, is its own to say; that we broke the protocol or
 * misbehaved is its opinion of us, and must not look like our opinion of it: such a reason would ban the node that gave it.
 */
import type { StopKind, StopReason } from '../../interface/stop-reason.ts'

const ITS_OWN: ReadonlySet<StopKind> = new Set<StopKind>([
  'graceful',
  'shutdown',
  'duplicate',
  'incompatible',
  'refused'
])

export function fromRemote(reason: StopReason): StopReason {
  const { kind } = reason
  const message = `the remote left: ${kind}: ${reason.message}`
  if (reason.kind === 'refused') return { kind: 'refused', message, refusal: reason.refusal }
  if (!ITS_OWN.has(kind)) return { kind: 'communication', message }
  return { kind: kind as 'graceful' | 'shutdown' | 'duplicate' | 'incompatible', message }
}
