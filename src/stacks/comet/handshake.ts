/**
 * What both sides do alike before a link (p2p/transport.go upgrade; spec/transport-and-switch.md section 2.1): prove keys, then exchange NodeInfo, each within its
 * own time as in Go. Who may be a peer is not decided here.
 */
import { ProtocolViolationError } from '../../errors.ts'
import { nodeIdFromPublicKey, peerIdFromPublicKeyBytes } from '../../identity/node-id.ts'
import { decodeNodeInfo, MAX_CHANNELS, MAX_NODE_INFO_BYTES, validateNodeInfo } from '../../identity/node-info.ts'
import type { NodeKey } from '../../identity/node-key.ts'
import type { Clock, TimerHandle } from '../../interface/clock.ts'
import type { NodeId, NodeInfo } from '../../interface/node-info.ts'
import { delimit } from './delimited.ts'
import { encodeMarkedNodeInfo, isMarked } from './own-mark.ts'
import { secretConnection } from './secret-connection.ts'
import type { SecureStream } from './secret-stream.ts'
import { withinStep } from './step.ts'
import type { TcpConnection } from './tcp.ts'

/** Every id there is: Go's 16 bind those who speak to Go. */
const MAX_OWN_CHANNELS = 256
/** How long whoever is refused is given to read why and to close. Ours. */
const PART_MS = 1_000

export interface HandshakeComponents {
  readonly nodeKey: NodeKey
  readonly clock: Clock
  /** For SecretConnection, for NodeInfo and for the verdict, each, ms. */
  readonly handshakeTimeoutMs: number
}

/** A remote whose key is proven. */
export interface Proven {
  readonly stream: SecureStream
  readonly id: NodeId
  readonly peerId: ReturnType<typeof peerIdFromPublicKeyBytes>
  /** As in `TcpConnection`. */
  readonly ip: string
}

/** What the remote said of itself, valid and of the key it has proven. */
export interface Told {
  readonly nodeInfo: NodeInfo
  /** A node of this library. */
  readonly own: boolean
}

/**
 * SecretConnection. `enter` is waited for first, within the same time. Rejects with what `secretConnection` does, a `TimeoutError`, or the signal's reason; the
 * connection is then dropped.
 */
export async function prove(
  { nodeKey, clock, handshakeTimeoutMs }: HandshakeComponents,
  { port, ip }: TcpConnection,
  parent: AbortSignal,
  enter: (signal: AbortSignal) => Promise<() => void> = async () => () => {}
): Promise<Proven> {
  const stream = await withinStep(clock, handshakeTimeoutMs, 'SecretConnection', parent, async (signal) => {
    const leave = await enter(signal)
    try {
      return await secretConnection(port, nodeKey, { signal })
    } finally {
      leave()
    }
  })
  const { remoteKey } = stream
  return { stream, id: nodeIdFromPublicKey(remoteKey), peerId: peerIdFromPublicKeyBytes(remoteKey), ip }
}

/** NodeInfo both ways at once, then Go's checks of it but the last two, which are the host's. Rejects with an error that says what was wrong. */
export async function exchangeNodeInfo(
  { clock, handshakeTimeoutMs }: HandshakeComponents,
  { stream, id }: Proven,
  ours: NodeInfo,
  parent: AbortSignal
): Promise<Told> {
  const encoded = await withinStep(clock, handshakeTimeoutMs, 'NodeInfo', parent, async (signal) => {
    stream.write(delimit(encodeMarkedNodeInfo(ours)))
    return await stream.readDelimited(MAX_NODE_INFO_BYTES, signal)
  })
  const nodeInfo = decodeNodeInfo(encoded)
  const own = isMarked(encoded)
  validateNodeInfo(nodeInfo, own ? MAX_OWN_CHANNELS : MAX_CHANNELS)
  if (nodeInfo.id !== id)
    throw new ProtocolViolationError(`NodeInfo.id: expected ${id}, the id of the key, found ${nodeInfo.id}`)
  return { nodeInfo, own }
}

/** Closes our side and gives the remote time to read what was said last, then drops the connection. Never rejects. */
export async function part(stream: SecureStream, clock: Clock): Promise<void> {
  let timer: TimerHandle
  const late = new Promise<void>((resolve) => {
    timer = clock.setTimeout(resolve, PART_MS)
  })
  const over = new Promise<void>((resolve) => {
    if (stream.closed.aborted) resolve()
    else stream.closed.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([stream.end().then(() => over), late])
  clock.clearTimeout(timer)
  stream.destroy()
}
