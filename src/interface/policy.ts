/**
 * The words of the policy: what is asked, what is known, what is answered. The function itself is switch/admission/policy.ts and pure.
 */
import type { NodeId } from './node-info.ts'

/** Why policy says no. */
export type Refusal =
  | 'self'
  | 'wrong-identity'
  | 'banned'
  | 'duplicate-id'
  | 'duplicate-ip'
  | 'inbound-full'
  | 'outbound-full'
  | 'pending-full'
  | 'filtered'
  | 'incompatible'
  | 'not-selected'
  | 'stopping'

/** Options of a policy (names and defaults of CometBFT's [p2p] section, spec/transport-and-switch.md section 1). */
export interface PeerPolicyOptions {
  /**
   * `shared`: our limits decide which connections become peers, never which connections the node may have. `exclusive`: the node exists for
   * CometBFT, the gater limits connections too. @default 'shared'
   */
  mode?: 'shared' | 'exclusive'
  /** @default 40 */
  maxNumInboundPeers?: number
  /** @default 10 */
  maxNumOutboundPeers?: number
  /** Dialled at start, reconnected for ever, never refused. */
  persistentPeers?: string[]
  /** Hex ids (or PeerIds): never refused, take no slot. */
  unconditionalPeerIDs?: string[]
  /** Hex ids (or PeerIds): never told to others. */
  privatePeerIDs?: string[]
  /** @default false */
  allowDuplicateIP?: boolean
  /** Cap of the backoff toward persistent peers, ms. @default 600_000 */
  persistentPeersMaxDialPeriod?: number
  /** Connections that have not yet authenticated. @default { global: 256, perIP: 64, perPrefix: 128 } */
  pending?: { global?: number; perIP?: number; perPrefix?: number }
  /** exclusive mode: connections beyond the limits that are let in only to be told why not. @default 8 */
  refusalSlots?: number
  /** The user's filters, as Go's filter_peers. A string refuses and says why. */
  filterConnection?(remote: { ip: string; port: number }): string | undefined | Promise<string | undefined>
  filterPeer?(remote: { id: NodeId; ip: string; nodeInfo?: unknown }): string | undefined | Promise<string | undefined>
}

export type PolicyVerdict =
  | { readonly allow: true }
  | { readonly allow: false; readonly refusal: Refusal; readonly detail: string }
