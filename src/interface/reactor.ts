import type { ChannelDescriptor } from './channel.ts'
import type { Envelope } from './envelope.ts'
import type { Peer } from './peer.ts'
import type { Service } from './service.ts'
import type { Switch } from './switch.ts'

/**
 * A protocol that exchanges messages with its companion on other nodes (p2p/base_reactor.go, seed 003). Per peer the calls are:
 * initPeer, receive*, then addPeer, receive* (unless starting the peer failed), then removePeer. Calls for different peers may overlap.
 */
export interface Reactor extends Service {
  /** Called once, when the reactor is added. */
  getChannels(): ChannelDescriptor[]
  /** Called once, right after `getChannels`. */
  setSwitch(sw: Switch): void
  /** Before the peer is started: make state for it, do not talk to it. A different peer returned replaces the handle for the reactors after this one. */
  initPeer(peer: Peer): Peer | Promise<Peer>
  /** After the peer started and entered the set: it may be sent to. */
  addPeer(peer: Peer): void | Promise<void>
  /** After the peer's routines stopped, and before it leaves the set. `reason` is what was given to `stopPeerForError`, or one of ours. */
  removePeer(peer: Peer, reason: unknown): void | Promise<void>
  /** One message. Until it settles no other message of the same sender is delivered (option `delivery`). */
  receive(envelope: Envelope): void | Promise<void>
  /** Before decoding: an Error drops the message and the peer. */
  filterMsgBytes?(channelId: number, src: Peer, bytes: Uint8Array): Error | undefined
}
