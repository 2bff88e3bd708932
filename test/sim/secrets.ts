/** What must not be seen of a node, in all forms that bytes may have it in, and where it was seen nevertheless. */
import { toMultiaddr } from '../../src/identity/net-address.ts'
import type { NodeKey } from '../../src/identity/node-key.ts'
import type { NetAddress } from '../../src/interface/net-address.ts'

export interface Secret {
  readonly name: string
  readonly bytes: Buffer
  /** Text is found in either case. */
  readonly text?: boolean
}

const text = (name: string, value: string): Secret => ({ name, bytes: Buffer.from(value.toLowerCase()), text: true })

/** Who it is. The raw public key is the PeerId's multihash, too. */
export function secretsOfKey({ id, peerId, publicKey }: NodeKey): Secret[] {
  return [
    text('hex id', id),
    { name: 'id bytes', bytes: Buffer.from(id, 'hex') },
    text('PeerId', peerId.toString()),
    text('PeerId as CID', peerId.toCID().toString()),
    { name: 'public key', bytes: Buffer.from(publicKey) },
    text('public key in base64', Buffer.from(publicKey).toString('base64'))
  ]
}

/** Where it is. */
export function secretsOfAddress(address: NetAddress): Secret[] {
  const { host, port } = address
  const multiaddr = Buffer.from(toMultiaddr(address, 'tcp').bytes)
  return [
    text('host', host),
    text('host and port', `${host}:${port}`),
    // protocol code and the four bytes, then the same without the code
    { name: '/ip4', bytes: multiaddr.subarray(0, 5) },
    { name: 'IP bytes', bytes: multiaddr.subarray(1, 5) }
  ]
}

/** All that was seen of the secrets in what was received; empty: nothing. */
export function seenOf(secrets: readonly Secret[], received: ReadonlyMap<string, readonly Uint8Array[]>): string[] {
  const seen: string[] = []
  for (const [where, chunks] of received) {
    // in one piece, so that nothing hides between two reads
    const all = Buffer.concat(chunks)
    const lower = Buffer.from(all.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte)))
    for (const { name, bytes, text } of secrets)
      if ((text ? lower : all).includes(bytes)) seen.push(`${name}: ${where}`)
  }
  return seen
}
