/**
 * Which nodes an address or a signed record names: the one that it is of, and any other in a multiaddr, as relays are; nothing that names a private node may be kept or
 * passed on. A record is read off its bytes: whoever opens one leaves out the addresses that it cannot dial, but the bytes that are passed on have them all. Pure.
 */
import { CODE_P2P } from '@multiformats/multiaddr'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { ED25519_PUBLIC_KEY_BYTES, nodeIdFromPeerId, nodeIdFromPublicKey, parsePeerId } from './node-id.ts'

/** How libp2p's public keys begin, inside PeerIds too: type ed25519, and 32 bytes of key. Nodes of CometBFT have no others. */
const KEY_HEAD = [0x08, 0x01, 0x12, ED25519_PUBLIC_KEY_BYTES]

/** Those in the record. Each once. What merely looks like a key is among them, as the id of nobody. */
export function idsNamedIn(record: Uint8Array): NodeId[] {
  const ids = new Set<NodeId>()
  for (let at = record.indexOf(KEY_HEAD[0]!); at >= 0; at = record.indexOf(KEY_HEAD[0]!, at + 1)) {
    const start = at + KEY_HEAD.length
    const key = record.subarray(start, start + ED25519_PUBLIC_KEY_BYTES)
    if (key.length < ED25519_PUBLIC_KEY_BYTES) break
    if (KEY_HEAD.every((byte, i) => record[at + i] === byte)) ids.add(nodeIdFromPublicKey(key))
  }
  return [...ids]
}

/** Those in the address, its own last; without PeerIds that can be no node's. */
export function idsNamedBy({ id, multiaddr }: NetAddress): NodeId[] {
  const peers = multiaddr?.getComponents().filter(({ code }) => code === CODE_P2P) ?? []
  // nearly all: there is nothing to decode
  if (peers.length < 2) return [id]
  const named = peers.flatMap(({ value }) => parsePeerId(value ?? '') ?? []).map(nodeIdFromPeerId)
  return [...named, id]
}
