/**
 * Whatever libp2p reads addresses from (identify, its peer store, signed records), a PeerId in one is read in the square of its length: a stranger that answers identify with 80 KB
 * of it stopped a node for 3.5 s by one connection. So what is longer than any PeerId is no address here. The table of protocols is one for the process, whoever reads an address in it; nobody's
 * PeerId is refused by this.
 *
 * Rejected: a smaller `maxMessageSize` for identify, which honest messages have need of, and which is the node's owner's to set.
 */
import { CODE_P2P, registry } from '@multiformats/multiaddr'

/** A hash of 64 bytes has 66, an inlined key of ed25519 38. Ours. */
const MAX_BYTES = 128
/** More than base58, or any base of a CID, makes of that. */
const MAX_CHARACTERS = 256

let bounded = false

/** Once is enough; by whatever makes a stack. */
export function boundPeerIds(): void {
  if (bounded) return
  bounded = true
  const codec = registry.getProtocol(CODE_P2P)
  const { bytesToValue, valueToBytes } = codec
  if (bytesToValue === undefined || valueToBytes === undefined) return
  registry.addProtocol({
    ...codec,
    bytesToValue: (bytes) => bytesToValue(short(bytes, MAX_BYTES)),
    valueToBytes: (text) => valueToBytes(short(text, MAX_CHARACTERS))
  })
}

function short<T extends { readonly length: number }>(id: T, most: number): T {
  if (id.length > most) throw new RangeError(`a PeerId of ${id.length}, at most ${most} are read`)
  return id
}
