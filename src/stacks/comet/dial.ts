/**
 * From an address to an outbound link (p2p/transport.go Dial; spec/transport-and-switch.md section 2.1). Toward Go a dial has succeeded once NodeInfo has come; if it
 * is not wanted there, the link ends right after. A node of this library gives a verdict, which is waited for.
 */
import { DialFailedError, IncompatiblePeerError, PeerRefusedError, WrongIdentityError } from '../../errors.ts'
import { compatibleWith } from '../../identity/node-info.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import type { DialOptions, StackHost } from '../../interface/stack.ts'
import { exchangeNodeInfo, type HandshakeComponents, type Proven, prove, type Told } from './handshake.ts'
import type { CometLink } from './link.ts'
import { withinStep } from './step.ts'
import { connectTcp, socketErrorText, type TcpConnection } from './tcp.ts'
import { decodeVerdict, MAX_VERDICT_BYTES } from './verdict.ts'

export interface DialComponents extends HandshakeComponents {
  readonly host: StackHost
  readonly dialTimeoutMs: number
  outboundLink(proven: Proven, told: Told, address: NetAddress): CometLink
}

/** See `Stack.dial`. `parent` aborts with the caller's signal and with the stack. */
export async function dial(
  components: DialComponents,
  address: NetAddress,
  options: DialOptions,
  parent: AbortSignal
): Promise<CometLink> {
  const { clock, dialTimeoutMs } = components
  let connection: TcpConnection | undefined
  try {
    connection = await withinStep(clock, dialTimeoutMs, 'connecting', parent, (signal) => connectTcp(address, signal))
    return await upgrade(components, connection, address, options, parent)
  } catch (error) {
    // also where the stream above it has been destroyed already
    connection?.port.destroy()
    options.signal.throwIfAborted()
    if (isVerdict(error)) throw error
    throw new DialFailedError(`${address}: ${socketErrorText(error)}`, { cause: error })
  }
}

function isVerdict(error: unknown): boolean {
  return (
    error instanceof PeerRefusedError || error instanceof IncompatiblePeerError || error instanceof WrongIdentityError
  )
}

async function upgrade(
  components: DialComponents,
  connection: TcpConnection,
  address: NetAddress,
  { authenticated }: DialOptions,
  parent: AbortSignal
): Promise<CometLink> {
  const { host } = components
  const proven = await prove(components, connection, parent)
  const { stream, id, peerId } = proven
  try {
    if (id !== address.id) throw new WrongIdentityError(`${address} led to node ${id}`)
    const ours = authenticated({ id, peerId, ip: connection.ip })
    if (!ours.allow) throw new PeerRefusedError(ours.refusal, 'us', ours.detail)
    const self = host.nodeInfo()
    const told = await exchangeNodeInfo(components, proven, self, parent)
    const fault = compatibleWith(self, told.nodeInfo)
    if (fault !== undefined) throw new IncompatiblePeerError(`${address}: ${fault}`)
    if (told.own) await hearVerdict(components, proven, address, parent)
    parent.throwIfAborted()
    return components.outboundLink(proven, told, address)
  } catch (error) {
    stream.destroy()
    throw error
  }
}

async function hearVerdict(
  { clock, handshakeTimeoutMs }: DialComponents,
  { stream }: Proven,
  address: NetAddress,
  parent: AbortSignal
): Promise<void> {
  const encoded = await withinStep(clock, handshakeTimeoutMs, 'the verdict', parent, (signal) =>
    stream.readDelimited(MAX_VERDICT_BYTES, signal)
  )
  const verdict = decodeVerdict(encoded)
  if (verdict.accepted) return
  const { refusal, detail } = verdict
  if (refusal === 'incompatible')
    throw new IncompatiblePeerError(`${address}: the remote finds us incompatible: ${detail}`)
  throw new PeerRefusedError(refusal, 'remote', detail)
}
