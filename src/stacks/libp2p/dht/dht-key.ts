/** Under which names the nodes of one network find one another in a DHT. Pure; both ends must agree, so a change here parts a network. */
import { sha256 } from '@noble/hashes/sha2.js'
import { CID } from 'multiformats/cid'
import { create } from 'multiformats/hashes/digest'

/** Multicodec `raw` and `sha2-256`. Of a CID kad-dht takes only the hash. */
const RAW = 0x55
const SHA2_256 = 0x12

/** The key under which a network's nodes say that they are there. */
export function networkKey(network: string): CID {
  const hash = sha256(new TextEncoder().encode(`/comet-libp2p/network/${network}`))
  return CID.createV1(RAW, create(SHA2_256, hash))
}

/** The protocol of a network's DHT. A name's own slashes must not make another protocol of it. */
export function dhtProtocol(network: string): string {
  return `/comet-libp2p/${encodeURIComponent(network)}/kad/1.0.0`
}
