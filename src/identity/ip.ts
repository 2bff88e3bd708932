/**
 * IP literals as Go's net.ParseIP and IP.String treat them: IPv4 without leading zeros, IPv6 with `::` and an embedded IPv4, printed as RFC 5952 says,
 * IPv4-mapped IPv6 as IPv4. No zones: Go drops them, which would lead elsewhere.
 */

const IPV4_BYTES = 4
const IPV6_BYTES = 16

/** The bytes of an IP literal, 4 or 16 (IPv4-mapped gives 4); undefined if it is none. */
export function parseIp(text: string): Uint8Array | undefined {
  const bytes = text.includes(':') ? parseIpv6(text) : parseIpv4(text)
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(IPV6_BYTES - IPV4_BYTES) : bytes
}

/** The canonical text of 4 or 16 bytes. */
export function formatIp(bytes: Uint8Array): string {
  if (bytes.length === IPV4_BYTES) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! << 8) | bytes[2 * i + 1]!)
  const zeros = longestZeros(groups)
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':')
  if (zeros === undefined) return text(groups)
  return `${text(groups.slice(0, zeros.start))}::${text(groups.slice(zeros.end))}`
}

/** One text for one address, however it is written and whatever zone it has, which is its own machine's affair; undefined for what is no IP. What is compared as text is this. */
export function canonicalIp(text: string): string | undefined {
  const bytes = parseIp(text.split('%', 1)[0] ?? '')
  return bytes === undefined ? undefined : formatIp(bytes)
}

/** 0.0.0.0 and ::, however they are written: what a node says that listens on every interface. Nobody can dial it. */
export function isUnspecified(host: string): boolean {
  return parseIp(host)?.every((byte) => byte === 0) === true
}

/** The network of an IP literal, such as `10.1.0.0/16`: so many bits of IPv4 (also mapped) or of IPv6, without its zone. Anything else is a network of its own. */
export function ipNetwork(ip: string, ipv4Bits: number, ipv6Bits: number): string {
  const bytes = parseIp(ip.split('%', 1)[0] ?? '')
  if (bytes === undefined) return ip
  const bits = bytes.length === IPV4_BYTES ? ipv4Bits : ipv6Bits
  return `${maskedIp(bytes, bits)}/${bits}`
}

/** The first bits of 4 or 16 bytes, the others zero, as text. */
export function maskedIp(bytes: Uint8Array, bits: number): string {
  return formatIp(bytes.map((byte, i) => byte & (0xff << Math.max(0, Math.min(8, 8 * (i + 1) - bits)))))
}

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  if (parts.length !== IPV4_BYTES || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return Uint8Array.from(parts, Number)
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half) => groupsOf(half))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  // an IPv4 part stands at the very end only
  if (halves.length === 2 && halves[0]!.includes('.')) return undefined
  const given = head.length + (tail?.length ?? 0)
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined
  const groups = [...head, ...new Array<number>(8 - given).fill(0), ...(tail ?? [])]
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]))
}

/** The 16-bit groups of one side of `::`; undefined if it is malformed. */
function groupsOf(half: string): number[] | undefined {
  if (half === '') return []
  const parts = half.split(':')
  const groups: number[] = []
  for (const [i, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16))
    else {
      const ipv4 = i === parts.length - 1 ? parseIpv4(part) : undefined
      if (ipv4 === undefined) return undefined
      groups.push((ipv4[0]! << 8) | ipv4[1]!, (ipv4[2]! << 8) | ipv4[3]!)
    }
  }
  return groups
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.length === IPV6_BYTES && bytes.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 255))
}

/** The first longest run of two or more zero groups. */
function longestZeros(groups: number[]): { start: number; end: number } | undefined {
  let best: { start: number; end: number } | undefined
  for (let start = 0; start < groups.length; start++) {
    let end = start
    while (groups[end] === 0) end++
    if (end - start > (best === undefined ? 1 : best.end - best.start)) best = { start, end }
    if (end > start) start = end
  }
  return best
}
