import type { Peer } from './peer.ts'

/** A message on its way (p2p/types.go Envelope). `src` is set on what arrives and ignored on what is sent. */
export interface Envelope<M = unknown> {
  channelId: number
  message: M
  src?: Peer
}
