/**
 * Hello and its answer as bytes (docs/protocol.md section 2). Both carry the same introduction; a later version appends fields, which older
 * readers skip.
 */
import { ProtocolViolationError } from '../../../errors.ts'
import type { Refusal } from '../../../interface/policy.ts'
import { refusalNumber, refusalOf } from '../../../wire/refusals.ts'
import { FieldReader, FieldWriter } from '../channels/fields.ts'

/** Opened by whoever wants to be a peer; the stream then stays as the link's control stream. */
export const HELLO_PROTOCOL = '/comet-libp2p/hello/1.0.0'
/** In `Introduction.version`. A higher one from the remote is fine: what is appended is skipped. */
export const HELLO_VERSION = 1
/** p2p/node_info.go maxNodeInfoSize. */
export const MAX_NODE_INFO_BYTES = 10_240
const MAX_DETAIL_BYTES = 256
/** Signed peer records in a refusal (issue 5: up to 32): as many as fit a record beside the rest. Ours: one with eight addresses has about 400 bytes. */
export const MAX_ALTERNATIVES = 32
const MAX_ALTERNATIVE_BYTES = 2_048
const MAX_ALTERNATIVES_BYTES = 14 * 1_024

/** What each side says of itself. */
export interface Introduction {
  readonly version: number
  /** protobuf DefaultNodeInfo. */
  readonly nodeInfo: Uint8Array
  /** Channels we serve, ascending, with their first credit limit in bytes of charge. */
  readonly windows: ReadonlyArray<{ readonly id: number; readonly window: number }>
  /** Bits of what the speaker can do; unknown ones are ignored. None is assigned yet. */
  readonly features: number
}

export type Answer =
  | { readonly accepted: true; readonly introduction: Introduction }
  | {
      readonly accepted: false
      readonly refusal: Refusal
      readonly detail: string
      readonly alternatives: readonly Uint8Array[]
    }

const ACCEPT = 0
const REFUSE = 1

export function encodeHello(introduction: Introduction): Uint8Array {
  return putIntroduction(new FieldWriter(), introduction).take()
}

/** Throws `ProtocolViolationError`. */
export function decodeHello(bytes: Uint8Array): Introduction {
  return takeIntroduction(new FieldReader(bytes, 'hello'))
}

export function encodeAnswer(answer: Answer): Uint8Array {
  if (answer.accepted) return putIntroduction(new FieldWriter().byte(ACCEPT), answer.introduction).take()
  const fields = new FieldWriter()
    .byte(REFUSE)
    .number(refusalNumber(answer.refusal))
    .text(answer.detail, MAX_DETAIL_BYTES)
  const alternatives = thatFit(answer.alternatives)
  if (alternatives.length > 0) fields.number(alternatives.length)
  for (const record of alternatives) fields.bytes(record)
  return fields.take()
}

/** Throws `ProtocolViolationError`. */
export function decodeAnswer(bytes: Uint8Array): Answer {
  const fields = new FieldReader(bytes, 'answer to hello')
  const verdict = fields.byte('verdict')
  if (verdict === ACCEPT) return { accepted: true, introduction: takeIntroduction(fields) }
  if (verdict !== REFUSE)
    throw new ProtocolViolationError(`answer to hello: verdict: expected 0 or 1, found ${verdict}`)
  const refusal = refusalOf(fields.number('refusal'))
  const detail = fields.text('detail', MAX_DETAIL_BYTES)
  // appended later: a remote of before has none
  const count = fields.done ? 0 : fields.number('alternatives')
  if (count > MAX_ALTERNATIVES)
    throw new ProtocolViolationError(
      `answer to hello: alternatives: expected at most ${MAX_ALTERNATIVES}, found ${count}`
    )
  const alternatives = Array.from({ length: count }, () => fields.bytes('alternative', MAX_ALTERNATIVE_BYTES))
  return { accepted: false, refusal, detail, alternatives }
}

function thatFit(records: readonly Uint8Array[]): Uint8Array[] {
  const taken: Uint8Array[] = []
  let room = MAX_ALTERNATIVES_BYTES
  for (const record of records) {
    const cost = record.length + 2
    if (record.length > MAX_ALTERNATIVE_BYTES || cost > room || taken.length === MAX_ALTERNATIVES) continue
    taken.push(record)
    room -= cost
  }
  return taken
}

function putIntroduction(fields: FieldWriter, { version, nodeInfo, windows, features }: Introduction): FieldWriter {
  fields.number(version).bytes(nodeInfo).number(windows.length)
  for (const { id, window } of windows) fields.byte(id).number(window)
  return fields.number(features)
}

function takeIntroduction(fields: FieldReader): Introduction {
  const version = fields.number('version')
  if (version < 1) throw new ProtocolViolationError(`hello: version: expected 1 or more, found ${version}`)
  const nodeInfo = fields.bytes('node info', MAX_NODE_INFO_BYTES)
  const count = fields.number('channel count')
  if (count > 256) throw new ProtocolViolationError(`hello: channel count: expected at most 256, found ${count}`)
  const windows: Array<{ id: number; window: number }> = []
  for (let i = 0; i < count; i++) {
    const id = fields.byte('channel id')
    const before = windows[i - 1]?.id
    if (before !== undefined && id <= before)
      throw new ProtocolViolationError(`hello: channel id ${id} after ${before}`)
    windows.push({ id, window: fields.number('window') })
  }
  return { version, nodeInfo, windows, features: fields.number('features') }
}
