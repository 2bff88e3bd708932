/**
 * Which nodes a signed record names, read off its bytes: its own, and any that stands in a multiaddr, as relays do. Whoever opens a record leaves out the addresses that it
 * cannot dial, but the bytes that are passed on have them all, and they must not tell of a private node. Pure.
 */
import { ED25519_PUBLIC_KEY_BYTES, nodeIdFromPublicKey } from '../../identity/node-id.ts'
import type { NodeId } from '../../interface/node-info.ts'

/** How libp2p's public keys begin, inside PeerIds too: type ed25519, and 32 bytes of key. Nodes of CometBFT have no others. */
const KEY_HEAD = [0x08, 0x01, 0x12, ED25519_PUBLIC_KEY_BYTES]

/** Each once. What merely looks like a key is among them, as the id of nobody. */
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
