/** What we say about ourselves (node/setup.go makeNodeInfo; spec/identity-and-addresses.md section 5). */
import { InvalidAddressError } from '../errors.ts'
import { createNodeInfo } from '../identity/node-info.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { CheckedSwitchOptions } from './check-options.ts'

/** version/version.go P2PProtocol and BlockProtocol of every v0.x. */
const P2P_PROTOCOL = 8n
const BLOCK_PROTOCOL = 11n
/** For a node that does not listen: parseable, as every receiver demands, and unroutable, so that nobody dials it. */
const NOT_LISTENING = 'tcp://0.0.0.0:26656'

export function ownNodeInfo(
  id: NodeId,
  options: CheckedSwitchOptions,
  channels: Uint8Array,
  listeners: readonly string[]
): NodeInfo {
  const info = createNodeInfo({
    id,
    listenAddr: options.externalAddress ?? listeners[0] ?? NOT_LISTENING,
    network: options.network,
    version: options.version,
    channels,
    moniker: options.moniker,
    protocolVersion: { p2p: P2P_PROTOCOL, block: BLOCK_PROTOCOL, app: options.appVersion },
    other: { txIndex: 'off', rpcAddress: options.rpcAddress }
  })
  try {
    info.netAddress()
  } catch (err) {
    throw new InvalidAddressError(info.listenAddr, 'externalAddress must be host:port, with or without a scheme', {
      cause: err
    })
  }
  return info
}
