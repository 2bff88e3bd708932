/**
 * Hello between our own nodes (docs/protocol.md section 2): who wants to be a peer opens the hello stream and introduces itself, the other
 * side answers with its own introduction or says why not. Who may be a peer is not decided here: the host is asked.
 */
import type { Connection } from '@libp2p/interface'
import { IncompatiblePeerError, PeerRefusedError, ProtocolViolationError } from '../../../errors.ts'
import { nodeIdFromPeerId } from '../../../identity/node-id.ts'
import { decodeNodeInfo, encodeNodeInfo, validateNodeInfo } from '../../../identity/node-info.ts'
import type { Clock } from '../../../interface/clock.ts'
import type { NodeInfo } from '../../../interface/node-info.ts'
import type { Refusal } from '../../../interface/policy.ts'
import { withSignal } from '../../../util/deadline.ts'
import type { RecordStream } from '../channels/record-stream.ts'
import { clockSignal } from '../deadline-signal.ts'
import {
  type Answer,
  decodeAnswer,
  decodeHello,
  encodeAnswer,
  encodeHello,
  HELLO_VERSION,
  type Introduction
} from './hello-codec.ts'

/** How long the refusing side waits for the other to read why. Ours: on QUIC a close would overtake the answer. */
const REFUSAL_LINGER_MS = 1_000

/** Every id there is: Go's 16 bind those who speak to Go, which hello does not. */
const MAX_CHANNELS = 256

/** An introduction that has been checked against the connection's key. */
export interface Introduced {
  readonly nodeInfo: NodeInfo
  readonly windows: Introduction['windows']
}

export function introduce(nodeInfo: NodeInfo, windows: Introduction['windows']): Introduction {
  return { version: HELLO_VERSION, nodeInfo: encodeNodeInfo(nodeInfo), windows, features: 0 }
}

/**
 * The opener's side: says hello, waits for the verdict. Rejects with `PeerRefusedError`, `IncompatiblePeerError`, `ProtocolViolationError`, or the
 * signal's reason; the stream is then to be aborted or closed by the caller.
 */
export async function sayHello(
  records: RecordStream,
  connection: Connection,
  ours: Introduction,
  signal: AbortSignal
): Promise<Introduced> {
  records.send(encodeHello(ours))
  const answer = decodeAnswer(await withSignal(records.next(), signal))
  if (answer.accepted) return check(answer.introduction, connection)
  // the remote keeps the stream until we have closed our side: it then knows that we know
  await records.closeWrite(signal)
  throw refusedBy(answer)
}

function refusedBy({ refusal, detail, alternatives }: Extract<Answer, { accepted: false }>): Error {
  if (refusal === 'incompatible') return new IncompatiblePeerError(`the remote finds us incompatible: ${detail}`)
  return new PeerRefusedError(refusal, 'remote', detail, { alternatives })
}

/** The other side: waits for the hello. Rejects with `ProtocolViolationError` or the signal's reason. */
export async function hearHello(
  records: RecordStream,
  connection: Connection,
  signal: AbortSignal
): Promise<Introduced> {
  return check(decodeHello(await withSignal(records.next(), signal)), connection)
}

/** False when the stream is gone. */
export function sayAccepted(records: RecordStream, ours: Introduction): boolean {
  return records.send(encodeAnswer({ accepted: true, introduction: ours }))
}

/** Says why not and stays until the remote has closed its side, so that the reason arrives. Never rejects. */
export async function sayRefused(
  records: RecordStream,
  { refusal, detail, alternatives = [] }: { refusal: Refusal; detail: string; alternatives?: readonly Uint8Array[] },
  clock: Clock
): Promise<void> {
  const linger = clockSignal(clock, REFUSAL_LINGER_MS)
  try {
    if (records.send(encodeAnswer({ accepted: false, refusal, detail, alternatives }))) {
      void records.closeWrite(linger.signal)
      await Promise.race([records.ended, linger.passed])
    }
  } finally {
    linger.clear()
    records.abort(new Error(`refused (${refusal}): ${detail}`))
  }
}

function check({ nodeInfo: bytes, windows }: Introduction, { remotePeer }: Connection): Introduced {
  let nodeInfo: NodeInfo
  try {
    nodeInfo = decodeNodeInfo(bytes)
  } catch (cause) {
    throw new ProtocolViolationError(`hello: node info: ${(cause as Error).message}`, { cause })
  }
  validateNodeInfo(nodeInfo, MAX_CHANNELS)
  const proven = nodeIdFromPeerId(remotePeer)
  if (nodeInfo.id !== proven)
    throw new ProtocolViolationError(`hello: node info says id ${nodeInfo.id}, the connection's key has ${proven}`)
  return { nodeInfo, windows }
}
