/** Names of Go CometBFT's lp2p on the wire (spec/lp2p.md section 3). */

const PREFIX = '/p2p/cometbft/1.0.0/channel/0x'

/** The protocol of a channel: two lower-case hex digits. */
export function goProtocol(channelId: number): string {
  return PREFIX + channelId.toString(16).padStart(2, '0')
}

/** The channels among a remote's protocols, as its identify lists them. */
export function goChannels(protocols: readonly string[]): Set<number> {
  const ids = new Set<number>()
  for (const protocol of protocols) {
    const digits = protocol.startsWith(PREFIX) ? protocol.slice(PREFIX.length) : ''
    if (/^[0-9a-f]{2}$/.test(digits)) ids.add(Number.parseInt(digits, 16))
  }
  return ids
}
