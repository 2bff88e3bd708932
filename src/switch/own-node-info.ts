/** What we say about ourselves (node/setup.go makeNodeInfo; spec/identity-and-addresses.md section 5). */
import { InvalidAddressError } from '../errors.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import { createNodeInfo, NOT_LISTENING } from '../identity/node-info.ts'
import type { NodeId, NodeInfo } from '../interface/node-info.ts'
import type { CheckedSwitchOptions } from './check-options.ts'

/** `externalAddress`: told instead of where we listen, on the stack whose address it is. */
export function ownNodeInfo(
  id: NodeId,
  options: Omit<CheckedSwitchOptions, 'externalAddress'>,
  channels: Uint8Array,
  listeners: readonly string[],
  externalAddress: string | undefined
): NodeInfo {
  const info = createNodeInfo({
    id,
    listenAddr: externalAddress ?? listenAddrOf(listeners) ?? NOT_LISTENING,
    network: options.network,
    version: options.version,
    channels,
    moniker: options.moniker,
    protocolVersion: { app: options.appVersion },
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

/** The first listener that has a host and a port, in the form NodeInfo carries; a multiaddr becomes that of its socket. */
function listenAddrOf(listeners: readonly string[]): string | undefined {
  for (const listener of listeners) {
    if (!listener.startsWith('/')) return listener
    const address = parseNetAddress(listener)
    if (address.host !== '' && address.port !== 0) return `tcp://${address.dialString()}`
  }
  return undefined
}
