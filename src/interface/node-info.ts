import type { NetAddress } from './net-address.ts'

/** 40 lower-case hex digits: the first 20 bytes of SHA-256 over the ed25519 public key (spec/identity-and-addresses.md section 2). */
export type NodeId = string

/** What a node says about itself (p2p/node_info.go DefaultNodeInfo). Self-reported, but for `id`, which is checked against the key. */
export interface NodeInfo {
  readonly id: NodeId
  readonly listenAddr: string
  readonly network: string
  readonly version: string
  readonly channels: Uint8Array
  readonly moniker: string
  readonly protocolVersion: { readonly p2p: bigint; readonly block: bigint; readonly app: bigint }
  readonly other: { readonly txIndex: string; readonly rpcAddress: string }
  /** The self-reported address, as `dialPeerWithAddress` takes it. Throws `InvalidAddressError` if it cannot be parsed. */
  netAddress(): NetAddress
}
