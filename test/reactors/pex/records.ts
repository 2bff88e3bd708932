/** Signed peer records for tests, with libp2p's own packages and the library's own check. */
import type { PrivateKey } from '@libp2p/interface'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { type NodeKey, nodeKeyFromSeed } from '../../../src/identity/node-key.ts'
import type { PeerRecords } from '../../../src/interface/address-book.ts'
import { peerRecords } from '../../../src/stacks/libp2p/finding/peer-records.ts'

export function keyOf(n: number): NodeKey {
  const seed = new Uint8Array(32)
  new DataView(seed.buffer).setUint32(0, n)
  return nodeKeyFromSeed(seed)
}

/** A record of `key` with these addresses, signed by it or by another key. */
export async function recordOf(
  key: NodeKey,
  addresses: string[],
  signer: NodeKey = key,
  seq = 1n
): Promise<Uint8Array> {
  const record = new PeerRecord({
    peerId: key.peerId as never,
    multiaddrs: addresses.map((one) => multiaddr(one)),
    seqNumber: seq
  })
  return (await RecordEnvelope.seal(record, signer.privateKey as PrivateKey)).marshal()
}

/** Records of a node that is not there: what it has of itself and of others is given, what it opens is checked. */
export function givenRecords(own?: Uint8Array, of: ReadonlyMap<string, Uint8Array> = new Map()): PeerRecords {
  const { open } = peerRecords()
  return { own: async () => own, of: async (id) => of.get(id), open: (envelope) => open.call(peerRecords(), envelope) }
}
