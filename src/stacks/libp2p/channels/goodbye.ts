/**
 * What a remote's goodbye means to us (docs/protocol.md section 8). Its reason is its verdict: that it found us at fault is no fault of its, so
 * everything but a leave in good order is a lost connection on our side.
 */
import type { StopKind, StopReason } from '../../../interface/stop-reason.ts'

export function reasonFromGoodbye(kind: StopKind, detail: string): StopReason {
  const said = detail === '' ? '' : `: ${detail}`
  switch (kind) {
    case 'graceful':
    case 'shutdown':
    case 'duplicate':
    case 'incompatible':
      return { kind, message: `the remote left (${kind})${said}` }
    case 'refused':
      return { kind, message: `the remote does not want us any more${said}`, refusal: 'not-selected' }
    default:
      return { kind: 'communication', message: `the remote ended the connection (${kind})${said}` }
  }
}
