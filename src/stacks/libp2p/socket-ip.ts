/**
 * The IP at the other end of a connection that was dialled by name: js-libp2p tells the name again, while CometBFT's limits and filters are about
 * addresses. The socket itself is asked where it can be reached (TCP of Node.js), else the system what the name stands for (WebSocket of
 * Node.js); in a browser it stays unknown. Rejected: resolving before the dial, which would take from the platform the choice among several addresses, and from
 * TLS and reverse proxies the name that they go by.
 */
import type { Connection } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { canonicalIp } from '../../identity/ip.ts'
import { withSignal } from '../../util/deadline.ts'

/** What a connection, or the transport's part of it, is made of; none of it is promised by libp2p. */
interface MaybeSocket {
  readonly maConn?: MaybeSocket
  readonly socket?: { readonly remoteAddress?: unknown }
}

interface WithBuiltins {
  readonly process?: {
    getBuiltinModule?(
      name: string
    ): { readonly promises?: { lookup(host: string): Promise<{ address: string }> } } | undefined
  }
}

/** A socket forgets its remote's address when it is closed. */
const learned = new WeakMap<object, string>()

/** Where the multiaddr names its host: the index of the component, -1 if none does. */
export function nameAt(address: Multiaddr): number {
  return address.getComponents().findIndex(({ name }) => name === 'dns' || name === 'dns4' || name === 'dns6')
}

/** The IP literal, '' as long as nobody knows. */
export function ipBehindName(connection: object): string {
  const known = learned.get(connection)
  if (known !== undefined) return known
  const { maConn, socket = maConn?.socket } = connection as MaybeSocket
  const text = socket?.remoteAddress
  const ip = typeof text === 'string' ? (canonicalIp(text) ?? '') : ''
  if (ip !== '') learned.set(connection, ip)
  return ip
}

/** Makes the IP of a connection known that was dialled by name, if it can be. Rejects only with the signal's reason. */
export async function learnIp(connection: Pick<Connection, 'remoteAddr'>, signal: AbortSignal): Promise<void> {
  const at = nameAt(connection.remoteAddr)
  if (at < 0 || ipBehindName(connection) !== '') return
  const { lookup } = (globalThis as WithBuiltins).process?.getBuiltinModule?.('node:dns')?.promises ?? {}
  if (lookup === undefined) return
  try {
    const host = connection.remoteAddr.getComponents()[at]?.value ?? ''
    const ip = canonicalIp((await withSignal(lookup(host), signal)).address)
    if (ip !== undefined) learned.set(connection, ip)
  } catch {
    // the name stood for something when the connection was made, and no longer does
    signal.throwIfAborted()
  }
}
