/**
 * Where a node listens and what it tells others to dial: CometBFT's `tcp://host:port` and multiaddrs, on one libp2p node.
 */
import { lookup } from 'node:dns/promises'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { InvalidOptionError } from '../errors.ts'
import { parseHostPort, withoutScheme } from '../identity/host-port.ts'
import { parseIp } from '../identity/ip.ts'
import { transportOfMultiaddr } from './transports.ts'

/**
 * Multiaddrs to listen on. `tcp://host:port` is libp2p over TCP on that port and, with `quic`, over QUIC on the UDP port of the same number, which is
 * where a Go lp2p node with that `laddr` listens. Port 0 picks a free one. Rejects with `InvalidOptionError`, naming `listen[i]`.
 */
export async function listenMultiaddrs(listen: readonly string[], quic: boolean): Promise<Multiaddr[]> {
  if (!Array.isArray(listen)) throw new InvalidOptionError('listen', listen, 'an array of addresses')
  const found = await Promise.all(listen.map((text, i) => readListen(`listen[${i}]`, text, quic)))
  return found.flat()
}

async function readListen(field: string, text: unknown, quic: boolean): Promise<Multiaddr[]> {
  if (typeof text !== 'string' || text === '')
    throw new InvalidOptionError(field, text, 'tcp://host:port or a multiaddr')
  if (text.startsWith('/')) return [readMultiaddr(field, text)]
  const parsed = parseHostPort(withoutScheme(text), 0)
  if (typeof parsed === 'string')
    throw new InvalidOptionError(field, text, `tcp://host:port or a multiaddr (${parsed})`)
  const ip = await resolveName(field, parsed.host)
  return socketMultiaddrs(ip, parsed.port, quic)
}

function readMultiaddr(field: string, text: string): Multiaddr {
  let address: Multiaddr
  try {
    address = multiaddr(text)
  } catch (err) {
    throw new InvalidOptionError(field, text, `a multiaddr (${(err as Error).message})`)
  }
  if (transportOfMultiaddr(address) === undefined)
    throw new InvalidOptionError(field, text, 'a multiaddr over TCP, WebSockets or QUIC')
  return address
}

/** libp2p listens on IP addresses only. */
async function resolveName(field: string, host: string): Promise<string> {
  if (parseIp(host) !== undefined) return host
  try {
    return (await lookup(host)).address
  } catch (err) {
    throw new InvalidOptionError(field, host, `a host with an IP address (${(err as Error).message})`)
  }
}

function socketMultiaddrs(host: string, port: number, quic: boolean): Multiaddr[] {
  const kind = parseIp(host) === undefined ? 'dns' : host.includes(':') ? 'ip6' : 'ip4'
  const tcp = multiaddr(`/${kind}/${host}/tcp/${port}`)
  return quic ? [tcp, multiaddr(`/${kind}/${host}/udp/${port}/quic-v1`)] : [tcp]
}

/** The part of `createLibp2p({ addresses })` that says what is announced. */
export interface AnnounceOptions {
  announce?: string[]
  announceFilter?(addresses: Multiaddr[]): Multiaddr[]
}

/**
 * `externalAddress` (`host:port`) replaces all else, as in Go. A node that listens on QUIC may meet Go's lp2p, which loses messages of a peer that
 * announces an IPv6 address (spec/lp2p.md section 8): it announces no IPv6 address unless it has no other.
 */
export function announceOptions(listen: readonly Multiaddr[], externalAddress: string | undefined): AnnounceOptions {
  const quic = listen.some((address) => transportOfMultiaddr(address) === 'quic')
  const options: AnnounceOptions = {}
  if (externalAddress !== undefined) {
    const parsed = parseHostPort(withoutScheme(externalAddress), 1)
    if (typeof parsed === 'string')
      throw new InvalidOptionError('externalAddress', externalAddress, `host:port (${parsed})`)
    options.announce = socketMultiaddrs(parsed.host, parsed.port, quic).map(String)
  }
  if (quic) options.announceFilter = withoutIPv6
  return options
}

function withoutIPv6(addresses: Multiaddr[]): Multiaddr[] {
  const rest = addresses.filter((address) => !address.getComponents().some(({ name }) => name === 'ip6'))
  return rest.length > 0 ? rest : addresses
}
