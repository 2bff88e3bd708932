/**
 * Where a node listens and what it tells others to dial: CometBFT's `tcp://host:port` and multiaddrs (contract.md, table of addresses). `tcp://` is the classic
 * stack's where there is one, else libp2p over TCP.
 */
import { lookup } from 'node:dns/promises'
import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import { InvalidOptionError } from '../errors.ts'
import { type HostPort, parseHostPort, withoutScheme } from '../identity/host-port.ts'
import { parseIp } from '../identity/ip.ts'
import { transportOfMultiaddr } from './transports.ts'

/** Who listens where. */
export interface ListenPlan {
  /** `tcp://host:port`, for the classic stack. */
  readonly classic: readonly string[]
  readonly libp2p: readonly Multiaddr[]
  /** What the libp2p node announces. */
  readonly announce: AnnounceOptions
}

export interface ListenInit {
  readonly stacks: { readonly libp2p: boolean; readonly classic: boolean }
  /** The user's list. Left out: `laddr`. */
  readonly listen: readonly string[] | undefined
  readonly laddr: string
  /** Go's lp2p is switched on in the home: it would listen on QUIC, on the UDP port of `laddr`. */
  readonly quic: boolean
  readonly externalAddress: string | undefined
}

/** Sorts addresses to the stacks. Rejects with `InvalidOptionError` naming `listen[i]` or `externalAddress`. */
export async function listenPlan({ stacks, listen, laddr, quic, externalAddress }: ListenInit): Promise<ListenPlan> {
  if (!stacks.classic) {
    const libp2p = listen === undefined ? await listenMultiaddrs([laddr], quic) : await listenMultiaddrs(listen, false)
    return { classic: [], libp2p, announce: announceOptions(libp2p, externalAddress) }
  }
  if (externalAddress !== undefined) readExternal(externalAddress)
  if (listen === undefined) {
    const udp = stacks.libp2p && quic ? await quicMultiaddrs(laddr) : []
    // one port number, one external address for both; its TCP port is the classic stack's
    const announce = announceOptions(udp, udp.length > 0 ? externalAddress : undefined, false)
    return { classic: [laddr], libp2p: udp, announce }
  }
  if (!Array.isArray(listen)) throw new InvalidOptionError('listen', listen, 'an array of addresses')
  const isMultiaddr = (text: unknown) => typeof text === 'string' && text.startsWith('/')
  for (const [i, text] of listen.entries())
    if (isMultiaddr(text) && !stacks.libp2p)
      throw new InvalidOptionError(`listen[${i}]`, text, "tcp://host:port, as 'libp2p' is not among the stacks")
  // kept in their places, so that errors name them
  const found = await Promise.all(
    listen.map(async (text, i) =>
      isMultiaddr(text) ? readMultiaddr(`listen[${i}]`, text) : readClassic(`listen[${i}]`, text)
    )
  )
  const libp2p = found.filter((one) => typeof one !== 'string')
  return {
    classic: found.filter((one) => typeof one === 'string'),
    libp2p,
    announce: announceOptions(libp2p, undefined)
  }
}

function readClassic(field: string, text: unknown): string {
  const parsed = typeof text === 'string' ? parseHostPort(withoutScheme(text), 0) : 'not a string'
  if (typeof parsed !== 'string') return text as string
  throw new InvalidOptionError(field, text, `tcp://host:port or a multiaddr (${parsed})`)
}

async function quicMultiaddrs(laddr: string): Promise<Multiaddr[]> {
  const both = await listenMultiaddrs([laddr], true)
  return both.filter((address) => transportOfMultiaddr(address) === 'quic')
}

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
 * announces an IPv6 address (spec/lp2p.md section 8): it announces no IPv6 address unless it has no other. `tcp` false: the TCP port of that number is another stack's.
 */
export function announceOptions(
  listen: readonly Multiaddr[],
  externalAddress: string | undefined,
  tcp = true
): AnnounceOptions {
  const quic = listen.some((address) => transportOfMultiaddr(address) === 'quic')
  const options: AnnounceOptions = {}
  if (externalAddress !== undefined) {
    const { host, port } = readExternal(externalAddress)
    const external = socketMultiaddrs(host, port, quic)
    options.announce = (tcp ? external : external.slice(1)).map(String)
  }
  if (quic) options.announceFilter = withoutIPv6
  return options
}

function readExternal(externalAddress: string): HostPort {
  const parsed = typeof externalAddress === 'string' ? parseHostPort(withoutScheme(externalAddress), 1) : 'not a string'
  if (typeof parsed !== 'string') return parsed
  throw new InvalidOptionError('externalAddress', externalAddress, `host:port (${parsed})`)
}

function withoutIPv6(addresses: Multiaddr[]): Multiaddr[] {
  const rest = addresses.filter((address) => !address.getComponents().some(({ name }) => name === 'ip6'))
  return rest.length > 0 ? rest : addresses
}
