/**
 * `persistent_peers` to `bootstrap_peers` and back. Back always works: a PeerId inlines the key. The other way somebody must know the keys: a hex id is a
 * hash of one.
 */
import type { PeerId } from '@libp2p/interface'
import { fromBase64, fromHex } from '../chain/bytes.ts'
import { InvalidKeyError } from '../errors.ts'
import { toHexForm } from '../identity/address-forms.ts'
import { parseNetAddress } from '../identity/net-address.ts'
import {
  ED25519_PUBLIC_KEY_BYTES,
  nodeIdFromPeerId,
  parsePeerId,
  peerIdFromPublicKeyBytes
} from '../identity/node-id.ts'
import { parseNodeKeyJson } from '../identity/node-key.ts'
import type { NetAddress } from '../interface/net-address.ts'

/** Go's comma lists: parts trimmed, empty ones dropped. Throws `InvalidAddressError` for the first that is none. */
export function parseAddressList(text: string): NetAddress[] {
  return splitList(text).map((part) => parseNetAddress(part))
}

export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/**
 * A key as people have it: a PeerId, `PeerId@host:port`, or 32 bytes in base64 or hex. Not a file: see `parseKeyText`. `InvalidKeyError` for anything else.
 */
export function parseKey(text: string): PeerId {
  const peerId = parsePeerId(text.split('@')[0] ?? '')
  if (peerId !== undefined) return peerId
  const bytes = fromHex(text) ?? fromBase64(text)
  if (bytes?.length === ED25519_PUBLIC_KEY_BYTES) return peerIdFromPublicKeyBytes(bytes)
  throw new InvalidKeyError(
    JSON.stringify(text.slice(0, 80)),
    'expected a PeerId, an ed25519 public key (32 bytes in base64 or hex), or the path of a node_key.json'
  )
}

/** The content of a file that a key was given as: a node_key.json, or a list of keys, one a line. */
export function parseKeyText(text: string): PeerId[] {
  if (text.trimStart().startsWith('{')) return [parseNodeKeyJson(text).peerId]
  return text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map(parseKey)
}

export interface BootstrapPeers {
  readonly peers: Array<{ readonly peerId: string; readonly host: string; readonly port: number }>
  /** Hex ids whose keys nobody told. */
  readonly unknown: string[]
}

/** Addresses with the PeerIds they need; those that already name theirs need no key. */
export function toBootstrapPeers(addresses: readonly NetAddress[], keys: readonly PeerId[]): BootstrapPeers {
  const byId = new Map(keys.map((peerId) => [nodeIdFromPeerId(peerId), peerId]))
  const peers: BootstrapPeers['peers'] = []
  const unknown: string[] = []
  for (const address of addresses) {
    const { id, host, port } = toHexForm(address)
    const peerId = address.peerId ?? byId.get(id)
    if (peerId === undefined) unknown.push(id)
    else peers.push({ peerId: String(peerId), host, port })
  }
  return { peers, unknown }
}

/** `id@host:port` with the hex id. Throws `InvalidAddressError` for an address without id, host or port. */
export function toPersistentPeers(addresses: readonly NetAddress[]): string[] {
  return addresses.map((address) => String(toHexForm(address)))
}
