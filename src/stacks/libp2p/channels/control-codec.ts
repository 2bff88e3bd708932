/**
 * What travels on the control stream once hello is accepted (docs/protocol.md sections 5 to 8). Each record is a type byte and its fields; a
 * type we do not know is skipped, and so are fields appended to one we do.
 */
import type { StopKind } from '../../../interface/stop-reason.ts'
import { FieldReader, FieldWriter } from './fields.ts'

export type Control =
  /** Bytes received on all channel streams of this link since it began. */
  | { readonly type: 'receipt'; readonly total: number }
  /** The charge that may be sent on a channel since the link began. */
  | { readonly type: 'credit'; readonly channelId: number; readonly limit: number }
  | { readonly type: 'ping'; readonly token: number }
  | { readonly type: 'pong'; readonly token: number }
  /** Asks for a receipt as soon as so many bytes have arrived. */
  | { readonly type: 'ask'; readonly total: number }
  /** Asks for a receipt every so many bytes from here on. */
  | { readonly type: 'pace'; readonly bytes: number }
  /**
   * The last record: the speaker ends the link. `flushed`: all it had to say, `total` bytes on channel streams, is to be given to the reactors
   * before the link counts as ended.
   */
  | {
      readonly type: 'goodbye'
      readonly kind: StopKind
      readonly flushed: boolean
      readonly total: number
      readonly detail: string
    }

const TYPE = Object.freeze({ receipt: 1, credit: 2, ping: 3, pong: 4, ask: 5, goodbye: 6, pace: 7 })
/** A kind's number on the wire; the order is fixed for ever, new ones are appended. */
const KINDS: readonly StopKind[] = [
  'communication',
  'protocol',
  'misbehaviour',
  'reactor-failure',
  'incompatible',
  'duplicate',
  'refused',
  'shutdown',
  'graceful'
]
const MAX_DETAIL_BYTES = 256
const FLUSHED = 1

export function encodeControl(control: Control): Uint8Array {
  const fields = new FieldWriter().byte(TYPE[control.type])
  switch (control.type) {
    case 'receipt':
    case 'ask':
      return fields.number(control.total).take()
    case 'pace':
      return fields.number(control.bytes).take()
    case 'credit':
      return fields.byte(control.channelId).number(control.limit).take()
    case 'ping':
    case 'pong':
      return fields.number(control.token).take()
    case 'goodbye':
      return fields
        .number(KINDS.indexOf(control.kind) + 1)
        .number(control.flushed ? FLUSHED : 0)
        .number(control.total)
        .text(control.detail, MAX_DETAIL_BYTES)
        .take()
  }
}

/** Undefined for a type that is not assigned. Throws `ProtocolViolationError`. */
export function decodeControl(bytes: Uint8Array): Control | undefined {
  const fields = new FieldReader(bytes, 'control record')
  switch (fields.byte('type')) {
    case TYPE.receipt:
      return { type: 'receipt', total: fields.number('total') }
    case TYPE.credit:
      return { type: 'credit', channelId: fields.byte('channel'), limit: fields.number('limit') }
    case TYPE.ping:
      return { type: 'ping', token: fields.number('token') }
    case TYPE.pong:
      return { type: 'pong', token: fields.number('token') }
    case TYPE.ask:
      return { type: 'ask', total: fields.number('total') }
    case TYPE.pace:
      return { type: 'pace', bytes: fields.number('bytes') }
    case TYPE.goodbye:
      return {
        type: 'goodbye',
        kind: KINDS[fields.number('kind') - 1] ?? 'communication',
        flushed: (fields.number('flags') & FLUSHED) !== 0,
        total: fields.number('total'),
        detail: fields.text('detail', MAX_DETAIL_BYTES)
      }
    default:
      return undefined
  }
}
