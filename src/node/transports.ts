/**
 * The libp2p transports a node needs, by the addresses it is given. QUIC is an optional dependency with native code, WebSockets are rarely wanted: each is
 * loaded only where an address asks for it.
 */
import { tcp } from '@libp2p/tcp'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Libp2pOptions } from 'libp2p'
import { MissingDependencyError } from '../errors.ts'
import type { NetAddress } from '../interface/net-address.ts'

export type TransportName = 'tcp' | 'ws' | 'quic'
export const TRANSPORT_NAMES: readonly TransportName[] = ['tcp', 'ws', 'quic']

type TransportFactory = NonNullable<Libp2pOptions['transports']>[number]

/** What a multiaddr is dialled or listened on with; undefined for what is none of ours (relays, memory, unix). */
export function transportOfMultiaddr(address: Multiaddr): TransportName | undefined {
  const names = new Set(address.getComponents().map(({ name }) => name))
  if (names.has('p2p-circuit')) return undefined
  if (names.has('quic-v1')) return 'quic'
  if (names.has('ws') || names.has('wss')) return 'ws'
  return names.has('tcp') ? 'tcp' : undefined
}

/** What an address is dialled with on a libp2p stack (contract.md, table of addresses). */
export function transportOfAddress(address: NetAddress): TransportName | undefined {
  if (address.multiaddr !== undefined) return transportOfMultiaddr(address.multiaddr)
  return address.form === 'bootstrap' ? 'quic' : 'tcp'
}

/** Loads them, for `createLibp2p({ transports })`. Rejects with `MissingDependencyError` where QUIC is asked for and not installed. */
export async function loadTransports(
  names: Iterable<TransportName>,
  importQuic: () => Promise<{ quic(): TransportFactory }> = importInstalledQuic
): Promise<TransportFactory[]> {
  const factories: TransportFactory[] = []
  for (const name of new Set(names)) {
    if (name === 'tcp') factories.push(tcp())
    else if (name === 'ws') factories.push((await import('@libp2p/websockets')).webSockets())
    else factories.push(await loadQuic(importQuic))
  }
  return factories
}

async function loadQuic(importQuic: () => Promise<{ quic(): TransportFactory }>): Promise<TransportFactory> {
  try {
    return (await importQuic()).quic()
  } catch (cause) {
    throw new MissingDependencyError(
      'a QUIC address needs the optional package @chainsafe/libp2p-quic, which is not installed or does not run on this platform: npm install @chainsafe/libp2p-quic',
      { cause }
    )
  }
}

async function importInstalledQuic(): Promise<{ quic(): TransportFactory }> {
  return await import('@chainsafe/libp2p-quic')
}
