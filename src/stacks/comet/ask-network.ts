/**
 * Which chain is a node of the classic stack on? It says so in its NodeInfo before it looks at ours (spec/transport-and-switch.md, "Measured: rejections"), so
 * whoever knows nobody but this node need not be told. Asked with a key of its own and a NodeInfo that names no network: what comes of it is never a peer, and
 * nobody remembers the node that asks as one of another chain.
 */
import { DialFailedError, IncompatiblePeerError, InvalidAddressError, WrongIdentityError } from '../../errors.ts'
import { createNodeInfo, NOT_LISTENING } from '../../identity/node-info.ts'
import { generateNodeKey } from '../../identity/node-key.ts'
import type { Clock } from '../../interface/clock.ts'
import type { NetAddress } from '../../interface/net-address.ts'
import { switchDefaults } from '../../options.ts'
import { exchangeNodeInfo, part, prove } from './handshake.ts'
import { withinStep } from './step.ts'
import { connectTcp, socketErrorText } from './tcp.ts'

/** types/genesis.go MaxChainIDLen; nothing that a terminal would take for a command. */
const CHAIN_ID = /^[\x20-\x7e]{1,50}$/

export interface AskNetworkInit {
  readonly clock: Clock
  /** Gives up. */
  readonly signal: AbortSignal
  /** For everything together, ms. @default 8000, a dial and a handshake of the switch's defaults */
  readonly timeoutMs?: number
}

/**
 * The chain id that the node at `<40 hex>@host:port` names; its key is proven, what it says of its chain is not. The connection is closed when this settles.
 * Rejects with `InvalidAddressError` for any other form, `WrongIdentityError` where another node answers, `IncompatiblePeerError` for what is no chain id, the
 * signal's reason, and otherwise `DialFailedError`, which says what went wrong.
 */
export async function askNetwork(address: NetAddress, { clock, signal, timeoutMs }: AskNetworkInit): Promise<string> {
  if (address.form !== 'hex') throw new InvalidAddressError(address, 'expected the classic stack, hex id@host:port')
  const { dialTimeoutMs, handshakeTimeoutMs } = switchDefaults
  try {
    const ms = timeoutMs ?? dialTimeoutMs + handshakeTimeoutMs
    return await withinStep(clock, ms, 'asking for the chain id', signal, (within) => ask(address, clock, within))
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof WrongIdentityError || error instanceof IncompatiblePeerError) throw error
    throw new DialFailedError(`${address}: ${socketErrorText(error)}`, { cause: error })
  }
}

async function ask(address: NetAddress, clock: Clock, signal: AbortSignal): Promise<string> {
  const { handshakeTimeoutMs } = switchDefaults
  const nodeKey = generateNodeKey()
  const components = { nodeKey, clock, handshakeTimeoutMs }
  const connection = await connectTcp(address, signal)
  try {
    const proven = await prove(components, connection, signal)
    if (proven.id !== address.id) throw new WrongIdentityError(`${address} led to node ${proven.id}`)
    const nobody = createNodeInfo({
      id: nodeKey.id,
      listenAddr: NOT_LISTENING,
      network: '',
      version: switchDefaults.version,
      channels: new Uint8Array(),
      moniker: switchDefaults.moniker
    })
    const { network } = (await exchangeNodeInfo(components, proven, nobody, signal)).nodeInfo
    if (!CHAIN_ID.test(network))
      throw new IncompatiblePeerError(`${address}: it names no chain: ${JSON.stringify(network.slice(0, 100))}`)
    // until the remote has let go of it: a second connection from our IP may be one too many
    await part(proven.stream, clock)
    return network
  } finally {
    connection.port.destroy()
  }
}
