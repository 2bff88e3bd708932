/**
 * Which addresses libp2p can dial, and as what (contract.md, table of addresses). Multiaddrs are always given explicitly: addresses in the peer
 * store expire, even while connected (spec/js-libp2p.md, last section).
 */
import type { Multiaddr } from '@multiformats/multiaddr'
import { toMultiaddr } from '../../identity/net-address.ts'
import type { NetAddress } from '../../interface/net-address.ts'

/** The hex form is TCP on its port, Go's bootstrap form is QUIC on it, a multiaddr is what it says. */
export function dialTarget(address: NetAddress): Multiaddr {
  return toMultiaddr(address, address.form === 'bootstrap' ? 'quic' : 'tcp')
}

/**
 * To be added to the error of a connection that failed: a hex id does not say that its node listens on UDP alone, as Go's lp2p does, and Go's form not that
 * it means QUIC. '' where the address says it itself, or somebody did listen.
 */
export function dialHint({ form }: NetAddress, cause: Error): string {
  if (form === 'bootstrap' && cause.name === 'NoValidAddressesError')
    return ' (PeerId@host:port is dialled over QUIC: the node needs a QUIC transport)'
  if (form !== 'hex' || !cause.message.includes('ECONNREFUSED')) return ''
  return ' (a hex id is dialled over TCP; a Go node with libp2p listens on UDP only and is dialled as PeerId@host:port)'
}

/** Did the remote prove another key than the address names? QUIC has no error of its own for it, and Noise's may come as a mere failure to encrypt. */
export function isWrongKey({ name, message }: Error): boolean {
  return (
    name === 'UnexpectedPeerError' ||
    /^Unexpected Peer$|does not match expected remote identity key|^Dialed peer \S+ but connected to /.test(message)
  )
}

/** False for hosts that no multiaddr can name, such as names of the memory stack. */
export function dialableBy(address: NetAddress): boolean {
  try {
    dialTarget(address)
    return true
  } catch {
    // no multiaddr can say it
    return false
  }
}
