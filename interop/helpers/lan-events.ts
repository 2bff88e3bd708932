/** What a node of the LAN is told, and what it tells, one JSON line each. */
import type { DiscoveryUse } from '../../src/stacks/libp2p/finding/finding.ts'

export interface LanNodeInit {
  readonly name: string
  readonly network: string
  readonly discovery: DiscoveryUse
  /** @default the policy's */
  readonly maxNumInboundPeers?: number
}

/** `name`: whose word it is. */
export type LanEvent = { readonly name: string } & (
  | { readonly is: 'ready'; readonly id: string; readonly peerId: string }
  /** libp2p's mDNS has found a node that was not known. */
  | { readonly is: 'discovered'; readonly peerId: string }
  /** All peers there are now. */
  | { readonly is: 'peers'; readonly ids: readonly string[] }
  /** A connection, whatever becomes of it. */
  | { readonly is: 'connection'; readonly peerId: string; readonly outbound: boolean }
  /** What was discovered has been dialled in vain. */
  | { readonly is: 'refused'; readonly address: string; readonly error: string }
)
