/**
 * `host:port`, split as Go's net.SplitHostPort does (spec/identity-and-addresses.md section 4.1, steps 1 and 4 to 7), without DNS: a name is kept
 * as it is.
 */
import { formatIp, parseIp } from './ip.ts'

const MAX_PORT = 65_535
/** The longest DNS name (RFC 1035 section 2.3.4, as text); also bounds memory names. */
const MAX_HOST_CHARACTERS = 253
/** Between two dots of a name. The same. */
const MAX_LABEL_CHARACTERS = 63

export interface HostPort {
  /** A canonical IP literal without brackets, or a name. */
  readonly host: string
  readonly port: number
}

/** What stands after the first `://` (and before a second one, as in Go); the text itself if there is none. */
export function withoutScheme(text: string): string {
  return text.includes('://') ? text.split('://')[1]! : text
}

/** `minPort` is 0 for what nodes say about themselves, 1 for what is to be dialled. A string says what is wrong. */
export function parseHostPort(text: string, minPort: 0 | 1): HostPort | string {
  const colon = text.lastIndexOf(':')
  if (colon < 0) return 'missing port'
  const bracketed = /^\[([^[\]]*)\]$/.exec(text.slice(0, colon))
  const name = bracketed?.[1] ?? text.slice(0, colon)
  if (name === '') return 'host is empty'
  if (bracketed === null && name.includes(':')) return 'too many colons: IPv6 addresses stand in brackets'
  const host = parseHost(name)
  if (host === undefined)
    return `${JSON.stringify(name.slice(0, MAX_HOST_CHARACTERS))} is neither an IP address nor a host name`
  const portText = text.slice(colon + 1)
  const port = /^\d+$/.test(portText) ? Number(portText) : Number.NaN
  if (!(port >= minPort && port <= MAX_PORT)) return `expected a port of ${minPort} to ${MAX_PORT}`
  return { host, port }
}

/** host:port with brackets around IPv6. */
export function formatHostPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** A canonical IP literal or a name; undefined for neither. Without brackets. Lenient with names: DNS and the memory stack have their own rules. */
export function parseHost(name: string): string | undefined {
  const ip = parseIp(name)
  if (ip !== undefined) return formatIp(ip)
  // digits and dots alone would be an IPv4 address, had it been right
  if (name.length > MAX_HOST_CHARACTERS || /^[\d.]+$/.test(name)) return undefined
  if (name.split('.').some(({ length }) => length > MAX_LABEL_CHARACTERS)) return undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  return /[\s\u0000-\u001f\u007f@:/[\]%]/.test(name) ? undefined : name
}
