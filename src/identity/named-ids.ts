/**
 * Which nodes an address or a signed record names: the one that it is of, and any other in a multiaddr, as relays are; nothing that names a private node may be kept or
 * passed on. A record is read off its bytes: whoever opens one leaves out the addresses that it cannot dial, but the bytes that are passed on have them all. Pure.
 */
import { CODE_P2P } from '@multiformats/multiaddr'
import type { NetAddress } from '../interface/net-address.ts'
import type { NodeId } from '../interface/node-info.ts'
import { nodeIdFromPeerId, nodeIdFromPublicKey, nodeIdFromSecp256k1, parsePeerId } from './node-id.ts'

/** How libp2p's public keys begin, inside PeerIds too. */
const TYPE_TAG = 0x08
const KEY_TAG = 0x12
const HEAD_BYTES = 4
/** By the number of their type: ed25519 and secp256k1. Nodes of CometBFT have no others. */
const KINDS = new Map([
  [1, { bytes: 32, idOf: nodeIdFromPublicKey }],
  [2, { bytes: 33, idOf: nodeIdFromSecp256k1 }]
])

/** Those in the record. Each once. What merely looks like a key is among them, as the id of nobody. */
export function idsNamedIn(record: Uint8Array): NodeId[] {
  const ids = new Set<NodeId>()
  for (let at = record.indexOf(TYPE_TAG); at >= 0; at = record.indexOf(TYPE_TAG, at + 1)) {
    const kind = KINDS.get(record[at + 1]!)
    if (kind === undefined || record[at + 2] !== KEY_TAG || record[at + 3] !== kind.bytes) continue
    const key = record.subarray(at + HEAD_BYTES, at + HEAD_BYTES + kind.bytes)
    if (key.length === kind.bytes) ids.add(kind.idOf(key))
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
