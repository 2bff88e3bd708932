/**
 * comet-libp2p: CometBFT's reactor API on js-libp2p. Everything behind this door runs in a browser too; what needs files, sockets of its own or
 * a terminal is in `comet-libp2p/node`, the standard reactors are in `comet-libp2p/reactors`, the memory network in `comet-libp2p/testing`.
 */
export { createAddressBook } from './address-book/address-book.ts'
export { type AddressBookOptions, addressBookDefaults } from './address-book/book-options.ts'
export {
  BookDamagedError,
  type BookStore,
  type StoredBan,
  type StoredBook,
  type StoredEntry,
  type StoredPlace
} from './address-book/book-store.ts'
export { DatastoreBookStore, type DatastoreBookStoreOptions } from './address-book/datastore-store.ts'
export * from './errors.ts'
export { parseNetAddress, toMultiaddr } from './identity/net-address.ts'
export { nodeIdFromPeerId, nodeIdFromPublicKey, parseNodeId, peerIdFromPublicKeyBytes } from './identity/node-id.ts'
export {
  generateNodeKey,
  type NodeKey,
  nodeKeyFromLibp2p,
  nodeKeyFromSeed,
  nodeKeyToJson,
  parseNodeKeyJson
} from './identity/node-key.ts'
export type {
  AddressBook,
  AddressRefusal,
  Ban,
  BanOptions,
  BookEntry,
  Hearsay,
  KeptScore,
  PeerBook,
  ScoreSource
} from './interface/address-book.ts'
export type { ChannelDescriptor, MessageType } from './interface/channel.ts'
export type { Clock, Random, TimerHandle } from './interface/clock.ts'
export type { Envelope } from './interface/envelope.ts'
export type { Link, LinkSink, LinkTraits, Slice } from './interface/link.ts'
export type { Logger } from './interface/logger.ts'
export type { AddressForm, NetAddress } from './interface/net-address.ts'
export type { NodeId, NodeInfo } from './interface/node-info.ts'
export type { ChannelStatus, ConnectionStatus, FlowStatus, Peer, PeerSet } from './interface/peer.ts'
export type { PeerPolicyOptions, Refusal } from './interface/policy.ts'
export type { Reactor } from './interface/reactor.ts'
export type { Service } from './interface/service.ts'
export type { AdmissionVerdict, DialOptions, InboundCandidate, Stack, StackHost } from './interface/stack.ts'
export type { StopKind, StopReason } from './interface/stop-reason.ts'
export type { NetInfo, NodeState, Switch } from './interface/switch.ts'
export { collectMetrics, type MetricFamily, type MetricSample, prometheusText } from './metrics.ts'
export { type Delivery, type SwitchOptions, switchDefaults } from './options.ts'
export { BaseReactor } from './reactors/base-reactor.ts'
export { type CometDht, type CometDhtInit, cometDht } from './stacks/libp2p/dht/network-dht.ts'
export { peerRecords } from './stacks/libp2p/finding/peer-records.ts'
export { type PeerPolicy, peerPolicy } from './stacks/libp2p/peer-policy.ts'
export { type CometInit, comet, type Libp2pComponents, type Libp2pOptions } from './stacks/libp2p/service.ts'
export { isStopReason } from './switch/stop-reasons.ts'
export { CometSwitch, type CometSwitchInit } from './switch/switch.ts'
export { lineLogger, nullLogger } from './util/logger.ts'
export { protobufType } from './wire/protobuf-type.ts'
